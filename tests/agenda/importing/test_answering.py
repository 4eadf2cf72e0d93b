"""What staff answer on the page."""

import datetime

import pytest

from agenda.importing.answering import Answered, answers_in, shape_of_all, shapes, still_true
from agenda.importing.reading.document import Cell, Document, Row, Spot, Table
from agenda.importing.recognising.account import Question

DAYS = [datetime.date(2030, 3, 26)]


def table(*rows):
    return Table(tuple(Row(n, tuple(Cell(text, at) for at, text in enumerate(row))) for n, row in enumerate(rows)))


def test_only_what_can_be_an_answer_is_one():
    post = {"column-0-1": "title", "column-0-2": "<b>", "day-0-7": "2030-03-26", "day-0-8": "2031-01-01"}
    post |= {"column-0-x": "title", "column-០-1": "title", "day-": "2030-03-26"}
    post |= {"question-month": "day", "question-open": "", "text": "column-0-1"}

    assert answers_in(post, DAYS) == {"column-0-1": "title", "day-0-7": "2030-03-26", "month": "day"}


def test_answers_about_rows_are_open_again_in_another_text():
    before, now = Answered("one", {}), Answered("other", {})
    answers = {"column-0-1": "title", "day-0-7": "2030-03-26", "month": "day", "here": "yes"}
    questions = [Question("month", "?", ()), Question("here", "?", (), spot=Spot(0, 3))]

    assert still_true(answers, before, now, questions) == {"column-0-1": "title", "month": "day"}
    assert still_true(answers, now, now, questions) == answers


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"answers": 3}', "[" * 9999])
def test_damaged_field_is_as_if_nothing_was_drawn(text):
    assert Answered.from_json(text) == Answered()


def test_table_of_another_day_has_the_same_shape():
    first = table(["Time", "Topic"], ["9:00", "Maps"])
    other = table(["Day 2", "27 March"], ["TIME", " topic "], ["10:00", "Budgets"])

    assert shapes(Document((first,)))[0] == shapes(Document((other,)))[0]
    assert shape_of_all(Document((first, other))) == shape_of_all(Document((other,)))
    assert shapes(Document((table(["Time", "Theme"]),)))[0] != shapes(Document((first,)))[0]
