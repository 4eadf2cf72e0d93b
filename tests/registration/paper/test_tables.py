"""Tables on paper: every word of every cell is there, and no row runs off its page."""

import re
from collections import Counter
from io import BytesIO

from pypdf import PdfReader

from agenda.feeds.faces import Face
from registration.lists.ready import Column, ReadyList
from registration.paper import tables
from registration.paper.tables import Head, Layout, Row

LONG_NAME = "ព្រះអង្គម្ចាស់" * 5
VIETNAMESE = "NGUYỄN Thị Ánh Tuyết"


def read_back(content):
    texts = [page.extract_text().replace("\u200b", "") for page in PdfReader(BytesIO(content)).pages]
    return [re.sub(r"\s+", " ", text) for text in texts]


def written(rows, **layout):
    columns = [Column(str(place), f"Heading {place}", lambda row, place=place: row[place]) for place in range(3)]
    ready_list = ReadyList("sample", "Sample list", "", columns, lambda: rows)
    file = BytesIO()
    tables.write_table(ready_list, Head([("Sample list", "en", 15)]), Layout({"0": 10}, **layout), file)
    return read_back(file.getvalue())


def test_every_word_of_every_cell_is_on_paper():
    words = [f"word{number}" for number in range(900)]

    pages = written([("1", LONG_NAME, VIETNAMESE), ("2", " ".join(words), "")])

    assert len(pages) > 1
    text = "".join(pages).replace(" ", "")
    assert LONG_NAME in text
    assert VIETNAMESE.replace(" ", "") in text
    assert [word for word in words if word not in text] == []


def test_headings_and_number_of_the_page_are_on_each_page():
    pages = written([(str(number), "Sample", "") for number in range(1, 60)], blank_lines=20)

    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "Heading 1" in text
        assert f"Page {number} of {len(pages)}" in text
    assert "79" in pages[-1]  # the numbers go on in the blank lines


def test_no_row_runs_off_its_page():
    rows = [Row((), height) for height in (6.5, 40, 9.5, 120, 6.5, 33)] * 5

    pages = tables._pages(rows, begins=40, heading=12, foot=10)

    assert [row for page in pages for row in page] == rows
    room = tables.HEIGHT - tables.MARGIN - tables.FOOT
    for number, page in enumerate(pages):
        assert (40 if number == 0 else tables.MARGIN) + 12 + sum(row.height for row in page) <= room


def test_sums_that_do_not_fit_take_the_last_row_along():
    """A sheet with nothing but sums is taken for the end of another list."""
    full = [Row((), 6.5)] * 20

    assert [len(page) for page in tables._pages(full, begins=40, heading=12, foot=25)] == [19, 1]


def test_list_with_nothing_on_it_says_so():
    (page,) = written([])

    assert "There is no entry on this list." in page
    assert "no entry" not in written([("1", "Sample", "")])[0]


def test_each_text_is_shaped_once_however_many_rows_have_it(monkeypatch):
    """Shaping is what takes the time of a sheet for hundreds of people."""
    shaped = Counter()
    shape = Face.shape_text

    def count(self, text, size, params):
        shaped[self.fontkey, text] += 1
        return shape(self, text, size, params)

    monkeypatch.setattr(Face, "shape_text", count)

    written([("1", LONG_NAME, VIETNAMESE)] * 60)

    assert shaped.total() == len(shaped) < 60
