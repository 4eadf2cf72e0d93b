"""Word documents: every word that a reader sees, wherever it stands in the file, and nothing that is deleted."""

import pytest

from agenda.importing.reading.document import Paragraph, Table
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file
from conference.files import limits
from tests.agenda.importing.reading.office import cell, paragraph, row, run, table, word


def read(body, **others):
    return read_file("a.docx", word(body, **others))


def rows(body):
    """The one table, as (column, text, columns, rows) of each cell."""
    (found,) = [block for block in read(body).blocks if isinstance(block, Table)]
    return [[(cell.column, cell.text, cell.columns, cell.rows) for cell in row.cells] for row in found.rows]


def control(inside, properties=""):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


LINK = f'<w:hyperlink w:anchor="x">{run("data.gov.kh")}</w:hyperlink>'
TABLE = table(row("9:00", "A"), row("9:30", "B"))


@pytest.mark.parametrize(
    "inside",
    [
        LINK,
        f"<w:ins>{run('data.gov.kh')}</w:ins>",
        f"<w:moveTo>{run('data.gov.kh')}</w:moveTo>",
        control(run("data.gov.kh")),
        control(f"<w:ins>{LINK}</w:ins>"),
        f"<w:smartTag>{run('data.')}</w:smartTag>{run('gov.kh')}",
        f"<w:fldSimple>{run('data.gov.kh')}</w:fldSimple>",
        f"<w:r><w:instrText>LINK</w:instrText></w:r>{run('data.gov.kh')}",
        f"<w:customXml>{run('data.gov.kh')}</w:customXml>",
    ],
)
def test_words_are_read_wherever_they_stand_in_a_paragraph(inside):
    (line,) = read(paragraph("Presentation of ", inside, " and its users")).blocks

    assert line.text == "Presentation of data.gov.kh and its users"


@pytest.mark.parametrize(
    "body",
    [
        control(TABLE),
        f"<w:customXml>{TABLE}</w:customXml>",
        table(control(row("9:00", "A")), row("9:30", "B")),
        table(row(control(cell("9:00")), "A"), row("9:30", cell(control(paragraph("B"))))),
        table(row("9:00", "A"), row("9:30", "B", properties="<w:ins/>")),
    ],
)
def test_tables_rows_and_cells_are_read_inside_controls_and_insertions(body):
    assert [[text for _at, text, _columns, _rows in cells] for cells in rows(body)] == [["9:00", "A"], ["9:30", "B"]]


def test_time_that_was_changed_with_changes_tracked():
    changed = paragraph(f"<w:del><w:r><w:delText>8:30</w:delText></w:r></w:del><w:ins>{run('9:00')}</w:ins>")

    document = read(table(row(cell(changed), "A")))

    assert [one.text for one in document.blocks[0].rows[0].cells] == ["9:00", "A"]
    tracked, deleted = document.left_out
    assert "Changes are tracked in this document and not accepted yet" in tracked.reason
    assert (deleted.where, deleted.text, deleted.reason) == ("row 1", "8:30", "It is deleted, with changes tracked.")


def test_deleted_row_is_named_and_counts():
    document = read(table(row("9:00", "A"), row("9:10", "B", properties="<w:del/>"), row("9:30", "C")))

    assert [one.number for one in document.blocks[0].rows] == [1, 3]
    assert [one.text for one in document.left_out] == ["", "9:10 B"]


def test_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    body = paragraph("Open ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("maps")

    assert [block.text for block in read(body).blocks] == ["Open maps"]


@pytest.mark.parametrize(
    ("sign", "reason"), [("strike", "struck out"), ("dstrike", "struck out"), ("vanish", "hidden")]
)
@pytest.mark.parametrize("place", ["run", "style of the words", "style of the paragraph"])
def test_what_is_struck_out_or_hidden_is_named_and_not_read(place, sign, reason):
    styles = (
        f'<w:style w:styleId="Old"><w:rPr><w:{sign}/></w:rPr></w:style>'
        '<w:style w:styleId="New"><w:basedOn w:val="Old"/></w:style>'
    )
    if place == "run":
        old = paragraph(run("8:30", f"<w:{sign}/>"), run("9:00", f'<w:{sign} w:val="0"/>'))
    elif place == "style of the words":
        old = paragraph(run("8:30", '<w:rStyle w:val="New"/>'), run("9:00"))
    else:
        off = f'<w:{sign} w:val="false"/>'
        old = paragraph(run("8:30"), run("9:00", off), properties='<w:pStyle w:val="New"/>')

    document = read(old, styles=styles)

    assert [block.text for block in document.blocks] == ["9:00"]
    assert [(left.text, reason in left.reason) for left in document.left_out] == [("8:30", True)]


def test_cells_that_are_merged_or_begin_later():
    wide, begin, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = rows(
        table(
            row(cell("Day 1", wide + begin), cell("x")),
            row(cell("", wide + goes_on), cell("y")),
            row("z", properties='<w:gridBefore w:val="2"/>'),
            row(cell("9:00", begin), cell("A")),
            row(cell("", goes_on), cell("B")),
            row(cell("", goes_on), cell("C")),
        )
    )

    assert found == [
        [(0, "Day 1", 2, 2), (2, "x", 1, 1)],
        [(2, "y", 1, 1)],
        [(2, "z", 1, 1)],
        [(0, "9:00", 1, 3), (1, "A", 1, 1)],
        [(1, "B", 1, 1)],
        [(1, "C", 1, 1)],
    ]


def test_headings_by_style_of_any_language_and_by_level():
    styles = (
        '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="berschrift2"/></w:style>'
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    )
    marks = [f'<w:pStyle w:val="{name}"/>' for name in ("berschrift2", "Own", "Titel")]
    body = "".join(paragraph("Day", properties=mark) for mark in [*marks, '<w:outlineLvl w:val="0"/>', ""])

    assert [block.level for block in read(body, styles=styles).blocks] == [2, 2, 1, 1, 0]


def test_bare_numbers_of_a_list_are_no_text_and_words_are():
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at, (kind, text) in enumerate([("decimal", "%1."), ("upperRoman", "Session %1: ")], start=1)
    )

    def item(number):
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    document = read("".join(paragraph("Talk", properties=item(at)) for at in (1, 2, 2, 0)), numbering=levels)

    assert document.blocks == (
        Paragraph("Talk", 1, bullet=True),
        Paragraph("Session I: Talk", 2, bullet=True),
        Paragraph("Session II: Talk", 3, bullet=True),
        Paragraph("Talk", 4),
    )


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([run("Open maps "), run("NAME", "<w:i/>"), run(", ODC", "<w:i/>")], "Open maps\nNAME, ODC"),
        ([run("Open maps "), run("NAME", '<w:rStyle w:val="Emphasis"/>')], "Open maps\nNAME"),
        ([run("ផែនទី "), run("ឈ្មោះ", "<w:iCs/>")], "ផែនទី\nឈ្មោះ"),
        ([run("Open maps "), run("of rivers", "<w:bCs/><w:iCs/>")], "Open maps of rivers"),
        ([run("An "), run("open", "<w:i/>"), run(" map")], "An open map"),
        ([run("A", ""), "<w:r><w:br/></w:r>", run("B")], "A\nB"),
    ],
)
def test_emphasis_at_the_end_of_a_line_is_a_line_of_its_own(runs, text):
    styles = '<w:style w:styleId="Emphasis"><w:rPr><w:i/></w:rPr></w:style>'

    assert [block.text for block in read(paragraph(*runs), styles=styles).blocks] == [text]


def test_paragraphs_with_tabs_are_a_table():
    tab = "<w:r><w:tab/></w:r>"
    lines = [
        paragraph("Hall", properties='<w:outlineLvl w:val="0"/>'),
        paragraph("9:00", tab, tab, "Open maps", tab, "NAME"),
        paragraph("by the river"),
        paragraph(tab, "and a walk"),
        paragraph("9:30", tab, "Break"),
        paragraph("Thank you"),
    ]

    heading, found, last = read("".join(lines)).blocks

    assert [[(one.column, one.text) for one in row.cells] for row in found.rows] == [
        [(0, "9:00"), (1, "Open maps"), (2, "NAME")],
        [(0, "by the river")],
        [(1, "and a walk")],
        [(0, "9:30"), (1, "Break")],
    ]
    assert (heading.text, last.text) == ("Hall", "Thank you")


def test_what_stands_outside_the_text_is_named():
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Venue: Hall')}</w:txbxContent></w:pict></w:r>"
    picture = "<w:r><w:drawing><w:blip/></w:drawing></w:r>"
    others = {
        "header1": paragraph("Open Data Day"),
        "footer1": paragraph("1"),
        "footnotes": f"<w:footnote>{paragraph('By invitation')}</w:footnote>",
        "comments": f"<w:comment>{paragraph('Which room?')}</w:comment>",
    }

    document = read(paragraph("9:00 A", box, picture), **others)

    assert [block.text for block in document.blocks] == ["9:00 A"]
    assert sorted((left.where, left.text) for left in document.left_out if left.text) == [
        ("", "Venue: Hall"), ("comment", "Which room?"), ("footnote", "By invitation"), ("header", "Open Data Day"),
    ]  # fmt: skip
    assert any("words in a picture" in left.reason for left in document.left_out)


def test_placeholder_of_a_form_is_no_text():
    body = paragraph("Speaker: ", control(run("Click here to enter text."), "<w:showingPlcHdr/>"))

    document = read(body)

    assert [block.text for block in document.blocks] == ["Speaker:"]
    assert [left.text for left in document.left_out] == ["Click here to enter text."]


def test_tables_in_tables_are_read_as_deep_as_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "DEPTH", 3)
    inner = table(row("9:10", "A"), row("9:20", "B"))

    assert rows(table(row("9:00", cell(paragraph("Talks") + inner))))[0][1][1] == "Talks\n9:10 A\n9:20 B"
    with pytest.raises(Unreadable, match="more than 3 levels"):
        read(table(row(cell(table(row(cell(table(row(cell(inner))))))))))
