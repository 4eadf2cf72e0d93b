"""The programme for conference apps such as Giggity and EventFahrplan: frab's schedule.json and schedule.xml.

Both are one value written twice; their schemas are public (c3voc.de/wiki/schedule).
"""

import re
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agenda.feeds import inherited, words
from agenda.programme.timetable import timetable

GENERATOR = "National Open Data Conference"


def schedule(programme, edition, stamp):
    home = stamp.site + reverse("conference:home", args=[programme.year])
    return {
        "generator": {"name": GENERATOR, "version": "1", "url": stamp.site},
        "schedule": {
            "version": str(stamp.version),
            "base_url": home,
            "conference": _conference(programme, edition, stamp, home),
        },
    }


def _conference(programme, edition, stamp, home):
    numbers = _numbers(programme)
    days = [_day(programme, edition, stamp, day, numbers) for day in programme.days]
    rooms = dict.fromkeys(name for day in days for name in day["rooms"])
    return {
        "acronym": acronym(programme),
        "title": str(edition.title),
        "start": edition.starts_on.isoformat(),
        "end": edition.ends_on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        "time_zone_name": settings.TIME_ZONE,
        "url": home,
        "rooms": [{"name": name, "guid": str(uuid5(NAMESPACE_URL, home + name))} for name in rooms],
        "days": days,
    }


def acronym(programme):
    return f"nodc{programme.year}"


def _day(programme, edition, stamp, day, numbers):
    midnight = timezone.make_aware(datetime.combine(day.date, datetime.min.time()))
    rooms = {}
    for place in inherited.with_times(programme):
        if place.day.number == day.number:
            event = _event(programme, edition, stamp, place, numbers)
            rooms.setdefault(event["room"], []).append(event)
    return {
        "index": day.number,
        "date": day.date.isoformat(),
        "day_start": midnight.isoformat(),
        "day_end": (midnight + timedelta(days=1)).isoformat(),
        "rooms": rooms,
    }


def _event(programme, edition, stamp, place, numbers):
    session = place.session
    hours = inherited.hours(programme, place)
    begins, ends = (timezone.make_aware(datetime.combine(place.day.date, time)) for time in hours)
    state = words.status(session)
    return {
        "id": numbers[session.uuid],
        "guid": session.uuid,
        "slug": f"{acronym(programme)}-{UUID(session.uuid).hex[:12]}",
        "date": begins.isoformat(),
        "start": f"{begins:%H:%M}",
        "end": ends.isoformat(),
        "duration": _duration(ends - begins),
        "room": _room(programme, edition, place),
        "title": words.with_status(session.heading, state),
        "subtitle": state,
        "type": str(session.kind_label),
        "track": str(session.track),
        "language": ", ".join(session.spoken_languages),
        "abstract": "",
        "description": _description(session),
        "persons": [{"name": str(one.name)} for one in session.appearances],
        "links": [],
        "url": stamp.site + words.address(programme, session),
    }


def _room(programme, edition, place):
    """Apps draw what is in one room at the same time one over the other. So where the rooms of parallel
    sessions are not named, their tracks tell them apart."""
    if room := inherited.room(programme, place):
        return str(room)
    parts = [_track_of_its_column(programme, place), edition.venue or edition.title]
    return ", ".join(str(part) for part in parts if part)


def _track_of_its_column(programme, place):
    *_, top = inherited.line_of(programme, place)
    blocks = [row for row in timetable(place.day.sessions) if row.is_parallel]
    columns = [column for block in blocks for column in block.columns]
    return next((column.track for column in columns if top in column.sessions), None)


def _description(session):
    """All of it, and no abstract: Giggity leaves out an abstract without Latin letters as soon as there is a
    description. It reads Markdown, in which a line ends only at two spaces or an empty line."""
    groups = [words.who(session), words.notes(session), words.inside(session)]
    parts = [words.description(session), *("\n".join(lines) for lines in groups)]
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", "\n\n".join(part for part in parts if part))


def _duration(length):
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _numbers(programme):
    """A number for each session, made from its uuid: apps know a session again by it."""
    numbers, taken = {}, set()
    for uuid in sorted(place.session.uuid for place in programme.places.values()):
        number = UUID(uuid).int % 2**31 or 1  # apps keep it in 32 bits
        while number in taken:
            number = number % (2**31 - 1) + 1
        taken.add(number)
        numbers[uuid] = number
    return numbers
