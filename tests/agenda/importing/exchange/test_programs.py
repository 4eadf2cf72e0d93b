"""Files of other programs: small ones in the shape that each of them writes, with sample data."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.importing.exchange.entry import box_text, read
from agenda.importing.reading.rows import Unreadable
from agenda.importing.showing.told import where_of
from tests.factories import make_edition
from tests.pages import read as read_page


@pytest.fixture
def sample(db):
    row = make_edition()
    row.refresh_from_db()
    return row


def sessions_of(edition, text):
    return read(text, edition).sessions


def facts(one):
    return (
        one.date.isoformat(),
        f"{one.starts_at:%H:%M}–{one.ends_at:%H:%M}",
        str(one.title),
        one.room,
        one.track,
        [(person.name, str(person.role)) for person in one.people],
    )


TALK = {
    "guid": "0b1e7c0a-0000-4000-8000-000000000001",
    "id": 7,
    "code": "ABC3DE",
    "url": "https://talks.example.org/sample/talk/ABC3DE/",
    "date": "2030-03-26T09:00:00+07:00",
    "start": "09:00",
    "duration": "00:45",
    "room": "Main Hall",
    "title": "Automated security testing for Software Developers who dont know security",
    "subtitle": "",
    "track": "Infrastructure",
    "type": "Talk",
    "language": "en-US",
    "abstract": "Tests for <b>all</b> & more.",
    "description": "<p>First.</p><ul><li>Second</li></ul>",
    "do_not_record": False,
    "recording_license": "",
    "persons": [
        {
            "code": "X",
            "name": "SAMPLE Person",
            "avatar": None,
            "biography": "Has a long life.",
            "guid": "g",
            "url": "u",
        },
        {"public_name": "SAMPLE Other"},
    ],
    "links": [{"title": "Project", "url": "https://project.example.org/", "type": "related"}],
    "attachments": [{"title": "Slides", "url": "https://talks.example.org/slides.pdf", "type": "related"}],
    "answers": [{"question": 1, "answer": "a projector", "options": []}],
    "feedback_url": "https://talks.example.org/feedback/",
    "logo": "/media/logo.png",
}


def schedule(**more):
    day = {
        "index": 1,
        "date": "2030-03-26",
        "day_start": "x",
        "day_end": "y",
        "rooms": {"Main Hall": [{**TALK, **more}]},
    }
    return {"acronym": "sample", "title": "Sample", "time_zone_name": "Asia/Phnom_Penh", "days": [day]}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda value: {"schedule": {"version": "1", "conference": value}},
        lambda value: {"schedule": value},
        lambda value: {"conference": value},
        lambda value: value,
        lambda value: [dict(event) for room in value["days"][0]["rooms"].values() for event in room],
    ],
)
def test_schedule_json_with_and_without_its_wrapper(sample, wrap):
    (one,) = sessions_of(sample, json.dumps(wrap(schedule())))

    assert facts(one) == (
        "2030-03-26",
        "09:00–09:45",
        TALK["title"],
        "Main Hall",
        "Infrastructure",
        [("SAMPLE Person", "speaker"), ("SAMPLE Other", "speaker")],
    )
    assert one.languages == ("en",)
    assert one.description.en == "Tests for all & more.\n\nFirst.\n\n- Second"
    assert one.links == (
        ("Project", "https://project.example.org/"),
        ("Slides", "https://talks.example.org/slides.pdf"),
    )


def test_words_that_have_no_place_are_named(sample):
    proposal = read(json.dumps(schedule(recording_license="CC BY", type="Workshop", language="de")), sample)

    left = proposal.problems[0].text
    for words in ("recording_license: CC BY", "a projector", "Has a long life.", "Workshop", "de"):
        assert words in left
    assert "feedback" not in left
    assert [problem.row for problem in proposal.problems] == [1]


XML = """<?xml version="1.0" encoding="utf-8"?>
<schedule>
  <version>1</version>
  <conference><title>Sample</title><time_zone_name>Asia/Phnom_Penh</time_zone_name></conference>
  <day index="1" date="2030-03-26" start="2030-03-26T08:00:00+07:00" end="2030-03-27T02:00:00+07:00">
    <room name="Main Hall">
      <event id="7" guid="0b1e7c0a-0000-4000-8000-000000000001">
        <date>2030-03-26T09:00:00+07:00</date><start>09:00</start><duration>00:45</duration>
        <room>Main Hall</room><slug>s</slug><url>https://a.example.org/</url>
        <recording><license>CC BY</license><optout>false</optout></recording>
        <title>Open Maps &amp; Data Developers</title><subtitle>A start</subtitle>
        <track>Maps</track><type>lecture</type>
        <language>km</language><abstract>Short.</abstract><description>Long.</description>
        <persons><person id="1">SAMPLE Person</person></persons>
        <links><link href="https://b.example.org/">Project</link></links>
        <attachments><attachment href="https://c.example.org/s.pdf">Slides</attachment></attachments>
      </event>
      <event id="8" guid="x"><date>2030-03-27T00:30:00+07:00</date><start>00:30</start><duration>01:00</duration>
        <title>Night</title></event>
      <event id="9" guid="y"><title>Some time</title></event>
    </room>
  </day>
</schedule>"""


def test_schedule_xml(sample):
    proposal = read(XML, sample)

    one, night = proposal.sessions
    assert facts(one) == (
        "2030-03-26",
        "09:00–09:45",
        "Open Maps & Data Developers",
        "Main Hall",
        "Maps",
        [("SAMPLE Person", "speaker")],
    )
    assert (one.description.en, one.languages) == ("A start\n\nShort.\n\nLong.", ("km",))
    assert [title for title, _url in one.links] == ["Project", "Slides"]
    assert facts(night)[:3] == ("2030-03-26", "00:30–01:30", "Night")
    assert "CC BY" in proposal.problems[0].text
    assert [(problem.row, problem.stops) for problem in proposal.problems] == [(1, False), (3, True)]
    assert proposal.problems[1].text == "“Some time” is left out: It has no time that can be read."


def test_other_time_zone_is_said_and_the_times_are_those_of_the_hall(sample):
    value = schedule(date="2030-03-26T09:00:00+01:00")
    value["time_zone_name"] = "Europe/Berlin"

    proposal = read(json.dumps(value), sample)

    assert facts(proposal.sessions[0])[1] == "15:00–15:45"
    assert "Europe/Berlin" in proposal.problems[0].text
    assert where_of("", [proposal.problems[0].row]) == "The file"


def test_half_of_a_letter_breaks_no_page(staff_client, sample):
    """JSON may hold halves of letters, which no page can be sent with."""
    value = schedule(title="Maps \ud800", type="\udfff", extra="\ud800 word", room="Hall \ud800")
    value["time_zone_name"] = "\ud800"
    value["days"][0]["rooms"]["Main Hall"][0]["date"] = "2030-03-26T09:00:00+01:00"
    value["days"][0]["rooms"]["Main Hall"].append({"title": "\ud800 none"})
    data = {"edition": sample.pk, "text": json.dumps(value), "look": ""}

    said = read_page(staff_client.post("/admin/agenda/session/import/", data))

    assert "Maps" in said
    assert "“extra: word”" in said


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
X-WR-CALNAME:Sample
BEGIN:VEVENT
UID:1@sample
DTSTAMP:20300101T000000Z
DTSTART:20300326T020000Z
DTEND:20300326T030000Z
SUMMARY:Open maps\\, for all
DESCRIPTION:Maps of <b>all</b>
LOCATION:Main Hall
CATEGORIES:MAPS,BEGINNERS
URL:https://sample.sched.com/event/1
STATUS:CANCELLED
ORGANIZER;CN=SAMPLE Person:mailto:sample@example.org
END:VEVENT
BEGIN:VEVENT
UID:2@sample
DTSTART;TZID=Europe/Berlin:20300326T090000
DURATION:PT1H
SUMMARY:From afar
X-ALT-DESC;FMTTYPE=text/html:<p>Only as HTML</p>
END:VEVENT
BEGIN:VEVENT
UID:3@sample
DTSTART;VALUE=DATE:20300326
SUMMARY:All day
END:VEVENT
BEGIN:VEVENT
UID:4@sample
DTSTART:20300326T020000Z
DTEND:20300326T030000Z
RRULE:FREQ=DAILY;COUNT=2
SUMMARY:Every day
END:VEVENT
BEGIN:VEVENT
UID:5@sample
DTSTART;TZID=Asia/Phnom_Penh:20300327T003000
DTEND;TZID=Asia/Phnom_Penh:20300327T013000
SUMMARY:Night
END:VEVENT
BEGIN:VEVENT
UID:6@sample
DTSTART:20300327T100000
SUMMARY:No end
END:VEVENT
END:VCALENDAR
"""


def test_calendar_brings_no_guests_and_no_way_into_a_meeting(sample):
    """Who is invited to a meeting is no speaker, and a password lets in all who read it."""
    event = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "DTSTART;TZID=Asia/Phnom_Penh:20240314T090000",
            "DURATION:PT1H",
            "SUMMARY:Warm-up",
            "ATTENDEE;CN=Sample Guest:mailto:guest@example.org",
            "DESCRIPTION:Bring one object.\\nJoin Zoom Meeting\\nhttps://zoom.us/j/9?pwd=abc\\nMeeting ID: 999 999",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )

    proposal = read(event, sample)

    (one,) = proposal.sessions
    assert (one.people, one.description.en) == ((), "Bring one object.")
    said = " ".join(problem.text for problem in proposal.problems)
    assert "Sample Guest" in said
    assert "zoom.us" in said


def test_calendar(sample):
    proposal = read(ICS, sample)

    by_title = {str(one.title): one for one in proposal.sessions}
    maps = by_title["Open maps, for all"]
    assert facts(maps) == ("2030-03-26", "09:00–10:00", "Open maps, for all", "Main Hall", "MAPS", [])
    assert (maps.description.en, maps.state) == ("Maps of all", "cancelled")
    assert maps.links == (("", "https://sample.sched.com/event/1"),)
    assert facts(by_title["From afar"])[1] == "15:00–16:00"
    assert by_title["From afar"].description.en == "Only as HTML"
    assert facts(by_title["Night"])[:2] == ("2030-03-26", "00:30–01:30")
    assert by_title["No end"].doubt == "It says no end: taken as 11:00."
    told = " ".join(problem.text for problem in proposal.problems)
    for words in ("“All day” is left out", "“Every day” is left out", "BEGINNERS", "SAMPLE Person"):
        assert words in told


INDICO = {
    "count": 1,
    "results": {
        "1": {
            "20300326": {
                "s10": {
                    "entryType": "Session",
                    "title": "Maps",
                    "startDate": {"date": "2030-03-26", "time": "09:00:00", "tz": "Asia/Phnom_Penh"},
                    "endDate": {"date": "2030-03-26", "time": "10:30:00", "tz": "Asia/Phnom_Penh"},
                    "duration": 90,
                    "room": "Main Hall",
                    "location": "Sample Campus",
                    "conveners": [{"name": "SAMPLE Person", "familyName": "P", "affiliation": "Sample Group"}],
                    "entries": {
                        "c1": {
                            "entryType": "Contribution",
                            "title": "Open maps",
                            "startDate": {"date": "2030-03-26", "time": "09:00:00", "tz": "Asia/Phnom_Penh"},
                            "duration": 30,
                            "presenters": [{"name": "SAMPLE Other", "affiliation": ""}],
                            "attachments": {
                                "files": [{"title": "Slides", "download_url": "https://i.example.org/1.pdf"}],
                                "folders": [],
                            },
                        }
                    },
                },
                "b1": {
                    "entryType": "Break",
                    "title": "Coffee",
                    "startDate": {"date": "2030-03-26", "time": "10:30:00", "tz": "Asia/Phnom_Penh"},
                    "duration": 15,
                },
            }
        }
    },
}


def test_timetable_of_indico(sample):
    block, pause = sessions_of(sample, json.dumps(INDICO))

    assert facts(block)[1:3] == ("09:00–10:30", "Maps")
    assert facts(block)[5] == [("SAMPLE Person (Sample Group)", "moderator")]
    (talk,) = block.children
    assert facts(talk)[1:3] == ("09:00–09:30", "Open maps")
    assert talk.links == (("Slides", "https://i.example.org/1.pdf"),)
    assert (facts(pause)[1], pause.kind) == ("10:30–10:45", "break")


def test_answer_of_pretalx(sample):
    value = {
        "count": 1,
        "results": [
            {
                "code": "ABC",
                "title": "Open maps",
                "speakers": [{"code": "S", "name": "SAMPLE Person"}],
                "submission_type": {"en": "Keynote", "de": "Hauptvortrag"},
                "track": {"en": "Maps", "km": "ផែនទី"},
                "state": "confirmed",
                "slot": {
                    "room": {"en": "Main Hall"},
                    "start": "2030-03-26T09:00:00+07:00",
                    "end": "2030-03-26T09:30:00+07:00",
                },
            }
        ],
    }

    (one,) = sessions_of(sample, json.dumps(value))

    assert facts(one) == (
        "2030-03-26",
        "09:00–09:30",
        "Open maps",
        "Main Hall",
        "Maps",
        [("SAMPLE Person", "speaker")],
    )
    assert one.kind == "keynote"


SCHED = (
    "event_key,event_start,event_end,event_type,name,description,venue,speakers,moderators,seats\r\n"
    '1,2030-03-26 09:00,2030-03-26 09:45,Maps,"Open maps, for all","Line one\nline two",Main Hall,'
    "SAMPLE Person; SAMPLE Other,SAMPLE Chair,30\r\n"
    "2,later,,Maps,No time,,,,,\r\n"
)


def test_table_of_sched(sample):
    proposal = read(box_text("sched.csv", SCHED.encode()), sample)

    (one,) = proposal.sessions
    assert facts(one) == (
        "2030-03-26",
        "09:00–09:45",
        "Open maps, for all",
        "Main Hall",
        "Maps",
        [("SAMPLE Person", "speaker"), ("SAMPLE Other", "speaker"), ("SAMPLE Chair", "moderator")],
    )
    assert one.description.en == "Line one\nline two"
    assert [(problem.row, problem.stops) for problem in proposal.problems] == [(3, True)]


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [("a.ics", ICS, "From afar"), ("a.xml", XML, "Night"), ("sched.csv", SCHED, "Open maps")],
)
def test_page_takes_such_a_file(staff_client, sample, name, text, title):
    data = {"edition": sample.pk, "text": "", "look": "", "file": SimpleUploadedFile(name, text.encode())}

    response = staff_client.post("/admin/agenda/session/import/", data)

    said = read_page(response)
    assert title in said
    assert {"a.ics": "“All day” is left out", "a.xml": "CC BY", "sched.csv": "“No time” is left out"}[name] in said


@pytest.mark.parametrize(
    "text",
    [
        "Time\tTitle\n9:00 – 9:30\tOpen maps",
        "Title,Start,End,Room\nOpen maps,9:00,9:30,Hall\n",  # people write such tables too
        "Title,Start,End,Room\nOpen maps,03/04/2030 9:00,03/04/2030 9:30,Hall\n",  # which one is the month?
        "<table><tr><td>9:00</td><td>Open maps</td></tr></table>",
        "[TBC] Opening at 9:00",
        "",
    ],
)
def test_what_names_no_fields_is_left_to_the_other_readers(sample, text):
    assert read(text, sample) is None
    assert box_text("agenda.csv", text.encode()) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"schedule": ', "cut off or damaged"),
        ('{"a": 1}', "names no session"),
        ("<schedule><day", "cut off or damaged"),
        ("<schedule><conference/></schedule>", "names no session"),
        ('<!DOCTYPE schedule [<!ENTITY a "b">]><schedule>&a;</schedule>', "document type"),
        ("[" * 100, "levels deep"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "cut off or damaged"),
    ],
)
def test_file_that_cannot_be_read_says_why(sample, text, words):
    with pytest.raises(Unreadable, match=words):
        read(text, sample)


@pytest.mark.parametrize(
    "times",
    [
        {"start": "9999-12-31T23:00:00", "duration": 9999},
        {"start": "9999-12-31T23:00:00-10:00", "end": "9999-12-31T23:30:00-10:00"},
        {"start": "0001-01-01T00:00:00+14:00", "end": "0001-01-01T01:00:00+14:00"},
        {"start": "2024-03-26T23:00:00", "end": "9999-12-31T23:30:00-10:00"},
        {"start": "2024-03-26T23:00:00", "duration": "²"},
    ],
)
def test_time_at_the_end_of_the_calendar_is_named_as_unread(sample, times):
    found = read(json.dumps([{"title": "Open maps", **times}]), sample)

    assert found.sessions == ()
    assert "Open maps" in found.problems[0].text


def test_row_at_the_end_of_the_calendar_is_named_as_unread(sample):
    rows = ["Title,Start,End", "Open maps,2024-03-26 09:00,2024-03-26 10:00"]
    rows += ["Rivers,0001-01-01 00:00,0001-01-01 01:00", "Roads,9999-12-31 23:00,9999-12-31 23:30"]

    found = read("\n".join(rows), sample)

    assert [str(one.title) for one in found.sessions] == ["Open maps"]
    assert [problem.row for problem in found.problems if problem.stops] == [3, 4]
