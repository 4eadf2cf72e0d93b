"""Which days of an edition are still to come, by the dates that are published."""

import datetime
from collections.abc import Iterable

from agenda.models import Day
from agenda.publishing import chosen
from agenda.publishing.offered import takes_place
from conference import clock
from conference.models import Edition


def is_past(edition: Edition, date: datetime.date) -> bool:
    """A day that is over is neither offered nor counted. After the last day none is: staff note who was there."""
    return date < clock.today() and not edition.is_over


def past(edition: Edition) -> set[int]:
    """The keys of the days that are over. Before the first day nothing is asked."""
    if clock.today() <= edition.starts_on:
        return set()
    return {day.pk for day in chosen.days(edition) if is_past(edition, day.date)}


class Beginnings:
    """When each day of an edition begins. A day that only the draft has goes by the draft.

    What is still to come is so for all who are asked about: the moment is that of the first look.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition, self._now = edition, clock.now()
        programme, days = chosen.programme_and_days(edition)
        cancelled = {day.date for day in programme.days if not takes_place(day)}
        self._dates = {day.pk: day.date for day in days}
        self._cancelled = {day.pk for day in days if day.date in cancelled}

    def still_to_come(self, days: Iterable[Day]) -> dict[Day, datetime.datetime]:
        """Those of these days that have not begun, and when each begins."""
        begins = {day: self._edition.begins_at(self._dates.get(day.pk, day.date)) for day in days}
        return {day: moment for day, moment in begins.items() if moment > self._now}

    def of_places(self, days: Iterable[Day]) -> list[datetime.datetime]:
        """When those of these days begin on which a place is worth something: still to come, and not cancelled."""
        return [moment for day, moment in self.still_to_come(days).items() if day.pk not in self._cancelled]
