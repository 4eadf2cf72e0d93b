"""Arrangements in numbers: what access costs, and how many participants need what. No name is in either.

A need is encrypted, so the database cannot group by it: it is grouped here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from agenda.publishing import chosen
from conference.files.sheets import add_format, add_sheet, write_row
from conference.models import Edition
from conference.words import date_only
from registration.choices import ArrangementState, Currency
from registration.models import Arrangement
from registration.models.arrangement import NEEDS


@dataclass(frozen=True)
class CostOfNeed:
    """What one need costs, or all needs together."""

    label: str
    people: int
    still_open: int
    usd: Decimal
    khr: Decimal


@dataclass(frozen=True)
class CountOfNeed:
    """How many participants have one need."""

    label: str
    on_day: Counter[date]
    people: int


def costs(edition: Edition) -> list[CostOfNeed]:
    """For each need that any participant has. Money for a participant who does not come after all is counted too."""
    of_edition = Arrangement.objects.of_edition(edition)
    coming = set(of_edition.coming().values_list("pk", flat=True))
    still_open = set(of_edition.open().values_list("pk", flat=True))
    lines = []
    for label, rows in _by_need(list(of_edition.only("need", "cost", "currency"))):
        keys = {row.pk for row in rows}
        costs_in = {Currency.USD: Decimal(0), Currency.KHR: Decimal(0)}
        for row in rows:
            if row.cost is not None:
                costs_in[Currency(row.currency)] += row.cost
        usd, khr = costs_in[Currency.USD], costs_in[Currency.KHR]
        lines.append(CostOfNeed(label, len(keys & coming), len(keys & still_open), usd, khr))
    return lines


def in_all(lines: list[CostOfNeed]) -> CostOfNeed:
    """A participant with two needs is counted twice: the label speaks of arrangements, not of people."""
    return CostOfNeed(
        _("All arrangements"),
        people=sum(line.people for line in lines),
        still_open=sum(line.still_open for line in lines),
        usd=sum((line.usd for line in lines), Decimal(0)),
        khr=sum((line.khr for line in lines), Decimal(0)),
    )


def counts(edition: Edition) -> list[CountOfNeed]:
    """All that can be arranged for participants who come."""
    possible = Arrangement.objects.of_edition(edition).coming().exclude(state=ArrangementState.NOT_POSSIBLE)
    dates = {day.pk: day.date for day in chosen.days(edition)}
    possible = possible.select_related("answers__registration").prefetch_related("answers__registration__days")
    return [
        CountOfNeed(
            label,
            on_day=Counter(
                dates[day.pk] for row in rows for day in row.answers.registration.days.all() if day.pk in dates
            ),
            people=len(rows),
        )
        for label, rows in _by_need(list(possible))
    ]


def _by_need(arrangements: list[Arrangement]) -> Iterator[tuple[str, list[Arrangement]]]:
    """In the order of the form; a need of an earlier form comes last, under the word that was stored."""
    labels = dict(NEEDS)
    have = {row.need for row in arrangements}
    for need in [*filter(have.__contains__, labels), *(have - labels.keys())]:
        yield str(labels.get(need, need)), [row for row in arrangements if row.need == need]


def counts_xlsx(edition: Edition, needs: list[CountOfNeed]) -> bytes:
    days = [day.date for day in chosen.days(edition)]
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        body, bold = add_format(book, text_wrap=True), add_format(book, bold=True)
        sheet = add_sheet(book, _("Access"))
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, len(days) + 1, 18)
        write_row(sheet, 0, [_("Need"), *map(date_only, days), _("People in all")], bold)
        for line, need in enumerate(needs, start=1):
            write_row(sheet, line, [need.label, *(need.on_day[day] for day in days), need.people], body)
    return out.getvalue()
