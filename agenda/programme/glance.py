"""The programme at a glance: of each day the few sessions that carry it. Pure."""

import datetime
from dataclasses import dataclass

from agenda.choices import Kind
from agenda.programme.now import now_and_next
from agenda.programme.value import Day, Programme, Session

MOST = 4  # sessions of a day
# What frames a day tells a visitor little about it.
_FRAME = {Kind.CEREMONY, Kind.REMARK, Kind.RECAP, Kind.CLOSING}


@dataclass(frozen=True)
class Glance:
    soon: tuple[Session, ...]  # what runs now and what is next, on the days of the conference
    days: tuple[tuple[Day, tuple[Session, ...]], ...]  # days that have sessions with times


def at_a_glance(programme: Programme, moment: datetime.datetime) -> Glance:
    """`moment` is local, as for now_and_next."""
    found = now_and_next(programme, moment)
    days = tuple((day, carrying) for day in programme.days if (carrying := _carrying(day)))
    return Glance(tuple(one.session for one in (*found.now, *found.next)), days)


def _carrying(day: Day) -> tuple[Session, ...]:
    """The keynotes and the longest sessions, in the order in which they begin."""
    seen = [one for one in day.sessions if one.span and one.title and not one.is_cancelled]
    told = [one for one in seen if one.has_page and one.kind not in _FRAME] or seen
    longest = sorted(told, key=lambda one: (one.kind != Kind.KEYNOTE, -_length(one)))[:MOST]
    return tuple(one for one in told if one in longest)


def _length(session: Session) -> datetime.timedelta:
    begins, ends = session.span or (datetime.timedelta(), datetime.timedelta())
    return ends - begins
