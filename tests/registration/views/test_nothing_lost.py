"""What is typed comes back, whatever hinders that it is kept: a busy database, a page that was open for too long."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from registration.links import address_for
from registration.models import Intake, Registration
from tests.factories import form_data, make_registration, others_data
from tests.pages import read
from tests.sign_up import send_pages

TYPED = "Typed with care"
BEGUN = "11111111-1111-4111-8111-111111111111"
BUSY = "The site is very busy at this moment, and what you sent is not kept yet."
OPEN_FOR_LONG = "The page was open for long, or your browser keeps no cookies from this site. Nothing is lost"
PERSON = {"name_km": "គំរូ សាកល្បង", "phone": "012 000 001", "sector": "local_ngo", "part": "participant"}


def _answers(edition):
    days = [day.pk for day in edition.days.all()]
    return PERSON | {"organisation": TYPED, "days": days, "province": "02", "language": "km"}


# Each form of the public that takes typed words: where it stands, and what is sent.
FORMS = {
    "signing up": ("/2024/register/", lambda edition: form_data(edition, name_latin=TYPED)),
    "signing up, page 2": (
        "/2024/register/?page=2",
        lambda edition: form_data(edition, form_token=BEGUN, organisation=TYPED),
    ),
    "signing up, page 3": (
        "/2024/register/?page=3",
        lambda edition: form_data(edition, form_token=BEGUN, access_note=TYPED),
    ),
    "signing up others": ("/2024/register/others/", lambda edition: others_data(edition, {}, organisation=TYPED)),
    "about participants": (
        "/2024/register/about-participants/",
        lambda _edition: {"gender": "own_words", "gender_words": TYPED},
    ),
    "finding by e-mail": ("/2024/register/find/", lambda _edition: {"email": "typed-with-care@example.org"}),
    "finding by number": ("/2024/register/find/", lambda _edition: {"number": "AAA-AAAA", "phone": "012 345 678"}),
    "own answers": ("/registration/change/", _answers),
    "own needs": ("/registration/needs/", lambda _edition: {"languages": ["km"], "access_note": TYPED}),
    "own journey": ("/registration/travel/", lambda _edition: {"needs_travel": "yes", "share_with": TYPED}),
    "own agreements": ("/registration/agreements/", lambda _edition: {"photos": "decide_there"}),
    "private code": ("/registration/code/", lambda _edition: {"code": "K7MX-42QR", "then": "own_needs"}),
    "asking staff": ("/registration/ask/", lambda _edition: {"text": TYPED}),
}
# What shows that the form came back with what was typed, where it is not the same words.
COMES_BACK = {
    "finding by e-mail": 'value="typed-with-care@example.org"',
    "finding by number": 'value="012 345 678"',
    "private code": 'value="K7MX-42QR"',
    "own agreements": r'<input [^>]*value="decide_there"[^>]* checked',
}


def _visitor(edition, **options):
    """A browser that has signed a person up and opened their own page."""
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    visitor = Client(**options)
    token = visitor.get("/en/2024/register/").context["csrf_token"]
    another = {"name_km": "សុខ ដារ៉ា", "phone": "012 000 002", "csrfmiddlewaretoken": str(token)}
    send_pages(visitor, "/en/2024/register/", form_data(edition, form_token=BEGUN, **another))
    visitor.get(address_for(make_registration(edition, province="02")))
    return visitor


def _fail_to_write(execute, sql, params, many, context):
    # On PostgreSQL a statement may wait for its turn first: "SELECT ...; INSERT ...".
    if re.search(r"(^|;)\s*(INSERT|UPDATE|DELETE)\b", sql):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def _comes_back(response, name, status, words):
    html = re.sub(r"\s+", " ", response.content.decode())
    typed = re.search(COMES_BACK.get(name, TYPED), html)
    return (response.status_code, words in read(response), typed is not None) == (status, True, True)


@pytest.mark.django_db(transaction=True)
def test_every_form_comes_back_with_what_was_typed_while_the_database_is_busy(edition):
    visitor = _visitor(edition)

    with connection.execute_wrapper(_fail_to_write):
        answers = {name: visitor.post(f"/en{address}", data(edition)) for name, (address, data) in FORMS.items()}

    assert [name for name, answer in answers.items() if not _comes_back(answer, name, 503, BUSY)] == []
    assert {answer["Retry-After"] for answer in answers.values()} == {"30"}
    assert all("no-store" in answer["Cache-Control"] for answer in answers.values())


def test_every_form_that_was_open_for_too_long_comes_back_with_what_was_typed(edition):
    visitor = _visitor(edition, enforce_csrf_checks=True)
    forged = {"csrfmiddlewaretoken": "x" * 64}

    answers = {name: visitor.post(f"/en{address}", data(edition) | forged) for name, (address, data) in FORMS.items()}

    assert [name for name, answer in answers.items() if not _comes_back(answer, name, 403, OPEN_FOR_LONG)] == []
    assert Registration.objects.count() == 2


def test_own_form_that_came_in_vain_is_closed_without_the_link(edition):
    response = Client(enforce_csrf_checks=True).post("/en/registration/ask/", {"text": TYPED})

    assert response.status_code == 404
    assert TYPED not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_form_of_the_staff_comes_back_with_what_was_typed_while_the_database_is_busy(edition, staff_client):
    data = form_data(edition, organisation=TYPED, channel="telephone", language="km")

    with connection.execute_wrapper(_fail_to_write):
        response = staff_client.post("/admin/registration/registration/add/", data)

    assert response.status_code == 503
    assert BUSY in read(response)
    assert f'value="{TYPED}"' in response.content.decode()
