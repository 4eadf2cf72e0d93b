"""Files out of lists (registration.lists): XLSX for Excel and CSV, in little memory however many people.

A file is whole before any of it is sent: a slow line then holds no read of the database open, which on
SQLite would keep everybody else from writing. Every cell is text, and no cell is ever a formula.
"""

import csv
from io import TextIOWrapper
from itertools import chain

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from conference.cells import harmless, text
from registration.choices import Look
from registration.models import AccessLog

CHUNK = 500  # people in memory at a time; what belongs to them takes a query for each chunk

_FONT = {"font_name": "Noto Sans Khmer", "valign": "top"}


def rows(ready_list):
    """Real words in every cell, all of them text."""
    records = ready_list.records()
    if isinstance(records, QuerySet):
        records = records.iterator(chunk_size=CHUNK)
    for record in records:
        yield [text(column.get(record)) for column in ready_list.columns]
    if ready_list.totals:
        yield [text(cell) for cell in ready_list.totals()]


def headings(ready_list):
    return [str(column.heading) for column in ready_list.columns]


def codes(ready_list):
    return [column.code for column in ready_list.columns]


def size(ready_list):
    records = ready_list.records()
    return records.count() if isinstance(records, QuerySet) else len(records)


def write_csv(ready_list, file):
    """For Excel: it needs the byte-order mark to see Khmer, and must not be handed formulas."""
    out = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in chain([headings(ready_list), codes(ready_list)], rows(ready_list)):
        writer.writerow([harmless(cell) for cell in row])
    out.detach()  # the file stays open


def write_xlsx(ready_list, file):
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        if ready_list.notice:
            _write_notice(book, ready_list.notice)
        _write_list(book, ready_list)


def _write_notice(book, lines):
    sheet = book.add_worksheet(_("Read this first"))
    sheet.set_column(0, 0, 100)
    sheet.set_paper(9)  # A4
    wrapped = book.add_format({**_FONT, "text_wrap": True})
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, text(line), wrapped)


def _write_list(book, ready_list):
    sheet = book.add_worksheet(str(ready_list.title)[:31])
    body = book.add_format({**_FONT, "num_format": "@"})  # stays text when somebody types into it
    bold = book.add_format({**_FONT, "bold": True, "text_wrap": True, "bg_color": "#DDE7E8"})
    light = book.add_format({**_FONT, "italic": True, "font_size": 9, "font_color": "#595959"})
    sheet.set_column(0, len(ready_list.columns) - 1, 22, body)
    sheet.set_row(0, 36)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _write_row(sheet, 0, headings(ready_list), bold)
    _write_row(sheet, 1, codes(ready_list), light)
    for number, row in enumerate(rows(ready_list), start=2):
        _write_row(sheet, number, row, body)


def _write_row(sheet, number, cells, text_format):
    for column, cell in enumerate(cells):
        sheet.write_string(number, column, cell, text_format)


def log_export(user, subject, *, columns, count, edition=None, reason=None):
    """One line for every list that is taken away: its columns and how many records, never the answers."""
    AccessLog.objects.create(
        user=user,
        look=Look.EXPORT,
        subject=subject,
        columns=", ".join(columns),
        count=count,
        edition=edition,
        reason=reason,
    )
