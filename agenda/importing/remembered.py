"""What was answered about a table of the same shape before. Written when staff apply what they saw."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from agenda.importing.answering import COLUMN, DAY, column_name, shape_of_all, shapes
from agenda.importing.reading.document import Document
from agenda.importing.recognising.account import Answers, Question
from agenda.models import RememberedReading
from conference import clock


@dataclass(frozen=True)
class Remembered:
    answers: Answers
    readings: tuple[RememberedReading, ...]


def remembered(document: Document) -> Remembered:
    """One query."""
    of_block, of_all = shapes(document), shape_of_all(document)
    rows = {row.shape: row for row in _readings(document).select_related("by")}
    answers: Answers = {}
    for block, shape in of_block.items():
        if shape in rows:
            answers |= {column_name(block, int(number)): role for number, role in rows[shape].columns.items()}
    if of_all in rows:
        answers |= rows[of_all].questions
    return Remembered(answers, tuple(rows.values()))


def remember(document: Document, answers: Answers, questions: Collection[Question], *, by: User) -> None:
    """Columns, and questions about the whole. What was said of single rows holds for them alone."""
    kept: dict[str, RememberedReading] = {}

    def reading(shape: str) -> RememberedReading:
        return kept.setdefault(shape, RememberedReading(shape=shape, by=by, at=clock.now()))

    for block, shape in shapes(document).items():
        start = column_name(block, 0)[:-1]
        said = {name.removeprefix(start): role for name, role in answers.items() if name.startswith(start)}
        if said:
            reading(shape).columns = said
    of_rows = {question.key for question in questions if question.spot}
    whole = {key: value for key, value in answers.items() if not key.startswith((COLUMN, DAY)) and key not in of_rows}
    if whole:
        reading(shape_of_all(document)).questions = whole
    known = remembered(document)
    if {row.shape: (row.columns, row.questions) for row in known.readings} == {
        shape: (row.columns, row.questions) for shape, row in kept.items()
    }:
        return
    _readings(document).delete()
    RememberedReading.objects.bulk_create(
        kept.values(),
        update_conflicts=True,
        unique_fields=["shape"],
        update_fields=["columns", "questions", "by", "at"],
    )


def forget(document: Document) -> None:
    _readings(document).delete()


def _readings(document: Document) -> QuerySet[RememberedReading]:
    return RememberedReading.objects.filter(shape__in={*shapes(document).values(), shape_of_all(document)})
