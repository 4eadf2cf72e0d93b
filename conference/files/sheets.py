"""What all workbooks of the site share: a font with Khmer letters, sheets for A4 paper, rows of plain cells."""

from collections.abc import Iterable
from typing import Any

import xlsxwriter

FONT = {"font_name": "Noto Sans Khmer", "valign": "top"}
A4 = 9  # Excel's number for this size of paper
LONGEST_NAME = 31  # Excel refuses a sheet with a longer name


# xlsxwriter has no types: a sheet or a format is Any.
def add_format(book: xlsxwriter.Workbook, **more: object) -> Any:
    """A format for cells in our font."""
    return book.add_format({**FONT, **more})


def add_sheet(book: xlsxwriter.Workbook, name: str) -> Any:
    sheet = book.add_worksheet(name[:LONGEST_NAME])
    sheet.set_paper(A4)
    return sheet


def add_about(book: xlsxwriter.Workbook, name: str, lines: Iterable[str], *, width: int, title: str = "") -> Any:
    """A sheet of sentences: what the workbook is, and what to know before reading it."""
    sheet = add_sheet(book, name)
    sheet.set_column(0, 0, width)
    first = 0
    if title:
        sheet.write_string(0, 0, title, add_format(book, bold=True, font_size=14))
        first = 1
    sentence = add_format(book, text_wrap=True)
    for number, line in enumerate(lines, start=first):
        sheet.write_string(number, 0, line, sentence)
    return sheet


def write_row(sheet: Any, number: int, cells: Iterable[str | int], cell_format: Any, *, first_column: int = 0) -> None:
    """A number is a number to calculate with. All else is text: Excel takes nothing in it for a formula."""
    for column, cell in enumerate(cells, start=first_column):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell, cell_format)
        else:
            sheet.write_string(number, column, cell, cell_format)
