"""What staff answered about the columns is kept for the next table with the same headings."""

import pytest
from django.contrib.auth import get_user_model

from agenda.importing.reading.document import Cell, Document, Paragraph, Row, Spot, Table
from agenda.importing.recognising.account import Question
from agenda.importing.remembered import forget, remember, remembered
from agenda.models import RememberedReading

MONTH = Question("month", "Which is the month?", ())
HERE = Question("here", "Does a day begin here?", (), spot=Spot(1, 3))


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", password="a long password")


def document(*blocks):
    return Document(tuple(Paragraph(one, 1) if isinstance(one, str) else table(*one) for one in blocks))


def table(*rows):
    cells = [tuple(Cell(text, at) for at, text in enumerate(row)) for row in rows]
    return Table(tuple(Row(number, row) for number, row in enumerate(cells, start=1)))


HEADINGS = ["Time", "Length", "Topic"]
FIRST = document("Agenda", [HEADINGS, ["9:00", "60", "Maps"]])
ANSWERS = {"column-1-1": "duration", "day-1-2": "2030-03-26", "month": "day", "here": "yes"}


def test_columns_and_questions_of_the_whole_are_kept_for_the_next_table(chief, django_assert_num_queries):
    remember(FIRST, ANSWERS, [MONTH, HERE], by=chief)
    other = document([HEADINGS, ["10:00", "30", "Rivers"]], [HEADINGS, ["11:00", "45", "Budgets"]])

    with django_assert_num_queries(1):
        known = remembered(other)

    assert known.answers == {"column-0-1": "duration", "column-1-1": "duration", "month": "day"}
    assert {reading.by for reading in known.readings} == {chief}


def test_table_with_other_headings_is_asked_about(chief):
    remember(FIRST, ANSWERS, [MONTH, HERE], by=chief)

    assert remembered(document([["Time", "Room", "Topic"], ["9:00", "60", "Maps"]])).answers == {}


def test_what_is_answered_no_more_is_forgotten(chief):
    remember(FIRST, ANSWERS, [MONTH, HERE], by=chief)
    remember(FIRST, {}, [MONTH, HERE], by=chief)

    assert not RememberedReading.objects.exists()


def test_forgetting_leaves_other_tables_alone(chief):
    remember(FIRST, ANSWERS, [MONTH, HERE], by=chief)
    remember(document([["Who", "What"]]), {"column-0-0": "people"}, [], by=chief)

    forget(FIRST)

    assert [reading.columns for reading in RememberedReading.objects.all()] == [{"0": "people"}]
