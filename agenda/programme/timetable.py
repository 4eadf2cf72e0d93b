"""A day's sessions as rows. Pure: parallel columns are found from times and tracks, never entered by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta

from agenda import hours
from agenda.programme.value import Session
from conference.translated import Text

NO_TIMES = hours.LAST, hours.LAST


@dataclass(frozen=True)
class Row:
    session: Session
    is_parallel = False


@dataclass(frozen=True)
class Column:
    track: Text
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Parallel:
    columns: tuple[Column, ...]
    starts_at: time
    ends_at: time
    is_parallel = True


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
        return [Parallel(tuple(columns), *hours.times(span))]
    return [Row(session) for session in block]
