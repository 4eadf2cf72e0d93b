"""The tables of a Word document."""

from collections.abc import Iterator
from itertools import chain
from typing import IO

import docx
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from agenda.importing.reading.within import Clock, check_depth, check_parts
from conference import limits


def read_docx(file: IO[bytes]) -> Iterator[list[str]]:
    """Rows of cells; a paragraph between tables is a row of one cell. No macro is ever run."""
    document, clock = docx.Document(file), Clock()
    check_parts(len(document.element.body))
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            yield from _rows_of(block, clock, depth=1)
        else:
            yield [_with_emphasis(block, clock)]


def _rows_of(table: WordTable, clock: Clock, depth: int) -> Iterator[list[str]]:
    """Merged cells are one cell that stands in several places: it is said once.

    Not by `row.cells` of the library: it makes as many cells as the file says that one cell is wide.
    """
    check_depth(depth)
    check_parts(len(table._tbl))
    for row in table.rows:
        check_parts(len(row._tr))
        cells: list[str] = []
        for cell in row._tr.tc_lst:
            is_said_above = cell.vMerge == "continue"
            cells.append("" if is_said_above else "\n".join(_lines_of(_Cell(cell, table), clock, depth)))
            if cell.grid_span > 1:
                cells += [""] * min(cell.grid_span - 1, limits.COLUMNS)
        yield cells


def _lines_of(cell: _Cell, clock: Clock, depth: int) -> Iterator[str]:
    check_parts(len(cell._tc))
    for block in cell.iter_inner_content():
        if isinstance(block, WordTable):
            yield from chain.from_iterable(_rows_of(block, clock, depth + 1))
        else:
            yield _with_emphasis(block, clock)


def _with_emphasis(paragraph: Paragraph, clock: Clock) -> str:
    """Who appears is printed in italics behind the title: this becomes a line of its own."""
    clock.check()
    check_parts(len(paragraph._p))
    text, was_italic = "", None
    for run in paragraph.runs:
        if not run.text.strip():
            text += run.text
            continue
        if was_italic is not None and bool(run.italic) != was_italic:
            text += "\n"
        text, was_italic = text + run.text, bool(run.italic)
    return text or paragraph.text
