"""What is unfinished, found from the rows."""

from datetime import date, time

import pytest

from agenda.chase.rows import load
from agenda.chase.unfinished import unfinished
from agenda.choices import AppearanceState, Kind, Role, SessionState
from agenda.models import Appearance, Room, Session, Speaker
from conference.models import OtherEvent, Reference
from tests.factories import make_day, make_edition, make_session

TODAY = date(2030, 3, 1)


def found(edition, code, today=TODAY):
    """The lines of one section."""
    sections = unfinished(load(edition), today=today, own_hosts=["odc.example"])
    return next([item.text for item in section.items] for section in sections if section.code == code)


@pytest.fixture
def plain(db):
    return make_edition(opens_at=time(8), closes_at=time(17))


@pytest.fixture
def day(plain):
    return make_day(plain)


def test_real_edition_lists_what_is_known_to_be_open(edition):
    sections = {section.code: section.items for section in unfinished(load(edition), today=TODAY)}

    assert len(sections["topics"]) == 9
    assert any("MPTC" in item.text for item in sections["confirm"])
    assert any("Networking" in item.text for item in sections["hours"])
    assert len(sections["events"]) == 3  # one by its timeline alone
    assert sections["languages"] == []
    assert sections["khmer"]


def test_chase_list_takes_as_many_queries_for_more_rows(edition, django_assert_num_queries):
    with django_assert_num_queries(13):
        unfinished(load(edition), today=TODAY)
    day = edition.days.first()
    for number in range(30):
        session = make_session(day, title_en=f"Sample {number}")
        Appearance.objects.create(session=session, label_en="A guest")
    with django_assert_num_queries(13):
        unfinished(load(edition), today=TODAY)


def test_who_waits_longest_stands_first_with_whom_to_call(day):
    session = make_session(day)
    Appearance.objects.create(session=session, label_en="Later", noted_on=date(2030, 2, 2))
    Appearance.objects.create(session=session, label_en="Sooner", noted_on=date(2030, 1, 2), ask="SAMPLE, 012 000 009")

    lines = found(day.edition, "confirm")

    assert lines[0] == "Sooner, in “Sample session”, since January 2, 2030. Call: SAMPLE, 012 000 009"
    assert lines[1].startswith("Later, ")
    assert lines[1].endswith("It is not written down whom to call.")


@pytest.mark.parametrize("state", [AppearanceState.CONFIRMED, AppearanceState.DECLINED])
def test_who_has_answered_is_not_chased(day, state):
    Appearance.objects.create(session=make_session(day), label_en="A guest", state=state)

    assert found(day.edition, "confirm") == []


def test_no_person_is_chased_for_a_cancelled_session(day):
    session = make_session(day, state=SessionState.CANCELLED)
    Appearance.objects.create(session=make_session(day, parent=session, state="to_be_confirmed"), label_en="A guest")

    assert found(day.edition, "confirm") == []


def test_session_to_be_confirmed_itself_is_listed(day):
    make_session(day, state=SessionState.TO_BE_CONFIRMED)

    assert found(day.edition, "confirm") == ["Sample session: the session itself"]


def test_panel_seat_of_a_group_is_empty_until_a_person_is_named(day):
    panel = make_session(day, kind=Kind.PANEL)
    seat = Appearance.objects.create(session=panel, role=Role.PANELIST, label_en="Youth")

    assert found(day.edition, "seats") == ["“Sample session”: no person yet for Youth"]

    seat.speaker = Speaker.objects.create(name_en="SAMPLE Person")
    seat.save()
    assert found(day.edition, "seats") == []


@pytest.mark.parametrize(("kind", "lines"), [(Kind.KEYNOTE, 1), (Kind.MEAL, 0)])
def test_session_in_which_a_person_speaks_needs_one(day, kind, lines):
    session = make_session(day, kind=kind)
    Appearance.objects.create(
        session=session, role=Role.INTERPRETER, label_en="SAMPLE Interpreter"
    )  # speaks for others

    assert len(found(day.edition, "seats")) == lines


def test_topic_without_title_is_listed_with_its_theme(day):
    theme = make_session(day, kind=Kind.THEME, title_en="Sample theme")
    make_session(day, parent=theme, kind=Kind.TOPIC, starts_at=None, ends_at=None, title_en="")

    assert found(day.edition, "topics") == ["A topic under “Sample theme” has no title"]


def test_session_without_room_is_listed_and_what_lies_inside_is_not(day):
    session = make_session(day)
    make_session(day, parent=session, kind=Kind.QA, title_en="Q&A", starts_at="10:00", ends_at="10:05")

    assert found(day.edition, "rooms") == ["March 26, 2030: “Sample session” has no room"]


def test_gap_between_two_rows_is_listed(day):
    make_session(day, starts_at="9:00", ends_at="10:00")
    make_session(day, starts_at="10:15", ends_at="11:00")

    assert found(day.edition, "times") == ["March 26, 2030: nothing from 10:00 to 10:15"]


def test_two_rows_at_one_time_in_one_track_clash(day):
    make_session(day, title_en="First")
    make_session(day, title_en="Second", starts_at="9:30", ends_at="10:30")

    assert found(day.edition, "times") == ["March 26, 2030: “First” and “Second” are at the same time in one track"]


@pytest.mark.parametrize("shared", ["room", "person"])
def test_parallel_rows_that_share_a_room_or_a_person_clash(day, shared):
    tracks = [day.edition.tracks.create(name_en=name) for name in ("One", "Two")]
    room = Room.objects.create(edition=day.edition, name_en="Hall") if shared == "room" else None
    sessions = [make_session(day, track=track, room=room) for track in tracks]
    if shared == "person":
        speaker = Speaker.objects.create(name_en="SAMPLE Person")
        for session in sessions:
            Appearance.objects.create(session=session, speaker=speaker)

    lines = found(day.edition, "times")

    assert len(lines) == 1
    assert shared in lines[0]


def test_rooms_of_one_breakout_take_its_time_and_do_not_clash(day):
    breakout = make_session(day, kind=Kind.BREAKOUT)
    for name in ("Room 1", "Room 2"):
        room = Room.objects.create(edition=day.edition, name_en=name)
        make_session(day, parent=breakout, kind=Kind.BREAKOUT, starts_at=None, ends_at=None, room=room)

    assert found(day.edition, "times") == []


def test_row_outside_the_announced_hours_is_listed(day):
    make_session(day, starts_at="16:30", ends_at="17:30")

    assert found(day.edition, "hours") == [
        "March 26, 2030: “Sample session” runs from 16:30 to 17:30; announced is 8:00 to 17:00"
    ]


def test_day_outside_the_edition_is_listed(plain):
    make_day(plain, date=date(2030, 4, 1))

    assert found(plain, "hours") == ["April 1, 2030 is not among the days of the conference"]


def test_text_in_one_language_is_listed_with_what_is_missing(day):
    make_session(day, title_km="វគ្គគំរូ", description_en="Sample words")

    lines = found(day.edition, "languages")

    assert "Sample session (session): still without description (in Khmer)" in lines
    assert not any("title" in line for line in lines if "(session)" in line)


def test_khmer_is_listed_until_a_khmer_speaker_has_read_it(day):
    session = make_session(day, title_km="វគ្គគំរូ")
    assert found(day.edition, "khmer") == ["Sample session (session)"]

    Session.objects.filter(pk=session.pk).update(khmer_checked=True)
    assert found(day.edition, "khmer") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ({"title_en": "Welcome to the National Open Data Forum"}, "Open Data Conference"),
        ({"title_km": "ស្វាគមន៍មកកាន់វេទិកាជាតិស្តីពីទិន្នន័យបើកទូលាយ"}, "សន្និសីទជាតិស្តីពីទិន្នន័យបើកទូលាយ"),
        ({"title_km": "ស្វាគមន៍មកកាន់វេទិកាជាតិស្ដីពីទិន្នន័យបើកទូលាយ"}, "សន្និសីទជាតិស្តីពីទិន្នន័យបើកទូលាយ"),
    ],
)
def test_wrong_name_is_listed_with_the_right_one(day, text, right):
    make_session(day, **text)

    lines = found(day.edition, "names")

    assert len(lines) == 1
    assert f"write “{right}”" in lines[0]


def test_forum_of_others_is_no_wrong_name(day):
    make_session(day, title_en="From the Youth Agenda Forum")

    assert found(day.edition, "names") == []


def test_other_event_is_listed_once_it_is_over(plain):
    OtherEvent.objects.create(edition=plain, slug="sample", title_en="Sample day", ends_on=date(2030, 2, 28))

    assert found(plain, "events") == ["Sample day: its deadline or its last day has passed"]
    assert found(plain, "events", today=date(2030, 2, 28)) == []


@pytest.mark.parametrize(
    "address",
    ["https://example", "http://", "https://odc.example/en/2030/agenda/gone/", "https://odc.example/en/nothing/"],
)
def test_link_that_leads_nowhere_is_listed(day, address):
    make_session(day, description_en=f"See {address}, please.")

    assert [address in line for line in found(day.edition, "links")] == [True]


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "https://odc.example/km/2030/agenda/"])
def test_link_that_may_lead_somewhere_is_not_listed(day, address):
    make_session(day, description_en=f"See {address}.")

    assert found(day.edition, "links") == []


def test_link_to_a_session_that_is_there_is_not_listed(day):
    make_session(day, code="here", description_en="See https://odc.example/en/2030/agenda/here/.")

    assert found(day.edition, "links") == []


def test_footnote_without_reference_is_listed(plain):
    plain.background_en, plain.background_km = "One [1] and two [2].", "មួយ [១]"
    plain.save()
    Reference.objects.create(edition=plain, marker=1, title_en="Sample source")

    assert found(plain, "links") == ["The background points to reference 2, which there is not"]
