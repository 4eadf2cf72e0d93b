"""The tables as a reader sees them: what may be passed on, and the true numbers for staff who may see the rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.words import date_only, digits
from registration.figures.columns import STEP, lower_end
from registration.figures.gather import Counts
from registration.figures.measures import ALL, COMING, TRAVEL, Measure, Question
from registration.figures.snapshots import Snapshots, snapshots_of
from registration.models import FiguresColumn


@dataclass(frozen=True)
class Cell:
    """A number, or the range it lies in, or nothing."""

    lowest: int | None = None
    highest: int | None = None

    @property
    def words(self) -> str:
        if self.lowest is None or self.highest is None:
            return _("not shown")
        if self.lowest == self.highest:
            return digits(self.lowest)
        return f"{digits(self.lowest)}–{digits(self.highest)}" if self.lowest else _("fewer than 5")

    @property
    def number(self) -> int | None:
        """Where it is exactly known."""
        return self.lowest if self.lowest == self.highest else None


@dataclass(frozen=True)
class Table:
    code: str
    title: str | Promise
    measures: tuple[Measure, ...]
    rows: tuple[tuple[str | Promise, tuple[Cell, ...]], ...]
    totals: tuple[Cell, ...]  # of people, not of rows
    taken_at: tuple[datetime | None, ...] = ()  # of each column; empty where the numbers are the true ones of now
    by_answer: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)  # also of those that have no row

    @property
    def is_true(self) -> bool:
        return not self.taken_at

    @property
    def heads(self) -> list[tuple[Measure, str]]:
        """Each column, and when it was taken."""
        heads = []
        for measure, moment in zip(self.measures, self.taken_at or [None] * len(self.measures), strict=True):
            taken = _("taken on %(date)s") % {"date": date_only(timezone.localdate(moment))} if moment else ""
            heads.append((measure, taken))
        return heads

    @property
    def largest(self) -> int:
        """What the longest bar stands for."""
        cells = [cell for _label, cells in self.rows for cell in cells] or self.totals
        return max((cell.lowest or 0 for cell in cells), default=0)


def tables_to_pass_on(edition: Edition, questions: list[Question]) -> list[Table]:
    known = snapshots_of(edition)
    return [_to_pass_on(question, known) for question in questions]


def tables_for_staff(
    edition: Edition,
    questions: list[Question],
    counts: Counts,
    *,
    with_travel: bool,
    opened: Collection[str] = (),
) -> list[Table]:
    """With the true numbers where they are of rows that staff see; the others stay as they may be passed on. Of the
    sensitive questions the `opened` ones are true.

    Without travel: its requests are erased already, and what was counted before stands for them. Sensitive answers go
    on the same day.
    """
    tables = []
    for table, question in zip(tables_to_pass_on(edition, questions), questions, strict=True):
        is_hidden = question.is_sensitive and not (question.code in opened and with_travel)
        true = table if is_hidden else _true(question, counts, with_travel)
        if question == ALL and not with_travel:
            columns = zip(table.measures, table.totals, true.totals, strict=True)
            true = replace(true, totals=tuple(kept if of in TRAVEL else now for of, kept, now in columns))
        tables.append(true)
    return tables


def _to_pass_on(question: Question, known: Snapshots) -> Table:
    kept = [known.get((question.code, measure)) for measure in question.measures]
    columns = [column if column and column.lowest is not None else None for column in kept]
    by_answer = {answer: tuple(_range(column, answer) for column in columns) for answer, _label in question.answers}
    rows = [
        (label, by_answer[answer])
        for answer, label in question.answers
        # For a sensitive question, a row that comes and goes would be noticed.
        if question.is_sensitive or any(column and (column.lowest or {}).get(answer) for column in columns)
    ]
    if len(rows) < len(question.answers):
        rows.append((_("Each of the others"), tuple(_range(column, "") for column in columns)))
    return Table(
        question.code,
        question.title,
        question.measures,
        tuple(rows),
        tuple(_range(column) for column in columns),
        tuple(column.taken_at if column else None for column in columns),
        by_answer,
    )


def _range(column: FiguresColumn | None, answer: str | None = None) -> Cell:
    """Of one answer, or of people in all."""
    if column is None:
        return Cell()
    if column.people == 0:
        return Cell(0, 0)
    lowest = lower_end(column.people) if answer is None else (column.lowest or {}).get(answer, 0)
    return Cell(lowest, lowest + STEP - 1)


def _true(question: Question, counts: Counts, with_travel: bool) -> Table:
    # By day, nothing is known of travel.
    measures = tuple(Measure) if question == ALL or (question.adds_up and with_travel) else COMING
    columns = [counts.column(question.code, measure) for measure in measures]
    answers = [*question.answers, ("", _("Not answered"))]
    by_answer = {answer: tuple(_exactly(column.get(answer, 0) for column in columns)) for answer, _label in answers}
    rows = [(label, by_answer[answer]) for answer, label in answers if any(column.get(answer) for column in columns)]
    totals = _exactly(counts.people[measure] for measure in measures)
    return Table(question.code, question.title, measures, tuple(rows), tuple(totals), by_answer=by_answer)


def _exactly(counts: Iterable[int]) -> Iterable[Cell]:
    return (Cell(count, count) for count in counts)
