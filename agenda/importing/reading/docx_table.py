"""The tables of a Word document."""

from collections.abc import Iterator
from typing import IO

import docx
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from agenda.importing.reading.rows import Table


def read_docx(file: IO[bytes]) -> Table:
    """A list of rows of cells; a paragraph between tables is a row of one cell. No macro is ever run."""
    rows: Table = []
    for block in docx.Document(file).iter_inner_content():
        if isinstance(block, WordTable):
            rows.extend(_rows_of(block))
        else:
            rows.append([_with_emphasis(block)])
    return rows


def _rows_of(table: WordTable) -> Iterator[list[str]]:
    seen = set()
    for row in table.rows:
        cells = []
        for cell in row.cells:
            lines = []
            if cell._tc not in seen:  # merged cells are one cell that stands in several places: it is said once
                for block in cell.iter_inner_content():
                    if isinstance(block, WordTable):
                        lines += [text for inner in _rows_of(block) for text in inner]
                    else:
                        lines.append(_with_emphasis(block))
            seen.add(cell._tc)
            cells.append("\n".join(lines))
        yield cells


def _with_emphasis(paragraph: Paragraph) -> str:
    """Who appears is printed in italics behind the title: this becomes a line of its own."""
    text, was_italic = "", None
    for run in paragraph.runs:
        if not run.text.strip():
            text += run.text
            continue
        if was_italic is not None and bool(run.italic) != was_italic:
            text += "\n"
        text, was_italic = text + run.text, bool(run.italic)
    return text or paragraph.text
