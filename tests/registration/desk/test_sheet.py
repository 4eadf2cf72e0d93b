"""A paper list that is entered afterwards, at once or by the list of registrations."""

from datetime import datetime

import pytest
from django.utils import timezone

from registration.choices import Status
from registration.desk.paper import NotNumbers, numbers_in, was_there
from registration.lists.files import rows
from registration.lists.inclusion import people_by_sex, sign_in_with_sex
from registration.lists.ready import sign_in
from registration.models import Attendance, Registration
from registration.models.registration import ERASED_WORD
from tests.factories import make_edition, make_registration, open_intake
from tests.pages import read
from tests.registration.desk.pages import faults_of

SHEET = "/admin/desk/2024/1/sheet/"
LIST = "/admin/registration/registration/"


@pytest.fixture
def people(edition, settings):
    rows = [make_registration(edition, name_latin=f"KUMROU {name}", phone=f"+8551200000{n}")
            for n, name in enumerate(["Ca", "Bo", "An"])]  # fmt: skip
    settings.SITE_CLOCK = datetime(2024, 3, 28, 9)
    return rows


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("1-3", {1, 2, 3}), ("1 - 2, 5", {1, 2, 5}), ("២–៤៖ ៧", {2, 3, 4, 7}), ("3 3;3", {3}), ("", set())],
)
def test_numbers_are_read_as_people_type_them(typed, numbers):
    assert numbers_in(typed, 9) == numbers


def test_person_who_is_erased_stands_on_no_sheet_and_the_numbers_of_both_agree(people, desk):
    Registration.objects.filter(name_latin="KUMROU Bo").update(name_latin=ERASED_WORD, name_km="")
    day = people[0].edition.days.first()

    page = desk.get(SHEET)

    assert [(number, row.name_latin) for number, row, *_rest in page.context["rows"]] == [
        (1, "KUMROU An"),
        (2, "KUMROU Ca"),
    ]
    for sheet in (sign_in(1, day), sign_in_with_sex(1, day)):
        assert [(row[0], row[2]) for row in rows(sheet)] == [("1", "KUMROU An"), ("2", "KUMROU Ca")]
    assert people_by_sex(day).total() == 2


@pytest.mark.parametrize("typed", ["0", "10", "3-1", "2-10", "a", "1-2-3", "-3", "99999999999", "1.5x"])
def test_what_is_no_number_of_the_sheet_is_said(typed):
    with pytest.raises(NotNumbers):
        numbers_in(typed, 9)


def test_numbers_tick_and_only_saving_notes(people, desk):
    page = desk.post(SHEET, {"numbers": "1-2"})

    assert "2 more people are ticked below, and not saved yet" in read(page)
    assert faults_of(page) == []
    assert not Attendance.objects.exists()
    ticked = [row.pk for _number, row, _there, is_ticked in page.context["rows"] if is_ticked]
    assert ticked == [people[2].pk, people[1].pk]  # as names are sorted

    saved = desk.post(SHEET, {"there": ticked}, follow=True)
    assert "2 people are noted as there." in read(saved)
    assert set(Attendance.objects.values_list("registration", "arrived_at")) == {(pk, None) for pk in ticked}


def test_earlier_ticks_are_kept_and_wrong_numbers_lose_nothing(people, desk):
    desk.post(SHEET, {"there": [people[0].pk]})
    page = desk.post(SHEET, {"there": [people[1].pk], "numbers": "7"})

    assert "“7” does not stand on this sheet: it goes from 1 to 3." in read(page)
    assert 'value="7"' in page.content.decode()
    assert [row.pk for _n, row, _there, is_ticked in page.context["rows"] if is_ticked] == [people[1].pk]
    desk.post(SHEET, {"there": [people[1].pk]})
    assert Attendance.objects.count() == 2


def test_nothing_is_noted_before_the_day(people, desk, settings):
    settings.SITE_CLOCK = datetime(2024, 3, 25, 9)

    assert "has not come yet" in read(desk.post(SHEET, {"there": [people[0].pk]}, follow=True))
    assert not Attendance.objects.exists()


def test_to_have_been_there_is_to_accept_the_place_that_is_offered(people, desk, settings):
    settings.SITE_CLOCK = datetime(2024, 3, 26, 20)
    until = timezone.make_aware(datetime(2024, 3, 27, 8))
    Registration.objects.filter(pk=people[0].pk).update(status=Status.OFFERED, offered_until=until)

    desk.post(SHEET, {"there": [people[0].pk]})

    assert Attendance.objects.get().registration == people[0]
    assert Registration.objects.get(pk=people[0].pk).status == Status.CONFIRMED


def test_person_of_another_place_is_not_noted(people, desk):
    desk.post(SHEET, {"there": [people[0].pk + 1000, "x"]})

    assert not Attendance.objects.exists()


def test_erased_people_and_those_of_another_year_are_not_noted(people, edition, colleague, today):
    other = make_edition()
    open_intake(other)
    Registration.objects.filter(pk=people[0].pk).update(name_latin=ERASED_WORD)
    keys = [people[0].pk, people[1].pk, make_registration(other).pk]

    assert was_there(edition, today, keys, by=colleague) == 1
    assert Attendance.objects.get().registration == people[1]


def test_step_of_the_list_offers_and_takes_no_day_that_has_not_come(people, desk, settings):
    settings.SITE_CLOCK = datetime(2024, 3, 26, 20)
    keys = {"action": "was_there", "_selected_action": people[0].pk, "sure": "yes", "keys": people[0].pk}

    assert "Choose the day." in read(desk.post(LIST, keys | {"day": 2}))
    assert not Attendance.objects.exists()


def test_step_of_the_list_asks_the_day_and_notes(people, desk):
    chosen = [row.pk for row in people[:2]]

    asked = desk.post(LIST, {"action": "was_there", "_selected_action": chosen})
    assert "On which day were they there?" in read(asked)
    keys = {"action": "was_there", "_selected_action": chosen[:1], "sure": "yes", "keys": ",".join(map(str, chosen))}
    assert "Choose the day." in read(desk.post(LIST, keys))
    done = desk.post(LIST, keys | {"day": 2}, follow=True)

    assert "2 people are noted as there." in read(done)
    assert {str(row.day.date) for row in Attendance.objects.all()} == {"2024-03-27"}
