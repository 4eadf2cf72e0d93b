"""The days that a participant comes, for a calendar: one entry a day, in their language.

The entries tell nothing of the person, and no link of theirs is in them: a calendar is often shared.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Event

from agenda.feeds import ical
from agenda.models import Day, Session
from conference import clock
from conference.models import Edition
from registration.models import Registration

NAME = "conference.ics"
TYPE = ical.TYPE


def of(registration: Registration, days: Iterable[Day]) -> bytes:
    calendar = ical.empty_calendar()
    with override(registration.language):
        for day in days:
            calendar.add_component(_event(registration.edition, day, registration.language))
    content: bytes = calendar.to_ical()
    return content


def _event(edition: Edition, day: Day, language: str) -> Event:
    event = Event()
    # The same in every message: a calendar that has the day changes it, and adds no second one.
    event.add("uid", f"{edition.year}-{day.date}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", clock.now())
    begins, ends = _hours(edition, day)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", str(edition.title), parameters={"language": language})
    if edition.where:
        event.add("location", edition.where, parameters={"language": language})
    event.add("url", settings.SITE_URL + reverse("conference:home", args=[edition.year]))
    return event


def _hours(edition: Edition, day: Day) -> tuple[date, date]:
    """As advertised; else from the first session to the last; else the whole day."""
    first, last = edition.opens_at, edition.closes_at
    if first is None or last is None:
        hours = Session.objects.public().filter(day=day).aggregate(first=Min("starts_at"), last=Max("ends_at"))
        first, last = hours["first"], hours["last"]
    if first is None or last is None:
        return day.date, day.date + timedelta(days=1)
    begins, ends = datetime.combine(day.date, first), datetime.combine(day.date, last)
    return timezone.make_aware(begins), timezone.make_aware(ends)
