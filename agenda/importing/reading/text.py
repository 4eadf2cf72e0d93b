"""What stands in the box, or in a file of plain text: lines, and cells between tabs."""

import re

from agenda.importing.reading.document import Cell
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.plain_text import read_plain_text

_BULLET = re.compile(r"\A\s*[•·▪◦‣●○■□–*-][ \t\u00a0]+(?=\S)")


def read_text(text: str, found: Gathering) -> None:
    """With tabs all lines are rows of one table: a line without one is a row of one cell, as in a sheet."""
    lines = list(read_plain_text(text))
    if any(len(cells) > 1 for cells in lines):
        found.table((number, map(Cell, cells, range(len(cells)))) for number, cells in enumerate(lines, start=1))
        return
    for number, cells in enumerate(lines, start=1):
        line, bullets = _BULLET.subn("", cells[0], count=1)
        found.paragraph(line, number, bullet=bullets > 0)
