"""The dates erase by themselves in quiet times, and a wrong clock erases no person."""

from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from registration.choices import ErasingWaits, Status
from registration.models import InclusionAnswers, Intake, Registration
from registration.signing_up import transitions
from tests.factories import make_day, make_edition, make_registration, open_intake
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of

SIGNED_UP, SENSITIVE_ON, ALL_ON = date(2030, 3, 1), date(2030, 4, 26), date(2030, 6, 25)
HALF_A_YEAR = timedelta(days=183)
A_DAY = timedelta(days=1)
WAITS = "2030: NOT erased without --yes:"
CLOCK = "today is more than seven days after everything that is stored"
WHOLE = "everything of this edition would go at once, and nothing of it was erased by date before"
RED_LINE = '<p class="errornote">'


@pytest.fixture(autouse=True)
def no_rewriting(monkeypatch):
    """VACUUM cannot run in the transaction of a test; tests/registration/retention/test_erasing.py is about it."""
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock to noon of a day."""

    def set_to(day):
        moment = timezone.make_aware(datetime.combine(day, time(12)))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(SIGNED_UP)
    return set_to


@pytest.fixture
def edition(db):
    edition = make_edition(year=2030)
    make_day(edition)
    open_intake(edition, erase_sensitive_on=SENSITIVE_ON, erase_all_on=ALL_ON)
    return edition


@pytest.fixture
def person(clock, edition):
    """Signed up on the first of March 2030; nothing is stored after that."""
    return make_registration(edition, name_latin="KUMROU Sakalbang")


@pytest.fixture
def daily(clock):
    """The daily run on a day, and what it says."""

    def run(day, command="erase_personal_data", **options):
        clock(day)
        said = StringIO()
        call_command(command, stdout=said, stderr=said, **options)
        return said.getvalue()

    return run


def sign_up_for_the_next():
    """By the wrong clock the first edition is over."""
    later = make_edition(year=2031)
    make_day(later)
    open_intake(later)
    make_registration(later, name_latin="KUMROU Second")


def what_is_left():
    return InclusionAnswers.objects.count(), Registration.objects.exclude(telegram="(erased)").count()


# --- Quiet times -----------------------------------------------------------------------------------------------------


def test_both_dates_erase_by_themselves_though_nothing_new_was_stored_for_months(daily, person):
    left = {}
    day = SIGNED_UP
    while day <= ALL_ON:
        daily(day)
        left[day] = what_is_left()
        day += A_DAY

    assert [day for day in left if left[day] != left.get(day - A_DAY)] == [SIGNED_UP, SENSITIVE_ON, ALL_ON]
    assert (left[SIGNED_UP], left[SENSITIVE_ON], left[ALL_ON]) == ((1, 1), (0, 1), (0, 0))


@pytest.mark.parametrize(("days", "left"), [(7, (0, 1)), (8, (1, 1))])
def test_a_week_without_a_run_and_without_anything_new_is_no_wrong_clock(daily, person, days, left):
    Intake.objects.update(erase_sensitive_on=SIGNED_UP + timedelta(days=days))

    daily(SIGNED_UP + timedelta(days=days))

    assert what_is_left() == left


# --- A wrong clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["replay_erasures", "erase_personal_data", "tend_registration"])
def test_clock_half_a_year_ahead_erases_no_person(daily, person, command):
    daily(SIGNED_UP)

    said = daily(SIGNED_UP + HALF_A_YEAR, command=command)

    assert what_is_left() == (1, 1)
    assert "brought back" not in said
    assert (WAITS in said) == (command != "replay_erasures")


def test_start_erases_no_person_by_date_also_by_a_right_clock(daily, person):
    clock_agrees = SIGNED_UP + A_DAY
    Intake.objects.update(erase_sensitive_on=SIGNED_UP, erase_all_on=SIGNED_UP)

    assert daily(clock_agrees, command="replay_erasures") == ""
    assert what_is_left() == (1, 1)


def test_what_is_stored_by_the_wrong_clock_does_not_make_it_right(daily, person, edition):
    Intake.objects.update(erased_on=SENSITIVE_ON, erasing_ran_on=SIGNED_UP)  # then only the clock stands in the way
    daily(SIGNED_UP + HALF_A_YEAR)
    sign_up_for_the_next()

    said = daily(SIGNED_UP + HALF_A_YEAR + A_DAY)

    assert CLOCK in said
    assert what_is_left() == (2, 2)


def test_start_by_a_wrong_clock_is_noted_before_visitors_store_something(daily, person, edition):
    Intake.objects.update(erased_on=SENSITIVE_ON)
    daily(SIGNED_UP + HALF_A_YEAR, command="replay_erasures")
    sign_up_for_the_next()

    assert CLOCK in daily(SIGNED_UP + HALF_A_YEAR + A_DAY)
    assert what_is_left() == (2, 2)


def test_tending_looks_at_the_clock_before_it_stores_something_itself(daily, person, edition):
    Intake.objects.update(capacity=1, erased_on=SENSITIVE_ON)
    make_registration(edition, name_latin="KUMROU Second")
    transitions.cancel(person)  # the other is offered the place, and the offer runs out
    assert Registration.objects.filter(status=Status.OFFERED).exists()

    daily(SIGNED_UP + HALF_A_YEAR, command="tend_registration")
    daily(SIGNED_UP + HALF_A_YEAR + A_DAY, command="tend_registration")

    assert not Registration.objects.filter(status=Status.OFFERED).exists()
    assert what_is_left() == (2, 2)


def test_run_by_a_wrong_clock_before_any_date_does_not_make_it_right(daily, person):
    daily(SIGNED_UP)
    daily(SENSITIVE_ON - A_DAY)

    assert CLOCK in daily(SENSITIVE_ON)
    assert what_is_left() == (1, 1)


def test_clock_set_right_again_ends_the_waiting(daily, person):
    daily(SIGNED_UP)
    daily(SIGNED_UP + HALF_A_YEAR)

    assert WAITS not in daily(SIGNED_UP + A_DAY)
    assert not Intake.objects.exclude(erasing_waits="").exists()


# --- A whole edition at once -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sensitive_on", [None, SIGNED_UP])
def test_whole_edition_at_once_waits_for_a_yes_and_then_goes(daily, person, sensitive_on):
    """As where an installation is upgraded long after its dates, or staff mistake the year."""
    Intake.objects.update(erase_sensitive_on=sensitive_on, erase_all_on=SIGNED_UP)

    waits = daily(SIGNED_UP + A_DAY)

    assert (what_is_left(), WHOLE in waits, "registrations 1" in waits) == ((1, 1), True, True)
    assert "2030: erased: access and food answers 1" in daily(SIGNED_UP + A_DAY, yes=True)
    assert what_is_left() == (0, 0)


def test_what_comes_after_a_yes_goes_without_another(daily, person):
    Intake.objects.update(erase_sensitive_on=None, erase_all_on=SIGNED_UP)
    daily(SIGNED_UP, yes=True)
    Registration.objects.update(name_latin="KUMROU Sakalbang")  # a page that staff had open

    assert "2030: erased: registrations 1" in daily(SIGNED_UP + A_DAY)


def test_dry_run_says_what_would_go_and_that_it_waits_and_changes_nothing(daily, person):
    before = list(Intake.objects.values())

    said = daily(SIGNED_UP + HALF_A_YEAR, dry_run=True)

    assert "2030: would erase: access and food answers 1" in said
    assert WAITS in said
    assert list(Intake.objects.values()) == before
    assert WAITS not in daily(SIGNED_UP + HALF_A_YEAR, dry_run=True, yes=True)
    assert what_is_left() == (1, 1)


# --- The first page of the staff -------------------------------------------------------------------------------------


@pytest.fixture
def waiting(edition):
    Intake.objects.update(erase_all_on=timezone.localdate(), erasing_waits=ErasingWaits.WHOLE)
    return edition.intake


@pytest.mark.parametrize("group", ["Programme editors", "Registration desk", "Observers"])
def test_first_page_says_in_red_that_erasing_waits_for_a_yes(client, waiting, group):
    page = member_of(group, client).get("/admin/")

    assert RED_LINE in page.content.decode()
    assert f"2030: personal data has reached its date and is not erased, because {WHOLE}." in read(page)
    assert "manage.py erase_personal_data --yes" in read(page)


def test_line_leads_to_the_dates_for_who_may_see_them(staff_client, waiting):
    assert f"/admin/registration/intake/{waiting.pk}/change/" in links(staff_client.get("/admin/"))


def test_line_is_said_in_khmer(staff_client, waiting):
    staff_client.cookies["language"] = "km"

    page = read(staff_client.get("/admin/"))

    assert "ឆ្នាំ២០៣០៖ ទិន្នន័យផ្ទាល់ខ្លួន" in page
    assert "manage.py erase_personal_data --yes" in page


def test_first_page_says_nothing_where_nothing_waits_or_no_date_has_come(staff_client, edition):
    Intake.objects.without_dates().delete()  # of the real edition: a red line as well
    assert RED_LINE not in staff_client.get("/admin/").content.decode()
    Intake.objects.update(erasing_waits=ErasingWaits.CLOCK)  # meanwhile the clock was set right

    assert RED_LINE not in staff_client.get("/admin/").content.decode()
