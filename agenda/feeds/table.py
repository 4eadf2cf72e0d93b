"""The programme as a table, a line a session, for spreadsheets: as CSV, and as a workbook of Excel."""

import csv
import datetime
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _

from agenda.feeds.columns import COLUMNS, rows, written
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Programme
from conference.files.cells import harmless, text
from conference.files.sheets import add_format, add_sheet

LONGEST_CELL = 32_767  # letters: Excel takes no more


def table_csv(programme: Programme, stamp: Stamp) -> bytes:
    """With the byte-order mark, without which Excel garbles Khmer; no cell is ever a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(text(column.heading)) for column in COLUMNS])
    for row in rows(programme, stamp):
        writer.writerow([harmless(text(written(value))) for value in row])
    return out.getvalue().encode("utf-8-sig")


def table_xlsx(programme: Programme, stamp: Stamp) -> bytes:
    """Real dates and times, so that a spreadsheet sorts by them and hands them back; all else is text.

    Widths are given: worked out from the letters they come out twice too wide for Khmer.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        # The moment of the programme: the same programme gives the same file.
        book.set_properties({"created": stamp.changed_at.astimezone(datetime.UTC).replace(tzinfo=None)})
        sheet = add_sheet(book, _("Agenda"))
        bold = add_format(book, bold=True, text_wrap=True, bg_color="#DDE7E8")
        body = add_format(book, num_format="@", text_wrap=True)  # stays text when a person types into it
        day = add_format(book, num_format="yyyy-mm-dd", align="left")
        clock = add_format(book, num_format="hh:mm", align="left")
        sheet.set_row(0, 36)
        for at, column in enumerate(COLUMNS):
            cells = {"date": day, "starts_at": clock, "ends_at": clock}.get(column.key, body)
            sheet.set_column(at, at, column.width, cells)
            sheet.write_string(0, at, str(column.heading), bold)
        number = 0
        for number, row in enumerate(rows(programme, stamp), start=1):
            for at, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, at, datetime.datetime.combine(value, datetime.time()), day)
                elif isinstance(value, datetime.time):
                    sheet.write_datetime(number, at, value, clock)
                elif value:
                    sheet.write_string(number, at, text(value)[:LONGEST_CELL], body)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return out.getvalue()
