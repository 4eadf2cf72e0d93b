"""What staff paste and send becomes one document, whatever it came in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.importing.reading.carried import from_json, to_json
from agenda.importing.reading.document import Cell, Paragraph, Row
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_sources


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


def test_document_comes_back_as_it_was_carried():
    document = read_sources("Day 1\n9:00\tបើក", [of("a.txt", "Notes\n")])

    assert from_json(to_json(document)) == document


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 100_000, '{"blocks":[[[[1,[["x",99,1,1]]]],"",""]],"left_out":[]}',
     '{"blocks":[[[[1,[["x",true,1,1]]]],"",""]],"left_out":[]}', '{"blocks":[[1]],"left_out":[]}',
     '{"blocks":[["x",-1,"","",0,0]],"left_out":[]}', '{"blocks":[[]],"left_out":[]}',
     '{"blocks":[],"left_out":[["x"]]}', '{"blocks":["x"],"left_out":[]}',
     '{"blocks":[[[[1,"x"]],"",""]],"left_out":[]}'],
)  # fmt: skip
def test_what_was_not_carried_is_refused_in_words(text):
    with pytest.raises(Unreadable, match="did not come back whole"):
        from_json(text)
