"""The programme for calendars (iCalendar, RFC 5545): whole, a day, or a session.

A session keeps its UID for ever, and one that was cancelled stays in the calendar as cancelled: whoever
subscribed sees it go, where a row that vanished would stay in some calendars.
"""

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Calendar, Event, Timezone, vText

from agenda.feeds import inherited, words
from agenda.feeds.licence import LINE

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


def calendar(programme, edition, stamp, chosen=None):
    """Of the chosen places; of all that has times where none are chosen."""
    whole = empty_calendar()
    whole.add("name", vText(edition.title))
    whole.add("x-wr-calname", vText(edition.title))
    whole.add("x-wr-timezone", settings.TIME_ZONE)
    whole.add("description", vText(LINE))
    whole.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    for place in inherited.with_times(programme) if chosen is None else chosen:
        whole.add_component(_event(programme, edition, stamp, place))
    return whole.to_ical()


def of_day(programme, number):
    return [place for place in inherited.with_times(programme) if place.day.number == number]


def of_session(programme, code):
    """With what follows within it, such as its questions and answers."""
    place = programme.places[code]
    return [place, *(programme.places[child.code] for child in place.session.timed_children)]


def _event(programme, edition, stamp, place):
    event, session = Event(), place.session
    event.add("uid", session.uuid)
    event.add("dtstamp", stamp.changed_at)
    event.add("last-modified", stamp.changed_at)
    event.add("sequence", stamp.version)
    begins, ends = inherited.hours(programme, place)
    event.add("dtstart", _moment(place.day, begins))
    event.add("dtend", _moment(place.day, ends))
    _add_text(event, "summary", words.with_status(session.heading, words.status(session)))
    _add_text(event, "description", words.in_full(session))
    _add_text(event, "location", _where(programme, edition, place))
    _add_text(event, "categories", str(session.kind_label))
    event.add("status", _status(programme, place))
    event.add("url", stamp.site + words.address(programme, session))
    return event


def _add_text(event, name, text):
    if text:
        event.add(name, text, parameters={"language": get_language()})


def _moment(day, time):
    return timezone.make_aware(datetime.combine(day.date, time))


def _where(programme, edition, place):
    parts = [inherited.room(programme, place), edition.where]
    return ", ".join(str(part) for part in parts if part)


def _status(programme, place):
    """TENTATIVE too where only somebody in it is to be confirmed."""
    if inherited.is_cancelled(programme, place):
        return "CANCELLED"
    session = place.session
    waits = session.is_to_be_confirmed or any(one.is_to_be_confirmed for one in session.appearances)
    return "TENTATIVE" if waits else "CONFIRMED"
