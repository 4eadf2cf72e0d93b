import csv
from datetime import datetime, time
from io import BytesIO, StringIO

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from agenda.feeds.stamp import stamped
from agenda.feeds.table import table_csv, table_xlsx
from conference.language.translated import Text
from tests.agenda.feeds.source import STAMP, make_programme
from tests.factories import session_value


def read(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_table_begins_with_the_mark_that_excel_needs(edition):
    assert table_csv(*stamped(edition, "https://conference.example.org")).startswith(b"\xef\xbb\xbf")


def test_table_has_a_line_for_each_session_in_both_languages(edition):
    heading, *rows = read(table_csv(*stamped(edition, "https://conference.example.org")))

    first = dict(zip(heading, rows[0], strict=True))
    assert (first["Date"], first["From"], first["Title (English)"]) == ("2024-03-26", "08:00", "Registration")
    assert first["Title (Khmer)"] == "ចុះឈ្មោះ"
    assert first["Address"] == f"https://conference.example.org/en/2024/agenda/#{first['ID']}"


def test_headings_are_in_the_readers_language(edition):
    with override("km"):
        heading, *_rows = read(table_csv(*stamped(edition, "https://conference.example.org")))

    assert heading[:3] == ["កាលបរិច្ឆេទ", "ចាប់ពី", "ដល់"]


def test_formula_in_a_title_is_made_harmless():
    session = session_value("code", "9:00", "10:00", label=Text(en="=HYPERLINK(1)"))

    _heading, row = read(table_csv(make_programme(session), STAMP))

    assert "'=HYPERLINK(1)" in row


def test_workbook_has_the_same_cells_with_real_dates_and_times(edition):
    source = stamped(edition, "https://conference.example.org")
    heading, *rows = read(table_csv(*source))

    book = load_workbook(BytesIO(table_xlsx(*source)))
    cells = [list(row) for row in book.active.iter_rows(values_only=True)]

    assert cells[0] == heading
    assert cells[1][:3] == [datetime(2024, 3, 26), time(8), time(8, 30)]
    as_text = [["" if cell is None else str(cell) for cell in row[3:]] for row in cells[1:]]
    # CSV alone needs a guard before what a spreadsheet would take for a formula.
    assert as_text == [[cell.removeprefix("'") for cell in row[3:]] for row in rows]
    assert [row[1].strftime("%H:%M") for row in cells[1:]] == [row[1] for row in rows]
    assert book.active.freeze_panes == "D2"


def test_workbook_takes_no_cell_for_a_formula():
    session = session_value("code", "9:00", "10:00", label=Text(en="=1+1"))

    (_heading, row) = load_workbook(BytesIO(table_xlsx(make_programme(session), STAMP))).active.iter_rows()

    assert [cell.value for cell in row if cell.data_type == "f"] == []
    assert "=1+1" in [cell.value for cell in row]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200))
def test_any_description_comes_back_as_it_was(words):
    session = session_value("code", "9:00", "10:00", description=Text(km=words))

    with override("en"):
        heading, row = read(table_csv(make_programme(session), STAMP))

    assert dict(zip(heading, row, strict=True))["Description (Khmer)"].removeprefix("'") == words.removeprefix("'")
