from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from agenda.cloth.bitmap import GROUND, cloth_picture
from agenda.cloth.weaving import FRINGE, SIDE, weave
from agenda.feeds import lettering, shared_link
from agenda.feeds.share_image import CLOTH_LEFT, HEIGHT, WIDTH, edition_picture, session_picture
from conference.language.translated import Text
from tests.agenda.feeds.source import edition_row, make_programme
from tests.factories import session_value

LARGEST = 100 * 1024
KHMER = "ការសិក្សាសមិទ្ធិលទ្ធភាពស្តីពីអន្តរការីទិន្នន័យបើកទូលាយសម្រាប់តួអង្គក្រៅរដ្ឋ"
LONG = Text(en="The longest title that a table can hold, " * 5, km=KHMER * 3)


def opened(content):
    assert len(content) < LARGEST
    return Image.open(BytesIO(content))


def ink(picture, box):
    """How many points of a box are not bare ground."""
    cut = picture.convert("RGB").crop(box)
    ground = tuple(bytes.fromhex(GROUND[1:]))
    return sum(count for count, colour in cut.getcolors(cut.width * cut.height) if colour != ground)


def session_of(title):
    programme = make_programme(replace(session_value("talk", "9:00", "10:30"), title=title))
    return programme, edition_row(title_km="សន្និសីទគំរូ"), programme.places["talk"]


@pytest.mark.parametrize("title", [Text(en="Talk", km="បទបង្ហាញ"), Text(en="English only"), Text(km=KHMER), LONG])
def test_title_of_a_session_stays_within_its_place(title):
    picture = opened(session_picture(*session_of(title)))

    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert ink(picture, (60, 150, 670, 480)) > 500
    assert ink(picture, (680, 0, CLOTH_LEFT, HEIGHT)) == ink(picture, (0, 590, CLOTH_LEFT, HEIGHT)) == 0


def test_session_without_times_has_a_picture_too():
    """As in a version that was published long ago."""
    programme = make_programme(replace(session_value("talk", "9:00", "10:00"), starts_at=None, ends_at=None))

    opened(session_picture(programme, edition_row(), programme.places["talk"]))


def test_picture_of_an_edition_has_the_cloth_of_its_agenda():
    edition = edition_row(title_km="សន្និសីទគំរូ")
    one, other = (make_programme(session_value("talk", "9:00", end)) for end in ("10:00", "11:00"))
    with_break = make_programme(*one.days[0].sessions, session_value("lunch", "12:00", "13:00", kind="meal"))

    assert edition_picture(one, edition) == edition_picture(other, edition) != edition_picture(with_break, edition)


def test_khmer_is_shaped():
    """The sign that joins makes one glyph with the letter that follows; a vowel that is written first stands first."""
    glyphs, width = lettering._shaped("ស្តី", "display")
    apart = sum(lettering._shaped(letter, "display")[1] for letter in "សតី")

    assert len(glyphs) == 3
    assert width < apart


def test_letter_that_no_font_has_is_seen_to_be_missing():
    assert lettering._shaped("字", "text") == lettering._shaped("\ufffd", "text")


def test_block_breaks_khmer_only_between_words():
    lines = lettering.block(KHMER, "km", 300, 40, "display").lines

    assert "".join(lines) == KHMER
    assert len(lines) > 2
    assert all("\u1780" <= line[0] <= "\u17b3" for line in lines)


def test_text_that_is_too_long_is_cut_after_a_word():
    whole = lettering.block(f"{KHMER} {KHMER}", "km", 300, 40, "display")

    (line,) = lettering.cut(whole, 300, 60).lines

    assert whole.lines[0].startswith(line.removesuffix("…"))
    assert whole.lines[0][len(line) - 1 :][:1] in ("", " ", *map(chr, range(0x1780, 0x17B4)))
    assert lettering.cut(whole, 300, 10_000) == whole


def test_cloth_in_pixels_is_the_cloth():
    cloth = weave(
        make_programme(session_value("talk", "9:00", "10:00"), session_value("panel", "10:00", "11:00", kind="panel"))
    )

    picture = cloth_picture(cloth, pixels=3).convert("RGB")

    assert picture.size == (3 * SIDE, 3 * (SIDE + FRINGE))
    red, indigo, bare = (0x8C, 0x1A, 0x2B), (0x12, 0x39, 0x5A), tuple(bytes.fromhex(GROUND[1:]))
    assert {picture.getpixel((x, y)) for x, y in [(0, 0), (3, 0), (5, 5), (3 * 100, 3 * 101)]} == {red}
    assert picture.getpixel((3 * 200, 3 * 200)) == indigo
    assert picture.getpixel((3, 3 * SIDE)) == bare


def test_picture_is_drawn_once(monkeypatch):
    programme, edition, place = session_of(Text(en="Kept"))
    drawn = []
    monkeypatch.setattr(shared_link, "session_picture", lambda *_shown: drawn.append(1) or b"drawn")

    assert [shared_link.picture(programme, edition, place) for _again in range(3)] == [b"drawn"] * 3
    assert len(drawn) == 1


def test_number_of_drawings_in_a_minute_is_bound(monkeypatch):
    edition = edition_row()
    monkeypatch.setattr(shared_link, "MOST_A_MINUTE", 2)
    monkeypatch.setattr(shared_link, "session_picture", lambda *_shown: b"drawn")
    monkeypatch.setattr(shared_link, "edition_picture", lambda *_shown: b"edition")
    one, other, last = (make_programme(session_value("talk", "9:00", f"1{hour}:00")) for hour in range(3))

    assert [shared_link.picture(programme, edition, programme.places["talk"]) for programme in (one, other)] == [
        b"drawn"
    ] * 2
    with pytest.raises(shared_link.TooMany):
        shared_link.picture(last, edition, last.places["talk"])
    assert shared_link.picture(last, edition, None) == b"edition"
