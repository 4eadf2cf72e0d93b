"""Hiding the numbers of a table that would tell about fewer than five people, by themselves or together.

It is not enough to hide small numbers, because readers know the totals. A number counts as hidden only if another
table could look the same to a reader who knows the totals, and knows which measure lies within which. Numbers that
are hidden together must stand for five people or more. In a sensitive table this holds for the difference of two
measures as well: a reader must not find the one person who stayed away by taking “attended” from “registered”.

What does not hold: a reader could run this very code over all tables that are possible, and see which of them come
out like the one that is shown. With four rows, one or two tables in a hundred tell such a reader more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SMALLEST = 5  # people that a number may tell about


class Measure(TextChoices):
    REGISTERED = "registered", pgettext_lazy("number of people", "Registered")
    CONFIRMED = "confirmed", pgettext_lazy("number of people", "Confirmed")
    ATTENDED = "attended", pgettext_lazy("number of people", "Attended")
    TRAVELLED = "travelled", pgettext_lazy("number of people", "Travelled")


# Where two measures cannot both be shown, the earlier one is.
MOST_WANTED = [Measure.ATTENDED, Measure.REGISTERED, Measure.TRAVELLED, Measure.CONFIRMED]
# The first lies within the second. That who attends was confirmed is only likely, but a reader may count on it.
WITHIN = [
    (Measure.CONFIRMED, Measure.REGISTERED),
    (Measure.ATTENDED, Measure.REGISTERED),
    (Measure.ATTENDED, Measure.CONFIRMED),
    (Measure.TRAVELLED, Measure.REGISTERED),
    (Measure.TRAVELLED, Measure.CONFIRMED),
]


class Mark(TextChoices):
    SHOWN = "shown", ""
    SMALL = "small", _("fewer than 5")
    HIDDEN = "hidden", _("not shown")


@dataclass(frozen=True)
class Cell:
    count: int | None  # None where it is hidden
    mark: Mark = Mark.SHOWN


@dataclass(frozen=True)
class Row:
    label: str | Promise
    cells: tuple[Cell, ...]  # in the order of Measure
    is_alone: bool = True  # the people in this row are in no other row


@dataclass(frozen=True)
class Table:
    code: str
    title: str | Promise
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]  # of people, not of rows
    is_sensitive: bool = False


def hide_small(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Totals are hidden only if they are small themselves: all readers know about how many people came."""
    return tuple(
        Cell(None, Mark.SMALL) if cell.count is not None and 0 < cell.count < SMALLEST else cell for cell in cells
    )


def suppress(table: Table) -> Table:
    """The same table without the numbers that would tell about fewer than five people, by themselves or together."""
    hiding = _Hiding(table)
    hiding.settle()
    rows = [
        replace(row, cells=tuple(hiding.cell(measure, number) for measure in Measure))
        for number, row in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows), totals=hide_small(table.totals))


class _Hiding:
    """One table on its way to being shown: what is hidden, and what a reader could still work out."""

    def __init__(self, table: Table) -> None:
        """In the table that comes in, every cell has its number."""
        self.rows = range(len(table.rows))
        self.is_sensitive, self.is_alone = table.is_sensitive, [row.is_alone for row in table.rows]
        self.least = 0 if table.is_sensitive else 1  # the smallest number that is hidden
        self.total = {measure: cell.count or 0 for measure, cell in zip(Measure, table.totals, strict=True)}
        self.count = {
            measure: [row.cells[place].count or 0 for row in table.rows] for place, measure in enumerate(Measure)
        }
        within = [
            (inner, outer)
            for inner, outer in WITHIN
            if all(a <= b for a, b in zip(self.count[inner], self.count[outer], strict=True))
        ]
        self.same_as: dict[Measure, Measure] = {}  # measure -> the one that counts the very same people
        for inner, outer in within:
            if (self.total[inner], self.count[inner]) == (self.total[outer], self.count[outer]):
                self.same_as.setdefault(inner, self.same_as.get(outer, outer))
        own = [measure for measure in MOST_WANTED if measure not in self.same_as]
        self.within = [pair for pair in within if set(pair) <= set(own)]
        self.measures = [measure for measure in own if self.total[measure] >= SMALLEST]
        self.withheld: set[Measure] = set()  # measures of which this table shows nothing
        self.mark = {measure: [self._first_mark(measure, row) for row in self.rows] for measure in own}

    def cell(self, measure: Measure, row: int) -> Cell:
        mark = self.mark[self.same_as.get(measure, measure)][row]
        return Cell(self.count[measure][row] if mark == Mark.SHOWN else None, mark)

    def settle(self) -> None:
        """Hides differences that are too small, then the next smallest number while any can be worked out."""
        for wanted, other in self._told_apart():
            for row in self.rows:
                difference = abs(self.count[wanted][row] - self.count[other][row])
                left = abs(self.total[wanted] - self.total[other]) - difference
                tells = self._is_small(difference) or (not self.is_alone[row] and self._is_small(left))
                if tells and self.mark[wanted][row] == self.mark[other][row] == Mark.SHOWN:
                    self.mark[other][row] = Mark.HIDDEN
        while self.withheld != set(self.measures):
            weak = next((measure for measure in reversed(self.measures) if self._is_weak(measure)), None)
            if weak is None:
                return
            # In this column if that can help, else in those that hold it fast, the least wanted first.
            others = [other for other in reversed(self.measures) if other != weak]
            others.sort(key=lambda other: not {(weak, other), (other, weak)} & set(self.within))
            for measure in [weak, *others]:
                next_row = self._next_to_hide(measure)
                if next_row is not None:
                    self.mark[measure][next_row] = Mark.HIDDEN
                    break
                if measure not in self.withheld:
                    self.withheld.add(measure)
                    self.mark[measure] = [Mark.HIDDEN for _row in self.rows]
                    break

    def _first_mark(self, measure: Measure, row: int) -> Mark:
        total, count = self.total[measure], self.count[measure][row]
        if total == 0:
            return Mark.SHOWN  # there is no person to be told about
        if total < SMALLEST:  # the total is hidden too: with its zeros shown, four small numbers would all be 1
            around = [outer for inner, outer in self.within if inner == measure and self.total[outer] >= SMALLEST]
            is_plain = not self.is_sensitive and any(self.count[outer][row] == 0 for outer in around)
            return Mark.SHOWN if is_plain else Mark.SMALL
        if self._is_small(count):
            return Mark.SMALL
        is_nearly_everybody = not self.is_alone[row] and self._is_small(total - count)
        return Mark.HIDDEN if self.is_sensitive and is_nearly_everybody else Mark.SHOWN

    def _next_to_hide(self, measure: Measure) -> int | None:
        """The smallest number that is shown, in a row of its own if there is one."""
        shown = [row for row in self._shown(measure) if self.count[measure][row] >= SMALLEST]
        return min(shown, key=lambda row: (not self.is_alone[row], self.count[measure][row]), default=None)

    def _is_weak(self, measure: Measure) -> bool:
        """A reader could work out something about fewer than five people."""
        # What two measures show of some rows tells how much they differ in all the other rows together.
        for wanted, other in self._told_apart(measure):
            both = [row for row in self._shown(wanted) if row in self._shown(other) and self.is_alone[row]]
            told = sum(abs(self.count[wanted][row] - self.count[other][row]) for row in both)
            if 0 < len(both) < len(self.rows) and abs(self.total[wanted] - self.total[other]) - told < SMALLEST:
                return True
        hidden = self._hidden(measure)
        if not hidden:
            return False
        together = self.total[measure] - sum(
            self.count[measure][row] for row in self._shown(measure) if self.is_alone[row]
        )
        if together < SMALLEST:
            return True
        # Only small numbers, all nearly as large or as small as they can be: hiding one more must not say which.
        are_small = all(self.mark[measure][row] == Mark.SMALL and self.is_alone[row] for row in hidden)
        if are_small and not self.least * len(hidden) + 2 <= together <= (SMALLEST - 1) * len(hidden) - 2:
            return True
        return not all(self._is_open(measure, row) for row in hidden)

    def _told_apart(self, last: Measure | None = None) -> list[tuple[Measure, Measure]]:
        """In a sensitive table a difference is a number as well. The more wanted measure comes first."""
        pairs = combinations(self.measures, 2) if self.is_sensitive else []
        return [pair for pair in pairs if last in (None, pair[1]) and {pair, pair[::-1]} & set(self.within)]

    def _is_open(self, measure: Measure, row: int) -> bool:
        """With one person more or fewer in this row the table could look the same.

        That person may come from another hidden row, and may be counted in several measures.
        """
        rest = [other for other in self.measures if other != measure]
        bundles = [{measure, *also} for size in range(len(rest) + 1) for also in combinations(rest, size)]
        changes = [{row: step} for step in (1, -1)]
        changes += [{row: step, other: -step} for other in self._hidden(measure) if other != row for step in (1, -1)]
        return any(self._looks_the_same(bundle, change) for bundle in bundles for change in changes)

    def _looks_the_same(self, measures: set[Measure], change: dict[int, int]) -> bool:
        """With this change (row -> people) in these measures, the table would come out with the same marks."""

        def value(measure: Measure, row: int) -> int:
            return self.count[measure][row] + (change.get(row, 0) if measure in measures else 0)

        if not all(self._may_be(measure, row, value(measure, row)) for measure in measures for row in change):
            return False
        if any(value(inner, row) > value(outer, row) for inner, outer in self.within for row in change):
            return False
        for measure in measures:  # people who are in no row of their own are in at least one of the others
            rest = self.total[measure] - sum(value(measure, row) for row in self.rows if self.is_alone[row])
            shared = [value(measure, row) for row in self.rows if not self.is_alone[row]]
            if not max(shared, default=0) <= rest <= sum(shared):
                return False
        return True

    def _may_be(self, measure: Measure, row: int, value: int) -> bool:
        """As far as its mark tells. A number hidden for another one’s sake is smaller than those that are shown."""
        if self.mark[measure][row] == Mark.SMALL:
            return self.least <= value < SMALLEST
        if measure in self.withheld:
            return 0 <= value <= self.total[measure]
        next_one = self._next_to_hide(measure)  # what is hidden already came before it
        most = self.total[measure] if next_one is None else self.count[measure][next_one] - (next_one < row)
        return self.mark[measure][row] == Mark.HIDDEN and SMALLEST <= value <= max(most, self.count[measure][row])

    def _is_small(self, count: int) -> bool:
        return self.least <= count < SMALLEST

    def _shown(self, measure: Measure) -> list[int]:
        return [row for row in self.rows if self.mark[measure][row] == Mark.SHOWN]

    def _hidden(self, measure: Measure) -> list[int]:
        return [row for row in self.rows if self.mark[measure][row] != Mark.SHOWN]
