"""The programme for conference apps such as Giggity and EventFahrplan: frab's schedule.json and schedule.xml.

Both are one value written twice; their schemas are public (c3voc.de/wiki/schedule).
"""

import re
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agenda.choices import Role
from agenda.feeds import inherited, words
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Day as DayValue
from agenda.programme.value import Place, Programme, Session
from conference.language.translated import Text
from conference.models import Edition
from conference.words import comma

GENERATOR = "National Open Data Conference"


class Person(TypedDict):
    name: str


class Link(TypedDict):
    title: str
    url: str


class Event(TypedDict):
    id: int
    guid: str
    slug: str
    date: str
    start: str
    end: str
    duration: str
    room: str
    title: str
    subtitle: str
    type: str
    track: str
    language: str
    abstract: str
    description: str
    persons: list[Person]
    links: list[Link]
    url: str


class Day(TypedDict):
    index: int
    date: str
    day_start: str
    day_end: str
    rooms: dict[str, list[Event]]


class Room(TypedDict):
    name: str
    guid: str


class Conference(TypedDict):
    acronym: str
    title: str
    start: str
    end: str
    daysCount: int
    timeslot_duration: str
    time_zone_name: str
    url: str
    rooms: list[Room]
    days: list[Day]


class Schedule(TypedDict):
    version: str
    base_url: str
    conference: Conference


class Generator(TypedDict):
    name: str
    version: str
    url: str


class ScheduleFile(TypedDict):
    generator: Generator
    schedule: Schedule


def schedule(programme: Programme, edition: Edition, stamp: Stamp) -> ScheduleFile:
    home = stamp.site + reverse("conference:home", args=[programme.year])
    numbers, tracks = _numbers(programme), inherited.tracks(programme)
    days = [_day(programme, edition, stamp, day, numbers, tracks) for day in programme.days]
    # In the order of the programme. A guid stays when a name is corrected, and is the same in every language.
    rooms: dict[str, str] = {}
    for place in inherited.with_times(programme):
        address = f"{stamp.site}/{programme.year}/{inherited.whereabouts(programme, place, tracks)}"
        rooms.setdefault(_room(programme, edition, place, tracks), str(uuid5(NAMESPACE_URL, address)))
    conference: Conference = {
        "acronym": acronym(programme),
        "title": str(edition.title),
        "start": edition.starts_on.isoformat(),
        "end": edition.ends_on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        "time_zone_name": settings.TIME_ZONE,
        "url": home,
        "rooms": [{"name": name, "guid": guid} for name, guid in rooms.items()],
        "days": days,
    }
    return {
        "generator": {"name": GENERATOR, "version": "1", "url": stamp.site},
        "schedule": {"version": str(stamp.version), "base_url": home, "conference": conference},
    }


def acronym(programme: Programme) -> str:
    return f"nodc{programme.year}"


def _day(
    programme: Programme,
    edition: Edition,
    stamp: Stamp,
    day: DayValue,
    numbers: dict[str, int],
    tracks: dict[str, Text],
) -> Day:
    midnight = datetime.combine(day.date, datetime.min.time())
    day_end = max(midnight + timedelta(days=1), day.hours[1] if day.hours else midnight)
    rooms: dict[str, list[Event]] = {}
    for place in inherited.with_times(programme):
        if place.day.number == day.number:
            room = _room(programme, edition, place, tracks)
            rooms.setdefault(room, []).append(_event(programme, stamp, place, numbers[place.session.uuid], room))
    return {
        "index": day.number,
        "date": day.date.isoformat(),
        "day_start": timezone.make_aware(midnight).isoformat(),
        "day_end": timezone.make_aware(day_end).isoformat(),
        "rooms": rooms,
    }


def _event(programme: Programme, stamp: Stamp, place: Place, number: int, room: str) -> Event:
    session = place.session
    begins, ends = inherited.moments(programme, place)
    minutes = (ends - begins) // timedelta(minutes=1)
    state = inherited.status(programme, place)
    return {
        "id": number,
        "guid": session.uuid,
        "slug": f"{acronym(programme)}-{UUID(session.uuid).hex[:12]}",
        "date": begins.isoformat(),
        "start": f"{begins:%H:%M}",
        "end": ends.isoformat(),
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": room,
        "title": words.with_status(words.heading(place), state),
        "subtitle": state,
        "type": str(session.kind_label),
        "track": str(session.track),
        "language": ", ".join(session.spoken_languages),
        "abstract": "",
        "description": _description(session),
        "persons": [{"name": str(one.name)} for one in session.appearances if one.role != Role.INTERPRETER],
        "links": [
            {"title": str(one.title), "url": stamp.site + one.address if one.file else one.url}
            for one in session.materials
        ],
        "url": stamp.site + words.address(programme, session),
    }


def _room(programme: Programme, edition: Edition, place: Place, tracks: dict[str, Text]) -> str:
    """Apps draw what is in one room at the same time one over the other. So where the rooms of parallel sessions
    are not named, the tracks of their columns tell them apart."""
    if room := inherited.room(programme, place):
        return str(room)
    parts = [tracks.get(place.session.code), edition.venue or edition.title]
    return comma().join(str(part) for part in parts if part)


def _description(session: Session) -> str:
    """All of it, and no abstract: Giggity leaves out an abstract without Latin letters as soon as there is a
    description. It reads Markdown, in which a line ends only at two spaces or an empty line."""
    groups = [words.who(session), words.notes(session), words.inside(session)]
    parts = [words.description(session), *("\n".join(lines) for lines in groups)]
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", "\n\n".join(part for part in parts if part))


def _numbers(programme: Programme) -> dict[str, int]:
    """A number for each session, made from its uuid: by it an app knows a session again."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for uuid in sorted(place.session.uuid for place in programme.places.values()):
        number = UUID(uuid).int % 2**31 or 1  # apps keep it in 32 bits
        while number in taken:
            number = number % (2**31 - 1) + 1
        taken.add(number)
        numbers[uuid] = number
    return numbers
