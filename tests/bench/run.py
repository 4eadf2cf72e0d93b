"""bin/bench: a table of what pages cost, beside a view that does nothing."""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from cryptography.fernet import Fernet

from tests.bench.memory import growth
from tests.bench.server import BROWSER, Server

ROUNDS = 5  # each measures every page once: what disturbs the machine for a while disturbs all of them
HOT, COLD = 1000, 40  # answers of a page in a round
CLIENTS, EACH = 16, 250
BARE = "/page/"
HOW = """
ms: milliseconds of the processor in the worker for one answer; the median of {rounds} rounds, in each of which all
pages take turns. ratio: beside the view that does nothing and sends a fixed text of 20 KB, in the same run.
"kept": one of the answers that are kept for five seconds; of the form, what all visitors see of it. "drawn": it is
drawn anew. A peer is measured as its visitor waits, in seconds of the clock: that is no ratio."""


class Page(NamedTuple):
    name: str
    path: str
    goal: str = ""
    headers: dict[str, str] = {}


def pages(session: str, etag: str) -> list[Page]:
    """Those that are kept."""
    agenda = "/en/2024/agenda/"
    return [
        Page("agenda, English", agenda, "1.1"),
        Page("agenda, Khmer", "/km/2024/agenda/", "1.1"),
        Page("session", session, "1.1"),
        Page("first page, English", "/en/2024/", "1.1"),
        Page("first page, Khmer", "/km/2024/", "1.1"),
        Page("agenda with ?fbclid=", f"{agenda}?fbclid=sample", "1.1"),
        Page("agenda, not changed (304)", agenda, "1.0", {"If-None-Match": etag}),
        Page("calendar", "/en/2024/agenda.ics", "1.2"),
        Page("schedule.json", "/en/2024/schedule.json", "1.2"),
        Page("PDF", "/en/2024/agenda.pdf", "1.2"),
        Page("form, first page", "/en/2024/register/"),
    ]


@contextmanager
def site() -> Iterator[dict[str, str]]:
    """The environment of a site of its own, with the edition of 2024 in a week before it begins."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "ERASURE_LEDGER_KEY": secrets.token_urlsafe(48),
            "ERASURE_LEDGER": f"{folder}/erasures.txt",
            "MEDIA_ROOT": f"{folder}/media",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SITE_CLOCK": "2024-03-20T09:00",
            "DEBUG": "off",
            "HTTPS": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_URL": "",
            "OUTBOX_THREAD": "off",
        }
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
        yield environment


def crowd(server: Server, path: str) -> tuple[float, float]:
    """(answers a second, the time in milliseconds that one of a hundred waits longer than) of clients side by side."""

    def client(_number: int) -> list[float]:
        waits = []
        for _time in range(EACH // 10):
            started = time.perf_counter()
            server.ask(path, 10)
            waits.append((time.perf_counter() - started) * 100)
        return waits

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        waits = sorted(wait for found in clients.map(client, range(CLIENTS)) for wait in found)
    return len(waits) * 10 / (time.perf_counter() - started), waits[len(waits) * 99 // 100]


def table(bare: Server, kept: Server, drawn: Server) -> Iterator[str]:
    session = "/en/2024/agenda/d1-03/"
    hot = pages(session, kept.ask("/en/2024/agenda/", 2).headers["ETag"])
    cold = [*hot[:5], hot[-1]]
    nothing: list[float] = []
    costs: dict[tuple[str, str], list[float]] = {}
    for page in hot:
        kept.ask(page.path, 5)
        drawn.ask(page.path, 5)
    for _round in range(ROUNDS):
        nothing.append(bare.cost(BARE, HOT))
        for page in hot:
            costs.setdefault((page.name, "kept"), []).append(kept.cost(page.path, HOT, **page.headers))
        for page in cold:
            costs.setdefault((page.name, "drawn"), []).append(drawn.cost(page.path, COLD))
    base = statistics.median(nothing)
    yield "| page | | ms | ratio | goal |"
    yield "|---|---|---|---|---|"
    yield f"| a view that does nothing | | {base:.2f} | 1.00 | |"
    goals = {page.name: page.goal for page in hot}
    for (name, how), found in costs.items():
        goal = goals.get(name, "") if how == "kept" else ""
        yield f"| {name} | {how} | {statistics.median(found):.2f} | {statistics.median(found) / base:.2f} | {goal} |"


def crowds(bare: Server, kept: Server) -> Iterator[str]:
    yield "| a crowd of 16 clients | answers a second | 99 of 100 wait less than, ms |"
    yield "|---|---|---|"
    for name, server, path in (("a view that does nothing", bare, BARE), ("agenda", kept, "/en/2024/agenda/")):
        found = [crowd(server, path) for _round in range(3)]
        a_second, wait = (statistics.median(each) for each in zip(*found, strict=True))
        yield f"| {name} | {a_second:.0f} | {wait:.1f} |"


def peer(address: str) -> str:
    waits = []
    for _time in range(10):
        started = time.perf_counter()
        with urllib.request.urlopen(urllib.request.Request(address, headers=BROWSER), timeout=60) as answer:  # noqa: S310
            size = len(answer.read())
        waits.append(time.perf_counter() - started)
    return f"{address}: {statistics.median(waits):.3f} s, {size:,} bytes as they come"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peer", metavar="URL", help="a page of another site, http or https")
    options.add_argument(
        "--staff", action="store_true", help="what staff wait for instead, with few and with many rows"
    )
    options.add_argument("--memory", metavar="REQUESTS", type=int, help="its growth after so many, such as 100000")
    chosen = options.parse_args()
    if chosen.staff:
        with site() as environment:
            command = [sys.executable, "manage.py", "shell", "-v0", "-c", "from tests.bench.staff import main; main()"]
            subprocess.run(command, env={**os.environ, **environment}, check=True)
        return
    with ExitStack() as stack:
        environment = stack.enter_context(site())
        bare = stack.enter_context(Server("tests.bench.bare", {}, BARE))
        kept = stack.enter_context(Server("conference.wsgi", environment, "/en/2024/"))
        drawn = stack.enter_context(Server("tests.bench.cold", environment, "/en/2024/"))
        for line in [*table(bare, kept, drawn), "", *crowds(bare, kept)]:
            print(line)
        if chosen.memory:
            paths = [page.path for page in pages("/en/2024/agenda/d1-03/", "")]
            fresh = stack.enter_context(Server("conference.wsgi", environment, "/en/2024/"))
            print(f"\n{growth(fresh, paths, chosen.memory)}")
        else:
            print(f"\nMemory of the worker that keeps answers: {kept.megabytes:.0f} MB.")
    if chosen.peer:
        print(peer(chosen.peer))
    print(HOW.format(rounds=ROUNDS))


if __name__ == "__main__":
    main()
