"""From here on, N minutes later: the times, purely."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.timing.clashes import Slot, clashes
from agenda.timing.shifting import OutsideOfDay, shift


def slot(key, starts_at, ends_at, **fields):
    return Slot(key, time.fromisoformat(starts_at), time.fromisoformat(ends_at), **fields)


def times(slots):
    return {one.key: (one.starts_at.isoformat("minutes"), one.ends_at.isoformat("minutes")) for one in slots}


def minute(number):
    return time(number // 60 % 24, number % 60)


@st.composite
def days(draw):
    """A day of rows in any of three tracks, between six in the morning and two at night."""
    starts = draw(st.lists(st.integers(360, 1430), min_size=1, max_size=12))
    tracks = [draw(st.sampled_from(["plenary", "breakout", None])) for _start in starts]
    return [
        Slot(key, minute(start), minute(start + draw(st.integers(1, 119))), track=track)
        for key, (start, track) in enumerate(zip(starts, tracks, strict=True))
    ]


def after(slots, plan):
    now = {one.key: one for one in plan.after}
    return [now.get(one.key, one) for one in slots]


@given(days(), st.integers(1, 119), st.sampled_from([None, "plenary"]), st.data())
def test_later_and_then_earlier_gives_the_first_back(slots, minutes, track, data):
    start = data.draw(st.sampled_from([one.key for one in slots if track in (None, one.track)] or [slots[0].key]))
    plan = shift(slots, start, minutes, track)
    if start in {one.key for one in plan.before}:
        there = after(slots, plan)
        assert after(there, shift(there, start, -minutes, track)) == slots


@given(days(), st.integers(-119, 119).filter(bool), st.data())
def test_every_row_keeps_its_length_and_those_before_stay(slots, minutes, data):
    start = data.draw(st.sampled_from(slots))

    plan = shift(slots, start.key, minutes)

    assert all(one.span[0] >= start.span[0] for one in plan.before)
    for one, two in zip(plan.before, plan.after, strict=True):
        length = [s.span[1] - s.span[0] for s in (one, two)]
        assert length[0] == length[1]


@given(days(), st.integers(1, 119), st.data())
def test_whole_day_later_makes_no_new_clash(slots, minutes, data):
    start = data.draw(st.sampled_from(slots))

    plan = shift(slots, start.key, minutes)

    assert (plan.runs_over, plan.clashes) == ((), ())
    assert len(clashes(after(slots, plan))) <= len(clashes(slots))


MORNING = [
    slot("talk", "09:00", "10:00", track="plenary"),
    slot("race", "10:00", "12:00", track="hackathon"),
    slot("panel", "10:00", "11:00", track="plenary"),
    slot("lunch", "12:00", "13:00", track="plenary"),
]


def test_rows_from_here_on_move_and_the_one_before_stays():
    plan = shift(MORNING, "panel", 15)

    assert times(plan.after) == {
        "race": ("10:15", "12:15"),
        "panel": ("10:15", "11:15"),
        "lunch": ("12:15", "13:15"),
    }


def test_one_track_moves_alone_and_what_it_then_runs_beside_is_said():
    plan = shift(MORNING, "race", 15, "hackathon")

    assert times(plan.after) == {"race": ("10:15", "12:15")}
    assert [(one.key, two.key) for one, two in plan.beside] == [("lunch", "race")]
    assert plan.may_be_applied


def test_earlier_over_a_row_that_stays_is_refused_and_says_which():
    plan = shift(MORNING, "panel", -15)

    assert [(clash.first.key, clash.second.key) for clash in plan.runs_over] == [("talk", "panel")]
    assert not plan.may_be_applied


@pytest.mark.parametrize("shared", [{"room": 1}, {"people": frozenset([1])}])
def test_new_clash_of_room_or_person_is_said_and_staff_decide(shared):
    slots = [slot("a", "09:00", "10:00", track="one", **shared), slot("b", "10:00", "11:00", track="two", **shared)]

    plan = shift(slots, "a", 15, "one")

    assert [(clash.first.key, clash.second.key) for clash in plan.clashes] == [("a", "b")]
    assert plan.may_be_applied


@pytest.mark.parametrize("minutes", [961, -601])
def test_nothing_leaves_the_day_and_its_night(minutes):
    with pytest.raises(OutsideOfDay):
        shift(MORNING, "panel", minutes)


def test_fingerprint_changes_when_a_time_does():
    other = [*MORNING[:-1], slot("lunch", "12:00", "13:30", track="plenary")]

    assert shift(MORNING, "panel", 15).fingerprint == shift(list(MORNING), "panel", 15).fingerprint
    assert shift(MORNING, "panel", 15).fingerprint != shift(other, "panel", 15).fingerprint
