"""A day's sessions as rows. Pure: parallel columns are found from times and tracks, never entered by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import groupby

from agenda import hours
from agenda.choices import PartOfDay
from agenda.programme.value import Session
from conference.language.translated import Text

NO_TIMES = hours.LAST, hours.LAST
NOON, EVENING = timedelta(hours=12), timedelta(hours=18)


@dataclass(frozen=True)
class Row:
    session: Session
    is_parallel = False

    @property
    def begins(self) -> timedelta | None:
        return self.session.span[0] if self.session.span else None


@dataclass(frozen=True)
class Column:
    track: Text
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Parallel:
    columns: tuple[Column, ...]
    starts_at: time
    ends_at: time
    begins: timedelta  # since the midnight with which the day begins
    is_parallel = True


@dataclass(frozen=True)
class Part:
    """The rows of a morning, an afternoon or an evening; `name` is None where no row of them has a time."""

    name: PartOfDay | None
    rows: tuple[Row | Parallel, ...]


def timetable(sessions: Iterable[Session]) -> list[Row | Parallel]:
    """Sessions in order of time; those that overlap stand side by side, a column for each track.

    The tables give every session of a day its times. Where a published version lacks them, the session stands last.
    """
    rows: list[Row | Parallel] = []
    block: list[Session] = []  # each of these begins before all earlier ones have ended
    begins = ends = timedelta()  # of the block
    for session in sorted(sessions, key=lambda session: (session.span or NO_TIMES)[0]):
        span = session.span or NO_TIMES
        if block and span[0] >= ends:
            rows += _rows_of(block, (begins, ends))
            block = []
        if not block:
            begins, ends = span
        ends = max(ends, span[1])
        block.append(session)
    return rows + _rows_of(block, (begins, ends))


def _rows_of(block: list[Session], span: hours.Span) -> list[Row | Parallel]:
    tracks: dict[Text, list[Session]] = {}
    for session in block:
        tracks.setdefault(session.track, []).append(session)
    if len(tracks) > 1:
        columns = [Column(track, tuple(sessions)) for track, sessions in tracks.items()]
        columns.sort(key=lambda column: column.sessions[0].track_position)  # as staff say; else as they begin
        return [Parallel(tuple(columns), *hours.times(span), span[0])]
    return [Row(session) for session in block]


def parts_of_day(rows: Iterable[Row | Parallel]) -> list[Part]:
    """The rows of a day in order, under the part of the day in which each begins."""
    return [Part(name, tuple(of_part)) for name, of_part in groupby(rows, key=_part_of_day)]


def _part_of_day(row: Row | Parallel) -> PartOfDay | None:
    if row.begins is None:
        return None
    if row.begins < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if row.begins < EVENING else PartOfDay.EVENING
