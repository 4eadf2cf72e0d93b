from dataclasses import replace

import pytest

from agenda.choices import PartOfDay
from agenda.programme.timetable import parts_of_day, timetable
from tests.factories import session_value


def drawn(sessions):
    """Rows as titles; parallel ones as a dictionary of columns."""
    return [
        {str(column.track): [str(one.title) for one in column.sessions] for column in row.columns}
        if row.is_parallel
        else str(row.session.title)
        for row in timetable(sessions)
    ]


def test_sessions_one_after_the_other_are_single_rows():
    sessions = [session_value("b", "10:00", "11:00"), session_value("a", "9:00", "10:00")]

    assert drawn(sessions) == ["a", "b"]


def test_overlapping_sessions_of_two_tracks_stand_in_columns():
    sessions = [
        session_value("before", "8:30", "9:00", track="Plenary"),
        session_value("showcases", "9:00", "12:00", track="Breakout"),
        session_value("talks", "9:00", "9:40", track="Hackathon"),
        session_value("coffee", "9:40", "10:00", track="Hackathon"),
        session_value("marathon", "10:00", "12:00", track="Hackathon"),
        session_value("lunch", "12:00", "13:30", track="Plenary"),
    ]

    columns = {"Breakout": ["showcases"], "Hackathon": ["talks", "coffee", "marathon"]}
    assert drawn(sessions) == ["before", columns, "lunch"]


def test_another_track_alone_is_a_single_row():
    sessions = [session_value("pitch", "14:30", "15:45", track="Hackathon"), session_value("tea", "15:45", "16:00")]

    assert drawn(sessions) == ["pitch", "tea"]


def test_overlap_within_one_track_stays_in_rows():
    sessions = [session_value("a", "9:00", "10:00", track="One"), session_value("b", "9:30", "10:30", track="One")]

    assert drawn(sessions) == ["a", "b"]


def test_session_that_lost_its_times_stands_last():
    timed = session_value("timed", "9:00", "10:00")
    lost = [replace(session_value(title, "8:00", "9:00"), starts_at=None, ends_at=None) for title in "ab"]

    assert drawn([*lost, timed]) == ["timed", "a", "b"]


def test_day_without_sessions_has_no_rows():
    assert timetable([]) == []


@pytest.mark.parametrize("first", [0, 1])
def test_columns_stand_in_the_order_that_staff_gave_the_tracks(first):
    late = session_value("late", "9:30", "10:30", track="One", track_position=first)
    early = session_value("early", "9:00", "10:00", track="Two", track_position=1 - first)

    (parallel,) = timetable([late, early])

    assert [str(column.track) for column in parallel.columns] == (["One", "Two"] if first == 0 else ["Two", "One"])


def test_rows_stand_under_the_part_of_the_day_in_which_they_begin():
    sessions = [
        session_value("talks", "9:00", "12:00", track="Hackathon"),
        session_value("rooms", "11:00", "13:00", track="Breakout"),
        session_value("lunch", "12:00", "13:00"),
        session_value("dinner", "18:00", "20:00"),
        session_value("dance", "0:30", "2:00"),
        replace(session_value("open end", "9:00", "10:00"), starts_at=None, ends_at=None),
    ]

    parts = parts_of_day(timetable(sessions))

    assert [(part.name, len(part.rows)) for part in parts] == [
        (PartOfDay.MORNING, 1),
        (PartOfDay.EVENING, 2),
        (None, 1),
    ]
