"""What lies just beyond a limit is refused in words by every reader, and read no further."""

import io
import time
from itertools import count

import pytest
import xlsxwriter
from django.utils.translation import override

from agenda.importing.reading.document import Table
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file, read_pasted
from conference.files import limits
from conference.language.khmer import KHMER_LETTER
from tests.agenda.importing.reading import test_opendocument as opendocument
from tests.agenda.importing.reading.office import packed, row, table, word


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    for name, value in {"ROWS": 6, "COLUMNS": 4, "CELLS": 12}.items():
        monkeypatch.setattr(limits, name, value)


def workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return out.getvalue()


def page(rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in cells) for cells in rows) + "</table>"


def of_libreoffice(kind):
    def make(rows):
        made = "".join(opendocument.row(*map(opendocument.cell, cells)) for cells in rows)
        return opendocument.packed_document(kind, opendocument.sheet(made))

    return make


READERS = {
    "docx": lambda rows: read_file("a.docx", word(table(*(row(*cells) for cells in rows)))),
    "xlsx": lambda rows: read_file("a.xlsx", workbook(rows)),
    "odt": lambda rows: read_file("a.odt", of_libreoffice("text")(rows)),
    "ods": lambda rows: read_file("a.ods", of_libreoffice("spreadsheet")(rows)),
    "csv": lambda rows: read_file("a.csv", "\n".join(map(",".join, rows)).encode()),
    "md": lambda rows: read_file("a.md", "\n".join(f"|{'|'.join(cells)}|" for cells in rows).encode()),
    "html": lambda rows: read_pasted(page(rows)),
    "pasted text": lambda rows: read_pasted("\n".join(map("\t".join, rows))),
}
LIMITS = {
    "rows": ([["x", "y"]] * 6, [["x", "y"]] * 7, "more than 6 rows|more than 12 cells"),
    "columns": ([["x"] * 4], [["x"] * 5], "more than 4 columns"),
    "cells": ([["x"] * 4] * 3, [["x"] * 3] * 5, "more than 12 cells"),
}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("reader", READERS)
def test_table_at_the_limit_is_read_and_one_beyond_it_is_refused(reader, limit):
    at_the_limit, beyond, words = LIMITS[limit]

    (found,) = READERS[reader](at_the_limit).blocks
    assert isinstance(found, Table)
    assert [[cell.text for cell in one.cells] for one in found.rows] == at_the_limit
    with pytest.raises(Unreadable, match=words):
        READERS[reader](beyond)
    with override("km"), pytest.raises(Unreadable) as refused:
        READERS[reader](beyond)
    assert KHMER_LETTER.search(str(refused.value))


@pytest.mark.parametrize("reader", READERS)
def test_empty_rows_and_cells_are_no_matter(reader):
    (found,) = READERS[reader]([["x", "y", "", "", ""], *[["", ""]] * 7]).blocks

    assert [[cell.text for cell in one.cells] for one in found.rows] == [["x", "y"]]


def test_lines_count_as_rows():
    assert len(read_pasted("x\n" * 6).blocks) == 6
    with pytest.raises(Unreadable, match="more than 6 rows"):
        read_pasted("x\n" * 7)


@pytest.mark.parametrize("limit", ["PARTS", "TAGS", "UNPACKED"])
@pytest.mark.parametrize("reader", ["docx", "xlsx", "odt", "ods"])
def test_archive_that_is_larger_inside_is_refused(monkeypatch, reader, limit):
    monkeypatch.setattr(limits, limit, 1)

    with pytest.raises(Unreadable, match="too large inside"):
        READERS[reader]([["x", "y"]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_that_defines_entities_is_refused(encoding):
    """A few lines of them unpack to gigabytes."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(encoding)

    with pytest.raises(Unreadable, match="too large inside"):
        read_file("a.odt", packed(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml}))


@pytest.mark.parametrize("reader", READERS)
def test_reader_that_takes_too_long_stops(monkeypatch, reader):
    clock = count()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(limits, "SECONDS", 2)

    with pytest.raises(Unreadable, match="too long"):
        READERS[reader]([["x", "y"]] * 6)
