"""Now and next, at any moment of the conference."""

from datetime import datetime, time
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from agenda.choices import SessionState
from agenda.models import Session
from agenda.programme import value
from agenda.programme.now import now_and_next
from tests.factories import make_day, make_edition, make_session
from tests.pages import links, read

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")


def at(edition, moment):
    return now_and_next(value.from_tables(edition), datetime.fromisoformat(moment))


def codes(rows):
    return [one.session.code for one in rows]


@pytest.mark.parametrize(
    ("moment", "phase", "now", "following"),
    [
        ("2024-03-20T10:00", "before", [], ["d1-01"]),
        ("2024-03-26T07:59", "running", [], ["d1-01"]),
        ("2024-03-26T08:00", "running", ["d1-01"], ["d1-02"]),
        ("2024-03-26T09:52", "running", ["d1-09"], ["d1-10"]),
        ("2024-03-26T16:59", "running", ["d1-23"], []),
        ("2024-03-26T17:00", "overnight", [], ["d2-01", "d2-03", "d2-04"]),
        ("2024-03-27T09:10", "running", ["d2-03", "d2-04"], ["d2-05", "d2-07", "d2-08"]),
        ("2024-03-27T17:30", "over", [], []),
        ("2024-05-01T10:00", "over", [], []),
    ],
)
def test_each_moment_has_its_rows(edition, moment, phase, now, following):
    found = at(edition, moment)

    assert (found.phase, codes(found.now), codes(found.next)) == (phase, now, following)


@pytest.mark.parametrize(("moment", "left"), [("09:00:00", 60), ("09:59:00", 1), ("09:59:30", 1), ("09:00:01", 60)])
def test_minutes_left_count_begun_ones(db, moment, left):
    day = make_day(make_edition())
    make_session(day)

    assert [one.minutes for one in at(day.edition, f"2030-03-26T{moment}").now] == [left]


def test_cancelled_row_does_not_run(db):
    day = make_day(make_edition())
    make_session(day, state=SessionState.CANCELLED)
    make_session(day, starts_at="11:00", ends_at="12:00", code="later")

    found = at(day.edition, "2030-03-26T09:30")

    assert (codes(found.now), codes(found.next)) == ([], ["later"])


def test_programme_without_times_says_nothing_of_now(db):
    assert at(make_edition(), "2030-03-26T09:30").phase == "empty"


@pytest.fixture
def clock(client):
    """Opens the page as it is at a moment in Phnom Penh."""

    def page(address, moment):
        moment = datetime.fromisoformat(moment).replace(tzinfo=PHNOM_PENH)
        with patch("django.utils.timezone.now", return_value=moment):
            return client.get(address)

    return page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["it is 9:10, Wednesday, March 27, 2024", "30 minutes left", "begins in 30 minutes", "Room 1"]),
        ("km", ["ម៉ោង ៩:១០", "នៅសល់ ៣០ នាទី", "ចាប់ផ្តើមក្នុងរយៈពេល ៣០ នាទីទៀត"]),
    ],
)
def test_page_says_what_runs_and_how_long(clock, edition, language, words):
    text = read(clock(f"/{language}/2024/agenda/now/", "2024-03-27T09:10"))

    assert [word for word in words if word not in text] == []


def test_page_leads_to_the_sessions_and_is_in_the_footer(clock, client, edition):
    assert "/en/2024/agenda/d2-04/" in links(clock("/en/2024/agenda/now/", "2024-03-27T09:10"))
    assert "/en/2024/agenda/now/" in links(client.get("/en/2024/agenda/"))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2024-03-01T10:00", "The conference begins on Tuesday, March 26, 2024."),
        ("2024-03-26T20:00", "The conference continues on Wednesday, March 27, 2024."),
        ("2024-03-27T22:00", "Nothing runs at this moment."),  # home says until midnight that it is under way
        ("2024-04-01T10:00", "This conference took place on March 26–27, 2024."),
    ],
)
def test_page_says_when_the_conference_is(clock, edition, moment, words):
    assert words in read(clock("/en/2024/agenda/now/", moment))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2030-03-01T10:00", "The times of the agenda are not known yet."),
        ("2031-04-01T10:00", "This conference took place on March 26–27, 2030."),
    ],
)
def test_page_of_a_conference_without_times_says_when_it_is_over(clock, db, moment, words):
    make_day(make_edition())

    assert words in read(clock("/en/2030/agenda/now/", moment))


@pytest.mark.parametrize(("language", "other", "words"), [("km", "en", "នៅសល់"), ("en", "km", "minutes left")])
def test_screen_shows_both_languages_in_turn(clock, edition, language, other, words):
    html = clock(f"/{language}/2024/agenda/now/?screen=1", "2024-03-27T09:10").content.decode()

    assert f'<html lang="{language}">' in html
    assert words in html
    assert f'<meta http-equiv="refresh" content="20; url=/{other}/2024/agenda/now/?screen=1">' in html


@pytest.mark.parametrize(
    ("query", "refreshes"), [("", True), ("?screen=1", True), ("?still=1", False), ("?screen=1&still=1", False)]
)
@pytest.mark.parametrize(
    ("moment", "runs"),
    [
        ("2024-03-20T09:00", False),
        ("2024-03-24T23:59", False),
        ("2024-03-25T08:00", True),  # a screen that is set up the day before wakes by itself
        ("2024-03-26T07:00", True),
        ("2024-03-26T20:00", True),
        ("2024-03-27T17:00", True),
        ("2024-03-27T20:00", False),
        ("2026-11-29T12:00", False),
    ],
)
def test_page_loads_itself_anew_while_the_conference_runs_unless_asked_not_to(
    clock, edition, query, refreshes, moment, runs
):
    html = clock(f"/en/2024/agenda/now/{query}", moment).content.decode()

    assert ('http-equiv="refresh"' in html) is (refreshes and runs)
    assert ("Stop loading this page anew" in html) is (refreshes and runs)
    assert ("Load this page anew" in html) is (not refreshes and runs)


@pytest.mark.parametrize("query", ["", "?screen=1"])
def test_loading_anew_can_be_stopped_before_the_content(clock, edition, query):
    html = clock(f"/en/2024/agenda/now/{query}", "2024-03-27T09:10").content.decode()

    assert html.index("Stop loading this page anew") < html.index("In Phnom Penh it is")


def test_page_takes_few_queries_however_long_the_programme(client, db, django_assert_max_num_queries):
    day = make_day(make_edition())
    for number in range(40):
        make_session(day, title_en=f"Sample {number}")
    with django_assert_max_num_queries(8):
        client.get("/en/2030/agenda/now/")


def test_page_follows_a_move_in_time(clock, edition):
    Session.objects.filter(code="d2-06").update(ends_at=time(12, 15))

    assert "10 minutes left" in read(clock("/en/2024/agenda/now/", "2024-03-27T12:05"))
