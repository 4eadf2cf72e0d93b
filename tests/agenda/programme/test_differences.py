from dataclasses import replace
from datetime import date, time

from django.utils import translation
from hypothesis import given, settings

from agenda.choices import AppearanceState, Role, SessionState
from agenda.programme.differences import apply, differences
from agenda.programme.value import Appearance, Day, Programme
from agenda.publishing.telling import moves, tell
from conference.language.translated import Text
from tests.agenda.strategies import programmes
from tests.factories import session_value

TUESDAY, WEDNESDAY = date(2030, 3, 26), date(2030, 3, 27)
TALK = session_value("Talk", "9:00", "10:00")
GUEST = Appearance(Role.SPEAKER, Text("A guest"), "", None, False, AppearanceState.TO_BE_CONFIRMED)


def programme(*sessions, second_day=()):
    return Programme(2030, (Day(1, TUESDAY, Text(), sessions), Day(2, WEDNESDAY, Text(), second_day)))


def told(old, new, language="en"):
    with translation.override(language):
        return [f"{line.title()}: {line.words()}" for line in tell(differences(old, new))]


@settings(deadline=None, derandomize=True)
@given(programmes(), programmes())
def test_differences_applied_to_the_old_give_the_new(old, new):
    assert apply(old, differences(old, new)) == new


@settings(deadline=None, derandomize=True)
@given(programmes(), programmes())
def test_there_is_something_to_tell_exactly_where_something_differs(old, new):
    assert bool(told(old, new)) == (old != new)
    assert bool(told(old, new, "km")) == (old != new)


@settings(deadline=None, derandomize=True)
@given(programmes())
def test_programme_does_not_differ_from_itself(value):
    assert not differences(value, value)


def test_new_session_is_told_with_its_time():
    assert told(programme(), programme(TALK)) == ["Talk: new: Tuesday, March 26, 2030, 9:00 – 10:00"]


def test_removed_session_is_told_with_the_time_it_had():
    assert told(programme(TALK), programme()) == [
        "Talk: taken out of the agenda; it was: Tuesday, March 26, 2030, 9:00 – 10:00"
    ]


def test_move_is_told_from_and_to():
    later = replace(TALK, starts_at=time(14), ends_at=time(15))

    assert told(programme(TALK), programme(second_day=(later,))) == [
        "Talk: moved from: Tuesday, March 26, 2030, 9:00 – 10:00; to: Wednesday, March 27, 2030, 14:00 – 15:00"
    ]


def test_move_within_a_day_says_the_day_once():
    later = replace(TALK, starts_at=time(14), ends_at=time(15))

    assert told(programme(TALK), programme(later)) == [
        "Talk: moved from: Tuesday, March 26, 2030, 9:00 – 10:00; to: 14:00 – 15:00"
    ]


def test_move_is_told_in_khmer_with_khmer_digits():
    later = replace(TALK, starts_at=time(14), ends_at=time(15))

    (line,) = told(programme(TALK), programme(later), "km")

    assert "ប្តូរពី៖ ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០៣០ ៩:០០ – ១០:០០" in line
    assert "១៤:០០ – ១៥:០០" in line


def test_session_on_another_day_at_the_same_time_has_moved():
    (was,) = moves(differences(programme(TALK), programme(second_day=(TALK,)))).values()

    assert was.date == TUESDAY


def test_room_named_for_the_first_time_is_no_move():
    in_hall = replace(TALK, room=Text("Hall A"))

    found = differences(programme(TALK), programme(in_hall))

    assert told(programme(TALK), programme(in_hall)) == ["Talk: where: Tuesday, March 26, 2030, 9:00 – 10:00, Hall A"]
    assert moves(found) == {}


def test_other_room_is_a_move_and_its_khmer_name_is_none():
    hall_a, with_khmer = (replace(TALK, room=room) for room in (Text("Hall A"), Text("Hall A", "សាល ក")))

    assert moves(differences(programme(hall_a), programme(with_khmer))) == {}
    assert list(moves(differences(programme(hall_a), programme(replace(TALK, room=Text("Hall B")))))) == [TALK.uuid]


def test_new_title_is_told_with_the_old_one():
    renamed = replace(TALK, title=Text("Better talk"))

    assert told(programme(TALK), programme(renamed)) == ["Better talk: renamed; the title was: Talk"]


def test_title_changed_in_the_other_language_is_a_detail_for_this_reader():
    translated = replace(TALK, title=Text("Talk", "បទបង្ហាញ"))

    assert told(programme(TALK), programme(translated)) == ["Talk: details changed"]


def test_states_are_told_in_words():
    open_, sure, off = (
        replace(TALK, state=state)
        for state in (SessionState.TO_BE_CONFIRMED, SessionState.CONFIRMED, SessionState.CANCELLED)
    )

    assert told(programme(open_), programme(sure)) == ["Talk: confirmed"]
    assert told(programme(sure), programme(open_)) == ["Talk: to be confirmed"]
    assert told(programme(sure), programme(off)) == ["Talk: cancelled (Tuesday, March 26, 2030, 9:00 – 10:00)"]
    assert told(programme(off), programme(sure)) == [
        "Talk: takes place after all: Tuesday, March 26, 2030, 9:00 – 10:00"
    ]


def test_people_who_come_confirm_and_leave_are_told_by_name():
    alone, doubted, sure = (
        replace(TALK, appearances=who) for who in ((), (GUEST,), (replace(GUEST, state=AppearanceState.CONFIRMED),))
    )

    assert told(programme(alone), programme(doubted)) == ["Talk: now with: A guest"]
    assert told(programme(doubted), programme(sure)) == ["Talk: confirmed: A guest"]
    assert told(programme(sure), programme(alone)) == ["Talk: no longer with: A guest"]
