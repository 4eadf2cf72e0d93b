"""The programme at a glance: of each day the few sessions that carry it. Pure."""

import datetime
from dataclasses import dataclass

from agenda.choices import Kind
from agenda.programme.now import now_and_next
from agenda.programme.value import Day, Programme, Session
from conference.language.translated import Text

MOST = 4  # sessions of a day
MOST_VOICES = 8
# What frames a day tells a visitor little about it.
_FRAME = {Kind.CEREMONY, Kind.REMARK, Kind.RECAP, Kind.CLOSING}


@dataclass(frozen=True)
class Glance:
    soon: tuple[Session, ...]  # what runs now and what is next, on the days of the conference
    days: tuple[tuple[Day, tuple[Session, ...]], ...]  # days that have sessions with times
    voices: tuple[Text, ...]  # people and organisations who are sure to speak, in the order of the programme


def at_a_glance(programme: Programme, moment: datetime.datetime) -> Glance:
    """`moment` is local, as for now_and_next."""
    found = now_and_next(programme, moment)
    days = tuple((day, carrying) for day in programme.days if (carrying := _carrying(day)))
    return Glance(tuple(one.session for one in (*found.now, *found.next)), days, _voices(programme))


def _voices(programme: Programme) -> tuple[Text, ...]:
    """Each once, as printed where it comes first. A group that no one has named yet tells a visitor little."""
    seen: dict[int | str, Text] = {}
    for place in programme.places.values():
        for one in place.session.appearances:
            if not (place.session.is_cancelled or one.is_to_be_confirmed) and (key := one.speaker or one.organisation):
                seen.setdefault(key, one.name)
    return tuple(seen.values())[:MOST_VOICES]


def _carrying(day: Day) -> tuple[Session, ...]:
    """The keynotes and the longest sessions, in the order in which they begin."""
    seen = [one for one in day.sessions if one.span and one.title and not one.is_cancelled]
    told = [one for one in seen if one.has_page and one.kind not in _FRAME] or seen
    longest = sorted(told, key=lambda one: (one.kind != Kind.KEYNOTE, -_length(one)))[:MOST]
    return tuple(one for one in told if one in longest)


def _length(session: Session) -> datetime.timedelta:
    begins, ends = session.span or (datetime.timedelta(), datetime.timedelta())
    return ends - begins
