import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils.translation import gettext, override
from pypdf import PdfReader

from agenda.feeds.faces import ABSENT, absent_letters
from agenda.feeds.lines import in_languages
from agenda.feeds.paper import Paper
from agenda.feeds.pdf import agenda_pdf, unprinted
from agenda.feeds.stamp import stamped
from conference.language.translated import Text
from tests.agenda.feeds.source import STAMP, edition_row, make_programme, source
from tests.factories import session_value


def pages(content):
    texts = [page.extract_text().replace("\u200b", "") for page in PdfReader(BytesIO(content)).pages]
    return [re.sub(r"\s+", " ", text) for text in texts]


def meanings(content):
    """Which letters the glyphs of the fonts in a file stand for."""
    fonts = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"].values()
    return b"".join(font["/ToUnicode"].get_data() for font in fonts).decode().lower()


def test_english_agenda_says_what_is_when():
    text = pages(agenda_pdf(*source(session_value("Opening remark", "9:00", "10:00")), ["en"]))[0]

    assert "Sample Conference" in text
    assert "9:00 – 10:00" in text
    assert "Opening remark" in text


def test_foot_says_version_and_page():
    (text,) = pages(agenda_pdf(*source(session_value("Opening", "9:00", "10:00")), ["en"]))

    assert "Version 7, March 1, 2030, 9:30 · Page 1" in text


def test_state_is_a_word_on_paper():
    (text,) = pages(agenda_pdf(*source(session_value("Opening", "9:00", "10:00", state="to_be_confirmed")), ["en"]))

    assert "Opening (to be confirmed)" in text


def test_both_languages_stand_in_one_file():
    session = replace(session_value("code", "9:00", "10:00"), title=Text("Opening", "កម្មវិធី"))

    (text,) = pages(agenda_pdf(make_programme(session), edition_row(), STAMP, ["en", "km"]))

    assert "Opening" in text
    assert "កម្មវិធី" in text


def test_text_in_one_language_only_stands_once_in_both():
    (text,) = pages(agenda_pdf(*source(session_value("Opening", "9:00", "10:00")), ["km", "en"]))

    assert text.count("Opening") == 1


@pytest.mark.parametrize(("language", "note"), [("km", "(in English only)"), ("en", "(in Khmer only)")])
def test_text_that_is_not_in_the_readers_language_says_so(language, note):
    title, description = Text(**{"en" if language == "km" else "km": "Title"}), Text(en="Told twice", km="Told twice")
    session = replace(session_value("code", "9:00", "10:00"), title=title, description=description)

    with override(language):
        wanted = f"Title {gettext(note)}"
    ((line,),) = in_languages(make_programme(session).days[0], [language])
    assert (line.heading, line.details) == (wanted, ("Told twice",))


def test_text_in_one_language_stands_in_the_column_of_that_language():
    ((khmer, english),) = in_languages(make_programme(session_value("Opening", "9:00", "10:00")).days[0], ["km", "en"])

    assert (khmer.heading, english.heading) == ("", "Opening")


def test_each_day_begins_on_a_page_of_its_own(edition):
    loaded, stamp = stamped(edition, "https://conference.example.org")

    starts = [text for text in pages(agenda_pdf(loaded, edition, stamp, ["en"])) if re.search(r"Day \d ·", text)]

    assert len(starts) == 2


# --- letters of other scripts ---


@pytest.fixture
def paper():
    """Nothing is written on it; a paper that is written closes its fonts itself."""
    made = Paper("", "km", "")
    yield made
    for font in made.fonts.values():
        font.close()


VIETNAMESE = "Nguyễn Thị Ánh, Đỗ Phượng; N. Vinhův, ľŕĸ, Ħẹ̀, ﬁ"


@pytest.mark.parametrize("face", ["latin", "latinB"])
def test_every_latin_letter_has_its_glyph(paper, face):
    font = paper.fonts[face]
    glyphs, _places = font.perform_harfbuzz_shaping(VIETNAMESE, 10, None)

    absent = {0, font.glyph_ids[ord(ABSENT)]}
    assert [glyph.codepoint for glyph in glyphs if glyph.codepoint in absent] == []
    assert absent_letters(VIETNAMESE) == ""


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("text", ["ไทย", "ລາວ", "中文", "한국", "→", "🎉", "عربي"], ids=str)
def test_letter_that_no_font_has_is_seen_as_a_sign(paper, text, language):
    [run] = paper.settings[language, ""].word(text[0])

    face = next(face for face in paper.fonts.values() if face.i == run.font)
    drawn = {glyph.glyph_id for glyph, number in face.subset.items() if f"<{number:04x}>" in run.operand}
    assert drawn == {face.glyph_ids[ord(ABSENT)]}
    assert absent_letters(text) == "".join(dict.fromkeys(text))


def test_letter_that_no_font_has_can_be_searched_all_the_same():
    assert "Open 中文 day" in pages(agenda_pdf(*source(session_value("Open 中文 day", "9:00", "10:00")), ["en"]))[0]


def test_rows_with_letters_that_no_font_has_are_named():
    plain = session_value("Nguyễn Thị Ánh", "9:00", "10:00", description=Text(km="ផែនទី\u200bបើក"))
    odd = session_value("Open day", "10:00", "11:00", description=Text(en="中文 中", km="→"))

    assert unprinted(make_programme(plain, odd), edition_row(city_en="ไทย")) == [
        ("Sample Conference", "ไทย"),
        ("Open day", "中文→"),
    ]


@pytest.mark.parametrize("languages", [["km"], ["en", "km"]])
def test_pdf_is_the_same_when_made_again(languages):
    sample = source(session_value("Opening", "9:00", "10:00"))

    assert agenda_pdf(*sample, languages) == agenda_pdf(*sample, languages)


def test_khmer_is_shaped_not_put_letter_beside_letter():
    """A subscript is a glyph of its own: unshaped, the sign that joins would be drawn by itself."""
    session = replace(session_value("code", "9:00", "10:00"), title=Text(km="ស្ត្រី"))

    shaped = meanings(agenda_pdf(make_programme(session), edition_row(), STAMP, ["km"]))
    assert "<179f17d2178f17d2179a>" in shaped  # one glyph stands for the letters of the syllable
    assert "<17d2>" not in shaped


def test_programme_without_days_still_makes_a_page():
    empty = replace(make_programme(), days=())

    assert len(pages(agenda_pdf(empty, edition_row(), STAMP, ["en"]))) == 1


def test_a_row_longer_than_a_page_goes_on_on_the_next():
    long = session_value("Long", "9:00", "10:00", description=Text(en="\n".join(f"line {n}" for n in range(200))))

    assert "line 199" in pages(agenda_pdf(*source(long), ["en"]))[-1]


@pytest.mark.parametrize(
    "title",
    [
        "🎉 party",
        "نص عربي",
        "中文会议",
        "a\u200db",
        "x" * 400,
        "ក" * 400,
        "ា្ ្ក",
        "\u202eback",
        "tab\there",
        "**not bold**",
    ],
    ids=range(10),
)
def test_any_title_makes_a_page(title):
    sample = source(session_value("code", "9:00", "10:00", label=Text(km=title)), title_km=title)

    assert pages(agenda_pdf(*sample, ["km"]))
