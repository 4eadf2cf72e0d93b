"""Lines of text: each fits, no syllable is torn, no letter is lost, and a word is shaped once."""

import pytest

from agenda.feeds.breaks import breakable
from agenda.feeds.faces import Face
from agenda.feeds.paper import Paper

WIDE = 20  # ems
KHMER = "សន្និសីទជាតិស្តីពីទិន្នន័យបើកទូលាយនៅព្រះរាជាណាចក្រកម្ពុជា"


@pytest.fixture
def paper():
    made = Paper("", "km", "")
    yield made
    for font in made.fonts.values():
        font.close()


@pytest.fixture
def setting(paper):
    return paper.settings["km", ""]


@pytest.mark.parametrize(
    "text",
    [
        "open data for the public " * 12,
        KHMER * 4,
        f"{KHMER} open data (NODC) ២០២៤ – {KHMER}",
        "https://conference.example.org/" + "sample/" * 40,
        "ក្ក" * 200,
    ],
    ids=["Latin", "Khmer", "both", "address", "one word"],
)
def test_every_line_fits_and_no_letter_is_lost(setting, text):
    lines = list(setting.lines(text, WIDE))

    assert len(lines) > 1
    assert all(line.ems <= WIDE for line in lines if not line.text.endswith(" "))
    assert "".join(line.text for line in lines).rstrip() == text.rstrip()


def test_long_word_is_not_torn_inside_a_syllable(setting):
    lines = [line.text for line in setting.lines("ក្ក" * 200, WIDE)]

    assert all(line.startswith("ក្ក") and line.endswith("ក្ក") for line in lines)


def test_word_goes_to_the_next_line_whole(setting):
    words = breakable(KHMER * 4).split("\u200b")

    starts = {"".join(words[:number]) for number in range(len(words) + 1)}
    said = ""
    for line in setting.lines(KHMER * 4, WIDE):
        assert said in starts
        said += line.text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("one\r\ntwo", ["one", "two"]),
        ("  one  two ", ["  one  two "]),
        ("one\ttwo", ["one two"]),
    ],
    ids=repr,
)
def test_lines_of_short_texts(setting, text, lines):
    assert [line.text for line in setting.lines(text, WIDE)] == lines


def test_blank_at_the_end_makes_no_line_of_its_own(setting):
    width = next(setting.lines("open data", WIDE)).ems

    assert len(list(setting.lines("open data ", width))) == 1


def test_khmer_is_shaped_as_khmer_in_an_english_line(paper):
    assert paper.settings["en", ""].word("ស្ត្រី") == paper.settings["km", ""].word("ស្ត្រី")


@pytest.mark.parametrize("times", [2, 40])
def test_word_is_shaped_once_however_often_it_stands_there(setting, monkeypatch, times):
    shaped, shape = [], Face.shape_text
    monkeypatch.setattr(Face, "shape_text", lambda self, text, *how: shaped.append(text) or shape(self, text, *how))

    for _time in range(times):
        list(setting.lines("open data for the public", WIDE))

    assert sorted(shaped) == sorted([" ", "open", "data", "for", "the", "public"])
