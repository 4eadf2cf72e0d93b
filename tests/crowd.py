"""What a crowd of browsers does at the door of the real server, and what can happen to that server meanwhile."""

import os
import random
import re
import signal
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import UUID

from django.db import connection

from tests.sign_up import LAST_PAGE, of_page

PATIENCE = 120  # seconds until a visitor gives up


def database_url():
    """The test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    # As tests/postgres.py writes it: the server listens on a socket in a folder.
    return f"postgres://{connection.settings_dict['USER']}@/{quote(connection.settings_dict['HOST'] + '/' + name)}"


def open_form(address):
    """The cookie and the token that a browser would send back."""
    opener = build_opener(HTTPCookieProcessor())
    with opener.open(address) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    return {"Cookie": cookie, "Referer": address}, token


def press_button(address, headers, data):
    """(status, where it leads to, Retry-After) of the answer to the last page, or to one that is refused."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as line:
        answer, _session = send_form(line, address, headers, data)
        return answer.status, answer.headers["Location"] or "", answer.headers["Retry-After"]


def press_last_button(address, headers, data):
    """The same of a visitor who stands at the last page already."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as line:
        answer = send_page(line, address, headers, of_page(data, LAST_PAGE))
        return answer.status, answer.headers["Location"] or "", answer.headers["Retry-After"]


def send_form(line, address, headers, data, *, until=LAST_PAGE):
    """Page by page, as a browser that keeps its cookies. The last answer, read to its end, and the headers by then."""
    for page in range(1, until + 1):
        answer = send_page(line, address, headers, of_page(data, page))
        if cookie := answer.headers["Set-Cookie"]:
            headers = headers | {"Cookie": "; ".join([headers["Cookie"], cookie.partition(";")[0]])}
        if answer.status != 302 or "page=" not in answer.headers["Location"]:
            break
        address = urljoin(address, answer.headers["Location"])
    return answer, headers


def send_page(line, address, headers, data):
    """The answer, read to its end: the line can be used again. Each form comes from an address of its own."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    kind["X-Forwarded-For"] = str(IPv4Address(UUID(data["form_token"]).int % 2**32))
    parts = urlsplit(address)
    line.request("POST", f"{parts.path}?{parts.query}", urlencode(data, doseq=True), headers | kind)
    answer = line.getresponse()
    answer.read()
    return answer


@dataclass
class Visit:
    """One form, sent until the site said that it has it; and what else came back before that."""

    token: str
    is_registered: bool = False
    broken: int = 0  # lines that dropped
    answers: list = field(default_factory=list)  # (status, Retry-After), other than "registered"


def send_until_registered(address, headers, registered, form):
    """Adds the form's token to `registered` when the site has it."""
    visit, give_up = Visit(form["form_token"]), time.monotonic() + PATIENCE
    while not visit.is_registered and time.monotonic() < give_up:
        try:
            status, leads_to, retry_after = press_button(address, headers, form)
        except (OSError, HTTPException):
            visit.broken += 1
        else:
            visit.is_registered = status == 302 and leads_to.endswith("/register/thanks/")
            if not visit.is_registered:
                visit.answers.append((status, retry_after))
        if not visit.is_registered:
            time.sleep(0.2)
    registered.append(visit.token)
    return visit


@contextmanager
def again_and_again(step, seconds, registered, *, after):
    """Does something every so often until the end of the block; gives the list of how many were registered then.

    But not before so many more were registered since the last time: a slow machine needs time to start anew.
    """
    done, over = [], Event()

    def go_on():
        while not over.wait(seconds):
            if len(registered) >= max(done, default=0) + after:
                done.append(len(registered))
                step()

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()


def kill_a_worker(folder):
    """As if the machine had run out of memory: no farewell, whatever the worker was doing."""
    master = int((folder / "server.pid").read_text())
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    with suppress(ProcessLookupError, IndexError):
        os.kill(int(random.choice(workers)), signal.SIGKILL)
