"""The days of a conference as the desk counts them: from 1, in the order in which they are published."""

from typing import NamedTuple

from agenda.models import Day
from agenda.publishing import chosen
from conference import clock
from conference.models import Edition


class DeskDay(NamedTuple):
    number: int
    day: Day  # as it is published

    @property
    def is_today(self) -> bool:
        return self.day.date == clock.today()

    @property
    def has_come(self) -> bool:
        return self.day.date <= clock.today()


def days_of(edition: Edition) -> list[DeskDay]:
    """In one query. A published day that the draft has lost keeps its number, as in the agenda and the day pack."""
    programme, days = chosen.programme_and_days(edition)
    numbers = {day.date: day.number for day in programme.days}
    return [DeskDay(numbers[day.date], day) for day in days]


def day_to_show(days: list[DeskDay]) -> DeskDay | None:
    """Today; before the first day that one, and afterwards the last that has come. None without any day."""
    come = [one for one in days if one.has_come]
    return come[-1] if come else next(iter(days), None)
