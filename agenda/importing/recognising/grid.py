"""A table as a grid: which cell stands in a place, also where it is merged over several. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from agenda.importing.reading.document import Cell, Paragraph, Spot, Table
from agenda.importing.recognising.mail import mail_heads

_NOTHING = " -–—.…"  # a cell with a dash is empty
_WRAPPED = 45  # letters: a shorter line was not broken


@dataclass(frozen=True)
class Slot:
    """A filled cell in the grid."""

    text: str
    row: int  # the first line of the grid over which it stands, from 0
    column: int
    last_row: int
    last_column: int
    spot: Spot  # where it begins in the source


def side_by_side(slots: Iterable[Slot]) -> list[Slot]:
    """Slots of a line from left to right. The same text in cells beside each other is one, as if they were merged."""
    found: list[Slot] = []
    for slot in dict.fromkeys(slots):
        last = found[-1] if found else None
        is_beside = last is not None and last.last_column + 1 == slot.column
        if last and is_beside and (last.text, last.row, last.last_row) == (slot.text, slot.row, slot.last_row):
            found[-1] = replace(last, last_column=slot.last_column)
        else:
            found.append(slot)
    return found


class Grid:
    """Lines of slots. In a grid that is turned, the lines are the columns of the source."""

    bullets: frozenset[int] = frozenset()  # the lines that stood behind one

    def __init__(self, lines: list[dict[int, Slot]], spots: list[Spot], *, turned: bool = False) -> None:
        self.lines = lines
        self.spots = spots  # of the source, for each line; in a turned grid of its first row
        self.is_turned = turned
        self.width = 1 + max((column for line in lines for column in line), default=-1)

    @classmethod
    def of(cls, table: Table, block: int) -> "Grid":
        lines: list[dict[int, Slot]] = [{} for _row in table.rows]
        spots = [Spot(block, row.number) for row in table.rows]
        for at, row in enumerate(table.rows):
            for cell in row.cells:
                if cell.text.strip(_NOTHING):
                    _put(lines, spots, at, cell)
        return cls(lines, spots)

    @classmethod
    def of_paragraphs(cls, paragraphs: list[tuple[int, Paragraph]]) -> "Grid":
        spots = [Spot(block, paragraph.number) for block, paragraph in paragraphs]
        slots = [Slot(paragraph.text, at, 0, at, 0, spots[at]) for at, (_block, paragraph) in enumerate(paragraphs)]
        grid = cls([{0: slot} if slot.text else {} for slot in slots], spots)
        grid.bullets = frozenset(at for at, (_block, paragraph) in enumerate(paragraphs) if paragraph.bullet)
        return grid

    @cached_property
    def turned(self) -> "Grid":
        lines: list[dict[int, Slot]] = [{} for _column in range(self.width)]
        for row, line in enumerate(self.lines):
            for column, slot in line.items():
                lines[column][row] = Slot(slot.text, slot.column, slot.row, slot.last_column, slot.last_row, slot.spot)
        first = self.spots[:1] * self.width
        return Grid(lines, first, turned=True)

    def own(self, at: int) -> list[Slot]:
        """The slots that begin in this line, from left to right."""
        return [slot for column, slot in sorted(self.lines[at].items()) if (slot.row, slot.column) == (at, column)]

    def text(self, at: int, column: int) -> str:
        slot = self.lines[at].get(column)
        return slot.text if slot else ""

    def begins(self, at: int, column: int) -> bool:
        slot = self.lines[at].get(column)
        return slot is not None and slot.row == at

    def column(self, column: int) -> list[Slot]:
        """The slots that begin in a column and are not merged with others beside it."""
        return self._columns.get(column, [])

    @cached_property
    def _columns(self) -> dict[int, list[Slot]]:
        found = defaultdict(list)
        for at in range(len(self.lines)):
            for slot in self.own(at):
                if slot.column == slot.last_column:
                    found[slot.column].append(slot)
        return found

    @cached_property
    def mail_heads(self) -> set[int]:
        return mail_heads([line[0].text if len(line := self.own(at)) == 1 else "" for at in range(len(self.lines))])

    def is_wrapped(self, at: int) -> bool:
        """In lines without columns: an e-mail broke the long line above, in a sentence or in a list of names."""
        above, text = (self.text(at - 1, 0), self.text(at, 0)) if at and self.width == 1 else ("", "")
        is_near = len(above) >= _WRAPPED and bool(text) and not self.after_gap(at) and at not in self.bullets
        return is_near and (above.endswith(",") or (above[-1].isalpha() and text[0].islower()))

    def after_gap(self, at: int) -> bool:
        """An empty row of the source stands above."""
        return at > 0 and self.spots[at].row > self.spots[at - 1].row + 1


def _put(lines: list[dict[int, Slot]], spots: list[Spot], at: int, cell: Cell) -> None:
    """Rows that are empty or hidden are not in the table; a cell merged over them still counts them."""
    last = at
    while last + 1 < len(spots) and spots[last + 1].row < spots[at].row + cell.rows:
        last += 1
    slot = Slot(cell.text, at, cell.column, last, cell.column + cell.columns - 1, spots[at])
    for row in range(at, last + 1):
        for column in range(cell.column, cell.column + cell.columns):
            lines[row].setdefault(column, slot)
    lines[at][cell.column] = slot  # also where a damaged file says that another stands there
