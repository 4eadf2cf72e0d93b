"""Words that a visitor looks for in the programme."""

from dataclasses import replace
from datetime import date

import pytest

from agenda.choices import Kind
from agenda.programme.searching import Words, sessions_with
from agenda.programme.value import Appearance, Day, Programme
from conference.language.translated import Text
from tests.factories import session_value

TALK = session_value("Budget", "9:00", "10:00", description=Text("Money of the communes", "ថវិកាឃុំ"))
NAMED = session_value(
    "Rivers", "10:00", "11:00", appearances=(Appearance(name=Text("Sample Institute", "វិទ្យាស្ថានគំរូ")),)
)
LATER = session_value("Communes", "11:00", "12:00")
LUNCH = session_value("Communes at lunch", "12:00", "13:00", kind=Kind.MEAL)
PROGRAMME = Programme(2030, (Day(1, date(2030, 3, 26), sessions=(TALK, NAMED, LATER, LUNCH)),))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("budget", ["Budget"]),
        ("MONEY  budget", ["Budget"]),
        ("communes", ["Communes", "Budget"]),  # the title comes first
        ("ថវិកា", ["Budget"]),
        ("institute sample", ["Rivers"]),
        ("វិទ្យាស្ថាន", ["Rivers"]),
        ("budget rivers", []),
        ("x", []),
        ("", []),
        ("b " * 200, []),
    ],
)
def test_words_are_found_in_either_language_and_in_any_order(typed, found):
    assert [place.session.code for place in sessions_with(PROGRAMME, Words.of(typed))] == found


def test_khmer_that_is_typed_in_another_order_is_found():
    place = replace(session_value("Women", "9:00", "10:00"), title=Text("", "ស្ត្រី"))
    programme = Programme(2030, (Day(1, date(2030, 3, 26), sessions=(place,)),))

    assert sessions_with(programme, Words.of("ស្រ្តី"))
