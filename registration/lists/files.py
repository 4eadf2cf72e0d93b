"""Files made from lists (lists.ready): XLSX for Excel and CSV, in little memory however many people are on a list.

While a read of the database is open, no one can write on SQLite. So people are read in chunks, each in a short read of
its own, and a file is complete before any of it is sent. Every cell is text, and no cell is ever a formula.
"""

import csv
from collections.abc import Collection, Iterator
from io import TextIOWrapper
from itertools import chain
from typing import Any, BinaryIO

import xlsxwriter
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from conference.files.cells import harmless, text
from conference.files.sheets import add_about, add_format, add_sheet, write_row
from conference.models import Edition
from registration.choices import Look
from registration.lists.ready import ReadyList
from registration.models import AccessLog

# People in memory at a time; what belongs to them takes a query for each chunk. With 500 a write on SQLite waited up
# to 0.9 s beside an export of 10,000, with 200 no longer than 0.2 s. The processor's time is the same.
CHUNK = 200


def rows(ready_list: ReadyList) -> Iterator[list[str]]:
    """Real words in every cell, all of them text."""
    records = ready_list.records()
    for record in in_chunks(records) if isinstance(records, QuerySet) else records:
        yield [text(column.get(record)) for column in ready_list.columns]
    if ready_list.totals:
        yield [text(cell) for cell in ready_list.totals()]


def in_chunks(records: QuerySet[Any], size: int | None = None) -> Iterator[Any]:
    """In their order, by their keys. Who is erased meanwhile is left out."""
    size = size or CHUNK
    keys = list(records.prefetch_related(None).values_list("pk", flat=True))
    for begin in range(0, len(keys), size):
        chunk = keys[begin : begin + size]
        found = {record.pk: record for record in records.order_by().filter(pk__in=chunk)}
        yield from (found[key] for key in chunk if key in found)


def headings(ready_list: ReadyList) -> list[str]:
    return [str(column.heading) for column in ready_list.columns]


def codes(ready_list: ReadyList) -> list[str]:
    return [column.code for column in ready_list.columns]


def size(ready_list: ReadyList) -> int:
    records = ready_list.records()
    return records.count() if isinstance(records, QuerySet) else len(records)


def write_csv(ready_list: ReadyList, file: BinaryIO) -> None:
    """For Excel: it needs the byte-order mark to see Khmer, and must not be handed formulas.

    One row of headings, as a mail merge wants it: a second one would be printed as a person.
    """
    out = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in chain([headings(ready_list)], rows(ready_list)):
        writer.writerow([harmless(cell) for cell in row])
    out.detach()  # the file stays open


def write_xlsx(ready_list: ReadyList, file: BinaryIO) -> None:
    """The codes of the columns, for machines, stand on a sheet of their own behind the list."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        if ready_list.notice:
            add_about(book, _("Read this first"), map(text, ready_list.notice), width=100)
        sheet = add_sheet(book, str(ready_list.title))
        body = add_format(book, num_format="@")  # stays text when a person types into it
        bold = add_format(book, bold=True, text_wrap=True, bg_color="#DDE7E8")
        sheet.set_column(0, len(ready_list.columns) - 1, 22, body)
        sheet.set_row(0, 36)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        write_row(sheet, 0, headings(ready_list), bold)
        for number, row in enumerate(rows(ready_list), start=1):
            write_row(sheet, number, row, body)
        sheet = add_sheet(book, _("Columns"))
        sheet.set_column(0, 1, 30, body)
        write_row(sheet, 0, [_("Code"), _("Heading")], bold)
        for number, pair in enumerate(zip(codes(ready_list), headings(ready_list), strict=True), start=1):
            write_row(sheet, number, pair, body)


def log_export(
    user: User,
    subject: str,
    *,
    columns: Collection[str],
    count: int,
    edition: Edition | None = None,
    reason: str | None = None,
) -> None:
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
