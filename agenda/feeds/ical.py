"""The programme for calendars (iCalendar, RFC 5545): whole, a day, or a session.

A session keeps its UID for ever. A session that was cancelled stays in the file as cancelled, so that it goes from
the calendar of a subscriber: some calendars keep what only vanishes from the file.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from agenda.feeds import inherited, words
from agenda.feeds.licence import LINE
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Place, Programme
from conference.models import Edition
from conference.words import comma

TYPE = "text/calendar"
LOOK_AGAIN = timedelta(hours=1)
_time_zone = cache(Timezone.from_tzid)  # it takes longer to make than all the rest


def empty_calendar() -> Calendar:
    """What every calendar of the site begins with: who made it, and the time zone of its moments."""
    made = Calendar()
    made.add("prodid", "-//Open Development Cambodia//National Open Data Conference//EN")
    made.add("version", "2.0")
    made.add_component(_time_zone(settings.TIME_ZONE))
    return made


def calendar(programme: Programme, edition: Edition, stamp: Stamp, chosen: Iterable[Place] | None = None) -> bytes:
    """The chosen places; everything that has times where `chosen` is None."""
    whole = empty_calendar()
    whole.add("name", vText(str(edition.title)))
    whole.add("x-wr-calname", vText(str(edition.title)))
    whole.add("x-wr-timezone", settings.TIME_ZONE)
    whole.add("description", vText(str(LINE)))
    whole.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    tracks = inherited.tracks(programme)
    for place in inherited.with_times(programme) if chosen is None else chosen:
        where = [inherited.room(programme, place) or tracks.get(place.session.code), edition.where]
        whole.add_component(_event(programme, stamp, place, comma().join(str(part) for part in where if part)))
    content: bytes = whole.to_ical()
    return content


def of_day(programme: Programme, number: int) -> list[Place]:
    return [place for place in inherited.with_times(programme) if place.day.number == number]


def of_session(programme: Programme, code: str) -> list[Place]:
    """The session, and what follows within it, such as its questions and answers."""
    place = programme.places[code]
    return [place, *(programme.places[child.code] for child in place.session.timed_children)]


def of_sessions(programme: Programme, codes: Iterable[str]) -> list[Place]:
    """Several sessions with what follows within them, each once."""
    chosen = {place.session.code for code in codes for place in of_session(programme, code)}
    return [place for code, place in programme.places.items() if code in chosen]


def _event(programme: Programme, stamp: Stamp, place: Place, where: str) -> Event:
    event, session = Event(), place.session
    event.add("uid", session.uuid)
    event.add("dtstamp", stamp.changed_at)
    event.add("last-modified", stamp.changed_at)
    event.add("sequence", stamp.version)
    begins, ends = inherited.moments(programme, place)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    is_cancelled = inherited.is_cancelled(programme, place)
    state = inherited.status(programme, place) or (_("to be confirmed") if session.is_in_doubt else "")
    texts = {
        "summary": words.with_status(words.heading(place), state),  # in words: some calendars do not look at STATUS
        "description": words.in_full(session),
        "location": where,
        "categories": str(session.kind_label),
    }
    for name, text in texts.items():
        if text:
            event.add(name, text)  # without LANGUAGE=, which makes some readers give an object in place of the text
    event.add("status", "CANCELLED" if is_cancelled else "TENTATIVE" if session.is_in_doubt else "CONFIRMED")
    event.add("url", stamp.site + words.address(programme, session))
    return event
