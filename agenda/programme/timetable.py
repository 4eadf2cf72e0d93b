"""A day's sessions as rows. Pure: parallel columns are found from times and tracks, never entered by hand."""

from dataclasses import dataclass

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
    is_parallel = True

    @property
    def starts_at(self):
        return min(session.starts_at for column in self.columns for session in column.sessions)

    @property
    def ends_at(self):
        return max(session.ends_at for column in self.columns for session in column.sessions)


def timetable(sessions) -> list[Row | Parallel]:
    """Sessions in order of time; those that overlap stand side by side, a column for each track."""
    rows = []
    for block in _overlapping(sessions):
        columns = _columns(block)
        if len(columns) > 1:
            rows.append(Parallel(columns))
        else:
            rows.extend(Row(session) for session in block)
    return rows


def _overlapping(sessions):
    """Runs of sessions in which each begins before all earlier ones have ended."""
    block, ends_at = [], None
    for session in sorted(sessions, key=lambda session: session.starts_at):
        if block and session.starts_at >= ends_at:
            yield block
            block = []
        ends_at = max(ends_at, session.ends_at) if block else session.ends_at
        block.append(session)
    if block:
        yield block


def _columns(block):
    tracks = {}
    for session in block:
        tracks.setdefault(session.track, []).append(session)
    return tuple(Column(track, tuple(sessions)) for track, sessions in tracks.items())
