"""What runs now and what is next. Pure: of the programme and a moment, in the clock of the conference."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from agenda.programme.value import Day, Programme, Session


class Phase(StrEnum):
    BEFORE = "before"  # the conference has not begun
    RUNNING = "running"  # on a day of it, up to its last row
    OVERNIGHT = "overnight"  # a day is over and another is to come
    OVER = "over"
    EMPTY = "empty"  # no row has a time yet


@dataclass(frozen=True)
class Running:
    session: Session
    parent: Session | None
    minutes: int  # that are left of it, or until it begins


@dataclass(frozen=True)
class NowAndNext:
    phase: Phase
    day: Day | None  # today's, or the next one
    now: tuple[Running, ...] = ()
    next: tuple[Running, ...] = ()  # of each track the row that comes first


def now_and_next(programme: Programme, moment: datetime.datetime) -> NowAndNext:
    """`moment` is local: the date and the clock on the wall of the hall."""
    days = [day for day in programme.days if _rows(day)]
    if not days:
        return NowAndNext(Phase.EMPTY, None)
    coming = [day for day in days if moment < _at(day, _end(day))]
    if not coming:
        return NowAndNext(Phase.OVER, days[-1])
    day = coming[0]
    if day.date == moment.date():
        return _today(day, moment)
    phase = Phase.BEFORE if day == days[0] else Phase.OVERNIGHT
    return NowAndNext(phase, day, next=_first_of_each_track(day, moment))


def _today(day, moment):
    running = [
        Running(row, parent, _minutes(moment, _at(day, row.ends_at)))
        for row, parent in _rows(day)
        if _at(day, row.starts_at) <= moment < _at(day, row.ends_at)
    ]
    return NowAndNext(Phase.RUNNING, day, tuple(running), _first_of_each_track(day, moment))


def _first_of_each_track(day, moment):
    found = {}
    for row, parent in _rows(day):
        track = row.track or (parent.track if parent else row.track)
        if _at(day, row.starts_at) > moment and track not in found:
            found[track] = Running(row, parent, _minutes(moment, _at(day, row.starts_at)))
    return tuple(found.values())


def _rows(day):
    """Every row of a day that has times and is held, with what it stands under; the earliest first."""
    found = []
    for session in day.sessions:
        if not session.is_cancelled:
            found += [(session, None), *((child, session) for child in session.walk() if child is not session)]
    timed = [(row, parent) for row, parent in found if row.starts_at and not row.is_cancelled]
    return sorted(timed, key=lambda pair: pair[0].starts_at)


def _end(day):
    return max(row.ends_at for row, _parent in _rows(day))


def _at(day, time):
    return datetime.datetime.combine(day.date, time)


def _minutes(moment, then):
    """Begun minutes count: with thirty seconds left there is one minute left, never none."""
    return -(-int((then - moment).total_seconds()) // 60)
