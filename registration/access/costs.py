"""Arrangements in numbers: what access costs, and how many need what. Nobody's name is in either.

The need is encrypted: what the database would group is grouped here.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from conference.words import date_only
from registration.choices import ArrangementState, Currency
from registration.models import Arrangement
from registration.models.arrangement import NEEDS

FONT = {"font_name": "Noto Sans Khmer", "valign": "top"}


@dataclass(frozen=True)
class Line:
    """One need, or all together."""

    label: str
    people: int
    still_open: int
    usd: Decimal
    khr: Decimal


def costs(edition) -> list[Line]:
    """A line for each need that anybody has; what was paid for who does not come after all is in it."""
    rows = list(Arrangement.objects.of_edition(edition).only("need", "cost", "currency"))
    coming = set(Arrangement.objects.of_edition(edition).coming().values_list("pk", flat=True))
    still_open = set(Arrangement.objects.of_edition(edition).open().values_list("pk", flat=True))
    return [
        Line(label, _among(of_need, coming), _among(of_need, still_open), *_sums(of_need))
        for label, of_need in _by_need(rows)
    ]


def in_all(lines) -> Line:
    """People are counted once for each need; the label says so."""
    columns = zip(*((line.people, line.still_open, line.usd, line.khr) for line in lines), strict=True)
    return Line(_("All arrangements"), *([sum(column) for column in columns] or [0, 0, Decimal(0), Decimal(0)]))


def _by_need(rows):
    """In the order of the form."""
    labels = dict(NEEDS)
    have = {row.need for row in rows}
    for need in [*filter(have.__contains__, labels), *(have - labels.keys())]:
        yield str(labels.get(need, need)), [row for row in rows if row.need == need]


def _among(rows, keys):
    return len({row.pk for row in rows} & keys)


def _sums(rows):
    return [
        sum((row.cost for row in rows if row.currency == currency), Decimal(0))
        for currency in (Currency.USD, Currency.KHR)
    ]


def counts(edition) -> list[tuple]:
    """(need, how many on each day, how many people) of all that can be arranged for who comes."""
    rows = Arrangement.objects.of_edition(edition).coming().exclude(state=ArrangementState.NOT_POSSIBLE)
    rows = list(rows.select_related("answers__registration").prefetch_related("answers__registration__days"))
    return [(label, _on_each_day(of_need), len(of_need)) for label, of_need in _by_need(rows)]


def _on_each_day(rows):
    return Counter(day.date for row in rows for day in row.answers.registration.days.all())


def counts_xlsx(edition, rows) -> bytes:
    days = [day.date for day in edition.days.all()]
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        body, bold = book.add_format({**FONT, "text_wrap": True}), book.add_format({**FONT, "bold": True})
        sheet = book.add_worksheet(_("Access"))
        sheet.set_paper(9)  # A4
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, len(days) + 1, 18)
        for column, heading in enumerate([_("Need"), *map(date_only, days), _("People in all")]):
            sheet.write_string(0, column, str(heading), bold)
        for line, (label, on_day, people) in enumerate(rows, start=1):
            sheet.write_string(line, 0, label, body)
            for column, number in enumerate([*(on_day[day] for day in days), people], start=1):
                sheet.write_number(line, column, number, body)
    return out.getvalue()
