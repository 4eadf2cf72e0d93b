"""How many had registered by the end of which day, against the goal of the edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conference.models import Edition
from registration.figures.columns import STEP
from registration.figures.gather import Counts
from registration.figures.measures import SIGNED_UP, Measure
from registration.figures.snapshots import snapshots_of
from registration.figures.tables import Cell

MOST_ROWS = 30


@dataclass(frozen=True)
class Growth:
    days: tuple[tuple[date, Cell], ...]  # those on which the number became another one, and the last
    goal: int | None

    @property
    def rows(self) -> list[tuple[date, Cell]]:
        """As many as a reader takes in: each day, or each so many, and always the last."""
        step = -(-len(self.days) // MOST_ROWS) or 1
        return list(reversed(self.days[::-1][::step]))


def true_growth(edition: Edition, counts: Counts) -> Growth:
    numbers = counts.column(SIGNED_UP.code, Measure.REGISTERED)
    return Growth(
        tuple((day, Cell(number, number)) for day, number in _by_day(numbers.items())), edition.expected_participants
    )


def growth_to_pass_on(edition: Edition) -> Growth:
    """In steps of five, until the day on which the snapshot was taken."""
    column = snapshots_of(edition).get((SIGNED_UP.code, Measure.REGISTERED))
    numbers: list[tuple[date, int]] = []
    if column and column.lowest and column.taken_at:
        for day, lowest in _by_day(column.lowest.items()):
            if not numbers or numbers[-1][1] != lowest:
                numbers.append((day, lowest))
        last = timezone.localdate(column.taken_at)
        if numbers[-1][0] < last:
            numbers.append((last, numbers[-1][1]))
    return Growth(tuple((day, Cell(low, low + STEP - 1)) for day, low in numbers), edition.expected_participants)


def _by_day(numbers: Iterable[tuple[str, int]]) -> list[tuple[date, int]]:
    return sorted((date.fromisoformat(day), number) for day, number in numbers)
