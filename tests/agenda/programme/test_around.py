from dataclasses import replace

import pytest

from agenda.choices import Kind, SessionState
from agenda.programme.around import around
from agenda.programme.value import Day, Programme
from conference.clock import today
from tests.factories import session_value

DAY = [
    session_value("opening", "8:30", "9:00", track="Plenary"),
    session_value("showcases", "9:00", "12:00", track="Breakout"),
    session_value("talks", "9:00", "9:40", track="Hackathon"),
    session_value("coffee", "9:40", "10:00", track="Hackathon"),
    session_value("marathon", "10:00", "12:00", track="Hackathon"),
    session_value("lunch", "12:00", "13:30", track="Plenary"),
]


def of(name, sessions=tuple(DAY)):
    """The titles of what is before, after and at the same time."""
    day = Day(1, today(), sessions=tuple(sessions))
    places = {str(place.session.title): place for place in Programme(2024, (day,)).places.values()}
    found = around(places[name])
    return [[str(one.title) for one in part] for part in (found.before, found.after, found.meanwhile, found.beside)]


@pytest.mark.parametrize(
    ("name", "before", "after", "meanwhile"),
    [
        ("opening", [], ["showcases", "talks"], []),
        ("showcases", ["opening"], ["lunch"], ["talks", "coffee", "marathon"]),
        ("talks", ["opening"], ["coffee"], ["showcases"]),
        ("marathon", ["coffee"], ["lunch"], ["showcases"]),
        ("lunch", ["showcases", "marathon"], [], []),
    ],
)
def test_neighbours_are_those_of_the_own_column(name, before, after, meanwhile):
    assert of(name) == [before, after, meanwhile, []]


def test_cancelled_sessions_are_no_neighbours():
    sessions = [replace(one, state=SessionState.CANCELLED) if str(one.title) == "coffee" else one for one in DAY]

    assert of("talks", sessions)[1] == ["marathon"]
    assert of("coffee", sessions)[:2] == [["talks"], ["marathon"]]  # its own page still leads on


def test_theme_has_its_siblings_beside_it_and_the_neighbours_of_its_session():
    whenever = {"starts_at": None, "ends_at": None, "kind": Kind.THEME}
    themes = tuple(replace(session_value(name, "9:00", "10:00"), **whenever) for name in ("one", "two"))
    sessions = [replace(one, children=themes) if str(one.title) == "showcases" else one for one in DAY]

    assert of("one", sessions) == [["opening"], ["lunch"], ["talks", "coffee", "marathon"], ["two"]]


def test_parts_with_times_follow_one_another():
    parts = tuple(session_value(name, *times) for name, times in (("a", ("9:00", "9:30")), ("b", ("9:30", "10:00"))))
    sessions = [replace(DAY[0], children=()), replace(DAY[1], children=parts)]

    assert of("a", sessions)[:2] == [["opening"], ["b"]]
    assert of("b", sessions)[:2] == [["a"], []]


def test_day_of_one_session_has_nothing_around_it():
    assert of("opening", DAY[:1]) == [[], [], [], []]
