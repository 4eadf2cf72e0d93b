"""How long a place is offered to a person who waits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from agenda.models import Day
from conference import clock
from registration.models import Intake

SHORTEST = timedelta(hours=2)  # a person who is called back in the afternoon must still be in time


def offered_until(intake: Intake, days: Iterable[Day]) -> datetime | None:
    """Until when the place is kept for a person who comes on these days; None where it is too late to offer it.

    For as many hours as the intake says, and never beyond the beginning of the person's first day. Near that day only
    for half of the time that is left, so that the next person can be asked as well.
    """
    now, edition = clock.now(), intake.edition
    begins = edition.begins_at(min((day.date for day in days), default=edition.starts_on))
    left = begins - now
    if edition.is_over or left <= timedelta(0):
        return None
    hours = min(timedelta(hours=intake.offer_hours), max(left / 2, SHORTEST))
    return min(now + hours, begins)
