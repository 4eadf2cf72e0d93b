"""The gate that every table passes: a reader gives its rows one after the other, and no further than the limits."""

import time
from collections.abc import Iterable

from django.utils.translation import gettext as _

from agenda.importing.reading.rows import Table, Unreadable
from conference.files import limits
from conference.words import digits


class Clock:
    """Runs from the moment in which it is made."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + limits.SECONDS

    def check(self) -> None:
        if time.monotonic() > self._ends:
            raise Unreadable(_("This takes too long to be read at once. Paste one day at a time."))


def within_limits(rows: Iterable[list[str]]) -> Table:
    """All rows, or Unreadable with the reason in words. Empty cells and rows at the end are left."""
    table: Table = []
    cells, gap, clock = 0, 0, Clock()
    for row in rows:
        clock.check()
        cells += len(row) or 1  # a file need not have the empty rows of which it says that they are there
        if cells > limits.CELLS:
            said = _("This table has more than %(number)s cells. Paste one day at a time.")
            raise Unreadable(said % {"number": digits(limits.CELLS)})
        while row and not row[-1].strip():
            row.pop()
        if not row:
            gap += 1
            continue
        check_columns(row)
        if len(table) + gap >= limits.ROWS:
            said = _("This table has more than %(number)s rows. Paste one day at a time.")
            raise Unreadable(said % {"number": digits(limits.ROWS)})
        table += [*([] for _empty in range(gap)), row]
        gap = 0
    return table


def check_columns(row: list[str]) -> None:
    """For a reader too, while it is still making the row."""
    if len(row) > limits.COLUMNS:
        said = _(
            "This table has more than %(number)s columns. Send only those with the time, the title and the people."
        )
        raise Unreadable(said % {"number": digits(limits.COLUMNS)})


def check_depth(depth: int) -> None:
    if depth > limits.DEPTH:
        said = _(
            "This is nested more than %(number)s levels deep. Copy only the table into a new document and send that."
        )
        raise Unreadable(said % {"number": digits(limits.DEPTH)})
