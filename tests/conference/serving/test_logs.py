"""What may stand in the log: no link that opens something, and one line for what a visitor can provoke."""

import logging
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import UnreadablePostError
from django.test import Client
from django.utils.module_loading import import_string

from conference.serving.logs import LONGEST
from registration.links import address_for
from registration.models import Intake
from tests.factories import make_registration

REGISTER = "/en/2024/register/"


@pytest.fixture
def formatter():
    columns = dict(settings.LOGGING["formatters"]["line"])
    return import_string(columns.pop("()"))(columns["format"], style=columns["style"])


@pytest.fixture
def line(formatter):
    """Writes a record as the site's log has it."""
    return lambda text, *values: formatter.format(logging.LogRecord("a", logging.WARNING, "", 1, text, values, None))


@pytest.fixture
def log(formatter):
    """All that the site's log gets meanwhile."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter)
    logging.getLogger("django").addHandler(handler)
    yield handler.stream
    logging.getLogger("django").removeHandler(handler)


def test_own_link_does_not_reach_the_log(line, edition):
    address = address_for(make_registration(edition))

    said = line("Not Found: %s", address)

    assert address.split("/")[-2] not in said
    assert said.endswith("Not Found: /en/registration/(own link)/")


def test_link_for_a_new_password_does_not_reach_the_log(line):
    said = line("Internal Server Error: %s", "/admin/new-password/MQ/d2x8hb-5f2d9b0c4a7e/")

    assert said.endswith("Internal Server Error: /admin/new-password/(link)/")


def test_code_of_a_volunteer_does_not_reach_the_log(line):
    said = line("Forbidden (CSRF): %s", "/admin/volunteer/k3Jf0sPqX7/")

    assert said.endswith("Forbidden (CSRF): /admin/volunteer/(code)/")


def test_other_addresses_stand_in_the_log_as_they_are(line):
    assert line("Not Found: %s", "/en/2024/nowhere/").endswith("Not Found: /en/2024/nowhere/")


def fail(error):
    def failing(*_args, **_kwargs):
        raise error

    return failing


REFUSED = {
    "page that is not there": ("get", "/en/2024/nowhere/", {}, 404),
    "line break in the address": ("get", "/en/2024/no%0Awhere/", {}, 404),
    "null character": ("get", "/en/2024/?page=%00", {}, 400),
    "wrong host": ("get", "/en/2024/", {"headers": {"host": "a b" * 2000}}, 400),
    "more than the site takes": ("post", REGISTER, {"data": {"access_note": "a" * 1_000_000}}, 413),
    "more fields than the site takes": ("post", REGISTER, {"data": {"days": ["1"] * 3000}}, 400),
    "more files than the site takes": ("post", REGISTER, {"data": {}, "files": 200}, 400),
    "form cut off": (
        "post",
        REGISTER,
        {"data": b"--x\r\nContent-Disposition: form-data", "content_type": "multipart/form-data"},
        400,
    ),
    "form in another encoding": (
        "post",
        REGISTER,
        {"data": b"a=1", "content_type": "application/x-www-form-urlencoded; charset=utf-16"},
        400,
    ),
    "form from elsewhere": ("post", "/admin/login/", {"data": {}}, 403),
    "method that the page does not take": ("delete", REGISTER, {}, 405),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_one_line_in_the_log(edition, log, name):
    method, address, sent, status = REFUSED[name]
    if files := sent.get("files"):
        sent = {"data": {f"file-{one}": StringIO("x") for one in range(files)}}
    client = Client(raise_request_exception=False, enforce_csrf_checks=status == 403)

    response = getattr(client, method)(address, **sent)

    assert response.status_code == status
    [said] = log.getvalue().splitlines()
    assert len(said) < LONGEST + 100


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PermissionDenied("not for you"), 403),
        (OperationalError("database is locked"), 503),
        (UnreadablePostError("the visitor is gone"), 500),
    ],
)
def test_what_is_no_fault_of_ours_leaves_one_line_that_names_it(edition, log, monkeypatch, error, status):
    monkeypatch.setattr(Intake, "of", fail(error))

    response = Client(raise_request_exception=False).get(REGISTER)

    assert response.status_code == status
    [said] = log.getvalue().splitlines()
    assert REGISTER in said
    assert type(error).__name__ in said


def test_fault_of_ours_is_told_in_full(edition, log, monkeypatch):
    monkeypatch.setattr(Intake, "of", fail(ValueError("ours")))

    Client(raise_request_exception=False).get(REGISTER)

    assert "Traceback" in log.getvalue()
    assert "ValueError: ours" in log.getvalue()


def test_own_link_is_taken_out_of_a_traceback_too(formatter, edition):
    address = address_for(make_registration(edition))
    try:
        raise ValueError(address)
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "failed", (), sys.exc_info())

    assert address.split("/")[-2] not in formatter.format(record)
