"""What is drawn once and put on many pages: letters that are shaped, lines that end at words, QR codes."""

import re

import pytest
import segno

from registration.paper.drawing import MM, QR_MASK, QUIET_ZONE, Board, Drawing

ADDRESS = "https://conference.example.org/b/Sample-token_0123456789/"


@pytest.fixture
def board():
    made = Board(100, 100, "Sample", "en")
    yield made
    made.output()  # closes the files of its fonts


def texts(drawing):
    return [
        bytes.fromhex(said).decode("utf-16") for said in re.findall(r"ActualText <([0-9a-f]+)>", drawing.operators)
    ]


def test_name_with_letters_that_the_face_for_headings_lacks_stands_in_one_face(board):
    vietnamese, english = board.set_line("NGUYỄN Thị Hoàng Ánh", "display"), board.set_line("SOK Dara", "display")

    assert len(vietnamese.fonts) == len(english.fonts) == 1
    assert vietnamese.fonts != english.fonts


def test_khmer_is_shaped_and_its_text_can_be_read_again(board):
    drawing = Drawing(board, 100, 100)

    drawing.write(board.wrapped("ស្ត្រីខ្មែរ SOK", "km", "text", 100, 10), 0, 0, "#000000")

    assert texts(drawing) == ["ស្ត្រីខ្មែរ SOK"]
    assert len(drawing.needs) == 2  # a font for each script
    assert board.set_line("ស្ត្រី", "text").ems < sum(board.set_line(letter, "text").ems for letter in "សត្រី")


@pytest.mark.parametrize("style", ["display", "text"])
def test_lines_end_at_words_and_hold_the_whole_text(board, style):
    text = "សន្និសីទជាតិស្តីពីទិន្នន័យបើកទូលាយនៅរាជធានីភ្នំពេញ and a text in Latin letters"

    block = board.fitted(text, "km", style, width=40, height=30, sizes=(20, 16, 12, 8))

    assert len(block.lines) > 1
    assert "".join("".join(line.text for line in block.lines).split()) == "".join(text.split())
    assert block.height <= 30
    assert block.width <= 40


def test_word_that_fits_in_no_size_becomes_smaller_as_long_as_it_can_be_read(board):
    block = board.fitted("W" * 10, "en", "display", width=30, height=30, sizes=(20, 16))

    assert [line.text for line in block.lines] == ["W" * 10]
    assert block.width <= 30


@pytest.mark.parametrize("text", ["W" * 120, "ស្ត្រី" * 40 + "ក្រ៉ាំង"])
def test_then_a_word_is_broken_and_never_inside_a_syllable(board, monkeypatch, text):
    monkeypatch.setattr(Board, "words", staticmethod(lambda text: [text]))  # one long word

    block = board.fitted(text, "km", "display", width=60, height=70, sizes=(20, 16))

    assert "".join(line.text for line in block.lines) == text
    assert (block.width <= 60, block.height <= 70) == (True, True)
    assert all(line.text[0] in "Wសក" for line in block.lines)


def test_qr_code_has_the_modules_of_its_text_and_a_quiet_zone(board):
    drawing = Drawing(board, 50, 50)

    drawing.qr(ADDRESS, 0, 0, 45)

    matrix = segno.make_qr(ADDRESS, error="m", mask=QR_MASK, boost_error=False).matrix
    ground, *boxes = re.findall(r"([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re", drawing.operators)
    dark = {(x + more, y) for x, y, width, _height in (map(int, box) for box in boxes) for more in range(width)}
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}
    unit, down, left, top = re.search(r"0 g (\S+) 0 0 (\S+) (\S+) (\S+) cm", drawing.operators).groups()
    assert float(unit) == -float(down) == pytest.approx(45 / (len(matrix) + 2 * QUIET_ZONE) * MM, abs=0.001)
    assert float(left) == -float(top) == pytest.approx(QUIET_ZONE * float(unit), abs=0.01)
    assert float(ground[2]) == pytest.approx(45 * MM, abs=0.01)
