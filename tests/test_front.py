"""The front that we deliver, as deploy/ configures it: what it takes and refuses, and what it tells the site."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from conference.models import Edition
from conference.serving.headers import HEADERS
from conference.serving.request_log import NUMBER
from tests.crowd import database_url
from tests.front import HOST, running_front
from tests.observatory import score
from tests.server import PLAIN_HTTP, PROJECT, manage, running_server
from tests.test_deploy import SERVICES

pytestmark = [pytest.mark.real_server, pytest.mark.front]

STALLED = 60
AT_MOST = 2  # seconds, for every other visitor
HEADERS_CUT_OFF = f"GET /en/2024/ HTTP/1.1\r\nHost: {HOST}\r\nX-Begun: ".encode()
BODY_CUT_OFF = f"POST /en/2024/register/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n\r\nname_latin=".encode()
PAGES = ["/en/2024/", "/km/2024/", "/en/2024/agenda/", "/km/2024/register/", "/admin/login/", "/healthz"]
CANARY = "canary7731"
FROM_THE_FRONT = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}


@pytest.fixture
def folder(tmp_path):
    for path in (tmp_path, tmp_path.parent):
        path.chmod(0o755)
    return tmp_path


# --- With two site processes and the database ------------------------------------------------------------------------


@pytest.mark.deployment
def test_stalled_visitors_keep_no_other_visitor_waiting(transactional_db, folder):
    """The commands of the containers with the settings of the containers, on one machine."""
    environment = of_the_containers(folder)
    manage(" ".join(SERVICES["prepare"]["command"][2:]), environment)
    with ExitStack() as running:
        # Two sites, the helper and the front.
        one, other = running.enter_context(ExitStack()), running.enter_context(ExitStack())
        first = one.enter_context(running_server(environment, new(folder / "one"), workers=1))
        second = other.enter_context(running_server(environment, new(folder / "other"), workers=1))
        running.enter_context(running_helper(environment))
        front = running.enter_context(
            running_front([urlsplit(first).netloc, urlsplit(second).netloc], new(folder / "front"))
        )
        for page in PAGES * 2:  # each of the two draws it once
            assert front.ask("GET", page)[0].status == 200, page
        wait_until_ready(front)

        home = "/en/2024/"
        assert_edit_is_seen_within_seconds(
            {
                "the front": lambda: front.ask("GET", home)[1],
                "one site": lambda: urlopen(Request(first + home, headers=FROM_THE_FRONT), timeout=5).read(),  # noqa: S310
                "the other": lambda: urlopen(Request(second + home, headers=FROM_THE_FRONT), timeout=5).read(),  # noqa: S310
            }
        )

        with ThreadPoolExecutor(20) as many:
            stalled = list(many.map(front.stall, [HEADERS_CUT_OFF, BODY_CUT_OFF] * STALLED))
        running.callback(lambda: [line.close() for line in stalled])
        with ThreadPoolExecutor(8) as visitors:
            seconds = list(visitors.map(lambda page: time_to_see(front, page), PAGES * 6))
        print(f"\n{len(stalled)} stalled; the others waited {max(seconds):.2f} s at most, of {len(seconds)}")
        assert max(seconds) < AT_MOST

        one.close()
        for page in PAGES:  # one of the two is enough
            assert front.ask("GET", page)[0].status == 200, page
        other.close()
        answer, page = front.ask("GET", "/km/2024/register/")  # the front keeps none with a form
        assert (answer.status, answer.headers["Retry-After"]) == (502, "30")
        assert_says_no_in_both_languages(answer, page, "Please try again in a minute")


def assert_edit_is_seen_within_seconds(sides):
    """On each side, though they share nothing but the database."""
    Edition.objects.update(subtitle_en="Changed a moment ago")
    changed, unseen = time.monotonic(), sides
    while unseen:
        unseen = {name: ask for name, ask in unseen.items() if b"Changed a moment ago" not in ask()}
        assert time.monotonic() - changed < settings.PUBLIC_PAGE_SECONDS + 1, f"not on {', '.join(unseen)}"
        time.sleep(0.1)
    print(f"\nAn edit was seen on all after {time.monotonic() - changed:.1f} s")


def of_the_containers(folder):
    """What compose.yaml tells the site, but for what must be this machine's: the database, and where files lie."""
    asked = {"SITE_HOST": HOST, "POSTGRES_PASSWORD": "not used"}
    said = {
        name: re.sub(r"\$\{([A-Z_]+):\?\}", lambda match: asked[match[1]], value)
        for name, value in SERVICES["site"]["environment"].items()
    }
    assert said["ALLOWED_HOSTS"] == f"{HOST},127.0.0.1"
    del said["HOST"], said["PORT"]  # a free one: tests/server.py
    return said | {
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(folder / "media"),
        "ERASURE_LEDGER": str(folder / "erasures.txt"),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }


def new(folder):
    folder.mkdir()
    return folder


@contextmanager
def running_helper(environment):
    command = [sys.executable, *SERVICES["tending"]["command"][1:]]
    with subprocess.Popen(command, cwd=PROJECT, env=os.environ | PLAIN_HTTP | environment) as helper:
        try:
            yield
            assert helper.poll() is None
        finally:
            helper.terminate()  # else a test that fails would wait for it for ever


def wait_until_ready(front):
    """The helper reports as soon as it has started."""
    for _attempt in range(100):
        answer, page = front.ask("GET", "/readyz")
        if answer.status == 200:
            return
        time.sleep(0.1)
    raise AssertionError(page.decode())


def time_to_see(front, page):
    started = time.monotonic()
    assert front.ask("GET", page)[0].status == 200
    return time.monotonic() - started


# --- With a site that tells what it gets -----------------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """Answers with the headers and the length of the body that reached it."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.path, dict(self.headers), len(body)))
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=300")
        self.send_header("Vary", "Accept-Encoding")
        if self.path.startswith("/kept/"):
            self.send_header("X-Accel-Expires", "3")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_POST = answer

    def log_message(self, *_args):
        pass


@contextmanager
def site_that_tells():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def told(folder):
    """The front, and the list of what reaches the site behind it."""
    with (
        site_that_tells() as server,
        running_front([f"127.0.0.1:{server.server_address[1]}"], folder) as front,
    ):
        yield front, server.seen


def assert_says_no_in_both_languages(answer, page, title):
    text = page.decode()
    assert title in text
    assert 'lang="km"' in text
    assert "{{" not in text
    assert NUMBER.fullmatch(answer.headers["X-Request-ID"])
    assert answer.headers["X-Request-ID"] in text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert len(page) < 10_000


def test_front_takes_a_request_whole_and_refuses_what_is_too_much(told):
    front, seen = told
    body = b"x" * 5_900_000

    assert front.ask("POST", "/large/", body)[0].status == 200
    assert seen.pop()[2] == len(body)

    refused = {
        "a body of 7 MB": (413, "What was sent is too large", ("POST", "/", b"x", {"Content-Length": "7000000"})),
        "a long address": (414, "We could not read what was sent", ("GET", f"/{'a' * 9000}")),
        "a long header": (400, "We could not read what was sent", ("GET", "/", None, {"X-Long": "a" * 9000})),
        "no length": (400, "We could not read what was sent", ("POST", "/", None, {"Content-Length": "x"})),
    }
    for name, (status, title, request) in refused.items():
        answer, page = front.ask(*request)
        assert answer.status == status, name
        assert answer.headers["Retry-After"] is None
        assert_says_no_in_both_languages(answer, page, title)
    with closing(front.stall(BODY_CUT_OFF)), closing(front.stall(HEADERS_CUT_OFF)):
        assert front.ask("GET", "/after/")[0].status == 200
    assert [path for path, *_rest in seen] == ["/after/"]


def test_front_keeps_what_the_site_says_and_nothing_else(told):
    front, seen = told

    def reaches_the_site(path, method="GET", **headers):
        before = len(seen)
        answer, _page = front.ask(
            method, path, None, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        assert answer.status == 200
        assert answer.headers["X-Accel-Expires"] is None
        assert NUMBER.fullmatch(answer.headers["X-Request-ID"])
        return len(seen) > before

    assert reaches_the_site("/kept/")
    for path in ("/kept/", "/kept/?fbclid=a", "/kept/?utm_source=a&gclid=b"):
        assert not reaches_the_site(path), path
    assert not reaches_the_site("/kept/", "HEAD")
    assert not reaches_the_site("/kept/", Cookie="language=km")
    for path in ("/kept/?track=1", "/kept/?fbclid=a&track=1", "/kept//", "/kept/%2e/", "/other/", "/other/"):
        assert reaches_the_site(path), path  # the site said nothing of the last one
    for session in ("session=x", "a=b; __Host-session=x"):
        assert reaches_the_site("/kept/", Cookie=session)
    # Each packing is kept by itself; a site is asked in one of three spellings.
    for accepted, packing in (
        ("br;q=1.0, gzip", "br, gzip"),
        ("gzip, deflate, br", "br, gzip"),
        ("gzip;q=0.5, br;q=0", "gzip"),
        ("x-br", None),
    ):
        is_new = not any(headers.get("Accept-Encoding") == packing for _path, headers, _length in seen)
        assert reaches_the_site("/kept/", Accept_Encoding=accepted) == is_new
        assert any(headers.get("Accept-Encoding") == packing for _path, headers, _length in seen)


def test_front_lets_few_passwords_through(told):
    front, seen = told
    with closing(front.line()) as line:

        def post(path):
            line.request("POST", path, b"password=x", {"Host": HOST})
            answer = line.getresponse()
            return answer, answer.read()

        answers = [post("/admin/login/")[0].status for _guess in range(60)]
        assert answers[:31] == [200] * 31
        assert answers.count(200) == len(seen) <= 33  # one more in two seconds
        answer, page = post("/admin/sign-in/code/")
        assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
        assert_says_no_in_both_languages(answer, page, "Please wait a little")
        for path in ("/km/2024/register/", "/admin/registration/registration/add/"):
            assert [post(path)[0].status for _send in range(20)] == [200] * 20
        assert front.ask("GET", "/admin/login/")[0].status == 200


def test_site_learns_from_the_front_alone_who_asks(told):
    front, seen = told
    made_up = [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Forwarded",
    ]

    front.ask("GET", "/", None, dict.fromkeys([*made_up, "X-Request-ID", "X_Forwarded_For"], "1.2.3.4"))

    [(_path, headers, _length)] = seen
    assert "1.2.3.4" not in headers.values()
    assert {name: headers[name] for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Host")} == {
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "https",
        "Host": HOST,
    }
    assert NUMBER.fullmatch(headers["X-Request-ID"])


def test_log_of_the_front_has_no_address_and_no_search(told):
    front, seen = told
    for path, headers in [
        (f"/{CANARY}/?q={CANARY}", {"User-Agent": CANARY, "Referer": CANARY}),
        (f"/{CANARY}{'a' * 9000}", {}),
        (f"/{CANARY}", {"Content-Length": "7000000"}),
    ]:
        front.ask("GET", path, None, headers)
    plain = build_opener(NoRedirect).open(f"http://127.0.0.1:{front.http}/{CANARY}/?q={CANARY}")

    assert plain.headers["Location"] == f"https://{HOST}/{CANARY}/?q={CANARY}"
    log = front.log()
    assert CANARY not in log
    assert "127.0.0.1 " not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert sorted(line["status"] for line in lines) == [200, 301, 413, 414]
    assert seen[0][1]["X-Request-ID"] in [line["id"] for line in lines]


class NoRedirect(HTTPRedirectHandler):
    def http_error_301(self, _request, answer, *_rest):
        return answer


def test_page_of_the_front_finds_its_style_sheet_and_has_the_headers_of_the_site(told):
    front, seen = told
    answer, page = front.ask("GET", f"/{'a' * 9000}")
    [sheet] = re.findall(r'rel="stylesheet" href="([^"]+)"', page.decode())

    style, _text = front.ask("GET", sheet)

    assert (style.status, style.headers["Content-Type"].partition(";")[0]) == (200, "text/css")
    assert seen == []  # also while the site is away
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == settings.X_FRAME_OPTIONS
    assert answer.headers["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY
    assert answer.headers["Cross-Origin-Resource-Policy"] == HEADERS["Cross-Origin-Resource-Policy"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert score(answer.headers, [], page.decode()) >= 130
    assert score(style.headers, []) >= 130
    assert answer.headers["Server"] == "nginx"  # without its version
