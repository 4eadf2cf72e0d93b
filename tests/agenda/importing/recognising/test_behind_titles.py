"""Who appears behind a title, where no word says so: told by the other titles, or asked."""

import pytest

from agenda.importing.reading.sources import read_pasted
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.recognise import recognise
from tests.agenda.importing.pasted import FIRST_DAY

OPEN = "9:00 – 9:45 Lecture - Great Rivers\n10:00 – 10:45 Lecture - Anna Sample"


def read(text, **answers):
    document = read_pasted(text)
    proposal = recognise(document, first_day=FIRST_DAY, last_day=FIRST_DAY, known=Known(), answers=answers)
    questions = [question.key for question in proposal.questions]
    return [
        (one.title.en, [person.name for person in one.people], bool(one.doubt)) for one in proposal.sessions
    ], questions


@pytest.mark.parametrize(
    ("answers", "sessions"),
    [
        ({}, [("Lecture - Great Rivers", [], True), ("Lecture - Anna Sample", [], True)]),
        ({"names-behind": "text"}, [("Lecture - Great Rivers", [], False), ("Lecture - Anna Sample", [], False)]),
        ({"names-behind": "people"}, [("Lecture", ["Great Rivers"], False), ("Lecture", ["Anna Sample"], False)]),
    ],
)
def test_two_words_with_capitals_may_be_a_name_or_a_topic(answers, sessions):
    assert read(OPEN, **answers) == (sessions, ["names-behind"])


@pytest.mark.parametrize(
    "text",
    [
        "9:00 – 9:45 Session 1 - Data\n10:00 – 10:45 Session 2 - What comes next",
        "9:00 – 9:45 Opening - Main Hall\n10:00 – 10:45 Maps - Room 2",
        "9:00 – 9:45 Coffee break - Sample Star\n12:00 – 13:00 Lunch - Sample Star",
        "9:00 – 9:45 Visit (Royal Palace)\n10:00 – 10:45 Walk - Silent River",
        "9:00 – 9:45 Film\nSilent River\n10:00 – 10:45 Talk\nbring a pen",  # one alone may be anything
    ],
)
def test_other_words_behind_titles_are_no_people(text):
    sessions, questions = read(text)

    assert ([names for _title, names, _doubt in sessions], questions) == ([[], []], [])


def test_names_without_a_place_of_work_are_known_from_others():
    text = "9:00 Maps - Anna Sample & Karl Sample\n10:00 Rivers - Karl Sample\n11:00 Lakes - Mina Sample\n12:00 Lunch"

    names = [names for _title, names, _doubt in read(text)[0]]
    assert names == [["Anna Sample", "Karl Sample"], ["Karl Sample"], ["Mina Sample"], []]


def test_organisations_behind_titles_are_asked_for():
    sessions, questions = read("9:00 – 9:45 Rivers - Sample Institute\n10:00 – 10:45 Forests - Sample Foundation")

    assert ([doubt for _title, _names, doubt in sessions], questions) == ([True, True], ["names-behind"])
