"""Each request has a number, and one line in the log that tells nothing about the visitor."""

import json
import logging
import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client

from conference.serving.request_log import NUMBER
from registration.links import address_for
from registration.models import Intake
from tests.factories import make_registration
from tests.pages import read

IN_BOTH = sorted((Path(settings.BASE_DIR) / "templates" / "in_both_languages").glob("*.html"))
CANARY = "canary7731"


@pytest.fixture
def lines():
    """What the log of requests gets meanwhile."""
    log, stream = logging.getLogger("conference.requests"), StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    log.setLevel(logging.WARNING)
    log.removeHandler(handler)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_request_is_one_line_with_the_name_of_its_route(edition, visitor, lines):
    response = visitor.get("/km/2024/", {"q": CANARY}, headers={"user-agent": CANARY, "referer": CANARY})

    [line] = lines()
    moment, spent = line.pop("at"), line.pop("ms")
    assert line == {
        "id": response["X-Request-ID"],
        "method": "GET",
        "route": "conference:home",
        "status": 200,
        "language": "km",
    }
    assert datetime.fromisoformat(moment).tzinfo
    assert 0 <= spent < 60_000


def test_line_has_no_secret_no_search_and_no_address(edition, visitor, lines):
    own = address_for(make_registration(edition, name_latin=CANARY))
    for address in (
        own,
        f"{own}?q={CANARY}",
        f"/en/{CANARY}/",
        f"/static/{CANARY}.css",
        f"/admin/login/?next=/{CANARY}",
    ):
        visitor.get(address)
    visitor.post("/en/2024/register/", {"name_latin": CANARY, "email": f"{CANARY}@example.org"})
    visitor.generic(CANARY.upper(), "/en/")

    assert len(lines()) == 7
    for line in lines():
        text = json.dumps(line)
        assert CANARY not in text.lower()
        assert own.split("/")[-2] not in text
        assert "127.0.0.1" not in text
    assert [line["route"] for line in lines()] == [
        *(
            "registration:own_link",
            "registration:own_link",
            "unknown",
            "static",
            "sign_in",
            "registration:register",
            "conference:current",
        ),
    ]


def fail(error):
    def failing(*_args, **_kwargs):
        raise error

    return failing


def answers(visitor, monkeypatch, language):
    """One answer of each kind that says no, by its status."""
    register = f"/{language}/2024/register/"
    yield 400, visitor.get(f"/{language}/2024/?page=%00")
    yield 400, visitor.post(register, {"days": ["1"] * 3000})
    yield 404, visitor.get(f"/{language}/2024/nowhere/")
    yield 404, visitor.get(f"/{language}/nowhere/")
    yield 413, visitor.post(register, {"access_note": "a" * 1_000_000})
    for status, error in ((403, PermissionDenied()), (500, ValueError()), (503, OperationalError())):
        monkeypatch.setattr(Intake, "of", fail(error))
        yield status, visitor.get(register)
    monkeypatch.undo()
    strict = Client(enforce_csrf_checks=True)
    yield 403, strict.post("/admin/login/", {}, headers={"accept-language": language})


@pytest.mark.parametrize("language", ["en", "km"])
def test_each_page_of_an_error_shows_the_number_of_the_request(edition, visitor, monkeypatch, language):
    said = {"en": "name this number", "km": "សូមប្រាប់លេខនេះ៖"}[language]

    for status, response in answers(visitor, monkeypatch, language):
        assert response.status_code == status
        assert NUMBER.fullmatch(response["X-Request-ID"])
        page = " ".join(read(response).split())
        assert response["X-Request-ID"] in page, status
        assert said in page, status


def test_fault_in_the_log_has_the_number_that_the_visitor_saw(edition, visitor, monkeypatch):
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.getLogger("django").handlers[0].formatter)
    logging.getLogger("django").addHandler(handler)
    monkeypatch.setattr(Intake, "of", fail(ValueError()))

    response = visitor.get("/en/2024/register/")
    logging.getLogger("django").removeHandler(handler)

    assert f"[{response['X-Request-ID']}]" in stream.getvalue()


@pytest.mark.parametrize(
    ("behind_proxy", "sent", "is_taken"),
    [
        (True, "0123456789", True),
        (True, "0" * 32, True),
        (True, "0123456789<script>", False),
        (True, "0" * 33, False),
        (False, "0123456789", False),
    ],
)
def test_number_is_the_fronts_and_never_a_visitors(client, settings, behind_proxy, sent, is_taken):
    settings.BEHIND_PROXY = behind_proxy

    response = client.get("/static/nowhere.css", headers={"x-request-id": sent})

    assert (response["X-Request-ID"] == sent) is is_taken
    assert NUMBER.fullmatch(response["X-Request-ID"])


@pytest.mark.parametrize("path", IN_BOTH, ids=lambda path: path.stem)
def test_page_that_the_front_serves_too_stands_by_itself(path):
    page = path.read_text(encoding="utf-8")

    assert len(page.encode()) < 10_000
    # The one thing that is put in: by the site, or by the front.
    assert re.findall(r"{[{%#].*?[}%#]}", page) == ["{{ request.number }}"]
    assert '<html lang="en">' in page
    assert '<section lang="km">' in page
    assert (page.count("<h1>"), page.count("<h2>"), page.count("<main>")) == (1, 1, 1)
    assert re.search(r"<title>.+ – [\u1780-\u17ff].+</title>", page)
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == ["/static/css/error.css", "/en/", "/km/"]
