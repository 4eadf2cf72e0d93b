"""The columns of figures that may be passed on are kept in the database, the same for all readers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from conference import clock
from conference.models import Edition
from registration.figures.columns import Column, is_due, next_column
from registration.figures.gather import Counts, gather
from registration.figures.measures import SIGNED_UP, Measure, Question
from registration.models import FiguresColumn, Intake
from registration.places.lock import place_lock

# Where two columns cannot stand beside each other, the earlier one is taken.
MOST_WANTED = [Measure.REGISTERED, Measure.ATTENDED, Measure.CONFIRMED, *Measure]

Snapshots = Mapping[tuple[str, Measure], FiguresColumn]  # by question and measure


def snapshots_of(edition: Edition) -> Snapshots:
    columns = FiguresColumn.objects.filter(edition=edition)
    return {(column.question, Measure(column.measure)): column for column in columns}


def take_snapshots(edition: Edition, questions: list[Question], *, opened: Collection[str] = ()) -> Counts:
    """Takes the columns that are due; gives the true numbers of now.

    Sensitive answers are opened only where the reader sees their numbers (`opened`), or a column is due.
    After the first date of erasing nothing is taken: the answers are gone, and the figures stay as they were.
    """
    counts, known = gather(edition, opened=opened), snapshots_of(edition)
    intake = Intake.of(edition)
    if intake and intake.keeps_sensitive():
        if _is_sensitive_due(questions, counts, _columns(known)):
            counts = gather(edition)
        days = tuple((day, day) for day in counts.column(SIGNED_UP.code, Measure.REGISTERED))
        due = due_columns([*questions, replace(SIGNED_UP, answers=days)], counts, _columns(known))
        if due:
            _keep(edition, due, known)
    return counts


def _is_sensitive_due(questions: list[Question], counts: Counts, known: Mapping[tuple[str, Measure], Column]) -> bool:
    sensitive = [question for question in questions if question.is_sensitive]
    return any(is_due(counts.people[of], known.get((one.code, of))) for one in sensitive for of in one.measures)


def due_columns(
    questions: Iterable[Question], counts: Counts, known: Mapping[tuple[str, Measure], Column]
) -> dict[tuple[str, Measure], Column]:
    """The columns in which something changes."""
    due = {}
    for question in questions:
        shown = {of: known[question.code, of] for of in question.measures if (question.code, of) in known}
        for measure in sorted(question.measures, key=MOST_WANTED.index):
            beside = [column for other, column in shown.items() if other != measure]
            true = counts.column(question.code, measure)
            column = next_column(question, counts.people[measure], true, shown.get(measure), beside)
            if column:
                due[question.code, measure] = shown[measure] = column
    return due


def _keep(edition: Edition, due: Mapping[tuple[str, Measure], Column], known: Snapshots) -> None:
    with place_lock(edition.pk):
        if _columns(snapshots_of(edition)) != _columns(known):
            return  # another reader was quicker: all see what that one took
        for key, column in due.items():
            row = known.get(key) or FiguresColumn(edition=edition, question=key[0], measure=key[1])
            if column.is_new:
                row.taken_at = clock.now()
            row.people, row.lowest, row.tried_with = column.people, column.lowest, column.tried_with
            row.save()


def _columns(known: Snapshots) -> dict[tuple[str, Measure], Column]:
    return {key: Column(row.people, row.lowest, row.tried_with) for key, row in known.items()}
