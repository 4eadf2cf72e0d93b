"""How long a place is offered to a person who waits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from conference import clock
from registration.models import Intake

SHORTEST = timedelta(hours=2)  # a person who is called back in the afternoon must still be in time


def offered_until(intake: Intake, begin: Iterable[datetime]) -> datetime | None:
    """Until when the place is kept for a person whose days `begin` then; None where it is too late to offer it.

    For as many hours as the intake says, and never beyond the beginning of the first of these days. Near that day only
    for half of the time that is left, so that the next person can be asked as well.
    """
    now, begins = clock.now(), min(begin, default=None)
    if intake.edition.is_over or begins is None or begins <= now:
        return None
    left = begins - now
    hours = min(timedelta(hours=intake.offer_hours), max(left / 2, SHORTEST))
    return min(now + hours, begins)
