"""Excel workbooks: every sheet that is shown, as it is shown."""

import io
from datetime import date, datetime, time

import pytest
import xlsxwriter

from agenda.importing.reading.number_formats import code_of, shown
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file
from conference.files import limits
from tests.agenda.importing.reading.office import packed, relations

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def written(fill, **options):
    """The document of a workbook that `fill` has filled."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        fill(book)
    return read_file("a.xlsx", out.getvalue())


def of_xml(data, *, before="", after=""):
    """One sheet, written by a program that writes as little as it may."""
    book = f'<workbook {SHEET} xmlns:r="x"><sheets><sheet name="Day 1" r:id="0"/></sheets></workbook>'
    content = packed(
        **{
            "_rels/.rels": relations(officeDocument="/xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml"),
            "xl/workbook.xml": book,
            "xl/worksheets/sheet1.xml": f"<worksheet {SHEET}>{before}<sheetData>{data}</sheetData>{after}</worksheet>",
        }
    )
    return read_file("a.xlsx", content)


def cells(document):
    """(row, column, text) of all."""
    return [(row.number, cell.column, cell.text) for row in document.blocks[0].rows for cell in row.cells]


def left(document):
    return [(one.where, one.text) for one in document.left_out]


def test_every_shown_sheet_is_read_and_a_hidden_one_is_named():
    def fill(book):
        for name, text in (("Old", "8:00"), ("Day 1", "9:00"), ("Empty", ""), ("Day 2", "10:00")):
            book.add_worksheet(name).write(1, 2, text)
        book.get_worksheet_by_name("Day 1").activate()
        book.get_worksheet_by_name("Old").hide()

    document = written(fill)

    assert [(block.part, block.rows[0].number, block.rows[0].cells[0].column) for block in document.blocks] == [
        ("Day 1", 2, 2), ("Day 2", 2, 2),
    ]  # fmt: skip
    assert left(document) == [("Sheet “Old”", "8:00")]


def test_hidden_rows_and_columns_are_named_and_not_read():
    def fill(book):
        sheet = book.add_worksheet("S")
        for row in range(3):
            sheet.write_row(row, 0, [f"{9 + row}:00", "note", "Talk"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})

    document = written(fill)

    assert cells(document) == [(1, 0, "9:00"), (1, 2, "Talk"), (3, 0, "11:00"), (3, 2, "Talk")]
    assert left(document) == [("Sheet “S”, row 2", "10:00 Talk"), ("Sheet “S”, column B", "note note note")]


def test_merged_cells_stand_once_also_where_they_begin_hidden():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("A1:B3", "9:00")
        sheet.merge_range("C1:E1", "Plenary")
        sheet.write("C2", "Hall A")
        sheet.write("C3", "Hall B")
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column("A:A", None, None, {"hidden": True})

    found = [(cell.text, cell.column, cell.columns, cell.rows) for cell in written(fill).blocks[0].rows[0].cells]

    assert found == [("9:00", 1, 1, 2), ("Hall A", 2, 1, 1)]


def test_words_that_are_struck_out_are_named_and_not_read():
    def fill(book):
        sheet, struck = book.add_worksheet("S"), book.add_format({"font_strikeout": True})
        sheet.write("A1", "8:00", struck)
        sheet.write_rich_string("B1", "Open ", struck, "data", " maps ", book.add_format({"italic": True}), "NAME")

    document = written(fill)

    assert cells(document) == [(1, 1, "Open maps\nNAME")]
    assert left(document) == [("Sheet “S”, A1", "8:00"), ("Sheet “S”, B1", "data")]


def test_formulas_give_their_value_and_are_named_without_one():
    def fill(book):
        sheet, clock = book.add_worksheet("S"), book.add_format({"num_format": "h:mm"})
        sheet.write_formula("A1", "=B1", clock, 0.375)
        sheet.write_formula("B1", "=TIME(9,30,0)", clock)
        sheet.write_formula("C1", '=A1&""', None, "Opening")
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")

    document = written(fill)

    assert cells(document) == [(1, 0, "09:00"), (1, 2, "Opening")]
    assert left(document) == [("Sheet “S”, B1", "=TIME(9,30,0)"), ("Sheet “S”, D1", "#DIV/0!")]
    assert "no value for this formula" in document.left_out[0].reason


def test_dates_and_times_that_a_library_writes():
    def fill(book):
        sheet = book.add_worksheet()
        for row, (value, code) in enumerate(
            [
                (time(8, 30), "h:mm AM/PM"),
                (date(2030, 3, 27), "dddd d/m/yyyy"),
                (datetime(2030, 3, 27, 9, 5), "d/m/yy h:mm"),
            ]
        ):
            sheet.write_datetime(row, 0, value, book.add_format({"num_format": code}))

    for options in ({}, {"date_1904": True}):
        assert [text for _row, _column, text in cells(written(fill, **options))] == [
            "08:30", "2030-03-27", "2030-03-27 09:05",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (8.5 / 24, "h:mm", "08:30"), (8.5 / 24, "hh:mm:ss", "08:30"), (8.5 / 24, '[$-409]h:mm\\ AM/PM;@', "08:30"),
        (8.5 / 24, 'h"h"mm', "08:30"), (1, "h:mm", "24:00"), (26 / 24, "h:mm", "02:00"), (26 / 24, "[h]:mm", "26:00"),
        (45377 + 8.5 / 24, "h:mm", "08:30"), (1.5 / 24, "[h]:mm:ss", "01:30"), (0.5 / 24, "[mm]", "00:30"),
        (45 / 1440, "mm:ss", "45:00"), (8.5 / 24, "General", "08:30"), (0.25, "General", "0.25"), (0, "h:mm", "00:00"),
        (46107, "yyyy-mm-dd", "2026-03-26"), (46107, "dddd", "2026-03-26"), (46107, "dddd, d mmmm", "26 March"),
        (46107, "mmmm yyyy", "March 2026"), (46107, '[$-107041E]d "ខែ"mmmm yyyy', "2026-03-26"),
        (46107.375, "d mmm h:mm", "26 March 09:00"), (-1, "d/m/yyyy", "-1"), (1e12, "h:mm", "1000000000000"),
        (9, "General", "9"), (9.3, "0.00", "9.30"), (830, "0000", "0830"), (830, "00\\:00", "08:30"),
        (0.5, "0%", "50%"), (-3, "0.0", "-3"),
        (1, '"Day "0', "Day 1"), (30, '0" min"', "30 min"), (30, 'General" min"', "30 min"), (12345, "#,##0", "12345"),
        (0, "0;-0;;@", ""), (2, "#.##", "2.00"), (3, "", "3"), (3, "@", "3"), (1.5, "0.0E+00", "1.5"),
    ],
)  # fmt: skip
def test_numbers_are_as_the_sheet_shows_them(number, code, text):
    assert shown(number, code) == text


def test_formats_that_excel_knows_by_number():
    assert [shown(0.375, code_of(number, {})) for number in (18, 20, 33, 46)] == ["09:00"] * 4
    assert (shown(46107, code_of(14, {})), shown(46107, code_of(16, {})), code_of(164, {164: "0"})) == (
        "2026-03-26", "26 March", "0",
    )  # fmt: skip


def test_sheet_that_says_little_of_itself():
    """No size, no places of rows and cells, no styles, no shared texts."""
    document = of_xml(
        '<row><c t="inlineStr"><is><t>9:00</t></is></c><c t="str"><v>Opening</v></c></row>'
        '<row r="5000"><c r="B5000"><v>7</v></c><c/><c t="b"><v>1</v></c>'
        '<c t="d"><v>2030-03-26T00:00:00</v></c></row>',
        before='<dimension ref="A1"/>',
    )

    assert cells(document) == [
        (1, 0, "9:00"), (1, 1, "Opening"), (5000, 1, "7"), (5000, 3, "TRUE"), (5000, 4, "2030-03-26"),
    ]  # fmt: skip


def test_line_end_that_excel_writes_by_its_number():
    assert cells(of_xml('<row><c t="inlineStr"><is><t>Open_x000D_\nmaps</t></is></c></row>')) == [(1, 0, "Open\nmaps")]


def test_what_stands_outside_the_cells_is_named():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write("A1", "9:00")
        sheet.write_comment("A1", "Which room?", {"author": ""})
        sheet.insert_textbox("C1", "Bring your badge")
        sheet.set_header('&C&"Arial,Bold"&14Open Data Day')
        sheet.set_footer("&P")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=S!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    document = written(fill)

    assert sorted(left(document)) == [
        ("Sheet “Chart”", ""), ("Sheet “S”, header", "Open Data Day"), ("comment", "Which room?"),
        ("text box", "Bring your badge"),
    ]  # fmt: skip


def test_cell_beyond_the_columns_is_refused_and_a_title_that_is_merged_over_them_is_not(monkeypatch):
    monkeypatch.setattr(limits, "COLUMNS", 4)
    wide = '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    title = '<row><c r="A1"><v>1</v></c><c r="XFD1"/></row>'

    assert of_xml(title, after=wide).blocks[0].rows[0].cells[0].columns == 4
    with pytest.raises(Unreadable, match="more than 4 columns"):
        of_xml('<row><c r="E1"><v>1</v></c></row>')
