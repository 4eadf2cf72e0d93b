"""The days that a participant comes, for a calendar: one entry a day, in their language.

The entries tell nothing of the person, and no link of theirs is in them: a calendar is often shared.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Event

from agenda.feeds import ical
from agenda.models import Day
from agenda.publishing import chosen
from conference import clock
from conference.models import Edition
from registration.models import Registration

NAME = "conference.ics"
TYPE = ical.TYPE


def of(registration: Registration, days: Iterable[Day]) -> bytes:
    """The days as agenda.publishing.chosen gives them."""
    calendar = ical.empty_calendar()
    with override(registration.language):
        for day in days:
            calendar.add_component(_event(registration.edition, day))
    content: bytes = calendar.to_ical()
    return content


def _event(edition: Edition, day: Day) -> Event:
    event = Event()
    # The same in every message: a calendar that has the day changes it, and adds no second one.
    event.add("uid", f"{edition.year}-{day.date}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", clock.now())
    begins, ends = _hours(edition, day)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", str(edition.title))
    if edition.where:
        event.add("location", edition.where)
    event.add("url", settings.SITE_URL + reverse("conference:home", args=[edition.year]))
    return event


def _hours(edition: Edition, day: Day) -> tuple[date, date]:
    """As advertised; else from the first session to the last; else the whole day."""
    hours: tuple[datetime, datetime] | None
    if edition.opens_at and edition.closes_at:
        hours = datetime.combine(day.date, edition.opens_at), datetime.combine(day.date, edition.closes_at)
    else:
        hours = chosen.hours(edition, day.date)
    if hours is None:
        return day.date, day.date + timedelta(days=1)
    return timezone.make_aware(hours[0]), timezone.make_aware(hours[1])
