"""How a table may be read: which of its lines name the columns, and what stands in each. Pure values."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.grid import Grid
from agenda.importing.recognising.looks import Looks

_FIRST_LINES = 20
TIMES = {ColumnRole.TIME, ColumnRole.START, ColumnRole.END, ColumnRole.DURATION}
TITLES = {ColumnRole.TITLE, ColumnRole.TITLE_EN, ColumnRole.TITLE_KM}


@dataclass(frozen=True)
class Over:
    """What the heading of a column of sessions says of them."""

    day: WrittenDay | None = None
    room: str = ""
    track: str = ""


@dataclass(frozen=True)
class Reading:
    """One way to read some lines of a grid."""

    grid: Grid
    lines: range
    header: range  # the lines that name the columns; may be empty
    roles: tuple[ColumnRole, ...]
    headings: tuple[str, ...]
    over: dict[int, Over] = field(default_factory=dict)  # of the columns of sessions
    evidence: float = 0  # what the headings say for it
    is_inside: bool = False  # each cell of a column of sessions holds its times itself
    has_open_names: bool = False  # what stands over the columns of sessions may be rooms or tracks
    is_further_left: bool = False  # the titles are short texts beside longer ones

    def columns(self, *roles: ColumnRole) -> list[int]:
        return [column for column, role in enumerate(self.roles) if role in roles]

    def body(self) -> Iterator[int]:
        return (at for at in self.lines if at not in self.header)


def heading_texts(grid: Grid, header: range, column: int) -> list[str]:
    """What stands over a column, from top to bottom; a merged heading stands over each of its columns."""
    texts = [grid.text(at, column) for at in header]
    return list(dict.fromkeys(text for text in texts if text))


def is_heading(grid: Grid, at: int, looks: Looks) -> bool:
    """A line that names columns: two known words, or one for the time beside short texts, or days, rooms, tracks."""
    slots = grid.own(at)
    faces = [looks(slot.text) for slot in slots]
    if len(slots) == 2 and grid.width > 2 and faces[0].role == ColumnRole.DATE and faces[1].is_whole_day:
        return False  # a fact about the event
    if len(slots) < 2 or any(len(face.text) > 80 or face.timed for face in faces):
        return False
    roles = {face.role for face in faces if face.role and not (face.is_place or face.is_track)}
    days = sum(face.is_whole_day for face in faces)
    places, tracks = sum(face.is_place for face in faces), sum(face.is_track for face in faces)
    known = len(roles) + max(days, places, tracks)  # a row of the table may have one room and one track
    return known > 1 or (known == 1 and bool(TIMES & roles))


def header_of(grid: Grid, lines: range, looks: Looks) -> range:
    """The lines that name the columns, at most two or three one below the other; an empty range if there are none."""
    first_time = next((at for at in lines if any(looks(slot.text).timed for slot in grid.own(at))), lines.stop)
    before = range(lines.start, first_time)
    named = next((at for at in before if is_heading(grid, at, looks)), None)
    if named is None:  # unknown words, right above the first time
        named = next((at for at in before[-1:] if _may_name_columns(grid, at, looks)), None)
    if named is None:
        return range(lines.start, lines.start)
    first = named
    while first - 1 in before and _may_name_columns(grid, first - 1, looks):
        first -= 1
    last = named
    while last + 1 < first_time and _goes_on(grid, last + 1, looks):
        last += 1
    return range(first, last + 1)


def sections(grid: Grid, looks: Looks) -> list[range]:
    """A table may have another heading further down, with other columns. A heading that is repeated begins none."""
    if times_go_across(grid, range(len(grid.lines)), looks):  # each column is read as a whole
        return [range(len(grid.lines))]
    starts, said = [0], None
    for at in range(len(grid.lines)):
        if is_heading(grid, at, looks) and not _is_in_the_body(grid, at, looks):
            words = [(slot.column, slot.text) for slot in grid.own(at)]
            between = range(starts[-1], at)
            if said != words and any(looks(slot.text).timed for row in between for slot in grid.own(row)):
                starts.append(at)
            said = words
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(grid.lines)], strict=True)]


def _is_in_the_body(grid: Grid, at: int, looks: Looks) -> bool:
    """The time of a row above is merged over this line; or its days stand below those of a row with a time."""
    if any(slot.row < at and looks(slot.text).timed for slot in grid.lines[at].values()):
        return True
    above = grid.own(at - 1) if at else []
    days = [slot.column for slot in grid.own(at) if looks(slot.text).is_whole_day]
    days_above = [slot.column for slot in above if looks(slot.text).is_whole_day]
    return bool(days) and days == days_above and any(looks(slot.text).timed for slot in above)


def _may_name_columns(grid: Grid, at: int, looks: Looks) -> bool:
    slots = grid.own(at)
    return len(slots) > 1 and all(len(slot.text) <= 60 and looks(slot.text).letters for slot in slots)


def _goes_on(grid: Grid, at: int, looks: Looks) -> bool:
    """A second line of headings: below "Day 1" merged over two columns stand "Room A" and "Room B"."""
    slots = grid.own(at)
    faces = [looks(slot.text) for slot in slots]
    named = [face for face in faces if face.role or face.is_whole_day or face.is_place or face.is_track]
    return len(slots) > 1 and len(named) == len(faces)


def times_go_across(grid: Grid, lines: range, looks: Looks) -> bool:
    """One of the first lines has times only, beside at most a heading."""
    for at in lines[:_FIRST_LINES]:
        slots = grid.own(at)
        times = sum(looks(slot.text).is_time for slot in slots)
        below = [slot for line in range(at + 1, min(at + 4, len(grid.lines))) for slot in grid.own(line)]
        if times > 1 and times >= len(slots) - 1 and not any(looks(slot.text).is_time for slot in below):
            return True
    return False
