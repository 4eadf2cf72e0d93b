"""The figures for the funder: who registered, was confirmed, attended and travelled, one question at a time.

`gather` counts. Only what `may_be_shown` leaves of it may be shown (figures.suppression). A table has one question,
never crossed with another, and the four measures beside each other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.publishing import chosen
from conference import clock
from conference.models import Edition
from conference.words import day as written_day
from registration.choices import GIVEN_UP, AgeBand, Gender, Group, Province, Sector, Status
from registration.figures.suppression import Cell, Measure, Row, Table, hide_small, suppress
from registration.models import Attendance, Registration

NOT_ANSWERED = ("", _("Not answered"))
QUESTIONS = [  # code, title, answers, is sensitive
    ("gender", _("Gender"), Gender, True),
    ("age", _("Age group"), AgeBand, True),
    ("groups", _("Disability and other groups"), Group, True),
    ("province", _("Province"), Province, False),
    ("sector", _("Sector"), Sector, False),
]
ALONE = {"", Group.NONE, Group.NOT_SAID}  # answers about groups that go with no other

# (question, answer, measure) -> people; the totals of people stand under (None, None, measure).
Counts = Counter[tuple[str | None, str | int | None, str]]


@dataclass(frozen=True)
class Figures:
    made_at: datetime
    totals: tuple[Cell, ...]
    tables: tuple[Table, ...]


def gather(edition: Edition) -> Figures:
    """The true numbers of an edition, for `suppress`. The same queries for many people, and few people in memory."""
    known = {code: set(answers.values) for code, _title, answers, _is_sensitive in QUESTIONS}
    counts: Counts = Counter()
    for measures, given in _people(edition):
        for measure in measures:
            counts[None, None, measure] += 1
            counts.update((code, answer if answer in known[code] else "", measure) for code, answer in given)
    # By day: the chosen days; but for participants who attended, the days on which they were there.
    visits = Registration.objects.filter(edition=edition).order_by().values_list("days", "status")
    for day, status, people, travelling in visits.annotate(Count("pk"), Count("travel_request")):
        for measure in _measures(status, False, travelling):
            counts["day", day or "", measure] += travelling if measure == Measure.TRAVELLED else people
    attended = Attendance.objects.filter(registration__edition=edition).order_by().values_list("day")
    for day, people in attended.annotate(Count("pk")):
        counts["day", day, Measure.ATTENDED] += people
    tables = [
        _table(code, title, [*answers.choices, NOT_ANSWERED], counts, is_sensitive)
        for code, title, answers, is_sensitive in QUESTIONS
    ]
    days = [(day.pk, written_day(day.date)) for day in chosen.days(edition)]
    tables.append(_table("day", _("Day"), [*days, NOT_ANSWERED], counts, False))
    return Figures(clock.now(), _cells(counts), tuple(tables))


def may_be_shown(figures: Figures) -> Figures:
    return replace(figures, totals=hide_small(figures.totals), tables=tuple(map(suppress, figures.tables)))


def _people(edition: Edition) -> Iterator[tuple[list[Measure], list[tuple[str, str]]]]:
    """One after the other: in which measures each is counted, and what each answered."""
    attends = Exists(Attendance.objects.filter(registration=OuterRef("pk")))
    columns = ["inclusion_answers__gender", "inclusion_answers__age_band", "inclusion_answers__groups"]
    people = Registration.objects.filter(edition=edition).order_by().annotate(attends=attends)
    rows = people.values_list("status", "attends", "travel_request", "province", "sector", *columns)
    for status, attended, travel, province, sector, gender, age, groups in rows.iterator(chunk_size=500):
        groups = [group for group in groups or [] if group in Group.values]
        answers = [("province", province), ("sector", sector), ("gender", gender), ("age", age)]
        answers += [("groups", group) for group in set(groups) - ALONE or groups[:1] or [""]]
        yield _measures(status, attended, travel), answers


def _measures(status: str, attended: bool, travel: int | None) -> list[Measure]:
    confirmed = status == Status.CONFIRMED
    is_in = [status not in GIVEN_UP, confirmed, attended, confirmed and travel]
    return [measure for measure, holds in zip(Measure, is_in, strict=True) if holds]


def _table(
    code: str,
    title: str | Promise,
    answers: Iterable[tuple[str | int, str | Promise]],
    counts: Counts,
    is_sensitive: bool,
) -> Table:
    """Rows without people are left out, but not for sensitive questions: there a row that is missing would tell."""
    rows = [
        Row(label, _cells(counts, code, answer), code not in {"groups", "day"} or answer in ALONE)
        for answer, label in answers
        if is_sensitive or any(counts[code, answer, measure] for measure in Measure)
    ]
    return Table(code, title, tuple(rows), _cells(counts), is_sensitive)


def _cells(counts: Counts, code: str | None = None, answer: str | int | None = None) -> tuple[Cell, ...]:
    return tuple(Cell(counts[code, answer, measure]) for measure in Measure)
