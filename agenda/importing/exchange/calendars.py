"""A calendar (.ics): of Sched, of Indico, of Google Calendar and of this site."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar

from agenda.importing.exchange import texts
from agenda.importing.exchange.event import Event, Unread, at_home, day_of, links_of, why_not
from agenda.importing.exchange.programs import Found
from agenda.importing.reading.rows import Unreadable

_AN_HOUR = datetime.timedelta(hours=1)
_TAKEN = {
    *(
        "SUMMARY",
        "DESCRIPTION",
        "X-ALT-DESC",
        "DTSTART",
        "DTEND",
        "DURATION",
        "LOCATION",
        "CATEGORIES",
        "STATUS",
        "URL",
    ),
    *(
        "ATTACH",
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "CREATED",
        "SEQUENCE",
        "CLASS",
        "TRANSP",
        "GEO",
        "PRIORITY",
        "RRULE",
    ),
    *("RDATE", "EXDATE", "RECURRENCE-ID", "X-WR-CALNAME", "CONFERENCE"),
}


def read_calendar(text: str) -> Found:
    found = Found()
    try:
        # Lines that are not folded as they must be, and a byte-order mark, are no reason to read nothing.
        calendars: Any = Calendar.from_ical(text.lstrip("\ufeff \r\n\t"), multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as error:
        raise Unreadable(_("This is no calendar that can be read: it is cut off or damaged.")) from error
    if not events or len(events) < len(re.findall(r"^BEGIN:VEVENT\s*$", text, re.IGNORECASE | re.MULTILINE)):
        raise Unreadable(_("This is no calendar that can be read: it is cut off or damaged."))
    for event in events:
        number, title = found.number(), texts.line(_text(event, "SUMMARY"))
        try:
            read = _event(event, number, title)
        except Exception:  # icalendar gives what a damaged line holds, of any type
            read = Unread(number, title, _("It has no time that can be read."))
        if isinstance(read, Unread):
            found.unread.append(read)
        else:
            found.events.append(read)
    found.events.sort(key=lambda event: (event.date, event.starts_at or datetime.time()))
    return found


def _event(event: Any, number: int, title: str) -> Event | Unread:
    if not title:
        return Unread(number, texts.line(_text(event, "LOCATION")), _("It has no title."))
    if event.get("RRULE") or event.get("RDATE"):
        reason = _("It comes again and again. Write it once for each of its days.")
        return Unread(number, title, reason)
    begins = event.get("DTSTART")
    if begins is None:
        return Unread(number, title, _("It has no time that can be read."))
    if not isinstance(begins.dt, datetime.datetime):
        return Unread(number, title, _("It lasts the whole day, %(day)s: a session has times.") % {"day": begins.dt})
    starts = at_home(begins.dt)
    ends, doubt = _end(event, starts)
    if reason := why_not(starts, ends):
        return Unread(number, title, reason)
    links, no_links = links_of([("", event.get("URL")), *(("", one) for one in _each(event.get("ATTACH")))])
    categories = [texts.line(one) for one in _categories(event)]
    return Event(
        row=number,
        title=texts.in_language(title),
        date=day_of(starts, ends),
        starts_at=starts.time().replace(second=0, microsecond=0),
        ends_at=ends.time().replace(second=0, microsecond=0),
        guid=texts.line(_text(event, "UID")).lower(),
        description=texts.in_language(texts.plain(_text(event, "DESCRIPTION") or _text(event, "X-ALT-DESC"))),
        state=texts.line(_text(event, "STATUS")).lower(),
        room=texts.in_language(texts.line(_text(event, "LOCATION"))),
        track=texts.in_language(categories[0] if categories else ""),
        links=tuple(links),
        left=(*categories[1:], *no_links, *_guests(event), *_more(event)),
        doubt=doubt,
    )


def _end(event: Any, begins: datetime.datetime) -> tuple[datetime.datetime, str]:
    if event.get("DTEND") is not None and isinstance(event.get("DTEND").dt, datetime.datetime):
        return at_home(event.get("DTEND").dt), ""
    if event.get("DURATION") is not None:
        return begins + event.get("DURATION").dt, ""
    ends = begins + _AN_HOUR
    return ends, _("It says no end: taken as %(time)s.") % {"time": f"{ends:%H:%M}"}


def _guests(event: Any) -> Iterator[str]:
    """Who is invited to a meeting is no speaker, and no public page names such a person. Staff see who is left out."""
    for one in _each(event.get("ATTENDEE")):
        name = texts.line(getattr(one, "params", {}).get("CN", ""))
        if name and "@" not in name:
            yield name


def _categories(event: Any) -> Iterator[str]:
    for one in _each(event.get("CATEGORIES")):
        for category in getattr(one, "cats", [one]):
            yield str(category)


def _more(event: Any) -> Iterator[str]:
    for key, value in event.items():
        for one in _each(value):
            words = texts.plain(str(one))
            if key == "ORGANIZER":
                words = texts.line(getattr(one, "params", {}).get("CN", ""))
            if key not in _TAKEN | {"ATTENDEE"} and re.search(r"[^\W\d_]", words) and not key.startswith("X-"):
                yield f"{key.lower()}: {words}"


def _text(event: Any, name: str) -> str:
    """The first, where a line stands twice."""
    value = next(iter(_each(event.get(name))), "")
    return str(value)


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
