from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.feeds import ical
from agenda.feeds.stamp import stamped
from agenda.models import Session
from agenda.programme import value
from conference.language.translated import Text
from tests.agenda.feeds.source import appearance, source
from tests.factories import session_value

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
# What a person can type into the admin: no control characters but line ends.
TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1, max_size=300)


def events(*sessions, **fields):
    return Calendar.from_ical(ical.calendar(*source(*sessions, **fields))).walk("VEVENT")


def test_event_says_when_in_the_time_of_phnom_penh():
    (event,) = events(session_value("Opening", "9:00", "10:30"))

    assert event.decoded("dtstart") == datetime(2030, 3, 26, 9, 0, tzinfo=PHNOM_PENH)
    assert event.decoded("dtend") == datetime(2030, 3, 26, 10, 30, tzinfo=PHNOM_PENH)
    assert event["dtstart"].params["TZID"] == "Asia/Phnom_Penh"


def test_calendar_brings_its_time_zone_along():
    calendar = Calendar.from_ical(ical.calendar(*source(session_value("Opening", "9:00", "10:00"))))

    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Phnom_Penh"]


def test_event_is_known_again_and_says_which_version_it_is():
    session = session_value("Opening", "9:00", "10:00")

    (event,) = events(session)

    assert (str(event["uid"]), event["sequence"]) == (session.uuid, 7)
    assert event.decoded("last-modified") == event.decoded("dtstamp") == datetime(2030, 3, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        ("confirmed", "CONFIRMED", "Opening"),
        ("to_be_confirmed", "TENTATIVE", "Opening (to be confirmed)"),
        ("cancelled", "CANCELLED", "Opening (cancelled)"),
    ],
)
def test_event_says_its_state_to_programs_and_to_people(state, status, summary):
    (event,) = events(session_value("Opening", "9:00", "10:00", state=state))

    assert (str(event["status"]), str(event["summary"])) == (status, summary)


def test_event_with_a_person_to_be_confirmed_is_tentative():
    (event,) = events(session_value("Talk", "9:00", "10:00", appearances=(appearance("NIA", "to_be_confirmed"),)))

    assert (str(event["status"]), str(event["summary"])) == ("TENTATIVE", "Talk (to be confirmed)")
    assert str(event["description"]) == "NIA (to be confirmed)"


def test_questions_under_a_cancelled_session_are_cancelled():
    questions = session_value("Q&A", "9:50", "10:00", kind="qa")
    talk = session_value("Talk", "9:00", "9:50", state="cancelled", children=(questions,))

    found = events(talk)

    assert [str(event["status"]) for event in found] == ["CANCELLED", "CANCELLED"]
    assert [str(event["summary"]) for event in found] == ["Talk (cancelled)", "Q&A: Talk (cancelled)"]


@pytest.mark.parametrize(("label", "summary"), [("Session 1", "Q&A: Session 1"), ("", "Q&A: Talk")])
def test_questions_say_of_which_session_they_are(label, summary):
    questions = session_value("Q&A", "9:50", "10:00", kind="qa")
    talk = session_value("Talk", "9:00", "9:50", label=Text(en=label), children=(questions,))

    assert str(events(talk)[1]["summary"]) == summary


def test_location_of_parallel_sessions_without_a_room_is_their_track():
    coffee = session_value("Coffee", "9:00", "9:30", track="Hackathon")
    talk = session_value("Talk", "9:00", "10:00", track="Plenary", room=Text(en="Room A"))
    alone = session_value("Closing", "10:00", "11:00", track="Plenary")

    assert [str(event["location"]) for event in events(coffee, talk, alone)] == [
        "Hackathon, Sample Hall, Phnom Penh",
        "Room A, Sample Hall, Phnom Penh",
        "Sample Hall, Phnom Penh",
    ]


@pytest.mark.parametrize("language", ["en", "km"])
def test_texts_have_no_parameter(language):
    with override(language):
        content = ical.calendar(*source(session_value("Talk", "9:00", "10:00", description=Text(km="គំរូ"))))

    assert b"LANGUAGE" not in content.upper()


def test_location_is_room_venue_and_city():
    (event,) = events(session_value("Talk", "9:00", "10:00", room=Text(en="Room A")))

    assert str(event["location"]) == "Room A, Sample Hall, Phnom Penh"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(title=TYPED, description=TYPED)
def test_any_text_comes_back_as_it_was(title, description):
    session = session_value("x", "9:00", "10:00", label=Text(en=title), description=Text(en=description))

    with override("en"):
        (event,) = events(session, title_en=title)

    assert (str(event["summary"]), str(event.get("description", ""))) == (f"{title}: x", description.strip())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.times(max_value=time(23, 58)))
def test_any_beginning_comes_back_as_it_was(begins):
    begins = begins.replace(second=0, microsecond=0)

    (event,) = events(session_value("Talk", f"{begins:%H:%M}", "23:59"))

    assert event.decoded("dtstart").time() == begins


def test_calendar_of_2024_has_its_36_rows(edition):
    calendar = Calendar.from_ical(ical.calendar(*_of(edition)))

    assert len(calendar.walk("VEVENT")) == 36
    assert [str(event["status"]) for event in calendar.walk("VEVENT")].count("TENTATIVE") == 5


def test_calendar_of_a_day_has_only_that_day(edition):
    loaded, row, stamp = _of(edition)

    calendar = Calendar.from_ical(ical.calendar(loaded, row, stamp, ical.of_day(loaded, 2)))

    assert {event.decoded("dtstart").date().isoformat() for event in calendar.walk("VEVENT")} == {"2024-03-27"}


def test_calendar_of_a_theme_has_the_hours_of_its_breakout(edition):
    loaded, row, stamp = _of(edition)
    theme = Session.objects.get(code="d2-03-t1")

    calendar = Calendar.from_ical(ical.calendar(loaded, row, stamp, ical.of_session(loaded, theme.code)))

    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").time() == theme.parent.starts_at


def test_calendar_of_a_session_has_its_questions_too(edition):
    loaded = value.from_tables(edition)
    talk = next(place.session for place in loaded.places.values() if place.session.timed_children)

    chosen = ical.of_session(loaded, talk.code)

    assert [place.session.code for place in chosen] == [talk.code, *(child.code for child in talk.timed_children)]


def test_calendar_in_khmer_speaks_khmer(edition):
    with override("km"):
        calendar = Calendar.from_ical(ical.calendar(*_of(edition)))

    assert str(calendar.walk("VEVENT")[0]["summary"]) == "ចុះឈ្មោះ"


def _of(edition):
    loaded, stamp = stamped(edition, "https://conference.example.org")
    return loaded, edition, stamp
