"""What every reader makes of its table: numbered rows of cells. A leaf."""

import re
from dataclasses import dataclass

MAX_ROWS = 2500
LINE = "\v"  # a line break inside a cell, where the text around it is cut into lines
# PostgreSQL takes no NUL; nobody sees the others.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff]")


class Unreadable(Exception):
    """What was sent cannot be read; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Row:
    number: int  # as the reader counts: the row in Excel, the line in a text
    cells: tuple[str, ...]  # with line breaks inside
    after_gap: bool = False  # an empty row stands above it

    @property
    def text(self):
        return "\n".join(cell for cell in self.cells if cell)


def tidy(cell):
    """One cell: no invisible characters, single spaces, no empty lines."""
    lines = re.split(r"[\n\r\v\f\x85\u2028\u2029]", _CONTROL.sub("", str(cell)))
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def numbered(table):
    """Lists of cells as rows; empty ones count and leave a gap."""
    rows, gap = [], False
    for number, cells in enumerate(table, start=1):
        cells = tuple(tidy("" if cell is None else cell) for cell in cells)
        if any(cells):
            rows.append(Row(number, cells, gap))
        gap = not any(cells)
    return rows


def as_text(table):
    """A table as Excel puts it on the clipboard: tabs between cells, quotes around cells of several lines."""
    return "\n".join("\t".join(_quoted(tidy("" if cell is None else cell)) for cell in cells) for cells in table)


def _quoted(cell):
    if "\n" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
