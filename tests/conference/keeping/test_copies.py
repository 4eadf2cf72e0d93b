"""While the database is away, public pages are answered from the last good copy, and say so."""

import re
import time
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from conference.keeping import caches, caching, copies
from conference.models import Edition
from tests.pages import forget_kept, read


@pytest.fixture(autouse=True)
def _copies_on_disk(settings, tmp_path):
    place = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = {**settings.CACHES, "copies": {**place, "TIMEOUT": 24 * 3600}}
    forget_kept()
    yield
    forget_kept()


@pytest.fixture
def away(monkeypatch):
    """From when it is called until the end of the test."""

    def refuse(*_args):
        raise OperationalError("server closed the connection unexpectedly")

    def go():
        forget_kept()  # another process, which has drawn nothing yet
        monkeypatch.setattr(connection, "cursor", refuse)
        return monkeypatch

    yield go
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This page is as of March 20, 2024"), ("km", "គិតត្រឹមថ្ងៃទី២០ ខែមីនា ឆ្នាំ២០២៤")],
)
@pytest.mark.parametrize("page", ["", "agenda/", "agenda/now/?screen=1"])
def test_page_is_answered_from_its_copy_and_says_as_of_when(client, edition, away, language, words, page):
    address = f"/{language}/2024/{page}"
    before = client.get(address)

    away()
    after = client.get(address)

    assert after.status_code == 200
    assert words in read(after)
    assert words not in read(before)
    rest = re.sub(rb'<p class="last-copy".+?</p>\n', b"", after.content, flags=re.DOTALL)
    assert rest.split() == before.content.split()  # a kept answer has no indents
    assert "no-store" in after["Cache-Control"]


def test_file_is_answered_as_it_was(client, edition, away):
    before = client.get("/en/2024/agenda.ics")

    away()
    after = client.get("/en/2024/agenda.ics")

    assert (after.content, after["Content-Type"]) == (before.content, before["Content-Type"])
    assert after["Content-Disposition"] == before["Content-Disposition"]


def test_database_is_not_asked_again_for_some_seconds_and_then_the_page_is_new(client, edition, away, monkeypatch):
    client.get("/en/2024/")
    patch = away()
    client.get("/en/2024/")
    asked = []
    patch.setattr(connection, "cursor", lambda *_args: asked.append(1))
    assert "This page is as of" in read(client.get("/en/2024/"))
    assert asked == []

    patch.undo()
    cache.delete(caching.AWAY)
    assert "This page is as of" not in read(client.get("/en/2024/"))


def test_visitor_with_a_session_gets_the_copy_too(client, edition, away):
    client.get("/en/2024/register/?form=1")
    session = client.session
    session["anything"] = 1
    session.save()
    client.get("/en/2024/")

    away()

    assert client.get("/en/2024/").status_code == 200


def test_page_of_staff_leaves_no_copy(staff_client, edition, away):
    staff_client.get("/en/2024/")

    away()
    staff_client.raise_request_exception = False

    assert staff_client.get("/en/2024/").status_code == 503


def test_page_that_is_gone_leaves_no_copy(client, edition, away):
    client.get("/en/2024/")
    Edition.objects.update(is_public=False)
    forget_kept()
    assert client.get("/en/2024/").status_code == 404

    away()
    client.raise_request_exception = False

    assert client.get("/en/2024/").status_code == 503


def test_copy_is_written_once_in_a_minute_and_serves_for_a_day(client, edition, away, monkeypatch, settings):
    written = []
    monkeypatch.setattr(copies, "_put", lambda key, copy: written.append(key))
    for _time in range(3):
        client.get("/en/2024/")
        monkeypatch.setattr(caches, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + 30))

    assert len(written) == 1
    assert settings.CACHES["copies"]["TIMEOUT"] == 24 * 3600


def test_disk_that_is_full_keeps_no_page_from_its_reader(client, edition, settings):
    settings.CACHES = {
        **settings.CACHES,
        "copies": {**settings.CACHES["copies"], "LOCATION": "/proc/no-folder"},
    }

    assert client.get("/en/2024/").status_code == 200
