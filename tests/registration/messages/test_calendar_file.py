"""The days of the conference, for a participant's calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from registration.choices import MessageKind
from registration.links import address_for, token_for
from registration.messages import calendar_file, emails, outbox
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    settings.SITE_URL = "https://conference.example.org"


@pytest.fixture
def person(edition):
    return make_registration(edition, email="dara@example.org", name_latin="SOK Dara")


def entries(registration):
    return Calendar.from_ical(calendar_file.of(registration, registration.days.all())).events


def test_calendar_has_an_entry_for_each_chosen_day_in_the_time_of_phnom_penh(person):
    begins = [entry.start for entry in entries(person)]

    hours = person.edition.opens_at
    assert [moment.date() for moment in begins] == [date(2024, 3, 26), date(2024, 3, 27)]
    assert {(moment.time(), moment.utcoffset()) for moment in begins} == {(hours, timedelta(hours=7))}


def test_calendar_leaves_out_a_day_that_the_person_does_not_come(person):
    person.days.remove(person.days.last())

    assert [entry.start.date() for entry in entries(person)] == [date(2024, 3, 26)]


def test_calendar_carries_its_time_zone(person):
    text = calendar_file.of(person, person.days.all()).decode()

    assert "DTSTART;TZID=Asia/Phnom_Penh:20240326T" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Phnom_Penh" in text


def test_calendar_takes_the_sessions_where_no_hours_are_advertised(person):
    person.edition.opens_at = person.edition.closes_at = None
    sessions = person.days.first().sessions.public()

    first = entries(person)[0]

    earliest = min(session.starts_at for session in sessions if session.starts_at)
    latest = max(session.ends_at for session in sessions if session.ends_at)
    assert first.start == datetime.combine(first.start.date(), earliest, PHNOM_PENH)
    assert first.end == datetime.combine(first.start.date(), latest, PHNOM_PENH)


def test_calendar_takes_the_whole_day_where_nothing_is_known_yet(person):
    person.edition.opens_at = person.edition.closes_at = None
    person.days.first().sessions.all().delete()

    first = entries(person)[0]

    assert (first.start, first.end) == (date(2024, 3, 26), date(2024, 3, 27))


def test_calendar_is_in_the_persons_language(person):
    person.language = "km"

    entry = entries(person)[0]

    assert str(entry["SUMMARY"]).endswith("ឆ្នាំ២០២៤")
    assert "LANGUAGE" not in entry["SUMMARY"].params
    assert entry["URL"] == "https://conference.example.org/km/2024/"


def test_calendar_tells_nothing_of_the_person(person):
    text = calendar_file.of(person, person.days.all()).decode()

    for secret in (person.code, token_for(person), "SOK", "dara@example.org"):
        assert secret not in text


def test_entry_keeps_its_id_so_that_a_second_file_doubles_nothing(person):
    before = [entry["UID"] for entry in entries(person)]
    person.edition.opens_at, person.edition.closes_at = time(7), time(18)

    assert [entry["UID"] for entry in entries(person)] == before
    assert len(set(before)) == 2


@pytest.mark.parametrize(("kind", "files"), [("confirmed", 1), ("reminder", 1), ("thanks", 0), ("cancelled", 0)])
def test_messages_before_the_conference_bring_the_calendar(person, kind, files):
    message = person.messages.get()
    message.kind = MessageKind(kind)

    assert len(emails.compose(message).attachments) == files


def test_calendar_in_an_email_can_be_read(person):
    outbox.send_due()

    (part,) = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "conference.ics"
    assert len(Calendar.from_ical(part.get_payload(decode=True)).events) == 2


def test_own_page_leads_to_the_calendar(client, person):
    page = client.get(address_for(person), follow=True)

    response = client.get("/en/registration/calendar.ics")

    assert "/en/registration/calendar.ics" in links(page)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert len(Calendar.from_ical(response.content).events) == 2


def test_who_has_no_place_finds_no_calendar(client, person):
    transitions.cancel(person)
    page = client.get(address_for(person), follow=True)

    assert "/en/registration/calendar.ics" not in links(page)
    assert client.get("/en/registration/calendar.ics").status_code == 404


def test_stranger_finds_no_calendar(client, person):
    assert client.get("/en/registration/calendar.ics").status_code == 404
