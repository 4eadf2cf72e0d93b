"""The staff's lists, exports and entry begin with the edition at work, and name it."""

import csv
import io
import re
import uuid

import pytest
from django.contrib import admin
from django.urls import reverse

from agenda.models import Room, Track
from conference.models import Edition
from conference.staff.edition_filter import EditionFilter
from registration.choices import Channel, Status
from registration.models import AccessLog, ChangeRequest, GuardianCall, Helper, Message, Registration
from tests.factories import (
    form_data,
    make_day,
    make_edition,
    make_letter,
    make_planned_letter,
    make_question,
    make_session,
    open_intake,
)
from tests.pages import links, read

REGISTRATIONS = "/admin/registration/registration/"
LISTS = [
    model._meta.label_lower.replace(".", "_")
    for model, model_admin in admin.site._registry.items()
    if any(isinstance(one, type) and issubclass(one, EditionFilter) for one in model_admin.list_filter)
]


@pytest.fixture
def years(db):
    """The edition at work, which is not public yet, and one that was before it, each with a row of many kinds."""
    return {year: with_rows(year, is_public=year == 2023) for year in (2023, 2025)}


def with_rows(year, **fields):
    edition = make_edition(year=year, title_en=f"Sample of {year}", **fields)
    session = make_session(make_day(edition))
    session.track = Track.objects.create(edition=edition, name_en=f"Track {year}")
    Room.objects.create(edition=edition, name_en=f"Room {year}")
    open_intake(edition)
    make_question(edition)
    helper = Helper.objects.create(
        edition=edition, name="Sample", phone="+85512000009", language="en", form_token=uuid.uuid4()
    )
    columns = {
        "edition": edition,
        "status": Status.CONFIRMED,
        "place_no": 1,
        "phone": "+85512000001",
        "helper": helper,
    }
    person = Registration.objects.create(name_latin=f"KUMROU {year}", language="en", **columns)
    Message.objects.create(registration=person, kind="confirmed", state="to_call")
    ChangeRequest.objects.create(registration=person, text="Sample")
    GuardianCall.objects.create(
        edition=edition, guardian_name="S", guardian_phone="+85512000003", language="en", parent_key=uuid.uuid4()
    )
    make_letter(edition)
    make_planned_letter(edition)
    return edition


def test_every_table_that_belongs_to_an_edition_is_filtered_by_it():
    """But for the tables with one row for an edition, and for the log, which is of the whole site."""
    whole = {"conference_edition", "registration_intake", "registration_travelbudget", "registration_accesslog"}
    whole.add("contributions_feedbackround")
    of_an_edition = {
        model._meta.label_lower.replace(".", "_")
        for model in admin.site._registry
        if {field.name for field in model._meta.fields} & {"edition", "day", "registration", "answers", "intake"}
    }

    assert of_an_edition - whole <= set(LISTS)  # others belong to an edition by a call, a floor or a hackathon


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_the_edition_at_work_until_another_is_chosen(staff_client, years, name):
    address = reverse(f"admin:{name}_changelist")

    def shown(query):
        response = staff_client.get(address + query)
        return len(response.context["cl"].result_list), read(response)

    rows = {query: shown(query) for query in ("", "?edition=2025", "?edition=2023", "?edition=all")}
    assert rows[""][0] == rows["?edition=2025"][0]
    assert rows["?edition=all"][0] == rows["?edition=2023"][0] + rows["?edition=2025"][0]
    for query, named in [("", "Sample of 2025"), ("?edition=2023", "Sample of 2023"), ("?edition=all", "All years")]:
        assert named in rows[query][1]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("year", ["2031", "x", ""])
def test_year_that_is_not_there_is_refused(staff_client, years, name, year):
    assert staff_client.get(f"{reverse(f'admin:{name}_changelist')}?edition={year}").status_code == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", {"2025"}), ("?edition=2023", {"2023"}), ("?edition=all", {"2023", "2025"})],
)
def test_export_holds_what_the_list_shows_and_says_the_year(staff_client, years, query, expected):
    response = staff_client.get(f"{REGISTRATIONS}export.csv{query}")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    column = rows[0].index("Year")
    assert {row[column] for row in rows if re.fullmatch("[0-9]{4}", row[column])} == expected
    name = expected.copy().pop() if len(expected) == 1 else "all-years"
    assert f"attendees-{name}-" in response["Content-Disposition"]
    line = AccessLog.objects.get()
    assert line.subject == f"attendees-{name}.csv"
    assert line.edition == (years[int(name)] if name.isdecimal() else None)


@pytest.mark.parametrize("page", ["figures/", "report/", "lists/"])
def test_page_of_one_edition_begins_with_the_one_at_work(staff_client, years, page):
    assert "Sample of 2025" in read(staff_client.get(f"{REGISTRATIONS}{page}"))


def test_staff_entry_goes_to_the_edition_at_work(staff_client, years):
    Registration.objects.all().delete()
    assert "Sample of 2025" in read(staff_client.get(f"{REGISTRATIONS}add/"))

    staff_client.post(f"{REGISTRATIONS}add/", form_data(years[2025], channel=Channel.DESK, language="km"))

    assert Registration.objects.get().edition == years[2025]


def test_entry_for_another_year_stays_with_it_for_the_next_person(staff_client, years):
    sent = form_data(years[2023], channel=Channel.DESK, language="km", phone="012 000 008", name_km="គំរូ ថ្មី", _next="1")

    response = staff_client.post(f"{REGISTRATIONS}add/?edition=2023", sent)

    assert response.url == f"{REGISTRATIONS}add/?next=1&edition=2023"
    assert "Sample of 2023" in read(staff_client.get(response.url))


def test_action_reaches_the_rows_that_are_shown(staff_client, years):
    """All of the list, ticked: none of another year."""
    asked = {
        "action": "cancel",
        "_selected_action": [row.pk for row in Registration.objects.all()],
        "select_across": "1",
    }

    response = staff_client.post(REGISTRATIONS, asked)

    assert response.context["how_many"] == 1


def test_what_waits_is_not_hidden_because_its_year_is_over(staff_client, years):
    Registration.objects.filter(edition=years[2023]).update(status=Status.RECEIVED, place_no=None)

    to_do = [one for one in links(staff_client.get("/admin/")) if one and "edition=all" in one]
    to_do.remove("/admin/registration/arrangement/?edition=all&open=yes")  # said with none as well

    assert f"{REGISTRATIONS}?edition=all&status__exact=received" in to_do
    for address in to_do:
        assert len(staff_client.get(address).context["cl"].result_list) > 0


def test_search_of_another_year_leads_to_all_of_them(staff_client, years):
    response = staff_client.get(f"{REGISTRATIONS}?q=2023")

    assert not response.context["cl"].result_list
    assert "?edition=all&q=2023" in links(response)


def test_site_without_an_edition_still_has_its_lists(staff_client, db):
    assert not Edition.objects.exists()
    assert {staff_client.get(reverse(f"admin:{name}_changelist")).status_code for name in LISTS} == {200}
