"""The days that a participant comes, for a calendar: one entry a day, in their language.

The entries tell nothing of the person, and no link of theirs is in them: a calendar is often shared.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar, Event

from agenda.feeds.ical import time_zone
from agenda.models import Session

NAME = "conference.ics"
TYPE = "text/calendar"


def of(registration, days):
    calendar = Calendar()
    calendar.add("prodid", "-//Open Development Cambodia//National Open Data Conference//EN")
    calendar.add("version", "2.0")
    calendar.add_component(time_zone())
    with override(registration.language):
        for day in days:
            calendar.add_component(_event(registration.edition, day, registration.language))
    return calendar.to_ical()


def _event(edition, day, language):
    event = Event()
    # The same in every message: a calendar that has the day changes it, and adds no second one.
    event.add("uid", f"{edition.year}-{day.date}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", timezone.now())
    begins, ends = _hours(edition, day)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", str(edition.title), parameters={"language": language})
    if edition.where:
        event.add("location", edition.where, parameters={"language": language})
    event.add("url", settings.SITE_URL + reverse("conference:home", args=[edition.year]))
    return event


def _hours(edition, day):
    """As advertised; else from the first session to the last; else the whole day."""
    first, last = edition.opens_at, edition.closes_at
    if first is None:
        first, last = _first_and_last(day)
    if first is None:
        return day.date, day.date + timedelta(days=1)
    return tuple(timezone.make_aware(datetime.combine(day.date, time)) for time in (first, last))


def _first_and_last(day):
    hours = Session.objects.public().filter(day=day).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    return hours["first"], hours["last"]
