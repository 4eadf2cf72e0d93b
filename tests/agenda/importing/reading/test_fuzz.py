"""Whatever is in a file: a document or a refusal in words. More files by hand: FUZZED_FILES=2000."""

import contextlib
import io
import os
import random
import re
import zipfile

import pytest
import xlsxwriter

from agenda.importing.reading.carried import from_json, to_json
from agenda.importing.reading.document import Document
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file, read_pasted
from conference.files import limits
from tests.agenda.importing.reading import test_opendocument as opendocument
from tests.agenda.importing.reading.office import cell, packed, paragraph, row, run, table, word

FILES = int(os.environ.get("FUZZED_FILES", "60"))


def workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Day 1")
        sheet.merge_range("A1:C1", "Agenda")
        sheet.write("A2", 0.375, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_rich_string("B2", "Open ", book.add_format({"font_strikeout": True}), "data", " maps")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        sheet.write_formula("C2", "=A2")
        sheet.write_comment("A2", "Note")
    return out.getvalue()


def sheets():
    rows = opendocument.row(
        opendocument.cell("9:00", 'table:number-columns-repeated="2"'),
        opendocument.cell("9:00", 'office:value-type="time" office:time-value="PT09H00M00S"'),
        opendocument.cell("A", 'table:number-rows-spanned="2" table:style-name="cell"'),
        settings='table:number-rows-repeated="3"',
    )
    return opendocument.packed_document("spreadsheet", opendocument.sheet(rows))


def texts():
    lines = '<text:h text:outline-level="1">Day</text:h>' + "<text:p>9:00<text:tab/>A</text:p>" * 2
    inside = opendocument.sheet(opendocument.row(opendocument.cell("9:00")))
    return opendocument.packed_document("text", lines + inside)


WORD = word(
    paragraph(run("Day 1", "<w:i/>"), properties='<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    + table(
        row(cell("9:00", '<w:vMerge w:val="restart"/>'), cell(table(row("a")), '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), f"<w:sdt><w:sdtContent>{cell('B')}</w:sdtContent></w:sdt>"),
    ),
    styles='<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>',
)
HTML = (
    "<style>.a{font-style:italic}</style><h1>Day 1</h1><table><tr><td rowspan=2 colspan=2>9:00<td class=a>A<s>b</s>"
    "<tr><td><table><tr><td>x</table></table><ul><li>9:30<br>C</ul>"
)
MARKDOWN = "# Day 1\n| Time | **Title** |\n|---|---|\n| 9:00 | [a](b) ~~c~~ |\n\n- *9:30* `B`\n\n  9:00   A\n  ----\n"
TEXTS = [HTML, MARKDOWN, "9:00\tA\n9:30\tB", "9:00;A;B\n9:30;C;D", "Time    A\n9:00    B\n9:30    C"]
SEEDS = [
    ("a.docx", WORD),
    ("a.xlsx", workbook()),
    ("a.ods", sheets()),
    ("a.odt", texts()),
    ("a.html", HTML.encode()),
    ("a.md", MARKDOWN.encode()),
    ("a.csv", b'Time,Title\n9:00,"a,\nb"\n9:30,c'),
    ("a.txt", "ម៉ោង\tB\n9:00  –  C".encode("utf-16")),
]
PIECES = [b"9" * 400, b"<td>" * 50, b"*" * 60, b"A1:XFD1048576", b"&#xD800;", b"4294967296", "១".encode(), b"|"]
PIECES += b'|<|>|"|]]>|<!--|\t|\n|\\|\xff\xfe|\x00|-1|0|1e308|NaN|&#0;'.split(b"|")


def changed(content, chance):
    """Bytes cut out, doubled, moved or written over; numbers become others."""
    for _time in range(chance.randint(1, 4)):
        begins = chance.randrange(len(content) + 1)
        ends = min(len(content), begins + chance.choice([1, 3, 20, 200]))
        piece = chance.choice([*PIECES, content[begins:ends] * 2, content[ends : ends + 50]])
        numbers = list(re.finditer(rb"\d+", content))
        if numbers and chance.random() < 0.5:
            begins, ends = chance.choice(numbers).span()
        content = content[:begins] + piece + content[ends:]
    return content


def changed_inside(content, chance):
    """One part of an archive is changed; the archive stays whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    return packed(**parts | {name: changed(parts[name], chance)})


@pytest.mark.parametrize("seed", SEEDS, ids=[name for name, _content in SEEDS])
def test_damaged_file_gives_a_document_or_words(seed):
    name, content = seed
    assert read_file(name, content).blocks
    for number in range(-(-FILES // len(SEEDS))):
        chance = random.Random(f"{name} {number}")
        is_packed = content.startswith(b"PK") and chance.random() < 0.8
        damaged = (changed_inside if is_packed else changed)(content, chance)
        with contextlib.suppress(Unreadable):
            document = read_file(name, damaged)
            assert from_json(to_json(document)) == document


@pytest.mark.parametrize("text", TEXTS)
def test_damaged_text_in_the_box_gives_a_document_or_words(text):
    for number in range(-(-FILES // 6)):
        damaged = changed(text.encode(), random.Random(f"{text} {number}")).decode(errors="replace")
        with contextlib.suppress(Unreadable):
            assert isinstance(read_pasted(damaged), Document)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<p " + b" ".join(b"a%d" % number for number in range(4000)) + b">x"),
        ("a.html", b"<p>x" * 300_000),
        ("a.csv", b'"' + b"a," * 200_000),
        ("a.md", b"[" * 110_000),
        ("a.txt", b" ".join([b"x"] * 400_000)),
    ],
    ids=["attributes", "tags", "one cell", "brackets", "letters"],
)
def test_file_that_asks_for_much_work_is_refused_before_it_is_done(monkeypatch, name, content):
    monkeypatch.setattr(limits, "TEXT", 100_000)

    with pytest.raises(Unreadable, match=r"too large inside|too long to be read|cannot be read as CSV"):
        read_file(name, content)
