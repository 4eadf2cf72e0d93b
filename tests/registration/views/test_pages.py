"""The form in three pages: what was typed lies in the session, encrypted, for an hour, and nowhere else."""

import json
import re
import time
import uuid
from datetime import timedelta
from functools import partial
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.serving.sessions import BEGUN_FORMS
from registration.encryption.columns import box
from registration.models import Registration
from registration.views import drafts
from tests.factories import form_data
from tests.pages import links, read
from tests.sign_up import REGISTER, come_to, of_page, send_from, send_pages

HOUR = 3600
TYPED = {"name_latin": "KANARI Dara", "organisation": "Kanari Village", "access_note": "kanari note"}
LAST = "/en/2024/register/thanks/"


def begun(browser):
    return browser.session.get(BEGUN_FORMS, [])


def grow_old(browser, seconds):
    """As if everything had been typed so long ago."""
    session, then = browser.session, int(time.time()) - seconds
    old = [(token, box().encrypt_at_time(box().decrypt(sealed), then).decode()) for token, sealed in begun(browser)]
    session[BEGUN_FORMS] = old
    session.save()


def test_each_page_leads_to_the_next_and_the_last_one_signs_up(client, edition):
    token = str(uuid.uuid4())
    data = form_data(edition, form_token=token)
    addresses = [REGISTER]
    for page in (1, 2, 3):
        assert not Registration.objects.exists()
        response = client.post(addresses[-1], of_page(data, page))
        assert response.status_code == 302
        addresses.append(response.url)

    assert addresses[1:] == [f"{REGISTER}?form={token}&page={page}" for page in (2, 3)] + [LAST]
    assert Registration.objects.count() == 1


def test_what_led_to_the_form_is_not_lost_on_its_pages(client, edition):
    address = f"{REGISTER}?another=2&correct=AAA-AAAA&utm_source=x"

    assert "another=2" in come_to(client, edition, 3, address)
    assert "correct=AAA-AAAA" in come_to(client, edition, 3, address)
    assert "utm_source" not in come_to(client, edition, 3, address)


def test_what_was_typed_stands_in_no_address_and_lies_nowhere_in_the_clear(client, edition):
    address = come_to(client, edition, 3, **TYPED)
    response = send_from(client, address, 3, {"access_note": TYPED["access_note"], "switch": "km"})

    stored = json.dumps([session.get_decoded() for session in Session.objects.all()])
    for place in (unquote(address), unquote(response.url), stored, repr(client.cookies)):
        assert "kanari" not in place.lower()
    assert "kanari note" in client.get(response.url).content.decode()


@pytest.mark.parametrize(("page", "name"), [(1, "name_latin"), (2, "organisation"), (3, "access_note")])
@pytest.mark.parametrize(("age", "is_there"), [(HOUR - 60, True), (HOUR + 60, False)])
def test_page_brings_back_what_was_typed_for_an_hour(client, edition, page, name, age, is_there):
    last = come_to(client, edition, 3, **TYPED)
    send_from(client, last, 3, {**TYPED, "back": "1"})
    token = begun(client)[0][0]
    grow_old(client, age)

    response = client.get(f"{REGISTER}?form={token}&page={page}")

    assert (TYPED[name] in response.content.decode()) is is_there


def test_form_that_is_too_old_says_so_with_the_number_to_call(client, edition):
    last = come_to(client, edition, 3)
    grow_old(client, HOUR + 60)

    for response in (client.get(last), send_from(client, last, 3, form_data(edition))):
        text = read(response)
        assert "Please begin once more" in text
        assert "page 1 of 3" in text
        assert "call us: we fill the form in with you. 012 323 045" in text
    assert not Registration.objects.exists()


def test_page_that_was_sent_too_late_is_not_lost(client, edition):
    last = come_to(client, edition, 3)
    grow_old(client, HOUR + 60)
    data = form_data(edition, form_token=begun(client)[0][0], access_note="kanari note")

    client.post(last, of_page(data, 3))
    response = send_pages(client, REGISTER, data, until=2)

    assert "kanari note" in client.get(response.url).content.decode()


def test_old_form_is_taken_out_with_the_next_page_that_is_sent(client, edition):
    come_to(client, edition, 3)
    grow_old(client, HOUR + 60)

    come_to(client, edition, 2)

    assert len(begun(client)) == 1


def test_session_of_a_visitor_who_never_comes_back_is_deleted_after_the_hour(client, edition):
    come_to(client, edition, 3)
    assert Session.objects.get().expire_date <= timezone.now() + timedelta(seconds=HOUR)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    call_command("tend_registration")

    assert not Session.objects.exists()


def test_address_of_a_page_is_nothing_to_another_browser(client, edition):
    address = come_to(client, edition, 3, **TYPED)

    assert "anari" not in Client().get(address).content.decode()


@pytest.mark.parametrize("address", [f"{REGISTER}?form=x", f"{REGISTER}?page=9", f"{REGISTER}?page=%00x&form=%FF"])
def test_address_that_leads_nowhere_is_an_empty_first_page(client, edition, address):
    response = client.get(address)

    assert response.status_code in (200, 400)
    assert response.status_code == 400 or "page 1 of 3" in read(response)


def test_two_tabs_are_two_forms(client, edition):
    mother = come_to(client, edition, 3, name_latin="KANARI Mother")
    daughter = come_to(client, edition, 3, name_latin="KANARI Daughter", phone="012 000 002", name_km="")

    for last in (mother, daughter):
        assert send_from(client, last, 3, form_data(edition)).url == LAST

    assert set(Registration.objects.values_list("name_latin", flat=True)) == {"KANARI Mother", "KANARI Daughter"}


def test_session_keeps_three_forms_and_none_that_is_too_large(client, edition):
    for _time in range(5):
        come_to(client, edition, 2)
    assert len(begun(client)) == 3

    token = str(uuid.uuid4())
    huge = "a" * (drafts.LARGEST + 1)
    response = client.post(REGISTER, {"form_token": token, "name_latin": huge, "switch": "en"})

    assert huge in response.content.decode()
    assert token not in dict(begun(client))


def test_button_back_keeps_also_what_is_wrong_and_the_last_page_leads_to_it(client, edition):
    last = come_to(client, edition, 3)
    first = last.replace("page=3", "page=1")
    second = send_from(client, last, 3, form_data(edition) | {"back": "1", "access_note": "kanari note"})
    send_from(client, first, 1, form_data(edition) | {"back": "1", "phone": "117"})

    response = send_from(client, last, 3, form_data(edition))

    assert "page=2" in second.url
    assert "Error: Sign up, page 1 of 3" in read(response)
    assert '<a href="#id_phone">' in response.content.decode()
    assert 'value="117"' in response.content.decode()
    assert "page=1" in response.context["action"]
    assert not Registration.objects.exists()


def test_form_that_was_begun_is_offered_until_it_is_sent_or_forgotten(client, edition):
    offers = "With this browser a form was begun"
    assert offers not in read(client.get(REGISTER))
    last = come_to(client, edition, 3)
    page = client.get(REGISTER)
    assert offers in read(page)
    assert last in links(page)
    assert "គំរូ" not in read(page)

    send_from(client, last, 3, form_data(edition))
    assert offers not in read(client.get(REGISTER))

    another = come_to(client, edition, 2)
    assert send_from(client, another, 2, {"forget": "1"}).url == REGISTER
    assert offers not in read(client.get(REGISTER))
    assert "Please begin once more" in read(client.get(another))


def test_page_sent_twice_leads_to_the_same_place(client, edition):
    second = come_to(client, edition, 2)

    answers = {send_from(client, second, 2, form_data(edition)).url for _time in range(2)}

    assert len(answers) == 1


def test_form_that_was_sent_comes_back_whole_to_be_corrected(client, edition):
    last = come_to(client, edition, 3, **TYPED)
    data = form_data(edition, access_note="kanari note", province="02", needs_travel="no")
    send_from(client, last, 3, data)

    assert "kanari note" in client.get(last).content.decode()
    assert send_from(client, last, 3, data | {"access_note": "another note"}).url == LAST
    assert Registration.objects.get().inclusion_answers.access_note == "another note"


@pytest.mark.parametrize("is_staff", [False, True])
def test_visitor_who_leaves_this_telephone_leaves_no_form(client, staff_client, edition, is_staff):
    browser = staff_client if is_staff else Client()
    last = come_to(browser, edition, 3)
    send_from(browser, last, 3, form_data(edition, access_note="kanari note"))

    browser.post("/en/registration/leave/")

    assert begun(browser) == []
    assert "kanari note" not in browser.get(last).content.decode()


def test_page_is_written_down_once(client, edition):
    data = form_data(edition)
    with CaptureQueriesContext(connection) as first:
        second = client.post(REGISTER, of_page(data, 1)).url
    with CaptureQueriesContext(connection) as then:
        client.post(second, of_page(data, 2))

    for captured, verb in [(first, "INSERT"), (then, "UPDATE")]:
        # On PostgreSQL a statement may wait for its turn first: "SELECT ...; INSERT ...".
        found = [re.search(r"(?:^|;)\s*(INSERT|UPDATE|DELETE)\b[^;]*", query["sql"]) for query in captured]
        written = [match for match in found if match]
        assert [match[1] for match in written] == [verb]
        assert "django_session" in written[0][0]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_busy_database_after_the_last_page_is_no_session_that_has_ended(client, edition, error):
    """The registration is there, and the form is sent once more. psycopg2 says DatabaseError of a broken line."""
    last = come_to(client, edition, 3)
    client.raise_request_exception = False

    with connection.execute_wrapper(partial(_fail_to_write_sessions, error)):
        response = send_from(client, last, 3, form_data(edition))
    again = send_from(client, last, 3, form_data(edition))

    assert response.status_code == 503
    assert again.url == LAST
    assert Registration.objects.count() == 1


def _fail_to_write_sessions(error, execute, sql, params, many, context):
    if sql.startswith('UPDATE "django_session"'):
        raise error("of Django") from Exception("of the driver")
    return execute(sql, params, many, context)
