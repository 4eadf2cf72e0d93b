"""What the QR code of a badge opens: for the desk one button, for all others nothing."""

import importlib
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conference.words import clock
from registration.models import Attendance, Registration
from registration.models.registration import ERASED_WORD
from registration.own_page.data import everything
from registration.own_page.data_in_words import in_words
from registration.signing_up import transitions
from tests.factories import make_edition, make_registration, open_intake
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of


def badge(registration):
    return f"/b/{registration.badge_token}/"


def test_token_is_random_and_each_registration_has_its_own(edition):
    tokens = {make_registration(edition, phone=f"+8551200000{number}").badge_token for number in range(3)}

    assert len(tokens) == 3
    assert {len(token) for token in tokens} == {22}  # 128 bits


def test_rows_from_before_get_a_token_and_the_erased_do_not(person):
    erased = make_registration(person.edition, phone="+85512000009")
    Registration.objects.filter(pk=erased.pk).update(name_latin=ERASED_WORD)
    Registration.objects.update(badge_token=None)

    importlib.import_module("registration.migrations.0041_desk").give_tokens(apps, None)

    assert len(Registration.objects.get(pk=person.pk).badge_token) == 22
    assert Registration.objects.get(pk=erased.pk).badge_token is None


def test_token_is_no_answer_of_the_person(person):
    assert person.badge_token not in str(everything(person))


def test_desk_takes_a_person_in_with_one_press_and_takes_it_back(first_morning, desk):
    page = desk.get(badge(first_morning))

    assert all(word in read(page) for word in ["SOK Dara", "សុខ ដារ៉ា", "Red lanyard: no photos", "Check in"])
    done = desk.post(badge(first_morning), follow=True)
    row = Attendance.objects.get()
    assert (row.registration, row.noted_by.username) == (first_morning, "Registration desk")
    assert f"Already in since {clock(row.arrived_at)}." in read(done)
    assert 'name="in"' not in done.content.decode()

    undone = desk.post(badge(first_morning), {"undo": ""}, follow=True)
    assert "Taken back" in read(undone)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("group", [None, "Observers", "Travel desk"])
def test_all_others_are_told_nothing_of_whose_badge_it_is(first_morning, group):
    cancelled = make_registration(first_morning.edition, phone="+85512000002", name_latin="KUMROU Gone")
    transitions.cancel(cancelled)
    visitor = member_of(group, Client()) if group else Client()

    pages = [visitor.get(address) for address in (badge(first_morning), badge(cancelled), "/b/nowhere/")]
    sent = [visitor.post(address) for address in (badge(first_morning), badge(cancelled), "/b/nowhere/")]

    texts = {read(page) for page in [*pages, *sent]}
    assert len(texts) == 1
    assert "SOK" not in texts.pop()
    assert {page.headers["Cache-Control"] for page in pages} == {pages[0].headers["Cache-Control"]}
    assert "no-store" in pages[0].headers["Cache-Control"]
    assert not Attendance.objects.exists()


def test_strangers_badge_is_looked_for_in_no_table(first_morning):
    asked = []
    for address in ("/b/nowhere/", badge(first_morning), "/b/nowhere/"):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        asked.append([one["sql"] for one in queries])

    assert asked[1] == asked[2]
    assert not any("registration_registration" in sql for sql in asked[1])


def test_stranger_is_led_to_sign_in_and_back(first_morning):
    page = Client().get(badge(first_morning), HTTP_ACCEPT_LANGUAGE="km")

    assert f"/admin/login/?next=%2Fb%2F{first_morning.badge_token}%2F" in page.content.decode()
    assert '<html lang="km"' in page.content.decode()


def test_desk_is_told_in_words_what_is_no_badge_of_today(first_morning, desk, settings):
    older = make_edition(year=2030)
    open_intake(older)
    other_year = make_registration(older, phone="+85512000003")

    assert "no badge of this conference" in read(desk.get("/b/nowhere/"))
    assert "This badge is of 2030" in read(desk.post(badge(other_year)))
    settings.SITE_CLOCK = datetime(2024, 3, 25, 8)
    page = desk.post(badge(first_morning))
    assert "Today is no day of the conference" in read(page)
    assert 'name="in"' not in page.content.decode()
    assert not Attendance.objects.exists()


def test_person_who_cancelled_is_not_taken_in(first_morning, desk):
    transitions.cancel(first_morning)

    page = desk.post(badge(first_morning), follow=True)

    assert "Cancelled: not taken in." in read(page)
    assert 'name="in"' not in page.content.decode()
    assert not Attendance.objects.exists()


def test_participant_reads_when_they_were_taken_in(first_morning, desk):
    desk.post(badge(first_morning))

    shown = next(part for part in in_words(everything(first_morning)) if "there" in str(part.heading))

    day, arrived = shown.entries[0]
    assert (str(day.label), day.text) == ("day", "March 26, 2024")
    assert (str(arrived.label), arrived.text[:20]) == ("arrived", "March 26, 2024, 8:00")
