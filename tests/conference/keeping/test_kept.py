"""Whole answers of public pages are kept in front of everything, for all visitors alike."""

import gzip
import json
import logging
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from conference.keeping import kept
from conference.keeping.caching import in_front
from conference.keeping.kept import MOST_FORMS, Answers, Reads, answer_of, answers, drawing
from conference.models import Edition
from conference.serving.sessions import SessionStore, is_key_of_ours
from tests.pages import read

AGENDA = "/en/2024/agenda/"


@pytest.fixture
def later(monkeypatch):
    """So many seconds later, by the clock that runs on."""

    def go(seconds):
        at = kept.time.monotonic() + seconds
        monkeypatch.setattr(kept, "time", SimpleNamespace(monotonic=lambda: at))

    return go


def test_answer_that_is_kept_asks_nothing_and_is_the_same(client, edition, django_assert_num_queries):
    drawn = client.get(AGENDA)

    with django_assert_num_queries(0):
        again = client.get(AGENDA)

    assert drawn.headers.pop("X-Request-ID")  # of one request
    assert again.content == drawn.content
    assert dict(again.headers) == dict(drawn.headers)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("x-gzip-br", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_answer_is_compressed_as_the_browser_takes_it(client, edition, accepted, encoding):
    plain = client.get(AGENDA).content

    answer = client.get(AGENDA, headers={"accept-encoding": accepted})

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert answer.get("Content-Encoding", "") == encoding
    assert unpack(answer.content) == plain
    assert int(answer["Content-Length"]) == len(answer.content)
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_is_the_same_for_a_minute_is_packed_well_once(client, edition, later, monkeypatch, encoding, unpack):
    packed = []
    monkeypatch.setattr(kept.brotli, "compress", note(packed, brotli.compress))
    monkeypatch.setattr(kept.gzip, "compress", note(packed, gzip.compress))
    answers_of_it = []
    for seconds in (0, 50, 66, 72):
        later(seconds)
        answers_of_it.append(client.get("/en/2024/background/", headers={"accept-encoding": encoding}).content)

    assert len(packed) == 2
    assert len(answers_of_it[2]) < len(answers_of_it[0])
    assert (answers_of_it[1], answers_of_it[3]) == (answers_of_it[0], answers_of_it[2])
    assert len({unpack(content) for content in answers_of_it}) == 1


def test_what_is_large_is_never_packed_slowly(monkeypatch):
    monkeypatch.setattr(kept, "MOST_PACKED_WELL", 10)
    monkeypatch.setattr(kept, "SETTLED_SECONDS", 0)
    packed = []
    monkeypatch.setattr(kept.brotli, "compress", note(packed, brotli.compress))
    place = RequestFactory().get("/", headers={"accept-encoding": "br"}).META
    kept_ones = Answers(1_000_000)
    for _time in range(3):
        answer = answer_of(HttpResponse("a" * 11))
        kept_ones.put(place, Reads(), answer)
        answer.form_for(place)

    assert {told["quality"] for told in packed} == {6}


def note(calls, compress):
    return lambda content, **told: calls.append(told) or compress(content, **told)


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ("<p>\n    a\n\n  b  c</p>", "<p>\na\nb  c</p>"),
        ("<pre>\n    a</pre>", "<pre>\n    a</pre>"),
        ("<textarea>\n    a</textarea>", "<textarea>\n    a</textarea>"),
    ],
)
def test_indents_of_a_page_are_not_sent_where_they_are_not_seen(content, sent):
    assert answer_of(HttpResponse(content)).content == sent.encode()
    assert answer_of(HttpResponse(content, content_type="text/plain")).content == content.encode()


def test_pdf_is_not_compressed_again(client, edition):
    answer = client.get("/en/2024/agenda.pdf", headers={"accept-encoding": "gzip, br"})

    assert "Content-Encoding" not in answer.headers
    assert answer.content.startswith(b"%PDF")


def test_page_that_has_not_changed_is_not_sent_again(client, edition):
    etag = client.get(AGENDA)["ETag"]

    for known in (etag, f'"another", {etag}', "*"):
        answer = client.get(AGENDA, headers={"if-none-match": known, "accept-encoding": "br"})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == etag
        assert answer["Cache-Control"]
        assert "Content-Type" not in answer.headers
        assert "Content-Length" not in answer.headers
    assert client.get(AGENDA, headers={"if-none-match": '"another"'}).status_code == 200


def test_head_has_the_length_and_no_body(client, edition):
    whole = client.get(AGENDA, headers={"accept-encoding": "br"})

    answer = client.head(AGENDA, headers={"accept-encoding": "br"})

    assert answer.content == b""
    assert answer["Content-Length"] == whole["Content-Length"]


def test_answer_is_as_old_as_may_be_and_no_older(client, edition, later):
    client.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")

    later(settings.PUBLIC_PAGE_SECONDS - 1)
    assert "Changed a moment ago" not in read(client.get("/en/2024/"))
    later(1)
    assert "Changed a moment ago" in read(client.get("/en/2024/"))


def test_old_answer_is_given_while_another_draws_the_page(client, edition, later):
    client.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")
    later(settings.PUBLIC_PAGE_SECONDS + 1)

    with drawing(RequestFactory(SERVER_NAME="testserver").get("/en/2024/").META) as is_alone:
        assert is_alone
        assert "Changed a moment ago" not in read(client.get("/en/2024/"))
        later(kept.WHILE_DRAWN)  # too old to be given, whatever the other does
        assert "Changed a moment ago" in read(client.get("/en/2024/"))


def test_page_is_drawn_where_no_file_can_be_opened(client, edition, later, settings):
    settings.DRAWING = Path("/proc/no-folder")
    client.get("/en/2024/")
    later(settings.PUBLIC_PAGE_SECONDS + 1)

    assert client.get("/en/2024/").status_code == 200


def test_made_up_session_is_told_without_a_look_into_the_database(client, edition, django_assert_num_queries):
    client.get(AGENDA)
    store = SessionStore()
    store.create()

    assert is_key_of_ours(store.session_key)
    assert len(store.session_key) <= 40  # letters of the column
    changed = store.session_key[:-1] + ("0" if store.session_key[-1] != "0" else "1")
    for made_up in ("x" * 40, "x" * 32, "", changed):
        assert not is_key_of_ours(made_up)
        client.cookies[settings.SESSION_COOKIE_NAME] = made_up
        with django_assert_num_queries(0):
            assert client.get(AGENDA).status_code == 200


def test_key_of_a_session_is_ours_after_the_secret_was_changed(db, settings):
    store = SessionStore()
    store.create()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert is_key_of_ours(store.session_key)
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_key_of_ours(store.session_key)


def test_odd_addresses_and_parameters_fill_nothing(client, edition):
    client.get(AGENDA)
    before = answers.size

    for number in range(200):
        client.get(f"/en/2024/odd-{number}/")
        client.get(f"{AGENDA}?fbclid={number}&open-{number}=1")
        client.get(f"{AGENDA}?track=x{number}")
    assert answers.size == before


def test_forms_of_one_page_are_bounded():
    few, reads = Answers(10_000_000), Reads(numbers={"page": 900})
    for number in range(MOST_FORMS + 20):
        few.put(RequestFactory().get(f"/?page={number}").META, reads, answer_of(HttpResponse(b"x")))

    [page] = few._pages.values()
    assert len(page.answers) == MOST_FORMS


@pytest.mark.parametrize(("address", "name"), [(AGENDA, "track"), ("/en/2024/agenda/changes/", "page")])
def test_numbers_above_the_highest_are_one_page(client, edition, address, name):
    """Else a crowd with made-up numbers would have each of them drawn, every five seconds."""
    above = client.get(f"{address}?{name}=999")

    for number in (998, 500, 77):
        called = Called(f"{address}?{name}={number}", accept_encoding="identity")
        assert (called.reached_django, called.content) == (False, above.content)
    assert Called(f"{address}?{name}=1").reached_django


def test_answers_are_bounded_in_bytes_and_those_drawn_first_go():
    few = Answers(100_000)
    requests = [RequestFactory().get(f"/{number}/") for number in range(30)]
    for request in requests:
        few.put(request.META, Reads(), answer_of(HttpResponse(b"x" * 10_000)))

    assert few.size <= 100_000
    assert few.find(requests[0].META) is None
    assert few.find(requests[-1].META).content == b"x" * 10_000


def test_answer_of_one_host_is_not_that_of_another(client, edition):
    client.get("/en/2024/")

    assert Client(raise_request_exception=False).get("/en/2024/", headers={"host": "evil.example"}).status_code == 400


class Called:
    """The site as the server calls it."""

    def __init__(self, address, **headers):
        environ = {**RequestFactory(SERVER_NAME="testserver").get(address, headers=headers).environ}
        self.reached_django = False
        body = in_front(self._django)(environ, self._start)
        self.content = b"".join(body)

    def _django(self, environ, start_response):
        self.reached_django = True
        return []

    def _start(self, status, headers):
        self.status, self.headers = status, dict(headers)


def test_answer_that_is_kept_is_given_before_django_is_reached(client, edition):
    assert Called(AGENDA).reached_django
    drawn = client.get(AGENDA)

    for address in (AGENDA, f"{AGENDA}?fbclid=1"):
        called = Called(address, accept_encoding="br")
        assert not called.reached_django
        assert called.status == "200 OK"
        assert brotli.decompress(called.content) == drawn.content
        assert called.headers["Content-Security-Policy"] == drawn["Content-Security-Policy"]
    known = Called(AGENDA, if_none_match=drawn["ETag"])
    assert (known.reached_django, known.status, known.content) == (False, "304 Not Modified", b"")
    assert Called(f"{AGENDA}?open=1").reached_django


@pytest.mark.parametrize("made_up", ["x", "a" * 40])
def test_page_that_is_drawn_for_a_made_up_cookie_is_kept(client, edition, settings, made_up):
    """Else each request of a crowd with such cookies would draw it, where no other visitor comes."""
    client.cookies[settings.SESSION_COOKIE_NAME] = made_up

    client.get(AGENDA)

    assert not Called(AGENDA).reached_django


def test_address_with_too_many_parts_meets_the_answer_that_is_kept(client, edition):
    """Before Django is reached there is no page that says what is wrong: only the server's own error."""
    client.get(AGENDA)

    called = Called(f"{AGENDA}?open" + "&" * 3000)

    assert (called.reached_django, called.status) == (False, "200 OK")


def test_only_what_is_fresh_and_of_no_session_is_given_there(client, edition, later):
    client.get(AGENDA)
    store = SessionStore()
    store.create()

    assert Called(AGENDA, cookie=f"{settings.SESSION_COOKIE_NAME}={store.session_key}").reached_django
    assert not Called(AGENDA, cookie=f"{settings.SESSION_COOKIE_NAME}=made-up").reached_django
    later(settings.PUBLIC_PAGE_SECONDS)
    assert Called(AGENDA).reached_django


@pytest.mark.parametrize(("age", "seconds"), [(0, 3), (1, 2), (3.9, 0), (4.9, 0)])
def test_front_is_told_for_how_long_it_may_give_the_answer_too(client, edition, later, settings, age, seconds):
    """Together no longer than here alone, though nginx keeps an answer for up to one second more than it is told."""
    assert "X-Accel-Expires" not in client.get(AGENDA).headers

    settings.BEHIND_PROXY = True
    client.get(AGENDA)
    later(age)

    assert Called(AGENDA).headers["X-Accel-Expires"] == str(seconds)
    assert client.get(AGENDA)["X-Accel-Expires"] == str(seconds)
    assert "X-Accel-Expires" not in client.get("/en/2024/register/").headers


@pytest.mark.parametrize("said", ["https", "http", "https,http", " https , http", "http, https", "", None])
def test_scheme_is_read_as_django_reads_it(settings, said):
    """Else a page that was drawn for one could be given to those who asked for the other."""
    settings.BEHIND_PROXY, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {} if said is None else {"x-forwarded-proto": said}
    request = RequestFactory().get(AGENDA, headers=headers)

    assert kept.place_of(request.META).is_secure == request.is_secure()


@pytest.mark.parametrize(
    ("query", "reads"),
    [
        ("", ""),
        ("fbclid=1", ""),
        ("open=yes&track=002&x=1", "open=1&track=2"),
        ("track=2&open", "open=1&track=2"),
        ("track=5", "track=5"),
        ("track=998", "track=5"),
        ("track=", ""),
        ("track=1234", ""),
        ("track=២", ""),
    ],
)
def test_address_is_read_in_one_spelling(query, reads):
    assert Reads(frozenset(["open"]), {"track": 4}).in_one_spelling(query) == reads


def test_what_differs_between_visitors_is_not_kept():
    with_cookie, varying, missing = HttpResponse("x"), HttpResponse("x", headers={"Vary": "Cookie"}), HttpResponse("x")
    with_cookie.set_cookie("a", "b")
    missing.status_code = 404

    assert answer_of(HttpResponse("x"))
    assert [answer_of(one) for one in (with_cookie, varying, missing)] == [None] * 3


def test_log_tells_how_often_an_answer_was_given(client, edition, later):
    log, stream = logging.getLogger("conference.requests"), StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        for _time in range(4):
            client.get(AGENDA)
        later(settings.PUBLIC_PAGE_SECONDS + 1)
        client.get(AGENDA)
    finally:
        log.setLevel(logging.WARNING)
        log.removeHandler(handler)

    first, second = map(json.loads, stream.getvalue().splitlines())
    assert "given" not in first
    assert second["given"] == 4
