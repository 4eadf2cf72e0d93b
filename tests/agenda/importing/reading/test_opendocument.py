"""Files of LibreOffice: texts and spreadsheets."""

import pytest

from agenda.importing.reading.document import Paragraph
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file
from conference.files import limits
from tests.agenda.importing.reading.office import packed

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "style", "text", "table", "draw"))
_SPACES += f' xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
STYLES = (
    '<style:style style:name="Base" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="i" style:family="text" style:parent-style-name="Base"/>'
    '<style:style style:name="s" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="h" style:family="text"><style:text-properties text:display="none"/>'
    '</style:style><style:style style:name="cell" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="ta" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def packed_document(kind, body):
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return packed(**{"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def opendocument(kind, body):
    return read_file({"text": "a.odt", "spreadsheet": "a.ods"}[kind], packed_document(kind, body))


def sheet(rows, *, name="S", columns="", style=""):
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{rows}</table:table>'


def row(*cells, settings=""):
    return f"<table:table-row {settings}>{''.join(cells)}</table:table-row>"


def cell(text="", settings="", *, covered=False):
    kind = "covered-table-cell" if covered else "table-cell"
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:{kind} {settings}>{inside}</table:{kind}>"


def cells(document):
    """(row, column, text, columns, rows) of all."""
    (table,) = document.blocks
    return [(one.number, made.column, made.text, made.columns, made.rows) for one in table.rows for made in one.cells]


def left(document):
    return [(one.where, one.text) for one in document.left_out]


def test_sheet_with_merged_repeated_and_covered_cells():
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    rows = row(cell("", 'table:number-columns-repeated="3"'), cell("9:00", spans), cell(covered=True), cell("A"))
    rows += row(cell("", 'table:number-columns-repeated="3"'), *[cell(covered=True)] * 2, cell("B"))
    empty = row(cell("", 'table:number-columns-repeated="1024"'), settings='table:number-rows-repeated="1000000"')
    twice = row(cell("x", 'table:number-columns-repeated="2"'), settings='table:number-rows-repeated="2"')

    found = cells(
        opendocument("spreadsheet", sheet(f"<table:table-header-rows>{rows}</table:table-header-rows>{empty}{twice}"))
    )

    assert found == [
        (1, 3, "9:00", 2, 2), (1, 5, "A", 1, 1), (2, 5, "B", 1, 1),
        *[(number, column, "x", 1, 1) for number in (1000003, 1000004) for column in (0, 1)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown", "text"),
    [
        ('office:value-type="time" office:time-value="PT08H30M00S"', "08:30:00 AM", "08:30"),
        ('office:value-type="time" office:time-value="PT26H00M00S"', "26:00", "26:00"),
        ('office:value-type="date" office:date-value="2030-03-26"', "26.03.30", "2030-03-26"),
        ('office:value-type="date" office:date-value="2030-03-26"', "Tue 26 Mar", "26 March"),
        ('office:value-type="date" office:date-value="2030-03-26"', "Tuesday", "2030-03-26"),
        ('office:value-type="date" office:date-value="2030-03-26T09:00:00"', "26/3/30 9:00", "2030-03-26 09:00"),
        ('office:value-type="date" office:date-value="1899-12-31"', "24:00", "24:00"),
        ('office:value-type="float" office:value="9.5"', "9.50", "9.50"),
        ('office:value-type="float" office:value="9.5"', "", "9.5"),
        ('office:value-type="time" office:time-value="PT08H30M00S"', "", "08:30"),
        ('office:value-type="date" office:date-value="2030-03-26"', "", "2030-03-26"),
    ],
)
def test_cells_are_as_the_sheet_shows_them(said, shown, text):
    assert [made[2] for made in cells(opendocument("spreadsheet", sheet(row(cell(shown, said)))))] == [text]


def test_hidden_sheets_rows_and_columns_are_named_and_not_read():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row(cell("a"), cell("b"), cell("c")) + row(cell("d"), settings='table:visibility="filter"')

    document = opendocument(
        "spreadsheet", sheet(rows, columns=columns) + sheet(row(cell("old")), name="Old", style="ta")
    )

    assert [made[:3] for made in cells(document)] == [(1, 0, "a"), (1, 2, "c")]
    assert left(document) == [("Sheet “S”, row 2", "d"), ("Sheet “S”, column B", "b"), ("Sheet “Old”", "old")]


def test_struck_out_cells_comments_and_errors_are_named():
    comment = "<office:annotation><dc:date>2030-01-01</dc:date><text:p>Which room?</text:p></office:annotation>"
    commented = f"<table:table-cell>{comment}<text:p>9:00</text:p></table:table-cell>"
    rows = row(cell("8:00", 'table:style-name="cell"'), commented, cell("#DIV/0!", 'table:formula="of:=1/0"'),
               cell("", 'table:formula="of:=[.A1]"'))  # fmt: skip

    document = opendocument("spreadsheet", sheet(rows))

    assert [made[2] for made in cells(document)] == ["9:00"]
    assert left(document) == [
        ("Sheet “S”, A1", "8:00"), ("Sheet “S”, B1", "Which room?"), ("Sheet “S”, C1", "#DIV/0!"),
        ("Sheet “S”, D1", "of:=[.A1]"),
    ]  # fmt: skip


def test_row_that_says_it_stands_a_million_times_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 5)
    with pytest.raises(Unreadable, match="more than 5 rows"):
        opendocument("spreadsheet", sheet(row(cell("x"), settings='table:number-rows-repeated="1000000"')))


def test_text_with_headings_lists_links_and_a_table():
    body = (
        '<text:h text:outline-level="2">Day 1</text:h>'
        "<text:list><text:list-item><text:p>9:00 <text:a>Open</text:a><text:s/>maps</text:p><text:p>more</text:p>"
        "</text:list-item></text:list>"
        '<text:section><text:p>Talk <text:span text:style-name="i">NAME</text:span></text:p></text:section>'
    )
    tabs = "<text:p>9:00<text:tab/>A</text:p><text:p>9:30<text:tab/>B</text:p>"

    *lines, first, second = opendocument("text", body + sheet(row(cell("9:00"), cell("A"))) + tabs).blocks

    assert lines == [
        Paragraph("Day 1", 1, level=2), Paragraph("9:00 Open maps", 2, bullet=True), Paragraph("more", 3),
        Paragraph("Talk\nNAME", 4),
    ]  # fmt: skip
    assert [one.text for one in first.rows[0].cells] == ["9:00", "A"]
    assert [[one.text for one in row.cells] for row in second.rows] == [["9:00", "A"], ["9:30", "B"]]


@pytest.mark.parametrize("covered", [cell(covered=True), ""])
def test_merged_cells_of_a_text_also_where_the_covered_ones_are_not_written(covered):
    wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    rows = row(cell("9:00", high), cell("A", wide), covered, cell("B")) + row(covered, cell("C"), cell("D"))

    found = cells(opendocument("text", sheet(rows)))

    assert [made[:3] for made in found] == [(1, 0, "9:00"), (1, 1, "A"), (1, 3, "B"), (2, 1, "C"), (2, 2, "D")]


def test_what_is_not_the_text_is_named():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>8:30</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>9:00<text:span text:style-name="s">gone</text:span><text:span text:style-name="h">unseen</text:span>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By invitation</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>Venue</text:p></draw:text-box></draw:frame>"
        "<draw:frame><draw:image/></draw:frame></text:p>"
        "<text:table-of-content><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>"
    )

    document = opendocument("text", body)

    assert [block.text for block in document.blocks] == ["9:00"]
    assert sorted(text for _where, text in left(document)) == [
        "", "", "8:30", "By invitation", "Contents", "Venue", "gone", "unseen",
    ]  # fmt: skip
