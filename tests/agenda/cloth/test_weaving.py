from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from agenda.choices import Kind
from agenda.cloth import drawing
from agenda.cloth.weaving import PLAIN, SIDE, Cloth, weave
from agenda.cloth.yarns import Yarn
from agenda.programme.value import Day, Programme
from tests.agenda.strategies import programmes
from tests.factories import session_value

LONGEST = 8 * 1024  # bytes, before they are packed


def programme_of(*days):
    first = date(2030, 3, 26)
    rows = enumerate(days, start=1)
    return Programme(2030, tuple(Day(at, first + timedelta(days=at - 1), sessions=tuple(day)) for at, day in rows))


def talks(number, *, tracks=1, minutes=30, kinds=(Kind.PRESENTATION, Kind.PANEL)):
    """A day from eight o'clock on, with this many sessions in each track."""
    for at in range(number):
        begins, ends = (f"{8 + m // 60}:{m % 60:02}" for m in (at * minutes, (at + 1) * minutes))
        for track in range(tracks):
            kind = kinds[(at + track) % len(kinds)]
            yield session_value(f"{at}-{track}", begins, ends, track=f"{track}", kind=kind, track_position=track)


def cells(threads):
    return {cell for one in threads for cell in range(one.start, one.start + one.width)}


def test_first_day_is_the_warp_and_the_second_the_weft():
    cloth = weave(programme_of(talks(2, kinds=[Kind.KEYNOTE]), talks(2, kinds=[Kind.HACKATHON])))

    assert ({one.yarn for one in cloth.warp}, {one.yarn for one in cloth.weft}) == ({Yarn.RED}, {Yarn.INDIGO})


def test_band_is_as_wide_as_its_session_is_long():
    day = [session_value("short", "9:00", "10:00"), session_value("long", "10:00", "12:00", kind=Kind.PANEL)]

    short, long = weave(programme_of(day, [])).warp

    assert (short.start, short.width, long.start, long.width) == (0, 95, 96, 191)


def test_two_tracks_take_turns():
    day = [
        session_value("talk", "9:00", "12:00", track="A", track_position=1),
        session_value("rooms", "9:00", "12:00", track="B", track_position=2, kind=Kind.BREAKOUT),
    ]

    warp = weave(programme_of(day)).warp

    assert [one.yarn for one in warp[:4]] == ["red", "indigo", "red", "indigo"]
    assert {one.width for one in warp} == {3}


def test_ceremony_is_two_single_threads():
    cloth = weave(programme_of([session_value("hymn", "9:00", "10:00", kind=Kind.CEREMONY)]))

    assert [(one.yarn, one.start, one.width) for one in cloth.warp] == [("red", 2, 1), ("red", SIDE - 4, 1)]


def test_break_is_undyed():
    assert weave(programme_of([session_value("lunch", "12:00", "13:00", kind=Kind.MEAL)])).warp == ()


def test_one_day_is_woven_in_both_directions():
    cloth = weave(programme_of(talks(3)))

    assert cloth.warp == cloth.weft != ()


def test_third_day_lies_beside_the_first_and_the_fourth_beside_the_second():
    one, *_rest = weave(programme_of(talks(1), talks(1))).warp

    cloth = weave(programme_of(talks(1), talks(1), talks(1), talks(1)))

    assert (len(cloth.warp), len(cloth.weft)) == (2, 2)
    assert one.width > 2 * cloth.warp[0].width
    assert cloth.warp[1].start > SIDE / 2 > cloth.warp[0].start + cloth.warp[0].width


@pytest.mark.parametrize("programme", [Programme(2030), programme_of([])])
def test_before_there_are_sessions_it_is_the_plain_check(programme):
    assert weave(programme) == PLAIN


def test_each_year_has_a_cloth_of_its_own():
    one, other = programme_of(talks(3), talks(4)), programme_of(talks(3), talks(5))

    assert weave(one) != weave(other)
    assert weave(one) == weave(programme_of(talks(3), talks(4)))


@pytest.mark.parametrize(
    "days",
    [
        [talks(5)],
        [talks(20), talks(20)],
        [talks(200, minutes=4), talks(200, minutes=4), talks(200, minutes=4), talks(200, minutes=4)],
        [talks(20, tracks=10), talks(20, tracks=10), talks(20, tracks=10), talks(20, tracks=10)],
    ],
    ids=["5 sessions", "2 days", "800 in a row", "800 in ten tracks"],
)
def test_cloth_stays_small(days):
    programme = programme_of(*days)
    cloth = weave(programme)

    assert len(drawing.cloth_svg(cloth)) < LONGEST
    assert cells(cloth.warp)
    assert max(cells(cloth.warp) | cells(cloth.weft)) < SIDE


def test_smallest_threads_of_all_stay_small():
    """One cell in two, in two colours: no agenda is woven finer."""
    finest = weave(programme_of(talks(144, minutes=5, kinds=[Kind.CEREMONY])))
    assert len(drawing.cloth_svg(Cloth(finest.warp, finest.warp))) < LONGEST


@given(programmes())
@settings(max_examples=20)
def test_threads_lie_side_by_side_within_the_cloth(programme):
    cloth = weave(programme)
    for threads in (cloth.warp, cloth.weft):
        ends = 0
        for one in threads:
            assert ends <= one.start
            assert one.width > 0
            assert one.yarn in (Yarn.RED, Yarn.INDIGO)
            ends = one.start + one.width
        assert ends <= SIDE
