"""The time of a row, out of the columns that have times. Pure."""

import datetime
from dataclasses import dataclass, replace

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.layouts import TIMES, Reading
from agenda.importing.recognising.looks import Look, Looks
from agenda.importing.recognising.moments import Span


@dataclass(frozen=True)
class When:
    span: Span | None = None
    length: datetime.timedelta | None = None
    day: WrittenDay | None = None  # before the time, in the same cell
    rest: tuple[str, ...] = ()  # what else stands in the cell of the time
    texts: tuple[str, ...] = ()  # of the cells of the time
    failed: bool = False  # something stands there, and it is no time
    is_merged: bool = False  # it is the time of a row above


def time_columns(reading: Reading, column: int) -> tuple[int, ...]:
    """Those that say the time of a column of sessions: the nearest before it. Two days may stand side by side, each
    with a column of its own for the time.
    """
    times = reading.columns(*TIMES)
    before = [at for at in times if at < column]
    if not before:
        return tuple(times)
    floor = max((at for at in reading.columns(ColumnRole.SESSIONS) if at < before[-1]), default=-1)
    return tuple(at for at in before if at > floor)


def when_of(reading: Reading, at: int, looks: Looks, columns: tuple[int, ...] = ()) -> When:
    faces: dict[ColumnRole, Look] = {}
    texts: list[str] = []
    unread: list[str] = []
    others: list[str] = []
    is_merged = False
    for column in columns or reading.columns(*TIMES):
        slot = reading.grid.lines[at].get(column)
        if slot is None:
            continue
        if slot.row < at and reading.roles[column] != ColumnRole.DURATION:
            is_merged = True
        elif slot.row == at:
            role, face = reading.roles[column], looks(slot.text)
            is_read = _length({role: face}) if role == ColumnRole.DURATION else _dated(face, reading, looks)[1]
            (texts if is_read else unread).append(slot.text)
            if role not in faces or not _timed(faces[role], reading):
                faces[role] = face
            elif _timed(face, reading) not in (None, _timed(faces[role], reading)):
                others.append(slot.text)
    length = _length(faces)
    day, found = _time(faces, reading, looks)
    if found is None:
        failed = bool(texts or unread) and length is None
        said = [*texts, *unread] if failed else texts
        return When(length=length, texts=tuple(said), failed=failed, is_merged=is_merged and not said)
    span, rest = found
    lines = tuple(line for line in rest.split("\n") if line and not _says_it_again(line, span, length, looks))
    return When(span, length, day, (*lines, *others), tuple(texts))


def with_times_behind(whens: dict[int, When], reading: Reading, looks: Looks) -> dict[int, When]:
    """Lines without columns such as "Opening (9:00 – 9:30, Hall)", where hardly any line begins with a time."""
    if reading.grid.width != 1:
        return whens
    faces = {at: looks(reading.grid.text(at, 0)) for at, when in whens.items() if not when.span}
    found = {}
    for at, face in faces.items():
        if face.timed_behind:
            found[at] = When(face.timed_behind[0], rest=(face.timed_behind[1],), texts=(face.text,))
        elif face.timed_within:
            found[at] = When(face.timed_within[0], rest=face.timed_within[1], texts=(face.text,))
    found = {at: when for at, when in found.items() if not faces[at].day}
    are_rare = len(found) < 2 or 3 * (len(whens) - len(faces)) > len(found)
    return whens if are_rare else whens | found


def with_bare_hours(whens: dict[int, When], reading: Reading, looks: Looks) -> dict[int, When]:
    """ "10 Break" between "8:30" and "10:30" begins at ten: a bare hour is a time where the times around it rise."""
    times = reading.columns(ColumnRole.TIME)
    timed = [(at, when.span.starts_at) for at, when in whens.items() if when.span]
    if not times or len(timed) < 2 or any(when.span and when.span.ends_at for when in whens.values()):
        return whens
    found = dict(whens)
    for at, when in whens.items():
        slot = reading.grid.lines[at].get(times[0]) if when.failed else None
        hour, _space, rest = (
            slot.text.partition(" ") if slot and slot.row == at and len(slot.text) <= 60 else ("", "", "")
        )
        bare = looks(hour).bare_time if hour.isdigit() and len(hour) < 3 else None  # "10", or "10 Break"
        above = max((start for line, start in timed if line < at), default=None)
        below = next((start for line, start in timed if line > at), None)
        if slot and bare and above and above < bare[0].starts_at and (below is None or bare[0].starts_at < below):
            found[at] = When(bare[0], rest=tuple(line for line in rest.split("\n") if line), texts=(slot.text,))
    return found


def _time(
    faces: dict[ColumnRole, Look], reading: Reading, looks: Looks
) -> tuple[WrittenDay | None, tuple[Span, str] | None]:
    """(a day that stands before it, (the time, what else its cell says))."""
    face = faces.get(ColumnRole.TIME) or faces.get(ColumnRole.START)
    if face is None:
        return None, None
    day, found = _dated(face, reading, looks)
    end = _dated(faces[ColumnRole.END], reading, looks)[1] if ColumnRole.END in faces else None
    if found and end and found[0].ends_at is None:
        ends = end[0]
        starts = found[0].starts_at
        says_half = found[0].says_half and ends.says_half
        found = replace(found[0], starts_at=starts, ends_at=ends.starts_at, says_half=says_half), found[1]
    return day, found


def _dated(face: Look, reading: Reading, looks: Looks) -> tuple[WrittenDay | None, tuple[Span, str] | None]:
    """A time, or a day and a time: "2027-03-02 09:00"."""
    if face.timed is None and face.day and face.day[1] and looks(face.day[1]).timed:
        return face.day[0], looks(face.day[1]).timed
    return None, _timed(face, reading)


def _timed(face: Look, reading: Reading) -> tuple[Span, str] | None:
    if face.is_whole_day:  # "03/02/2027"
        return None
    return face.timed or (face.bare_time if any(reading.headings) else None) or _slot(face, reading)


def _slot(face: Look, reading: Reading) -> tuple[Span, str] | None:
    """ "Session 1 (9:00 – 10:30)" in the column of the times; a line alone over all columns is another matter."""
    behind = face.timed_behind if reading.grid.width > 1 else None
    return behind if behind and not column_role(behind[1]) else None


def _length(faces: dict[ColumnRole, Look]) -> datetime.timedelta | None:
    face = faces.get(ColumnRole.DURATION)
    return (face.length or face.bare_length) if face else None


def _says_it_again(line: str, span: Span, length: datetime.timedelta | None, looks: Looks) -> bool:
    """The same time in another language or in brackets, or its length: "(30 min)"."""
    face = looks(line.strip(" ()[]|/"))
    if face.timed and not face.timed[1]:
        return (face.timed[0].starts_at, face.timed[0].ends_at) == (span.starts_at, span.ends_at)
    if face.length is None or span.ends_at is None:
        return False
    day = datetime.date(2000, 1, 1)
    starts, ends = (datetime.datetime.combine(day, time) for time in (span.starts_at, span.ends_at))
    return face.length in (length, (ends - starts) % datetime.timedelta(days=1))
