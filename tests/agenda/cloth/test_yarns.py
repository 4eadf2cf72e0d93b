from datetime import date

import pytest
from hypothesis import given, settings

from agenda.choices import Kind
from agenda.cloth.yarns import Yarn, hours_of, stretches, yarn_of
from agenda.programme.value import Day
from tests.agenda.strategies import programmes
from tests.factories import session_value


def day_of(*sessions, number=1):
    return Day(number, date(2030, 3, 25 + number), sessions=sessions)


def woven(day):
    return [(one.minutes, [(strand.code, strand.yarn) for strand in one.strands]) for one in stretches(day)]


def test_sessions_follow_one_another_with_the_empty_hour_between():
    day = day_of(session_value("talk", "9:00", "9:40"), session_value("panel", "10:00", "11:00", kind=Kind.PANEL))

    assert woven(day) == [(40, [("talk", "red")]), (20, []), (60, [("panel", "indigo")])]


def test_both_tracks_are_there_where_two_run():
    day = day_of(
        session_value("rooms", "9:00", "12:00", track="Rooms", kind=Kind.BREAKOUT, track_position=1),
        session_value("mentors", "9:00", "9:40", track="Hackathon", track_position=2),
        session_value("coffee", "9:40", "10:00", track="Hackathon", kind=Kind.BREAK, track_position=2),
    )

    assert woven(day) == [
        (40, [("rooms", "indigo"), ("mentors", "red")]),
        (20, [("rooms", "indigo"), ("coffee", "undyed")]),
        (120, [("rooms", "indigo")]),
    ]


def test_questions_with_their_own_times_take_the_place_of_the_talk():
    questions = session_value("questions", "9:40", "10:10", kind=Kind.QA)
    day = day_of(session_value("talk", "9:00", "10:00", children=(questions,)))

    assert woven(day) == [(40, [("talk", "red")]), (30, [("questions", "red")])]


def test_session_past_midnight_is_of_the_day_on_which_it_begins():
    day = day_of(session_value("dinner", "20:00", "23:30"), session_value("night", "23:30", "0:30"))

    assert (hours_of(day), sum(one.minutes for one in stretches(day))) == ((1200, 1470), 270)


def test_what_is_cancelled_is_undyed_with_all_that_stands_under_it():
    inside = session_value("inside", "9:30", "10:00")
    day = day_of(session_value("talk", "9:00", "10:00", state="cancelled", children=(inside,)))

    assert woven(day) == [(30, [("talk", "undyed")]), (30, [("inside", "undyed")])]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_yarn(kind):
    assert yarn_of(session_value("one", "9:00", "10:00", kind=kind)) in Yarn


@given(programmes())
@settings(max_examples=20)
def test_minutes_of_a_day_are_those_from_its_first_to_its_last(programme):
    for day in programme.days:
        begins, ends = hours_of(day) or (0, 0)
        assert sum(one.minutes for one in stretches(day)) == ends - begins


@given(programmes())
@settings(max_examples=20)
def test_every_session_with_times_is_woven(programme):
    """But for one in whose every minute there is what stands under it, and one of less than a minute."""
    for day in programme.days:
        found = {strand.code for one in stretches(day) for strand in one.strands}
        timed = [row for top in day.sessions for row in top.walk() if row.span]
        alone = {
            row.code
            for row in timed
            if not any(child.span for child in row.walk() if child is not row) and _minutes(row.span) > 0
        }
        assert alone <= found <= {row.code for row in timed}


def _minutes(span):
    begins, ends = (at.total_seconds() // 60 for at in span)
    return ends - begins
