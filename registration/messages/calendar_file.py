"""The days that a participant comes, for a calendar: one entry a day, in their language; and what takes days out.

The entries tell nothing of the person, and no link of theirs is in them: a calendar is often shared.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Event

from agenda.feeds import ical
from agenda.feeds.words import with_status
from agenda.models import Day
from agenda.publishing import chosen
from conference import clock
from conference.models import Edition
from registration.choices import GIVEN_UP, Change, MessageKind, Status
from registration.models import Registration

NAME, NAME_TAKING_OUT = "conference.ics", "cancelled.ics"
TYPE = ical.TYPE
TYPE_TAKING_OUT = f"{TYPE}; method=CANCEL"
SALT = "registration.calendar_file"
SEQUENCE_BEGINS = datetime(2024, 1, 1, tzinfo=UTC)


def of(registration: Registration, days: Iterable[Day], gone: Iterable[Day] = ()) -> bytes:
    """The days as agenda.publishing.chosen gives them. Those in `gone` are taken out."""
    calendar = ical.empty_calendar()
    with override(registration.language):
        for day in days:
            calendar.add_component(_event(registration, day))
        for day in gone:
            calendar.add_component(_event(registration, day, is_cancelled=True))
    content: bytes = calendar.to_ical()
    return content


def taking_out(registration: Registration, days: Iterable[Day]) -> bytes:
    """Takes days out of a calendar that has them (RFC 5546, 3.2.5). One that has not leaves the file aside."""
    calendar = ical.empty_calendar()
    calendar.add("method", "CANCEL")
    with override(registration.language):
        for day in days:
            event = _event(registration, day, is_cancelled=True)
            event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def for_message(kind: str, registration: Registration, days: list[Day]) -> list[tuple[str, bytes, str]]:
    """The files that go with a message: name, content, type."""
    files = []
    if kind in (MessageKind.CONFIRMED, MessageKind.REMINDER, MessageKind.DAYS):
        files.append((NAME, of(registration, days), TYPE))
    if kind == MessageKind.DAYS:
        gone = given_up(registration, days)
    else:
        gone = days if kind in (MessageKind.CANCELLED, MessageKind.DECLINED) and may_have_days(registration) else []
    if gone:
        files.append((NAME_TAKING_OUT, taking_out(registration, gone), TYPE_TAKING_OUT))
    return files


def for_own_page(registration: Registration, days: list[Day]) -> bytes | None:
    """What the own page gives: the days, or what takes them out; None for a person who never had a place."""
    if registration.status == Status.CONFIRMED:
        return of(registration, days, given_up(registration, days))
    return taking_out(registration, days) if has_days_to_take_out(registration) else None


def has_days_to_take_out(registration: Registration) -> bool:
    return registration.status in GIVEN_UP and may_have_days(registration)


def may_have_days(registration: Registration) -> bool:
    """The person had a place once: a message brought the days, or the own page offered them."""
    return registration.messages.filter(kind=MessageKind.CONFIRMED).exists()


def given_up(registration: Registration, days: Iterable[Day]) -> list[Day]:
    """The days on which a participant whose days were changed does not come; which of them were theirs is not kept."""
    changes = registration.steps.filter(what=Change.ANSWERS).values_list("columns", flat=True)
    if not any("days" in columns for columns in changes):
        return []
    kept = set(days)
    return [day for day in chosen.days(registration.edition) if day not in kept]


def _event(registration: Registration, day: Day, *, is_cancelled: bool = False) -> Event:
    event, edition, now = Event(), registration.edition, clock.now()
    # The same in every message: a calendar that has the day changes it, and adds no second one. No other person's
    # entry has it, so that nothing is taken out for two people who share a calendar.
    uid = salted_hmac(SALT, f"{registration.pk} {day.pk}", algorithm="sha256").hexdigest()[:32]
    event.add("uid", f"{uid}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", now)
    event.add("sequence", int((now - SEQUENCE_BEGINS).total_seconds()))  # the later file counts
    begins, ends = _hours(edition, day)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", with_status(str(edition.title), _("cancelled") if is_cancelled else ""))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
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
