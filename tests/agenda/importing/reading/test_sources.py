"""What staff paste and send becomes one document, whatever it came in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.importing.reading.carried import from_json, to_json
from agenda.importing.reading.document import Cell, Paragraph, Row
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file, read_sources
from tests.agenda.importing.reading.office import packed, row, table, word


def of(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_text_with_tabs_is_a_table_and_a_cell_stands_in_its_column():
    (table,) = read_sources('Day 1\n\n9:00\t\t"Open\nmaps"\n', []).blocks

    assert table.rows == (Row(1, (Cell("Day 1", 0),)), Row(3, (Cell("9:00", 0), Cell("Open\nmaps", 2))))


def test_text_without_tabs_is_paragraphs():
    document = read_sources("Day 1\n\n• 9:00 Opening\n", [])

    assert document.blocks == (Paragraph("Day 1", 1), Paragraph("9:00 Opening", 3, bullet=True))


def test_several_files_and_the_box_are_one_document_that_names_them():
    document = read_sources("9:00\tOpening", [of("a.csv", "9:30,Talk"), of("b.csv", "10:00,Break")])

    assert [(block.file, block.rows[0].cells[1].text) for block in document.blocks] == [
        ("", "Opening"), ("a.csv", "Talk"), ("b.csv", "Break"),
    ]  # fmt: skip
    with pytest.raises(Unreadable, match=r"^b\.exe: Send a file"):
        read_sources("", [of("a.csv", "9:30,Talk"), of("b.exe", "x")])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "protected with a password"),
        ("a.pdf", b"%PDF-1.7", "A PDF does not say which words stand in one row"),
        ("a.pages", packed(x="y"), "save it as .docx"),
        ("a.numbers", packed(x="y"), "save it as .xlsx"),
        ("a.jpg", b"\xff\xd8", "Words in a picture are not read"),
        ("a.xlsm", packed(**{"xl/vbaProject.bin": "x"}), "save it as .xlsx"),
        ("a.docx", packed(**{"word/vbaProject.bin": "x"}), "save it as .docx"),
        ("a.exe", b"MZ", "Send a file that ends in"),
        ("a.zip", packed(x="y"), "Send a file that ends in"),
        ("a.docx", packed(x="y"), "is damaged"),
        ("a.ods", b"no archive", "is damaged"),
        ("", b"", "Send a file that ends in"),
    ],
)
def test_file_that_is_not_read_says_what_to_send_instead(name, content, words):
    with pytest.raises(Unreadable, match=words):
        read_file(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", b"<table><tr><td>9:00</table>"),  # so that Excel opens the page
        ("a.txt", b"<table><tr><td>9:00</table>"),
        ("agenda.zip", packed(**{"Agenda.html": "<table><tr><td>9:00</table>", "images/a.png": "x"})),
        ("a.xlsx", word(table(row("9:00")))),
    ],
)
def test_file_is_read_by_what_is_in_it(name, content):
    assert [block.rows[0].cells[0].text for block in read_file(name, content).blocks] == ["9:00"]


def test_document_comes_back_as_it_was_carried():
    document = read_sources("Day 1\n9:00\tបើក", [of("a.txt", "Notes\n")])

    assert from_json(to_json(document)) == document


@pytest.mark.parametrize(
    "text",
    ["", "[]", r'{"blocks":[["\ud800",1,"","",0,0]],"left_out":[]}',
     "{}", "[" * 100_000, '{"blocks":[[[[1,[["x",99,1,1]]]],"",""]],"left_out":[]}',
     '{"blocks":[[[[1,[["x",true,1,1]]]],"",""]],"left_out":[]}', '{"blocks":[[1]],"left_out":[]}',
     '{"blocks":[["x",-1,"","",0,0]],"left_out":[]}', '{"blocks":[[]],"left_out":[]}',
     '{"blocks":[],"left_out":[["x"]]}', '{"blocks":["x"],"left_out":[]}',
     '{"blocks":[[[[1,"x"]],"",""]],"left_out":[]}'],
)  # fmt: skip
def test_what_was_not_carried_is_refused_in_words(text):
    with pytest.raises(Unreadable, match="did not come back whole"):
        from_json(text)
