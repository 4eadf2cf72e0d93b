"""The days of the conference, for a participant's calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from agenda.publishing import chosen
from agenda.publishing.versions import publish, publish_first
from registration.choices import MessageKind
from registration.links import address_for, token_for
from registration.messages import calendar_file, emails, outbox
from registration.models import Intake, Message
from registration.own_page import changing
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read

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


def entries_as_published(registration):
    days = chosen.as_published(registration.edition, registration.days.all())
    return Calendar.from_ical(calendar_file.of(registration, days)).events


def calendars_of(email):
    return [part for part in email.message().walk() if part.get_content_type() == "text/calendar"]


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


def test_entry_of_a_day_that_moves_keeps_its_id(person):
    publish_first(person.edition)
    before = [entry["UID"] for entry in entries_as_published(person)]
    for day in person.edition.days.order_by("-date"):
        day.date += timedelta(days=300)
        day.save()
    publish(person.edition, by=None)

    found = entries_as_published(person)

    assert [entry["UID"] for entry in found] == before
    assert {entry.start.year for entry in found} == {2025}


def test_two_people_who_share_a_calendar_have_entries_of_their_own(person, edition):
    other = make_registration(edition, email="dara@example.org", name_km="", name_latin="SOK Bopha")

    assert not {entry["UID"] for entry in entries(person)} & {entry["UID"] for entry in entries(other)}


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("confirmed", ["conference.ics"]),
        ("reminder", ["conference.ics"]),
        ("days", ["conference.ics"]),
        ("thanks", []),
        ("waiting", []),
        ("cancelled", ["cancelled.ics"]),
        ("declined", ["cancelled.ics"]),
    ],
)
def test_messages_bring_the_days_or_take_them_out(person, kind, files):
    message = person.messages.get()
    copy = Message(registration=person, kind=MessageKind(kind), state=message.state)

    assert [name for name, _content, _type in emails.compose(copy).attachments] == files


def test_message_takes_no_days_out_of_who_never_had_a_place(person):
    person.messages.update(kind=MessageKind.WAITING)

    assert emails.compose(Message(registration=person, kind=MessageKind.CANCELLED)).attachments == []


def test_cancelling_takes_the_days_out_of_the_calendar(person):
    had = entries(person)
    outbox.send_due()
    transitions.cancel(person)

    outbox.send_due()

    (part,) = calendars_of(mail.outbox[-1])
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    gone = calendar.events
    assert (part.get_param("method"), str(calendar["METHOD"])) == ("CANCEL", "CANCEL")
    assert [entry["UID"] for entry in gone] == [entry["UID"] for entry in had]
    assert {str(entry["STATUS"]) for entry in gone} == {"CANCELLED"}
    assert all(str(entry["SUMMARY"]).endswith(" (cancelled)") for entry in gone)
    assert all(str(entry["ORGANIZER"]).startswith("mailto:") for entry in gone)
    assert all(entry["SEQUENCE"] >= before["SEQUENCE"] for entry, before in zip(gone, had, strict=True))


@pytest.mark.parametrize("by_staff", [False, True])
def test_day_given_up_is_taken_out_of_the_calendar(client, person, by_staff, django_user_model):
    first, second = person.days.all()
    outbox.send_due()
    by = django_user_model.objects.create_user("desk") if by_staff else None
    changing.change_answers(person, person={}, days=[first], sessions=[], by=by)

    outbox.send_due()
    client.get(address_for(person))
    own = Calendar.from_ical(client.get("/en/registration/calendar.ics").content)

    kept, gone = (Calendar.from_ical(part.get_payload(decode=True)) for part in calendars_of(mail.outbox[-1]))
    assert "Your days have changed." in mail.outbox[-1].body
    assert ([entry.start.date() for entry in kept.events], "METHOD" in kept) == ([first.date], False)
    assert ([entry.start.date() for entry in gone.events], str(gone["METHOD"])) == ([second.date], "CANCEL")
    assert [(entry.start.date(), str(entry["STATUS"])) for entry in own.events] == [
        (first.date, "CONFIRMED"),
        (second.date, "CANCELLED"),
    ]


def test_day_given_up_is_not_read_out_on_the_telephone(edition):
    person = make_registration(edition)

    changing.change_answers(person, person={}, days=[edition.days.first()], sessions=[])

    assert [message.kind for message in person.messages.all()] == ["confirmed"]


def test_calendar_in_an_email_can_be_read(person):
    outbox.send_due()

    (part,) = calendars_of(mail.outbox[0])
    assert part.get_filename() == "conference.ics"
    assert len(Calendar.from_ical(part.get_payload(decode=True)).events) == 2


def test_own_page_leads_to_the_calendar(client, person):
    page = client.get(address_for(person), follow=True)

    response = client.get("/en/registration/calendar.ics")

    assert "/en/registration/calendar.ics" in links(page)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert len(Calendar.from_ical(response.content).events) == 2


def test_who_cancelled_finds_what_takes_the_days_out(client, person):
    transitions.cancel(person)
    page = client.get(address_for(person), follow=True)

    response = client.get("/en/registration/calendar.ics")

    assert "Out of my calendar" in read(page)
    assert "/en/registration/calendar.ics" in links(page)
    assert str(Calendar.from_ical(response.content)["METHOD"]) == "CANCEL"


def test_who_never_had_a_place_finds_no_calendar(client, intake, person):
    Intake.objects.update(capacity=1)
    person = make_registration(intake.edition, name_latin="KUMROU Second")
    transitions.cancel(person)
    page = client.get(address_for(person), follow=True)

    assert "/en/registration/calendar.ics" not in links(page)
    assert client.get("/en/registration/calendar.ics").status_code == 404


def test_stranger_finds_no_calendar(client, person):
    assert client.get("/en/registration/calendar.ics").status_code == 404
