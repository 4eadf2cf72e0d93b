"""Tables as text with commas, semicolons, bars or tabs between the cells: .csv and .tsv, and such text in the box."""

import csv
import io
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.rows import Unreadable

_SEPARATORS = "\t;,|"
_LOOKED_AT = 200  # rows


def read_delimited(text: str, found: Gathering) -> None:
    """The number of a row is that in the sheet which the text was: a cell may hold several lines."""
    first, _end, rest = text.partition("\n")
    named = first.strip().removeprefix("sep=") if first.startswith("sep=") else ""  # Excel writes it for itself
    if named:
        text = rest
    separator = named if len(named) == 1 else _separator(text)[0]
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        found.table((number, map(Cell, row, range(len(row)))) for number, row in enumerate(rows, start=1))
    except csv.Error as error:
        raise Unreadable(_("This file cannot be read as CSV.")) from error


def is_delimited(text: str) -> bool:
    """Of text in the box, which may as well be lines: all rows have the same number of cells, at least three."""
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    separator, rows, cells = _separator(text)
    return lines > 1 and cells > 2 and rows >= min(lines, _LOOKED_AT) * 0.9 and separator != "|"


def _separator(text: str) -> tuple[str, int, int]:
    """(the separator, how many rows have the number of cells that most have, that number)"""
    best = (",", 0, 1)
    for separator in _SEPARATORS:
        try:
            rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _LOOKED_AT)
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            cells, often = max(widths.items(), key=lambda item: (item[1], item[0]))
            # Many rows alike, and of rows alike the wider ones: a comma also stands in titles.
            if sum(widths.values()) * often > best[1] * best[1]:
                best = (separator, often, cells)
    return best
