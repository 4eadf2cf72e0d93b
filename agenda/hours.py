"""From when to when a session of a day is. Pure: whatever compares or combines the times of sessions asks here.

A day of the conference goes on into the night. A session from 20:00 to 0:30 is one of the day on which it begins, and
so is the session from 0:30 to 2:00 that follows.
"""

from datetime import date, datetime, time, timedelta

Times = tuple[time, time]  # from when to when
Span = tuple[timedelta, timedelta]  # the same, counted from the midnight with which the day begins

NIGHT_ENDS = time(4)
# Twelve hours before the night ends. So a time on a clock of twelve hours is never taken for one of the night: from
# 14:00 to 4:00, from 17:45 to 8:00 are mistakes.
EVENING = time(16)
LAST = timedelta(days=2) - timedelta.resolution  # after all others: where a session has no times
YEARS = range(1900, 2201)  # in which a conference is. The first and the last day of the calendar have no neighbour
_DAY = timedelta(days=1)


def date_of_a_conference(year: int, month: int, day: int) -> date | None:
    """None where there is no such date, or where it is far from every conference."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def is_possible(starts_at: time, ends_at: time) -> bool:
    """The end is after the beginning; or the session begins in the evening, and the end is in the night."""
    return ends_at > starts_at or (starts_at >= EVENING and ends_at <= NIGHT_ENDS)


def span(starts_at: time, ends_at: time) -> Span:
    begins, ends = _since_midnight(starts_at), _since_midnight(ends_at)
    if ends_at < starts_at:
        return begins, ends + _DAY
    if starts_at < NIGHT_ENDS and ends_at <= NIGHT_ENDS:
        return begins + _DAY, ends + _DAY
    return begins, ends


def moments(day: date, starts_at: time, ends_at: time) -> tuple[datetime, datetime]:
    """In the time of the hall. The end, and the beginning too, may be on the date after that of the day."""
    midnight = datetime.combine(day, time.min)
    begins, ends = span(starts_at, ends_at)
    return midnight + begins, midnight + ends


def times(of: Span) -> Times:
    """As the clock on the wall says them."""
    begins, ends = of
    return (datetime.min + begins).time(), (datetime.min + ends).time()


def _since_midnight(moment: time) -> timedelta:
    return datetime.combine(date.min, moment) - datetime.min
