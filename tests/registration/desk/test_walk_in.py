"""A person who comes without having signed up."""

import re
import uuid

import pytest
from django.db import OperationalError, connection

from agenda.publishing.versions import publish
from registration import links
from registration.choices import Channel, Look, Status
from registration.models import AccessLog, Attendance, Consent, Registration
from tests.factories import make_registration
from tests.pages import read
from tests.registration.desk.pages import faults_of
from tests.registration.desk.test_page import may_also_check_in

WALK_IN = "/admin/desk/2024/1/walk-in/"


@pytest.fixture
def form(first_morning, today):
    return {
        "form_token": str(uuid.uuid4()),
        "name_latin": "KUMROU New",
        "phone": "012 000 077",
        "phone_owner": "own",
        "adult": "on",
        "data_use": "on",
        "photos": "yes",
        "sector": "another",
        "part": "participant",
        "province": "12",
        "days": [today.pk],
        "language": "km",
    }


def test_usual_answers_are_filled_in_so_that_few_are_left(first_morning, desk, today):
    page = desk.get(WALK_IN)

    assert faults_of(page) == []
    filled = {name: value for name, value in page.context["form"].initial.items() if value}
    assert {"sector", "part", "province", "language", "phone_owner"} <= set(filled)
    assert filled["days"] == [today.pk]
    assert "<details" in page.content.decode()
    assert "open>" not in page.content.decode().partition("<details")[2][:200]


def test_walk_in_is_registered_and_taken_in_with_one_form(form, desk):
    done = desk.post(WALK_IN, form, follow=True)

    row = Registration.objects.get(name_latin="KUMROU New")
    assert (row.status, row.channel, row.registered_by.username) == (
        Status.CONFIRMED, Channel.DESK, "Registration desk",
    )  # fmt: skip
    assert Attendance.objects.get().registration == row
    assert dict(Consent.objects.filter(registration=row).values_list("subject", "answer")) == {
        "data_use": "yes",
        "photos": "yes",
    }
    assert all(words in read(done) for words in ["Taken in at", "White lanyard", "KUMROU New"])
    assert faults_of(done) == []


def test_link_is_shown_once_and_opens_the_standing_alone(form, desk):
    done = desk.post(WALK_IN, form, follow=True)

    row = Registration.objects.get(name_latin="KUMROU New")
    assert "<svg" in done.content.decode().partition('class="qr"')[2]
    assert not links.registration_for(links.token_for(row)).is_trusted
    assert AccessLog.objects.get(look=Look.LINK).subject == f"registration {row}"
    assert 'class="qr"' not in desk.get(done.redirect_chain[-1][0]).content.decode()


def test_link_is_not_shown_with_another_person(form, desk, first_morning):
    desk.post(WALK_IN, form)

    page = desk.get(f"{WALK_IN}{first_morning.pk}/").content.decode()
    assert "SOK Dara" in page
    assert 'class="qr"' not in page


def test_who_may_only_take_people_in_registers_no_person(form, client):
    volunteer = may_also_check_in("Observers", client)

    assert {volunteer.get(WALK_IN).status_code, volunteer.post(WALK_IN, form).status_code} == {403}
    assert Registration.objects.count() == 1


def test_form_that_is_sent_twice_is_one_person(form, desk):
    for _time in range(2):
        desk.post(WALK_IN, form)

    assert Registration.objects.filter(name_latin="KUMROU New").count() == 1
    assert Attendance.objects.count() == 1


def test_without_a_place_the_person_waits_and_is_not_taken_in(form, desk, intake):
    intake.capacity = 1
    intake.save()

    done = desk.post(WALK_IN, form, follow=True)

    assert "On the waiting list: not taken in" in read(done)
    assert not Attendance.objects.exists()


def test_person_who_is_known_is_shown_first_and_taken_in_from_there(form, desk, first_morning):
    page = desk.post(WALK_IN, form | {"phone": "012 323 045"})

    assert "Perhaps already registered" in read(page)
    assert "SOK Dara" in read(page)
    assert faults_of(page) == []
    assert first_morning.badge_token in page.content.decode()
    assert Registration.objects.count() == 1
    desk.post(WALK_IN, form | {"phone": "012 323 045", "anyway": "on"})
    assert Registration.objects.count() == 2


def test_look_alike_on_the_waiting_list_is_given_a_place_from_there(form, desk, intake):
    intake.capacity = 1
    intake.save()
    waits = make_registration(intake.edition, name_latin="KUMROU Waits", phone="+85512000077")
    intake.capacity = 2
    intake.save()

    page = desk.post(WALK_IN, form)

    assert "Give a place and check in" in read(page)
    desk.post("/admin/desk/2024/1/press/", {"token": waits.badge_token, "place": ""})
    assert Attendance.objects.get().registration == waits


def _fail_to_write(execute, sql, params, many, context):
    # On PostgreSQL a statement may wait for its turn first: "SELECT ...; INSERT ...".
    if re.search(r"(^|;)\s*(INSERT|UPDATE|DELETE)\b", sql):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_form_comes_back_with_what_was_typed_while_the_database_is_busy(form, desk):
    with connection.execute_wrapper(_fail_to_write):
        page = desk.post(WALK_IN, form)

    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "The site is very busy" in read(page)
    assert 'value="KUMROU New"' in page.content.decode()
    assert "Taken in at" in read(desk.post(WALK_IN, form, follow=True))


@pytest.mark.parametrize("address", [WALK_IN, "/admin/registration/registration/add/"])
def test_form_that_was_open_for_too_long_comes_back_with_what_was_typed(form, desk, address):
    desk.handler.enforce_csrf_checks = True

    page = desk.post(address, form | {"csrfmiddlewaretoken": "x" * 64})

    assert page.status_code == 403
    assert "Nothing is lost" in read(page)
    assert 'value="KUMROU New"' in page.content.decode()
    assert Registration.objects.count() == 1


def test_forged_form_of_a_stranger_draws_no_page_of_the_staff(form, client, first_morning):
    client.handler.enforce_csrf_checks = True

    assert client.post(WALK_IN, form).status_code == 302
    assert Registration.objects.count() == 1


def test_what_was_typed_stays_when_the_day_is_gone_from_the_programme(form, desk, first_morning):
    first_morning.edition.days.filter(date="2024-03-26").update(date="2024-03-25")
    publish(first_morning.edition, by=None)

    page = desk.post(WALK_IN, form | {"on": "2024-03-26"})

    assert page.status_code == 409
    assert "This day is not in the published programme" in read(page)
    assert 'value="KUMROU New"' in page.content.decode()
    assert faults_of(page) == []
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("name_latin", "Write the name in Khmer, in Latin letters, or both."),
        ("phone", "Give a telephone number"),
        ("adult", "we first call the parent or guardian"),
        ("data_use", "Without the person’s agreement"),
        ("days", "Choose at least one day."),
    ],
)
def test_what_is_missing_is_said_and_nothing_lost(form, desk, missing, said):
    page = desk.post(WALK_IN, {name: value for name, value in form.items() if name != missing})

    assert said in read(page)
    assert Registration.objects.count() == 1
    assert page.content.decode().count("KUMROU New") == (missing != "name_latin")
