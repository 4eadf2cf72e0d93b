"""The tables of a Word document."""

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph


def read_docx(file):
    """A list of rows of cells; a paragraph between tables is a row of one cell. No macro is ever run."""
    rows = []
    for block in docx.Document(file).iter_inner_content():
        if isinstance(block, Table):
            rows.extend(_rows_of(block))
        elif isinstance(block, Paragraph):
            rows.append([_with_emphasis(block)])
    return rows


def _rows_of(table):
    seen = set()
    for row in table.rows:
        cells = []
        for cell in row.cells:
            # Merged cells are one cell that stands in several places: it is said once.
            cells.append("" if cell._tc in seen else _text_of(cell))
            seen.add(cell._tc)
        yield cells


def _text_of(cell):
    lines = []
    for block in cell.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(_with_emphasis(block))
        else:
            lines += [text for row in _rows_of(block) for text in row]
    return "\n".join(lines)


def _with_emphasis(paragraph):
    """Who appears is printed in italics behind the title: a line of its own."""
    text, was_italic = "", None
    for run in paragraph.runs:
        if not run.text.strip():
            text += run.text
            continue
        if was_italic is not None and bool(run.italic) != was_italic:
            text += "\n"
        text, was_italic = text + run.text, bool(run.italic)
    return text or paragraph.text
