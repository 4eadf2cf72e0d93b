"""What every reader makes of its table: numbered rows of cells."""

import re
from dataclasses import dataclass

from conference.khmer import visible

LINE = "\v"  # a line break inside a cell, where the text around it is cut into lines
# PostgreSQL takes no NUL; a reader cannot see the others.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200e\u200f\u2060\ufeff]")


Table = list[list[str]]  # rows of cells


class Unreadable(Exception):
    """What was sent cannot be read; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Row:
    number: int  # as the reader counts: the row in Excel, the line in a text
    cells: tuple[str, ...]  # with line breaks inside
    after_gap: bool = False  # an empty row stands above it
    guid: str = ""  # of a session, in a file for programs

    @property
    def text(self) -> str:
        return "\n".join(cell for cell in self.cells if cell)


def tidy(cell: str) -> str:
    """One cell: no invisible characters but between Khmer words, single spaces, no empty lines."""
    lines = re.split(r"[\n\r\v\f\x85\u2028\u2029]", _CONTROL.sub("", visible(cell)))
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def numbered(table: Table) -> list[Row]:
    """Lists of cells as rows; empty ones count and leave a gap."""
    rows, gap = [], False
    for number, cells in enumerate(table, start=1):
        tidied = tuple(tidy(cell) for cell in cells)
        if any(tidied):
            rows.append(Row(number, tidied, gap))
        gap = not any(tidied)
    return rows


def as_text(table: Table) -> str:
    """A table as Excel puts it on the clipboard: tabs between cells, quotes around cells of several lines."""
    lines = []
    for row in table:
        cells = []
        for cell in map(tidy, row):
            quoted = "\n" in cell or cell.startswith('"')
            cells.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
        lines.append("\t".join(cells))
    return "\n".join(lines)
