"""Whom a call reached, and who was accepted: as ranges that may be passed on, by the rules of all figures.

A column is taken anew after ten people, and shown only where no reader can work out more from it
(registration.figures.columns). It tells of proposals that were not withdrawn.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conference import clock
from conference.models import Edition
from contributions.choices import ProposalState
from contributions.models import Proposal, ProposalFigures, ProposalNeeds
from registration.choices import Gender, Province, Sector, YesNo
from registration.figures.columns import STEP, Column, lower_end, next_column
from registration.figures.measures import Question
from registration.figures.tables import Cell
from registration.models import Intake


class Counted(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("number of people", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("number of people", "Accepted")


QUESTIONS = [
    Question("gender", _("Gender"), tuple(Gender.choices), is_sensitive=True),
    Question("province", _("Province"), tuple(Province.choices)),
    Question("sector", _("Sector"), tuple(Sector.choices)),
    Question("first_time", _("Speaks for the first time"), tuple(YesNo.choices)),
]
Known = dict[tuple[str, str], Column]


@dataclass(frozen=True)
class FiguresTable:
    code: str
    title: str | Promise
    rows: tuple[tuple[str | Promise, tuple[Cell, ...]], ...]
    totals: tuple[Cell, ...]

    @property
    def heads(self) -> list[str | Promise]:
        return [one.label for one in Counted]


def tables(edition: Edition) -> list[FiguresTable]:
    """Takes what is due. Every reader sees the same."""
    known = _taken(edition)
    return [_table(question, known) for question in QUESTIONS]


def _taken(edition: Edition) -> Known:
    intake = Intake.of(edition)
    asked = [one for one in QUESTIONS if not one.is_sensitive or intake is None or intake.keeps_sensitive()]
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)  # one reader after the other
        rows = {(row.question, row.measure): row for row in ProposalFigures.objects.filter(edition=edition)}
        known = {key: Column(row.people, row.lowest, row.tried_with) for key, row in rows.items()}
        for key, column in _due(_counted(edition), asked, known).items():
            row = rows.get(key) or ProposalFigures(edition=edition, question=key[0], measure=key[1])
            row.people, row.lowest, row.tried_with = column.people, column.lowest, column.tried_with
            row.taken_at = clock.now() if column.is_new else row.taken_at
            row.save()
            known[key] = column
    return known


def _due(counts: dict[tuple[str, str], Counter[str]], asked: list[Question], known: Known) -> Known:
    due: Known = {}
    for question in asked:
        shown = {of: known[question.code, of] for of in Counted.values if (question.code, of) in known}
        for measure in Counted.values:
            beside = [column for other, column in shown.items() if other != measure]
            true = counts[question.code, measure]
            column = next_column(question, true.total(), true, shown.get(measure), beside)
            if column:
                due[question.code, measure] = shown[measure] = column
    return due


def _counted(edition: Edition) -> dict[tuple[str, str], Counter[str]]:
    """The true numbers. Two queries, however many proposals."""
    counts = {(question.code, measure): Counter[str]() for question in QUESTIONS for measure in Counted.values}
    rows = Proposal.objects.exclude(state=ProposalState.WITHDRAWN).filter(call__edition=edition)
    genders = dict(ProposalNeeds.objects.filter(proposal__call__edition=edition).values_list("proposal", "gender"))
    for pk, state, province, sector, first_time in rows.values_list("pk", "state", "province", "sector", "first_time"):
        said = {"gender": genders.get(pk, ""), "province": province, "sector": sector, "first_time": first_time}
        for code, answer in said.items():
            counts[code, Counted.PROPOSED.value][answer] += 1
            counts[code, Counted.ACCEPTED.value][answer] += state == ProposalState.ACCEPTED
    return counts


def _table(question: Question, known: Known) -> FiguresTable:
    kept = [known.get((question.code, measure)) for measure in Counted.values]
    columns = [column if column and column.lowest is not None else None for column in kept]
    rows = [
        (label, tuple(_range(column, answer) for column in columns))
        for answer, label in question.answers
        # For a sensitive question, a row that comes and goes would be noticed.
        if question.is_sensitive or any(column and (column.lowest or {}).get(answer) for column in columns)
    ]
    if len(rows) < len(question.answers):
        rows.append((_("Each of the others"), tuple(_range(column, "") for column in columns)))
    return FiguresTable(question.code, question.title, tuple(rows), tuple(_range(column) for column in columns))


def _range(column: Column | None, answer: str | None = None) -> Cell:
    """Of one answer, or of people in all."""
    if column is None:
        return Cell()
    if column.people == 0:
        return Cell(0, 0)
    lowest = lower_end(column.people) if answer is None else (column.lowest or {}).get(answer, 0)
    return Cell(lowest, lowest + STEP - 1)
