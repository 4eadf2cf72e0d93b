import json
import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from agenda.feeds import frab
from agenda.feeds.frab_xml import schedule_xml
from agenda.feeds.stamp import stamped
from conference.language.translated import Text
from tests.agenda.feeds.source import appearance, source
from tests.factories import session_value

HERE = "https://conference.example.org/en/2030/schedule.xml"
# The public schemas (c3voc.de/wiki/schedule): name a folder that holds them, and the files are held against them too.
SCHEMAS = Path(os.environ.get("SCHEDULE_SCHEMAS", "schemas-are-not-here"))


def events(*sessions, **fields):
    (day,) = frab.schedule(*source(*sessions, **fields))["schedule"]["conference"]["days"]
    return [event for room in day["rooms"].values() for event in room]


def xml(*sessions):
    return ElementTree.fromstring(schedule_xml(frab.schedule(*source(*sessions)), HERE))  # noqa: S314 -- our own


@pytest.fixture(params=["en", "km"])
def schedule_2024(edition, request):
    with override(request.param):
        loaded, stamp = stamped(edition, "https://conference.example.org")
        yield frab.schedule(loaded, edition, stamp)


def test_event_has_what_apps_ask_for():
    seen = (appearance("A guest"), replace(appearance("An interpreter"), role="interpreter"))
    session = session_value("Talk", "9:05", "10:30", room=Text(en="Room A"), appearances=seen)

    (event,) = events(session)

    assert (event["guid"], event["start"], event["duration"]) == (session.uuid, "09:05", "01:25")
    assert (event["date"], event["room"]) == ("2030-03-26T09:05:00+07:00", "Room A")
    assert event["persons"] == [{"name": "A guest"}]  # apps call them speakers
    assert "Interpreter: An interpreter" in event["description"]


def test_event_without_a_room_is_at_the_venue():
    (event,) = events(session_value("Talk", "9:00", "10:00"))

    assert event["room"] == "Sample Hall"


def test_parallel_events_without_rooms_are_told_apart_by_their_tracks():
    questions = session_value("Q&A", "9:40", "10:00", kind="qa")
    made = events(
        session_value("Opening", "8:30", "9:00", track="Plenary"),
        session_value("Showcases", "9:00", "12:00", track="Breakout rooms"),
        session_value("Talks", "9:00", "9:40", track="Hackathon", children=(questions,)),
        session_value("Pitch", "10:00", "12:00", track="Hackathon", room=Text(en="Room A")),
    )

    assert {event["title"]: event["room"] for event in made} == {
        "Opening": "Sample Hall",
        "Showcases": "Breakout rooms, Sample Hall",
        "Talks": "Hackathon, Sample Hall",
        "Q&A: Talks": "Hackathon, Sample Hall",
        "Pitch": "Room A",
    }


def test_no_two_events_of_2024_are_in_one_room_at_the_same_time(schedule_2024):
    for day in schedule_2024["schedule"]["conference"]["days"]:
        for room in day["rooms"].values():
            assert all(earlier["end"] <= later["date"] for earlier, later in pairwise(room))


def test_description_has_all_in_lines_that_markdown_keeps():
    described = Text(en="What we plan.\r\nWhat we did.")
    people = (appearance("A guest"), appearance("A seat", role="panelist"))
    session = session_value("Talk", "9:00", "10:00", description=described, appearances=people, open_call=True)

    (event,) = events(session)

    who = "A guest  \nPanelists are the representatives of:  \n1. A seat"
    assert event["description"] == f"What we plan.  \nWhat we did.\n\n{who}\n\nCall for speakers"
    assert event["abstract"] == ""


def test_cancelled_event_stays_and_says_so():
    (event,) = events(session_value("Talk", "9:00", "10:00", state="cancelled"))

    assert event["title"] == "Talk (cancelled)"


def test_questions_under_a_cancelled_session_say_so_and_whose_they_are():
    questions = session_value("Q&A", "9:50", "10:00", kind="qa")
    talk = session_value("Talk", "9:00", "9:50", state="cancelled", label=Text(en="Session 1"), children=(questions,))

    found = events(talk)

    assert [event["title"] for event in found] == ["Session 1: Talk (cancelled)", "Q&A: Session 1 (cancelled)"]
    assert [event["subtitle"] for event in found] == ["cancelled", "cancelled"]


def test_numbers_of_events_differ_even_where_uuids_end_alike():
    uuids = [f"0000000{digit}-0000-4000-8000-000000000000" for digit in "123"]
    made = events(*(session_value("Talk", "9:00", "10:00", uuid=uuid, code=uuid) for uuid in uuids))

    numbers = [event["id"] for event in made]
    assert len(set(numbers)) == 3
    assert all(0 < number < 2**31 for number in numbers)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_title_makes_readable_xml(title):
    session = session_value("code", "9:00", "10:00", label=Text(en=title))

    root = xml(session)

    wanted = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", f"{title}: code" if title else "code")
    assert root.findtext("day/room/event/title") == re.sub("\r\n?", "\n", wanted)


def test_xml_and_json_of_2024_tell_of_the_same_events(schedule_2024):
    root = ElementTree.fromstring(schedule_xml(schedule_2024, HERE))  # noqa: S314 -- our own

    days = schedule_2024["schedule"]["conference"]["days"]
    of_json = [event["guid"] for day in days for room in day["rooms"].values() for event in room]
    assert [event.get("guid") for event in root.iter("event")] == of_json
    assert len(of_json) == 36


def test_xml_has_the_order_and_forms_that_its_schema_asks_for(schedule_2024):
    root = ElementTree.fromstring(schedule_xml(schedule_2024, HERE))  # noqa: S314 -- our own

    assert [child.tag for child in root] == ["generator", "url", "version", "conference", "day", "day"]
    assert re.fullmatch("[a-z0-9_-]{4,}", root.findtext("conference/acronym"))
    for event in root.iter("event"):
        assert re.fullmatch("[0-9]{2}:[0-9]{2}", event.findtext("duration"))
        assert re.fullmatch("[a-z0-9_]{4,}-[a-z0-9_-]{4,}", event.findtext("slug"))


@pytest.mark.parametrize("path", [path for path in [SCHEMAS / "schedule.schema.json"] if path.exists()] or [None])
def test_json_of_2024_obeys_its_public_schema(schedule_2024, path):
    schema = json.loads(path.read_text(encoding="utf-8")) if path else {"required": ["schedule"]}

    jsonschema.Draft6Validator(schema, format_checker=jsonschema.FormatChecker()).validate(schedule_2024)


@pytest.mark.parametrize("path", [path for path in [SCHEMAS / "schedule.xml.xsd"] if path.exists()] or [None])
def test_xml_of_2024_obeys_its_public_schema(schedule_2024, path):
    document = etree.fromstring(schedule_xml(schedule_2024, HERE))

    if path:
        etree.XMLSchema(etree.parse(path)).assertValid(document)
    assert document.tag == "schedule"
