"""Which days of an edition are still to come, by the dates that are published."""

import datetime
from collections.abc import Iterable

from agenda.models import Day
from agenda.publishing import chosen
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
    """When each day of an edition begins. A day that only the draft has goes by the draft."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._dates = {day.pk: day.date for day in chosen.days(edition)}

    def still_to_come(self, days: Iterable[Day]) -> dict[Day, datetime.datetime]:
        """Those of these days that have not begun, and when each begins."""
        begins = {day: self._edition.begins_at(self._dates.get(day.pk, day.date)) for day in days}
        return {day: moment for day, moment in begins.items() if moment > clock.now()}
