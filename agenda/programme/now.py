"""What runs now and what is next. Pure: it takes the programme and a moment in the time of the conference."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from agenda import hours
from agenda.programme.value import Day, Programme, Session
from conference.language.translated import Text


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


@dataclass(frozen=True)
class _Timed:
    """A row that has times and is held, at moments of its day."""

    session: Session
    parent: Session | None
    begins: datetime.datetime
    ends: datetime.datetime


def now_and_next(programme: Programme, moment: datetime.datetime) -> NowAndNext:
    """`moment` is local: the date and the clock on the wall of the hall."""
    days = [(day, rows) for day in programme.days if (rows := _rows(day))]
    if not days:
        return NowAndNext(Phase.EMPTY, None)
    coming = [(day, rows) for day, rows in days if moment < max(row.ends for row in rows)]
    if not coming:
        return NowAndNext(Phase.OVER, days[-1][0])
    day, rows = coming[0]
    following: dict[Text, Running] = {}  # the next row of each track
    for row in rows:
        track = row.session.track or (row.parent.track if row.parent else row.session.track)
        if row.begins > moment and track not in following:
            following[track] = Running(row.session, row.parent, _minutes(moment, row.begins))
    after = tuple(following.values())
    if day.date != moment.date() and moment < rows[0].begins:  # past midnight it is still the day before that runs
        return NowAndNext(Phase.BEFORE if day == days[0][0] else Phase.OVERNIGHT, day, next=after)
    running = [
        Running(row.session, row.parent, _minutes(moment, row.ends)) for row in rows if row.begins <= moment < row.ends
    ]
    return NowAndNext(Phase.RUNNING, day, tuple(running), after)


def _rows(day: Day) -> list[_Timed]:
    """Every row of a day that has times and is held; the earliest first."""
    found: list[tuple[Session, Session | None]] = []
    for top in day.sessions:
        if not top.is_cancelled:
            found.append((top, None))
            found += [(child, top) for child in top.walk() if child is not top]
    rows = [
        _Timed(
            session,
            parent,
            *hours.moments(day.date, session.starts_at, session.ends_at),
        )
        for session, parent in found
        if session.starts_at and session.ends_at and not session.is_cancelled
    ]
    return sorted(rows, key=lambda row: row.begins)


def _minutes(moment: datetime.datetime, then: datetime.datetime) -> int:
    """Begun minutes count: with thirty seconds left there is one minute left, never none."""
    return -(-int((then - moment).total_seconds()) // 60)
