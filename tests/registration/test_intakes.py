"""An intake is the same wherever it is made: closed, and with dates on which personal data is erased."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from conference.models import Edition
from registration.models import Intake
from tests.factories import make_edition, open_intake
from tests.pages import links, read

FIRST, LAST = date(2030, 3, 26), date(2030, 3, 27)
SENSITIVE_ON, ALL_ON = LAST + timedelta(days=30), LAST + timedelta(days=90)


def by_code(client):
    Intake.objects.create(edition=make_edition())


def by_the_form_of_an_intake(client):
    inlines = {
        f"{name}-{count}": "0"
        for name in ("day_places", "breakout_places", "reserved_places")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"edition": make_edition().pk, "offer_hours": "48", **inlines}
    client.post("/admin/registration/intake/add/", data)


def by_the_form_of_an_edition(client):
    inlines = {
        f"{name}-{count}": "0"
        for name in ("purposes", "audience_groups", "organisers", "references")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"year": 2030, "title_en": "Sample", "starts_on": FIRST, "ends_on": LAST, **inlines}
    client.post("/admin/conference/edition/add/", data)


def by_copying_an_edition(client):
    old = make_edition(year=2023)
    copied = {"action": "copy_edition", "_selected_action": [old.pk], "first_day": "2030-03-26"}
    client.post("/admin/conference/edition/", copied)


def by_a_start(client):
    make_edition()
    call_command("make_intakes")


@pytest.mark.parametrize(
    "make", [by_code, by_the_form_of_an_intake, by_the_form_of_an_edition, by_copying_an_edition, by_a_start]
)
def test_intake_is_closed_and_has_dates_of_erasing(staff_client, make):
    make(staff_client)

    intake = Intake.of(Edition.objects.get(year=2030))
    assert (intake.erase_sensitive_on, intake.erase_all_on) == (SENSITIVE_ON, ALL_ON)
    assert (intake.opens_at, intake.is_open, intake.is_yet_to_open) == (None, False, True)


def test_dates_that_staff_set_stay(db):
    Intake.objects.create(edition=make_edition(), erase_sensitive_on=FIRST, erase_all_on=LAST)

    intake = Intake.objects.get()
    assert (intake.erase_sensitive_on, intake.erase_all_on) == (FIRST, LAST)


def test_data_of_an_edition_of_the_past_is_not_erased_at_once(db, settings):
    settings.SITE_CLOCK = datetime(2031, 1, 1, 9)

    intake = Intake.objects.create(edition=make_edition())

    assert intake.erase_sensitive_on == date(2031, 1, 31)


def test_start_leaves_alone_what_is_there_and_what_is_over(db):
    open_intake(make_edition(year=2030), capacity=75)
    make_edition(year=2022)

    call_command("make_intakes")

    assert [(row.edition.year, row.capacity) for row in Intake.objects.all()] == [(2030, 75)]


def test_edition_that_is_saved_again_keeps_its_intake(staff_client):
    by_the_form_of_an_edition(staff_client)
    Intake.objects.update(capacity=75)
    edition = Edition.objects.get()

    by_the_form_of_an_edition(staff_client)  # refused: the year is taken
    page = f"/admin/conference/edition/{edition.pk}/change/"
    assert staff_client.get(page).status_code == 200

    assert Intake.objects.get().capacity == 75


def test_first_look_is_open_at_once_for_the_current_edition_alone(db, settings):
    current, draft = make_edition(), make_edition(year=2031, is_public=False)
    settings.SITE_CLOCK = datetime(2030, 3, 20, 9)

    call_command("make_intakes")

    assert (Intake.of(current).is_open, Intake.of(draft).is_open) == (True, False)


def test_visitors_read_that_sign_up_is_not_open_yet(client, db):
    Intake.objects.create(edition=make_edition())

    for page in ("/en/2030/", "/en/2030/participants/", "/en/2030/register/"):
        assert "Sign-up is not open yet." in read(client.get(page))


@pytest.mark.parametrize("empty", ["erase_sensitive_on", "erase_all_on"])
@pytest.mark.parametrize("may_open", [True, False])
def test_intake_without_a_date_is_a_red_line_for_all_staff(client, db, empty, may_open):
    open_intake(make_edition())
    person = get_user_model().objects.create_user("sample", is_staff=True, is_superuser=may_open)
    client.force_login(person)
    line = "2030: no date is set on which personal data is erased."
    assert line not in read(client.get("/admin/"))

    Intake.objects.update(**{empty: None})

    response = client.get("/admin/")
    assert line in read(response)
    assert (f"/admin/registration/intake/{Intake.objects.get().pk}/change/" in links(response)) == may_open
