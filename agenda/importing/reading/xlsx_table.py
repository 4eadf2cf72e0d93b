"""The first sheet of an Excel workbook that has anything in it."""

import datetime
from typing import IO

from openpyxl import load_workbook

from agenda.importing.reading.rows import MAX_ROWS, Table

MAX_COLUMNS = 30


def read_xlsx(file: IO[bytes]) -> Table:
    """Formulas give what Excel last worked out; no macro is ever run."""
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        table = [
            [_as_written(value) for value in row]
            for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
        ]
        if any(cell for row in table for cell in row):
            return table
    return []


def _as_written(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        return f"{value.seconds // 3600:02}:{value.seconds // 60 % 60:02}"
    return "" if value is None else str(value)
