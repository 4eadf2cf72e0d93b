"""What a worker's memory is after few and after many requests, among them addresses that no page has."""

from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle

from tests.bench.server import BROWSER, Server

FEW = 1_000
ODD_EVERY = 10  # one in so many is asked for once and never again


def mixed(paths: list[str]) -> Iterator[str]:
    """Without end: pages in turn, and between them addresses and questions that were made up."""
    for number, path in enumerate(cycle(paths)):
        if number % ODD_EVERY:
            yield path
        elif number % (2 * ODD_EVERY):
            yield f"/en/2024/odd-{number}/"
        else:
            yield f"/en/2024/agenda/?odd-{number}=1&track={number % 1000}"


def growth(server: Server, paths: list[str], many: int) -> str:
    """A sentence with both figures."""
    wanted = mixed(paths)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    after: list[float] = []
    for number in range(1, many + 1):
        connection.request("GET", next(wanted), headers=BROWSER)
        connection.getresponse().read()
        if number in (FEW, many):
            after.append(server.megabytes)
    connection.close()
    few, much = after
    grown = f"{much:.0f} after {many:,} ({much / few - 1:+.0%})"
    return f"Memory of a worker: {few:.0f} MB after {FEW:,} mixed requests, {grown}."
