"""The first sheet of an Excel workbook that has anything in it."""

import datetime
from collections.abc import Iterator
from itertools import chain, repeat
from typing import IO

from openpyxl import load_workbook

from conference import limits


def read_xlsx(file: IO[bytes]) -> Iterator[list[str]]:
    """Formulas give what Excel last worked out; no macro is ever run."""
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = map(_written, sheet.iter_rows(values_only=True))  # each as wide as its last cell
        for number, row in enumerate(rows):
            if row:
                yield from chain(repeat([], number), [row], rows)
                return


def _written(row: tuple[object, ...]) -> list[str]:
    """As far as something is written in it; and one cell more than the limit, where it goes beyond."""
    if row.count(None) == len(row):
        return []
    beyond = row[limits.COLUMNS :]
    width = limits.COLUMNS + (beyond.count(None) < len(beyond))
    return [_as_written(value) for value in row[:width]]


def _as_written(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        return f"{value.seconds // 3600:02}:{value.seconds // 60 % 60:02}"
    return "" if value is None else str(value)
