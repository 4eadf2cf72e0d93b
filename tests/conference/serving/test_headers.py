"""What every answer tells the browser, as Mozilla's Observatory grades it: A+ begins at 100, we promise 130."""

from pathlib import Path
from runpy import run_path

import pytest
from django.conf import settings as site
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.templatetags.static import static
from django.test import Client

from conference.serving.headers import HEADERS
from registration.links import address_for
from registration.models import Intake
from tests.factories import make_registration
from tests.observatory import score

PROMISED = 130
OF_HTTPS = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")
PAGES = [
    *("/", "/en/", "/km/2024/", "/en/2024/agenda/", "/km/2024/register/", "/en/2024/register/find/"),
    *("/en/2024/privacy/", "/km/2024/agenda.pdf", "/en/2024/schedule.json", "/en/2024/nowhere/", "/en/?page=%00"),
    *("/admin/login/", "/admin/", "/healthz", "/readyz", "/.well-known/security.txt", "/static/nowhere.css"),
]


@pytest.fixture
def over_https(settings, monkeypatch):
    """The settings of a public server, as they are read where HTTPS=on. Gives a visitor of it."""
    monkeypatch.setenv("HTTPS", "on")
    public = run_path(str(Path(site.BASE_DIR) / "conference" / "settings.py"))
    for name, value in public.items():
        if name.startswith(OF_HTTPS):
            setattr(settings, name, value)
    return Client(raise_request_exception=False)


def graded(answer):
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    return score(answer.headers, list(answer.cookies.values()), text)


@pytest.mark.parametrize("address", PAGES)
def test_answer_is_graded_a_plus(edition, over_https, address):
    answer = over_https.get(address, secure=True)

    assert graded(answer) >= PROMISED


def test_style_sheet_own_page_and_staffs_pages_are_graded_a_plus(edition, over_https, admin_user):
    assert graded(over_https.head(static("css/site.css"), secure=True)) >= PROMISED
    address = address_for(make_registration(edition))
    assert graded(over_https.get(address, secure=True)) >= PROMISED
    own = over_https.get(address, secure=True, follow=True)
    assert (own.status_code, graded(own) >= PROMISED) == (200, True)
    over_https.force_login(admin_user)
    assert graded(over_https.get("/admin/", secure=True)) >= PROMISED


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [
        ("/2024/agenda/", True),
        ("/en/2024/agenda", True),
        ("/", True),
        ("/en/2024/", False),
        ("/en/2024/register/?page=%00", True),
    ],
)
def test_answer_that_no_page_makes_has_the_headers_of_pages(edition, over_https, address, is_secure):
    """Redirects to a language, to a whole address and to HTTPS, and what is refused before it is read."""
    page = over_https.get("/en/2024/", secure=True)
    answer = over_https.get(address, secure=is_secure)

    assert answer.status_code != 200
    of_safety = {"X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", *HEADERS, *BEST}
    if not is_secure:
        of_safety.remove("Strict-Transport-Security")  # over HTTP browsers do not heed it
    assert {name: answer.headers.get(name) for name in of_safety} == {name: page.headers[name] for name in of_safety}


@pytest.mark.parametrize("error", [PermissionDenied(), ValueError(), OperationalError()])
def test_page_of_an_error_is_graded_a_plus(edition, over_https, monkeypatch, error):
    def fail(*_args):
        raise error

    monkeypatch.setattr(Intake, "of", fail)
    answer = over_https.get("/en/2024/register/", secure=True)

    assert answer.status_code in {403, 500, 503}
    assert graded(answer) >= PROMISED


def test_each_cookie_is_bound_to_the_host_and_to_https(edition, over_https):
    over_https.get("/en/2024/register/", secure=True)
    over_https.get("/admin/login/", secure=True)

    assert over_https.cookies
    for cookie in over_https.cookies.values():
        assert cookie.key.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_http_leads_to_https(over_https):
    answer = over_https.get("/en/2024/?page=2")

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/en/2024/?page=2")


BEST = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


@pytest.mark.parametrize(
    ("changes", "graded"),
    [
        ({}, 130),
        ({"Content-Security-Policy": "default-src 'self'"}, 55),
        ({"Content-Security-Policy": BEST["Content-Security-Policy"] + "; script-src 'unsafe-inline'"}, 75),
        ({"Strict-Transport-Security": ""}, 80),
        ({"Strict-Transport-Security": "max-age=60"}, 80),
        ({"Cross-Origin-Resource-Policy": ""}, 120),
        ({"Referrer-Policy": "unsafe-url"}, 120),
        ({"X-Content-Type-Options": ""}, 125),
        ({"Access-Control-Allow-Credentials": "true"}, 50),
    ],
)
def test_grade_falls_with_what_is_missing(changes, graded):
    assert score(BEST | changes, []) == graded
