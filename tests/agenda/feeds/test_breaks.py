import re
from pathlib import Path

import pytest

from agenda.feeds.breaks import ZWSP, breakable
from conference.language.khmer import COENG, KHMER_LETTER
from tests.test_translations import catalogue, khmer

TEXTS = [khmer(message) for message in catalogue("locale")]


def test_khmer_breaks_between_words():
    assert breakable("សន្និសីទជាតិ").split(ZWSP) == ["សន្និសីទ", "ជាតិ"]


def test_latin_and_short_words_stay_whole():
    assert breakable("Open Data ខែមីនា 2024") == "Open Data ខែមីនា 2024".replace("ខែមីនា", breakable("ខែមីនា"))
    assert breakable("Open Data") == "Open Data"


def test_no_text_of_ours_loses_a_letter_or_breaks_inside_a_syllable():
    for text in TEXTS:
        parts = breakable(text).split(ZWSP)
        assert "".join(parts) == text
        assert all(KHMER_LETTER.match(part) for part in parts[1:])
        assert not any(part.endswith(COENG) for part in parts[:-1])


@pytest.mark.parametrize("folder", ["agenda/data/fonts"])
def test_fonts_come_with_their_licence(folder):
    root = Path(__file__).parent.parent.parent.parent / folder

    assert re.search("SIL Open Font License", (root / "OFL.txt").read_text(encoding="utf-8"), re.IGNORECASE)


def test_word_for_open_is_one_word():
    assert "បើកទូលាយ" in breakable("សន្និសីទជាតិស្តីពីទិន្នន័យបើកទូលាយ")
