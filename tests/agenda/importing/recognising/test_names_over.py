"""Names over a grid that may be rooms or tracks."""

import datetime

import pytest

from agenda.importing.reading.sources import read_pasted
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.recognise import recognise

DAY = datetime.date(2027, 2, 2)


def read(over, **answers):
    table = f"Time\t{over}\n9:00-10:00\tOpen maps\tOpen letters\n10:00-11:00\tRivers\tRoads"
    return recognise(read_pasted(table), first_day=DAY, last_day=DAY, known=Known(), answers=answers)


def places(proposal):
    return {(one.room, one.track) for one in proposal.sessions}


def test_names_alone_are_asked_about():
    proposal = read("Angkor\tBayon")

    (question,) = proposal.questions
    assert [choice.value for choice in question.choices] == ["rooms", "tracks"]
    assert all(one.doubt for one in proposal.sessions)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("rooms", {("Angkor", ""), ("Bayon", "")}), ("tracks", {("", "Angkor"), ("", "Bayon")})],
)
def test_answer_says_what_they_are(said, expected):
    (question,) = read("Angkor\tBayon").questions

    proposal = read("Angkor\tBayon", **{question.key: said})

    assert places(proposal) == expected
    assert not any(one.doubt for one in proposal.sessions)


def test_word_of_a_topic_names_a_track():
    proposal = read("Policy\tBayon")

    assert (proposal.questions, places(proposal)) == ((), {("", "Policy"), ("", "Bayon")})
