"""Agendas side by side in one table, such as two tracks or rooms, each with titles and people of its own. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from agenda.importing.reading.document import Cell, Row, Table
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.layouts import TITLES
from agenda.importing.recognising.looks import Looks

_FIRST_ROWS = 12  # in which the headings are looked for
_TIMES = {ColumnRole.TIME, ColumnRole.START}


@dataclass(frozen=True)
class Part:
    table: Table
    shared: frozenset[int] = frozenset()  # rows that are for all parts, by number
    repeats: frozenset[int] = frozenset()  # rows that stand in a part to the left: here they end the row above only
    track: str = ""  # the name over it, which is neither a day nor a room
    rows_above: frozenset[int] = frozenset()  # in which the tracks are named
    names: frozenset[str] = frozenset()  # what stands over the parts: rooms, tracks

    def settle(self, entry: Entry) -> None:
        """What stands over a part is the place of its sessions, but not of those that are for all parts."""
        entry.is_end = entry.is_end or entry.spot.row in self.repeats
        if entry.spot.row in self.shared:
            entry.room = "" if entry.room in self.names else entry.room
            entry.track = "" if entry.track in self.names else entry.track
        else:
            entry.track = entry.track or self.track


@dataclass(frozen=True)
class _Cut:
    header: int  # the row with the headings
    common: int  # columns before this one are those of all parts: "Time"
    bounds: list[tuple[int, int]]  # the columns of each part

    def own(self, row: Row, part: int) -> list[Cell]:
        """The cells of a part, with those that are merged into it from the left."""
        low, high = self.bounds[part]
        found = []
        for cell in row.cells:
            begins, ends = max(cell.column, low), min(cell.column + cell.columns, high)
            if begins < ends:
                found.append(replace(cell, column=begins, columns=ends - begins))
        return found

    def comes_from_left(self, row: Row, part: int) -> bool:
        low = self.bounds[part][0]
        return any(self.common <= cell.column < low < cell.column + cell.columns for cell in row.cells if cell.text)

    def goes_over_all(self, row: Row) -> bool:
        last = self.bounds[-1][0]
        return any(cell.column < self.bounds[0][1] and last < cell.column + cell.columns for cell in row.cells)


def parts_of(table: Table, looks: Looks) -> list[Part]:
    """The table cut where its headings begin again: "Time, Session, Speaker, Session, Speaker"; or it alone.

    A table of times and titles only is not cut: that is a grid, which is read as one.
    """
    for at, row in enumerate(table.rows[:_FIRST_ROWS]):
        for wanted in (_TIMES, TITLES):
            cut = _cut_at(table, at, row, wanted, looks)
            if cut:
                return list(_parts(table, cut, looks))
    return [Part(table)]


def _cut_at(table: Table, at: int, row: Row, wanted: set[ColumnRole], looks: Looks) -> _Cut | None:
    named = [cell for cell in row.cells if looks(cell.text).role in wanted]
    starts = [cell.column for cell in named if cell.text == named[0].text]
    if len(starts) < 2:
        return None
    common = starts[0] if wanted == TITLES else 0
    width = 1 + max(cell.column for other in table.rows for cell in other.cells)
    cut = _Cut(at, common, list(pairwise([common, *starts[1:], width])))
    times = {looks(cell.text).role for cell in row.cells if cell.column < common}
    roles = [{looks(cell.text).role for cell in cut.own(row, part)} | times for part in range(len(starts))]
    is_whole = all(TITLES & one and _TIMES & one for one in roles) and any(len(one - {None}) > 2 for one in roles)
    return cut if is_whole else None


def _parts(table: Table, cut: _Cut, looks: Looks) -> Iterator[Part]:
    above = [row for row in table.rows[: cut.header] if not _is_of_all(row, cut, looks, is_above=True)]
    names = frozenset(cell.text for row in above for cell in row.cells)
    has_days = any(looks(cell.text).day for row in above for cell in row.cells)  # then each has its own lunch
    of_all = {row.number for at, row in enumerate(table.rows) if _is_of_all(row, cut, looks, is_above=at < cut.header)}
    below = [row for row in table.rows[cut.header + 1 :] if row.number not in of_all]
    same = {row.number for row in below if not has_days and _says_the_same(row, cut)}
    shared = same | {row.number for row in below if cut.goes_over_all(row)}
    for part in range(len(cut.bounds)):
        rows = [one for row in table.rows if (one := row if row.number in of_all else _row(row, cut, part)).cells]
        left = {row.number for row in below if cut.comes_from_left(row, part)}
        tracks = {row.number: name for row in above if (name := _track(row, cut, part, looks))}
        yield Part(
            replace(table, rows=tuple(rows)),
            frozenset(shared),
            frozenset(left | same if part else ()),
            next(reversed(tracks.values()), ""),
            frozenset(tracks),
            names,
        )


def _row(row: Row, cut: _Cut, part: int) -> Row:
    """What a part has of a row. A time without anything else stands in the first."""
    common, own = [cell for cell in row.cells if cell.column < cut.common], cut.own(row, part)
    is_bare = not any(cell.text for cell in own)
    if is_bare and (part or any(cell.text for cell in row.cells if cell.column >= cut.common)):
        return replace(row, cells=())
    return replace(row, cells=tuple(common + own))


def _track(row: Row, cut: _Cut, part: int, looks: Looks) -> str:
    texts = [cell.text for cell in cut.own(row, part) if cell.text]
    face = looks(texts[0]) if len(texts) == 1 else None
    return face.text if face and face.is_words and not (face.day or face.is_place or face.is_track) else ""


def _is_of_all(row: Row, cut: _Cut, looks: Looks, *, is_above: bool) -> bool:
    """A line over all parts: a title above the headings, a day or a note between the rows."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or looks(filled[0].text).timed:
        return False
    return is_above or cut.goes_over_all(row) or looks(filled[0].text).day is not None


def _says_the_same(row: Row, cut: _Cut) -> bool:
    texts = {tuple(cell.text for cell in cut.own(row, part) if cell.text) for part in range(len(cut.bounds))}
    return len(texts) == 1 and bool(next(iter(texts)))
