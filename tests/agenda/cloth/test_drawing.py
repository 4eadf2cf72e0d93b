from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from agenda.choices import Kind
from agenda.cloth import drawing, words
from agenda.cloth.strips import pieces
from agenda.cloth.weaving import PLAIN, weave
from agenda.programme.value import Day
from tests.agenda.cloth.test_weaving import programme_of, talks
from tests.factories import session_value

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own


def test_cloth_for_a_page_has_no_inline_style():
    html = drawing.cloth_svg(PLAIN, 'A label with "signs" & <more>')

    assert "style" not in html
    assert parsed(html).get("aria-label") == 'A label with "signs" & <more>'


def test_cloth_without_label_is_decoration():
    assert parsed(drawing.cloth_svg(PLAIN)).get("aria-hidden") == "true"


def test_file_stands_by_itself():
    root = parsed(drawing.cloth_file(PLAIN, "A krama"))

    assert (root.tag, root.get("role"), root.find(f"{SVG}style").text[:6]) == (f"{SVG}svg", "img", "@media")


def test_edges_of_the_threads_are_whole_cells():
    html = drawing.cloth_svg(weave(programme_of(talks(7, minutes=35), talks(11, minutes=25))))

    assert all("." not in path.get("d") for path in parsed(html).iter("path"))


def test_every_thread_is_drawn_with_a_pattern_that_is_there():
    root = parsed(drawing.cloth_svg(PLAIN))

    names = {one.get("id") for one in root.iter() if one.get("id")}
    wanted = {one.get("fill")[5:-1] for one in root.iter() if (one.get("fill") or "").startswith("url")}
    wanted |= {one.get("href")[1:] for one in root.iter("use")}
    assert wanted == names


def test_strip_has_a_piece_for_each_session_and_shows_the_current_one():
    day = Day(1, date(2030, 3, 26), sessions=tuple(talks(4)))

    drawn = pieces(day)
    root = parsed(drawing.strip_svg(drawn, 480, 600, {"1-0"}))

    assert [(one.code, one.start, one.minutes) for one in drawn] == [
        ("0-0", 480, 30),
        ("1-0", 510, 30),
        ("2-0", 540, 30),
        ("3-0", 570, 30),
    ]
    assert [path.get("d")[:5] for path in root.iter("path") if not path.get("opacity")] == ["M510 "]


def test_tracks_of_a_strip_lie_one_above_the_other():
    rooms = session_value("rooms", "9:00", "12:00", track="Rooms", track_position=1)
    mentors = session_value("mentors", "9:00", "10:00", track="Hackathon", track_position=2)
    marathon = session_value("marathon", "10:00", "12:00", track="Hackathon", track_position=2)

    drawn = pieces(Day(1, date(2030, 3, 26), sessions=(rooms, mentors, marathon)))

    assert [(one.code, one.lane, one.lanes, one.minutes) for one in drawn] == [
        ("rooms", 0, 2, 180),
        ("mentors", 1, 2, 60),
        ("marathon", 1, 2, 120),
    ]


def test_strip_of_very_many_sessions_stays_small():
    day = Day(1, date(2030, 3, 26), sessions=tuple(talks(20, tracks=40)))

    assert len(drawing.strip_svg(pieces(day), 480, 1080)) < 4096


@pytest.mark.parametrize(("since", "to"), [(480, 1020), (475, 490), (60, 1620)])
def test_scale_of_hours_has_at_most_seven(since, to):
    texts = [one.text for one in parsed(drawing.hours_svg(since, to)).iter("text")]

    assert 1 <= len(texts) <= 7


def test_description_says_what_is_woven_how_often():
    programme = programme_of(talks(3), talks(2, kinds=[Kind.HACKATHON]))

    assert words.description(programme) == (
        "A krama woven from the agenda. "
        "Upright bands: Day 1 with 2 talks in red and 1 session in which everybody takes part in indigo. "
        "Level bands: Day 2 with 2 sessions in which everybody takes part in indigo."
    )


@pytest.mark.parametrize("days", [0, 1, 3, 4])
@pytest.mark.parametrize("language", ["en", "km"])
def test_every_cloth_is_described(days, language):
    programme = programme_of(*[talks(2)] * days)
    with override(language):
        said = words.description(programme), words.caption(programme)

    assert all(said)
