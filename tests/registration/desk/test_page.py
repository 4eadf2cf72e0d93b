"""The page of the desk: finding a person, and one press."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.publishing.versions import publish
from registration.choices import Status
from registration.desk.days import days_of
from registration.desk.finding import find
from registration.desk.people import seen
from registration.models import Attendance, DayPlaces, Registration, TravelRequest
from registration.models.registration import ERASED_WORD
from registration.paper import parts
from registration.signing_up.repeats import keep_number
from registration.travel import support
from tests.factories import make_day, make_edition, make_registration, open_intake
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.registration.desk.conftest import FIRST_MORNING
from tests.registration.desk.pages import faults_of
from tests.travel_factories import make_room

DAY = "/admin/desk/2024/1/"
PRESS = f"{DAY}press/"


def may_also_check_in(group, client):
    client = member_of(group, client)
    right = Permission.objects.get(codename="check_in_registration")
    get_user_model().objects.get(username=group).user_permissions.add(right)
    return client


@pytest.mark.parametrize(
    "typed",
    ["dar", "SOK", "dara sok", "សុខ", "ដារ៉ា sok", "012 32", "០១២៣២៣", "3230 45", "+855 12 323", "CODE", "code"],
)
def test_person_is_found_by_what_is_at_hand(first_morning, typed):
    make_registration(first_morning.edition, name_km="គំរូ ផ្សេង", name_latin="OTHER Nobody", phone="+85599777888")
    code = first_morning.spoken_code
    typed = {"CODE": code[:3], "code": code.lower()}.get(typed, typed)

    assert find(first_morning.edition, typed) == ([first_morning.pk], False)


@pytest.mark.parametrize("typed", ["ដារា", "ដារ៊ា សុខ", "សុខ៍ dara"])
def test_sign_that_people_leave_out_or_confuse_hides_no_person(first_morning, typed):
    """A search may be coarser than a comparison: ដារ៉ា and ដារា are two names, and both are shown."""
    make_registration(first_morning.edition, name_km="គំរូ ផ្សេង", name_latin="OTHER Nobody", phone="+85599777888")

    assert find(first_morning.edition, typed) == ([first_morning.pk], False)
    assert list(Registration.objects.matching(typed)) == [first_morning]


def test_name_as_it_was_typed_comes_before_one_that_is_like_it(first_morning):
    plain = make_registration(first_morning.edition, name_km="សុខ ដារា", name_latin="", phone="+85599777888")

    assert find(first_morning.edition, "ដារា")[0] == [plain.pk, first_morning.pk]
    assert find(first_morning.edition, "ដារ៉ា")[0] == [first_morning.pk, plain.pk]


@pytest.mark.parametrize("typed", ["", " ", "d", "01", "chan", "%", "_a_", "\\", "dara chan"])
def test_no_person_is_found_by_too_little_or_another_name(first_morning, typed):
    assert find(first_morning.edition, typed) == ([], False)


def test_long_text_is_looked_for_by_its_beginning(first_morning):
    assert find(first_morning.edition, "sok dara " * 600) == ([first_morning.pk], False)


def test_person_of_another_edition_is_not_found(first_morning):
    other = make_edition()
    open_intake(other)

    assert find(other, "dara") == ([], False)


def test_other_number_that_a_person_was_shown_finds_them(first_morning, desk):
    keep_number(Registration(code="PJQRHX7", status=Status.CONFIRMED), first_morning.pk)

    assert find(first_morning.edition, "pjq-rhx7") == ([first_morning.pk], False)
    assert "pjqrhx7" in desk.get(f"{DAY}people.json").json()["people"][0]["find"]


def test_person_who_is_erased_is_not_found(first_morning):
    Registration.objects.update(name_latin=ERASED_WORD)

    assert find(first_morning.edition, first_morning.code[:3]) == ([], False)


def test_person_of_another_edition_is_not_shown_by_the_token(first_morning, desk):
    other = make_edition()
    open_intake(other)
    stranger = make_registration(other, name_km="", name_latin="KUMROU Other")

    assert "KUMROU Other" not in read(desk.get(DAY, {"done": stranger.badge_token}))
    assert "KUMROU Other" not in read(desk.post(PRESS, {"token": stranger.badge_token}, follow=True))


def test_name_that_begins_with_what_is_typed_comes_first(edition):
    inside = make_registration(edition, name_km="", name_latin="AAA Moniroth", phone="+85512000011")
    begins = make_registration(edition, name_km="", name_latin="ZZZ Roth", phone="+85512000012")

    assert find(edition, "rot")[0] == [begins.pk, inside.pk]


def test_desk_opens_with_today(first_morning, desk):
    assert desk.get("/admin/desk/").url == DAY


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_is_sound_with_results_of_each_kind(first_morning, desk, language):
    make_registration(first_morning.edition, name_latin="SOK Dary", phone="+85512000013")
    desk.cookies["language"] = language

    for query in ({}, {"q": "sok"}, {"q": "dara"}, {"q": "nowhere"}, {"done": first_morning.badge_token}):
        assert faults_of(desk.get(DAY, query)) == [], query


@pytest.mark.parametrize(("language", "name"), [("km", "សុខ ដារ៉ា"), ("en", "SOK Dara")])
def test_what_was_done_names_the_person_in_the_language_of_the_page(first_morning, desk, language, name):
    desk.cookies["language"] = language

    done = desk.post(f"{DAY}press/", {"token": first_morning.badge_token}, follow=True)

    assert str(next(iter(done.context["messages"]))).startswith(f"{name} – ")


def test_only_person_found_is_taken_in_by_enter(first_morning, desk):
    page = desk.get(DAY, {"q": "dara"}).content.decode()

    button = page[page.index('name="in"') :]
    assert "autofocus" in button[: button.index(">")]

    done = desk.post(PRESS, {"token": first_morning.badge_token, "in": ""}, follow=True)
    assert "Taken in at 8:0" in read(done)
    assert "1 are in" in read(done)
    assert "SOK Dara" in read(desk.post(PRESS, {"token": first_morning.badge_token, "undo": ""}, follow=True))
    assert not Attendance.objects.exists()


def test_day_of_a_form_is_meant_although_its_number_is_another_by_now(first_morning, desk):
    page = desk.get(DAY, {"q": "dara"})
    sent = dict(re.findall(r'<input type="hidden" name="(on|token)" value="([^"]+)"', page.content.decode()))
    make_day(first_morning.edition, date=date(2024, 3, 25))
    publish(first_morning.edition, by=None)

    done = desk.post(PRESS, sent)

    assert Attendance.objects.get().day.date == date(2024, 3, 26)
    assert done.url.startswith("/admin/desk/2024/2/?done=")


def test_desk_and_day_pack_count_the_days_alike(first_morning, desk):
    before = make_day(first_morning.edition, date=date(2024, 3, 25))
    publish(first_morning.edition, by=None)
    before.delete()  # in the draft

    numbers = [one.number for one in parts.days_of(first_morning.edition)]
    assert [one.number for one in days_of(first_morning.edition)] == numbers == [2, 3]


def test_day_of_a_form_that_is_not_published_any_more_is_no_other_day(first_morning, desk):
    sent = {"token": first_morning.badge_token, "on": "2024-03-25"}

    assert desk.post(PRESS, sent).status_code == 404
    assert not Attendance.objects.exists()


def test_place_is_given_by_those_who_may_alone(first_morning, intake, desk, client):
    Registration.objects.update(status=Status.CANCELLED, place_no=None)
    volunteer = may_also_check_in("Observers", client)
    press = {"token": first_morning.badge_token, "place": ""}

    assert "Cancelled: not taken in" in read(volunteer.post(PRESS, press, follow=True))
    assert "Cancelled" in read(desk.get(DAY, {"q": "dara"}))
    done = desk.post(PRESS, press, follow=True)

    assert "Taken in" in read(done)
    assert Registration.objects.get().status == Status.CONFIRMED


def test_place_that_is_not_there_is_not_given(first_morning, intake, desk):
    intake.capacity = 1
    intake.save()
    waiting = make_registration(intake.edition, phone="+85512000014", name_latin="KUMROU Late")

    done = desk.post(PRESS, {"token": waiting.badge_token, "place": ""}, follow=True)

    assert "No place is free." in read(done)
    assert not Attendance.objects.exists()


def test_hall_that_is_full_is_said(first_morning, intake, desk, today):
    intake.capacity = 9
    intake.save()
    DayPlaces.objects.create(intake=intake, day_id=today.pk, places=1)
    assert "1 of 1 places left" in read(desk.get(DAY))

    done = desk.post(PRESS, {"token": first_morning.badge_token}, follow=True)

    assert "The hall is full" in read(done)


def test_arrangement_and_room_are_said_to_their_officers_alone(edition, settings, desk):
    make_registration(
        edition, name_latin="SOK Dara", inclusion={"access_needs": ["captions"], "access_note": "CANARY"}, travel={}
    )
    settings.SITE_CLOCK = FIRST_MORNING
    officer = may_also_check_in("Inclusion officers", Client())

    told, untold = (read(visitor.get(DAY, {"q": "dara"})) for visitor in (officer, desk))

    assert "An arrangement waits" in told
    assert "An arrangement waits" not in untold
    assert "CANARY" not in told + untold


def test_room_is_said_to_the_travel_desk_alone(first_morning, desk, client):
    make_registration(first_morning.edition, name_latin="SOK Dary", phone="+85512000013", travel={})
    room = make_room(first_morning.edition, name="CANARY-ROOM")
    support.put_into_room(TravelRequest.objects.get(), room, [first_morning.edition.starts_on])
    officer = may_also_check_in("Travel desk", client)

    assert "CANARY-ROOM" in read(officer.get(DAY, {"q": "dary"}))
    assert "CANARY-ROOM" not in read(desk.get(DAY, {"q": "dary"}))


@pytest.mark.parametrize("path", ["", "press/", "people.json", "arrivals.json", "sheet/", "walk-in/", "walk-in/1/"])
def test_desk_is_closed_to_staff_without_the_right(first_morning, path):
    visitor = member_of("Travel desk", Client())

    assert {visitor.get(DAY + path).status_code, visitor.post(DAY + path).status_code} <= {403, 405}
    assert Client().get(DAY + path).status_code in (302, 405)


def test_search_asks_the_database_little_for_any_number(edition, first_morning, today):
    for number in range(3):
        make_registration(edition, name_latin=f"SOK Dara {number}", phone=f"+8551200005{number}")

    with CaptureQueriesContext(connection) as queries:
        keys, _more = find(edition, "dara sok")
        found = seen(Registration.objects.filter(pk__in=keys), today)

    assert len(found) == 4
    assert len(queries) == 2


def test_page_asks_for_the_days_and_the_counts_once(first_morning, desk):
    publish(first_morning.edition, by=None)
    desk.get(DAY)

    with CaptureQueriesContext(connection) as queries:
        page = desk.get(DAY, {"q": "dara"})

    assert "SOK Dara" in read(page)
    tables = [re.search(r'FROM "(\w+)"', query["sql"])[1] for query in queries]
    of_the_desk = [table for table in tables if table.startswith(("agenda_", "registration_"))]
    assert sorted(of_the_desk) == [
        # The days with what is published of them; and all counts in one.
        *("agenda_programmeversion", "registration_attendance"),
        *("registration_consent", "registration_registration"),
    ]
