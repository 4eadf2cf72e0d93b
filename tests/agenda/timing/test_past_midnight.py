"""A session from 20:00 to 0:30 is one of the day on which it begins, from whatever side it is looked at."""

import csv
import json
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from agenda.choices import Kind
from agenda.feeds import frab, ical
from agenda.feeds.frab_xml import schedule_xml
from agenda.feeds.open_data import open_data
from agenda.feeds.schema_org import event
from agenda.feeds.table import table_csv
from agenda.hours import is_possible, span
from agenda.importing.apply import apply
from agenda.importing.exchange import entry
from agenda.models import Session
from agenda.programme import stored, value
from agenda.programme.differences import differences
from agenda.programme.now import now_and_next
from agenda.programme.retiming import at_other_times
from agenda.programme.timetable import timetable
from agenda.publishing.telling import tell
from agenda.timing.clashes import Slot, Why, clashes, gaps
from agenda.timing.following import follow
from agenda.timing.shifting import OutsideOfDay, shift
from registration.messages import calendar_file
from tests.agenda.admin.test_programme import form_as_sent
from tests.agenda.feeds.source import STAMP, make_programme, source
from tests.agenda.importing.pasted import keys, only, plan_for, recognised
from tests.factories import make_day, make_edition, make_registration, make_session, open_intake, session_value
from tests.pages import read

DAY = "March 26, 2030\n"
PARTY = ("20:00", "0:30")
POSSIBLE = [("9:00", "10:00"), PARTY, ("20:00", "0:00"), ("16:00", "4:00"), ("0:30", "2:00"), ("4:30", "6:00")]
# Slips of the pen, and afternoons on a clock of twelve hours. None of them is a night.
IMPOSSIBLE = [
    ("17:45", "8:00"), ("10:00", "9:30"), ("8:30", "4:30"), ("12:00", "1:00"), ("13:30", "2:00"), ("20:00", "20:00"),
    ("16:00", "4:01"), ("15:59", "0:30"),
]  # fmt: skip
SIDES = [(*times, True) for times in POSSIBLE] + [(*times, False) for times in IMPOSSIBLE]
MEANT_ON_PAPER = {
    ("4:30", "6:00"): ("16:30", "18:00"),
    ("8:30", "4:30"): ("8:30", "16:30"),
    ("12:00", "1:00"): ("12:00", "13:00"),
}
sides = pytest.mark.parametrize(("starts_at", "ends_at", "is_taken"), SIDES)


def clock(text):
    return time.fromisoformat(text.zfill(5))


def slot(key, starts_at, ends_at, **fields):
    return Slot(key, clock(starts_at), clock(ends_at), **fields)


@pytest.fixture
def day(db):
    return make_day(make_edition(year=2030))


@pytest.fixture
def party(day):
    return make_session(day, title_en="Party", code="party", starts_at="20:00", ends_at="0:30")


@sides
def test_rule(starts_at, ends_at, is_taken):
    assert is_possible(clock(starts_at), clock(ends_at)) == is_taken


@sides
def test_database_and_checks_of_a_row(day, starts_at, ends_at, is_taken):
    row = Session(day=day, title_en="Party", starts_at=clock(starts_at), ends_at=clock(ends_at))
    if is_taken:
        row.full_clean()
        row.save()
    else:
        with pytest.raises(ValidationError, match="such as 20:00 – 0:30"):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def on_its_page(client, session, starts_at, ends_at):
    page = reverse("admin:agenda_session_change", args=[session.pk])
    return client.post(page, form_as_sent(client.get(page)) | {"starts_at": starts_at, "ends_at": ends_at})


def on_the_page_of_the_day(client, session, starts_at, ends_at):
    page = f"{reverse('admin:agenda_day_change', args=[session.day_id])}?row={session.pk}"
    return client.post(page, {f"s{session.pk}-starts_at": starts_at, f"s{session.pk}-ends_at": ends_at})


def in_a_table(client, session, starts_at, ends_at):
    page = reverse("admin:agenda_session_import")
    text = f"{DAY}{starts_at} – {ends_at}\tSample session"
    return client.post(page, {"edition": session.day.edition_id, "text": text, "look": "1"})


@pytest.mark.parametrize("side", [on_its_page, on_the_page_of_the_day])
@pytest.mark.parametrize(("starts_at", "ends_at", "is_taken"), [(*PARTY, True), ("17:45", "8:00", False)])
def test_page_of_the_admin(staff_client, day, side, starts_at, ends_at, is_taken):
    session = make_session(day)

    response = side(staff_client, session, starts_at, ends_at)

    session.refresh_from_db()
    if is_taken:
        assert (session.day, session.starts_at, session.ends_at) == (day, time(20), time(0, 30))
    else:
        assert session.starts_at == time(9)
        assert "such as 20:00 – 0:30" in read(response)


@sides
def test_pasted_table(starts_at, ends_at, is_taken):
    """On paper the half of the day is often left out: where a talk of the afternoon is meant, it is not refused."""
    read = MEANT_ON_PAPER.get((starts_at, ends_at), (starts_at, ends_at) if is_taken else None)

    proposal = recognised(f"{DAY}{starts_at} – {ends_at}\tParty")

    assert [(one.date, one.starts_at, one.ends_at) for one in proposal.sessions] == (
        [(date(2030, 3, 26), clock(read[0]), clock(read[1]))] if read else []
    )
    refusals = ["such as 20:00 – 0:30" in problem.text for problem in proposal.problems if problem.stops]
    assert refusals == [True] * (read is None)


@pytest.mark.parametrize(
    ("typed", "starts_at", "ends_at"),
    [
        ("8:00 pm – 12:30 am", "20:00", "0:30"),
        ("8:00 – 12:30 am", "20:00", "0:30"),
        ("20:00 – 24:00", "20:00", "0:00"),
        ("8:00 – 11:30 am", "8:00", "11:30"),
        ("11:30 – 1:00 pm", "11:30", "13:00"),
    ],
)
def test_ways_to_write_a_night(typed, starts_at, ends_at):
    session = only(f"{DAY}{typed}\tParty")

    assert (session.starts_at, session.ends_at) == (clock(starts_at), clock(ends_at))


def test_row_below_one_of_the_evening_is_of_the_night_and_said():
    """It stands on the date before: a date that is not printed beside it, so staff look at it."""
    proposal = recognised(f"{DAY}22:00 – 1:00\tParty\n1:00 – 2:00\tQuiet party\n23:30\tSong")

    assert [(one.date, one.starts_at, bool(one.doubt)) for one in proposal.sessions] == [
        (date(2030, 3, 26), time(22), False),
        (date(2030, 3, 26), time(1), True),
        (date(2030, 3, 26), time(23, 30), True),  # it says no end
    ]


def test_row_without_an_end_lasts_until_the_next_past_midnight():
    first, _second = recognised(f"{DAY}22:00\tParty\n0:30 – 1:00\tQuiet party").sessions

    assert first.ends_at == time(0, 30)


def test_pasted_table_is_applied(day, django_user_model):
    plan = plan_for(day.edition, f"{DAY}20:00 – 0:30\tParty")

    apply(day.edition, plan, keys(plan), by=django_user_model.objects.create_superuser("chief"))

    (session,) = day.sessions.all()
    assert (session.starts_at, session.ends_at) == (time(20), time(0, 30))


def test_schedule_json_comes_back_in_order(day):
    programme, edition, stamp = source(session_value("party", *PARTY), session_value("after", "0:30", "2:00"))

    proposal = entry.read(json.dumps(frab.schedule(programme, edition, stamp)), day.edition)

    hours = [(str(one.title), one.date, one.starts_at, one.ends_at) for one in proposal.sessions]
    assert hours == [
        ("party", date(2030, 3, 26), time(20), time(0, 30)),
        ("after", date(2030, 3, 26), time(0, 30), time(2)),
    ]


def test_rows_of_a_day_stand_in_order_of_time(day, party):
    make_session(day, title_en="After", code="after", starts_at="0:30", ends_at="2:00")
    make_session(day, title_en="Talk", code="talk")

    (of_day,) = value.from_tables(day.edition).days

    assert [one.code for one in Session.objects.in_order()] == ["talk", "party", "after"]
    assert [one.code for one in of_day.sessions] == ["talk", "party", "after"]
    assert (of_day.starts_at, of_day.ends_at) == (time(9), time(2))


def test_hours_of_a_day():
    programme = make_programme(session_value("talk", "9:00", "22:00"), session_value("party", *PARTY))

    assert programme.days[0].hours == (datetime(2030, 3, 26, 9), datetime(2030, 3, 27, 0, 30))


def test_stored_programme_keeps_it():
    programme = make_programme(session_value("party", *PARTY))

    assert stored.from_json(json.loads(json.dumps(stored.to_json(programme)))) == programme


def test_timetable():
    party, song = session_value("party", *PARTY, track="a"), session_value("song", "0:00", "0:20", track="b")
    talk, after = session_value("talk", "9:00", "10:00"), session_value("after", "0:30", "2:00")

    one, block, two = timetable([after, song, talk, party])

    assert (one.session, two.session) == (talk, after)
    assert [column.sessions for column in block.columns] == [(party,), (song,)]
    assert (block.starts_at, block.ends_at) == (time(20), time(0, 30))


@pytest.mark.parametrize(
    ("moment", "phase", "now", "following"),
    [
        ("2030-03-26T19:00", "running", [], ["party"]),
        ("2030-03-26T23:00", "running", ["party"], ["after"]),
        ("2030-03-27T00:10", "running", ["party"], ["after"]),
        ("2030-03-27T00:30", "running", ["after"], []),
        ("2030-03-27T02:00", "over", [], []),
        ("2030-03-26T00:10", "running", [], ["party"]),  # the night before: nothing of it runs yet
    ],
)
def test_now_and_next(moment, phase, now, following):
    programme = make_programme(session_value("party", *PARTY), session_value("after", "0:30", "2:00"))

    found = now_and_next(programme, datetime.fromisoformat(moment))

    assert (found.phase, found.day and found.day.date) == (phase, date(2030, 3, 26))
    assert [one.session.code for one in found.now] == now
    assert [one.session.code for one in found.next] == following


@pytest.mark.parametrize(
    ("times", "clashing"),
    [(("23:00", "23:30"), True), (("0:00", "1:00"), True), (("0:30", "1:00"), False), (("9:00", "20:00"), False)],
)
def test_clash_in_one_room(times, clashing):
    rows = [slot("party", *PARTY, track=1, room=1), slot("other", *times, track=2, room=1)]

    assert [clash.why for clash in clashes(rows)] == [Why.ROOM] * clashing


def test_gaps():
    rows = [slot("party", *PARTY), slot("after", "1:00", "2:00"), slot("talk", "9:00", "20:00")]

    assert gaps(rows) == [(time(0, 30), time(1))]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "minutes", "after"),
    [
        ("23:00", "23:55", 10, ("23:10", "0:05")),
        ("23:55", "0:25", 10, ("0:05", "0:35")),
        ("0:05", "0:35", -10, ("23:55", "0:25")),
        ("20:00", "0:30", -60, ("19:00", "23:30")),
        ("20:00", "0:30", 211, None),  # until 4:01
        ("15:50", "23:55", 9, None),  # what begins before 16:00 may not end past midnight
        ("4:10", "4:20", -20, None),
    ],
)
def test_shifting_over_midnight(starts_at, ends_at, minutes, after):
    rows = [slot("row", starts_at, ends_at)]
    if after is None:
        with pytest.raises(OutsideOfDay):
            shift(rows, "row", minutes)
    else:
        (moved,) = shift(rows, "row", minutes).after
        assert (moved.starts_at, moved.ends_at) == tuple(map(clock, after))


def test_from_the_evening_on_later_moves_the_night_too():
    rows = [slot("after", "0:30", "2:00"), slot("party", *PARTY), slot("talk", "9:00", "10:00")]

    assert {one.key for one in shift(rows, "party", 10).before} == {"party", "after"}


def test_questions_go_along_over_midnight(day, party):
    questions = make_session(day, parent=party, kind=Kind.QA, starts_at="0:10", ends_at="0:30")
    party.starts_at, party.ends_at = time(19), time(23, 30)
    party.save()

    follow(party, (time(20), time(0, 30)))

    questions.refresh_from_db()
    assert (questions.starts_at, questions.ends_at) == (time(23, 10), time(23, 30))


def test_calendar():
    (found,) = Calendar.from_ical(ical.calendar(*source(session_value("party", *PARTY)))).walk("VEVENT")

    assert [found.decoded(name).isoformat() for name in ("dtstart", "dtend")] == [
        "2030-03-26T20:00:00+07:00",
        "2030-03-27T00:30:00+07:00",
    ]


def test_schedule_for_apps():
    made = frab.schedule(*source(session_value("party", *PARTY), session_value("after", "0:30", "2:00")))

    (of_day,) = made["schedule"]["conference"]["days"]
    (events,) = of_day["rooms"].values()
    assert [(one["date"], one["start"], one["duration"], one["end"]) for one in events] == [
        ("2030-03-26T20:00:00+07:00", "20:00", "04:30", "2030-03-27T00:30:00+07:00"),
        ("2030-03-27T00:30:00+07:00", "00:30", "01:30", "2030-03-27T02:00:00+07:00"),
    ]
    assert (of_day["date"], of_day["day_end"]) == ("2030-03-26", "2030-03-27T02:00:00+07:00")
    assert b"<duration>04:30</duration>" in schedule_xml(made, "https://conference.example.org/schedule.xml")


def test_files(db):
    programme, edition, stamp = source(session_value("party", *PARTY))
    with override("en"):
        _heading, row = csv.reader(table_csv(programme, stamp).decode("utf-8-sig").splitlines())
    edition.save()
    (session,) = open_data(programme, edition, STAMP)["days"][0]["sessions"]
    (found,) = event(programme, edition, STAMP.site)["subEvent"]

    assert row[:3] == ["2030-03-26", "20:00", "00:30"]
    assert (session["starts_at"], session["ends_at"]) == ("20:00", "00:30")
    assert (found["startDate"], found["endDate"]) == ("2030-03-26T20:00:00+07:00", "2030-03-27T00:30:00+07:00")


def test_calendar_of_a_participant(party):
    open_intake(party.day.edition)
    registration = make_registration(party.day.edition)

    (found,) = Calendar.from_ical(calendar_file.of(registration, [party.day])).walk("VEVENT")

    assert found.decoded("dtend") - found.decoded("dtstart") == timedelta(hours=4, minutes=30)


def test_published_programme_at_other_times():
    party, after = session_value("party", *PARTY), session_value("after", "0:30", "2:00")
    programme = make_programme(party, after)

    moved = at_other_times(programme, {party.uuid: (time(23, 30), time(0, 30)), after.uuid: (time(22), time(23, 30))})

    assert [one.code for one in moved.days[0].sessions] == ["after", "party"]


def test_difference_is_told():
    talk = session_value("party", "20:00", "23:30")
    later = session_value("party", *PARTY, uuid=talk.uuid)

    (line,) = tell(differences(make_programme(talk), make_programme(later)))

    assert line.words() == "moved from: Tuesday, March 26, 2030, 20:00 – 23:30; to: 20:00 – 0:30"


@pytest.mark.parametrize("page", ["agenda:agenda", "agenda:paper"])
def test_pages(client, party, page):
    assert "20:00" in read(client.get(reverse(page, args=[2030])))
    assert "0:30" in read(client.get(reverse(page, args=[2030])))


def test_span_of_what_was_stored_before_stays():
    assert span(time(4, 30), time(6)) == (timedelta(hours=4, minutes=30), timedelta(hours=6))
    assert span(time(9), time(9)) == (timedelta(hours=9), timedelta(hours=9))
