"""A day's sessions as rows. Pure: parallel columns are found from times and tracks, never entered by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from agenda.programme.value import Session
from conference.translated import Text


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
    begins = ends = time.min  # of the block
    for session in sorted(sessions, key=lambda session: session.starts_at or time.max):
        starts_at, ends_at = session.starts_at or time.max, session.ends_at or time.max
        if block and starts_at >= ends:
            rows += _rows_of(block, begins, ends)
            block = []
        if not block:
            begins, ends = starts_at, ends_at
        ends = max(ends, ends_at)
        block.append(session)
    return rows + _rows_of(block, begins, ends)


def _rows_of(block: list[Session], begins: time, ends: time) -> list[Row | Parallel]:
    tracks: dict[Text, list[Session]] = {}
    for session in block:
        tracks.setdefault(session.track, []).append(session)
    if len(tracks) > 1:
        columns = [Column(track, tuple(sessions)) for track, sessions in tracks.items()]
        columns.sort(key=lambda column: column.sessions[0].track_position)  # as staff say; else as they begin
        return [Parallel(tuple(columns), begins, ends)]
    return [Row(session) for session in block]
