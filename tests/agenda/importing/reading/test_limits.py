"""Every reader keeps to the limits: what lies just beyond one is refused in words, and read no further."""

import io
import json
import time
from itertools import count

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from agenda.importing.reading.box import read_box
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.upload import text_of_upload
from agenda.importing.reading.within import within_limits
from conference import limits
from conference.khmer import KHMER_LETTER

SMALL = {"ROWS": 6, "COLUMNS": 4, "CELLS": 12, "DEPTH": 3}


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    for name, value in SMALL.items():
        monkeypatch.setattr(limits, name, value)


def workbook(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def document(rows):
    made, out = docx.Document(), io.BytesIO()
    for cells in rows:  # a table for each row: they may be of any width
        table = made.add_table(rows=1, cols=len(cells))
        for place, text in enumerate(cells):
            table.cell(0, place).text = text
    made.save(out)
    return out.getvalue()


def html(rows):
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def by_upload(name, make):
    return lambda rows: read_box(text_of_upload(SimpleUploadedFile(name, make(rows))))


READERS = {
    "docx": by_upload("a.docx", document),
    "xlsx": by_upload("a.xlsx", workbook),
    "csv": by_upload("a.csv", lambda rows: "\n".join(map(",".join, rows)).encode()),
    "html": by_upload("a.html", lambda rows: html(rows).encode()),
    "pasted html": lambda rows: read_box(html(rows)),
    "pasted text": lambda rows: read_box("\n".join(map("\t".join, rows))),
}
TABLES = {
    "rows": ([["x"]] * 6, [["x"]] * 7, "more than 6 rows"),
    "columns": ([["x"] * 4], [["x"] * 5], "more than 4 columns"),
    "cells": ([["x"] * 4] * 3, [["x"] * 3] * 5, "more than 12 cells"),
}


@pytest.mark.parametrize("limit", TABLES)
@pytest.mark.parametrize("reader", READERS)
def test_table_at_the_limit_is_read_and_one_beyond_it_is_refused(reader, limit):
    at_the_limit, beyond, words = TABLES[limit]

    assert [row.cells for row in READERS[reader](at_the_limit)] == [tuple(row) for row in at_the_limit]
    with pytest.raises(Unreadable, match=words):
        READERS[reader](beyond)


@pytest.mark.parametrize("reader", READERS)
def test_empty_rows_and_cells_behind_the_last_text_are_no_matter(reader):
    rows = [["x", "", "", "", ""], *[[""]] * 7]

    assert [row.cells for row in READERS[reader](rows)] == [("x",)]


def test_document_whose_cell_says_it_is_wide_is_refused():
    made, out = docx.Document(), io.BytesIO()
    row = made.add_table(rows=1, cols=2).rows[0]
    row.cells[1].text = "beyond"
    row._tr.tc_lst[0].grid_span = 5
    made.save(out)

    with pytest.raises(Unreadable, match="more than 4 columns"):
        text_of_upload(SimpleUploadedFile("a.docx", out.getvalue()))


def test_page_whose_cells_say_they_are_high_is_refused():
    """Each row below would be as wide as the first."""
    high = "<tr>" + '<td rowspan="1000">x' * 5 + "<tr><td>y" * 5

    with pytest.raises(Unreadable, match="more than 4 columns"):
        read_box(f"<table>{high}")


def test_sheet_that_says_it_has_rows_far_below_is_refused():
    book, out = Workbook(), io.BytesIO()
    book.active["A1"], book.active["A5000"] = "x", "far below"
    book.save(out)

    with pytest.raises(Unreadable, match="more than 12 cells"):
        text_of_upload(SimpleUploadedFile("a.xlsx", out.getvalue()))


def document_of(fill):
    made, out = docx.Document(), io.BytesIO()
    fill(made)
    made.save(out)
    return SimpleUploadedFile("a.docx", out.getvalue())


PIECES = {
    "paragraphs": lambda made: [made.add_paragraph() for _time in range(13)],
    "lines of a cell": lambda made: (
        [made.add_table(1, 1).cell(0, 0).add_paragraph("x") for _time in range(1)]
        + [made.tables[0].cell(0, 0).add_paragraph("x") for _time in range(12)]
    ),
    "pieces of a line": lambda made: (
        [made.add_paragraph("x").add_run("x")] + [made.paragraphs[0].add_run("x") for _time in range(12)]
    ),
}


@pytest.mark.parametrize("pieces", PIECES)
def test_document_of_more_pieces_than_cells_is_refused_before_they_are_read(pieces):
    with pytest.raises(Unreadable, match="too large inside"):
        text_of_upload(document_of(PIECES[pieces]))


def test_one_cell_that_takes_too_long_is_refused(monkeypatch):
    """200,000 empty lines in one cell took 35 seconds."""
    clock = count()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(limits, "SECONDS", 3)

    with pytest.raises(Unreadable, match="too long"):
        text_of_upload(document_of(lambda made: made.add_table(1, 1).cell(0, 0).add_paragraph("x\ny").add_run("z")))


@pytest.mark.parametrize("limit", ["PARTS", "TAGS"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_file_of_too_many_files_or_tags_is_refused(monkeypatch, ending, limit):
    """Two million empty rows, packed in 26 KB, took 17 seconds."""
    monkeypatch.setattr(limits, limit, 3)
    make = {"docx": document, "xlsx": workbook}[ending]

    with pytest.raises(Unreadable, match="too large inside"):
        text_of_upload(SimpleUploadedFile(f"a.{ending}", make([["x"]])))


def test_tables_in_tables_are_read_as_deep_as_the_limit():
    def nested(levels):
        made, out = docx.Document(), io.BytesIO()
        table = made.add_table(rows=1, cols=1)
        for _level in range(levels - 1):
            table = table.cell(0, 0).add_table(rows=1, cols=1)
        table.cell(0, 0).text = "inside"
        made.save(out)
        return text_of_upload(SimpleUploadedFile("a.docx", out.getvalue()))

    assert "inside" in nested(3)
    with pytest.raises(Unreadable, match="more than 3 levels"):
        nested(4)


@pytest.mark.parametrize("text", ['{"a": [[[1]]]}', '{"a": "b", "c": {"d": {"e": {"f": 1}}}}', "{" * 4])
def test_json_deeper_than_the_limit_is_refused_before_it_is_read(text):
    with pytest.raises(Unreadable, match="more than 3 levels"):
        read_box(text)


def test_brackets_in_the_texts_of_json_are_no_levels(monkeypatch):
    monkeypatch.setattr(limits, "DEPTH", 8)
    event = {"start": "9:00", "duration": "00:30", "title": '[[[[[[[[ \\" {{{{'}
    content = {"schedule": {"conference": {"days": [{"date": "2030-03-27", "rooms": {"Hall": [event]}}]}}}

    assert "[[[[" in read_box(json.dumps(content))[1].text


@pytest.mark.parametrize(("events", "is_read"), [(5, True), (6, False)])
def test_schedule_has_as_many_rows_as_the_limit(monkeypatch, events, is_read):
    monkeypatch.setattr(limits, "DEPTH", 20)
    monkeypatch.setattr(limits, "CELLS", 100)
    event = {"start": "9:00", "duration": "00:30", "title": "Talk"}
    days = [{"date": "2030-03-27", "rooms": {"Hall": [event] * events}}]
    text = json.dumps({"schedule": {"conference": {"days": days}}})

    if is_read:
        assert len(read_box(text)) == 1 + events
    else:
        with pytest.raises(Unreadable, match="more than 6 rows"):
            read_box(text)


def test_rows_that_come_too_slowly_are_refused(monkeypatch):
    clock = count()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))

    assert len(within_limits([["x"]] * 5)) == 5
    monkeypatch.setattr(limits, "SECONDS", 3)
    with pytest.raises(Unreadable, match="too long"):
        within_limits([["x"]] * 5)


@pytest.mark.parametrize("limit", TABLES)
def test_refusal_is_in_the_readers_language(limit):
    with override("km"), pytest.raises(Unreadable) as refused:
        READERS["pasted text"](TABLES[limit][1])

    assert KHMER_LETTER.search(str(refused.value))
