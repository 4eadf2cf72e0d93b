"""My agenda: what an address says, and nothing that the site keeps."""

import re

import pytest
from django.core.cache import cache
from icalendar import Calendar

from agenda.choices import SessionState
from agenda.models import Session
from agenda.publishing import versions
from tests.factories import make_session
from tests.pages import links, read

ADDRESS = "/en/2024/agenda/mine/"


def rows(response):
    html = response.content.decode()
    return [code for code in Session.objects.values_list("code", flat=True) if f'id="{code}"' in html]


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_has_the_sessions_of_its_address_and_no_other(client, edition, language):
    response = client.get(f"/{language}/2024/agenda/mine/?mine=d1-08.d2-09")

    assert rows(response) == ["d1-08", "d1-09", "d2-09"]  # with its questions and answers
    assert f"/{language}/2024/agenda/mine.ics?mine=d1-08.d2-09" in links(response)


@pytest.mark.parametrize(
    "query",
    [
        "mine=d2-09&mine=d1-08",
        "mine=d2-09.d1-08",
        "mine=d1-08&mine=d2-09.d1-08",
        "mine=d1-08.d2-09&x=1",
        "mine=d1-08.,.d2-09",
    ],
)
def test_every_spelling_leads_to_one(client, edition, query):
    """Ticked boxes come one by one. What the page does not read is taken out of the address."""
    response = client.get(f"{ADDRESS}?{query}")

    assert (response.status_code, response.url) == (302, f"{ADDRESS}?mine=d1-08.d2-09")


def test_boxes_to_tick_need_no_script(client, edition):
    html = client.get(f"{ADDRESS}?mine=d1-08").content.decode()

    boxes = dict(re.findall(r'name="mine"\s+value="([^"]+)"\s+(checked)?', html))
    assert {"d1-08", "d1-14", "d2-03-t1", "d2-08-r2"} <= boxes.keys()
    assert [code for code, checked in boxes.items() if checked] == ["d1-08"]
    assert "d1-07" not in boxes  # a coffee break needs no choice


def test_unknown_sessions_are_left_out_with_a_word(client, edition):
    response = client.get(f"{ADDRESS}?mine=d1-08.no-such.nothing")

    assert rows(response) == ["d1-08", "d1-09"]
    assert "2 sessions of this address are not in the agenda any more" in read(response)
    assert "/en/2024/agenda/mine.ics?mine=d1-08" in links(response)


def test_session_with_another_id_today_is_found(client, coming, talk):
    talk.code = "new-talk"
    talk.save()
    versions.publish(coming, by=None)

    response = client.get(f"/en/{coming.year}/agenda/mine/?mine=talk")

    assert 'id="new-talk"' in response.content.decode()
    assert "not in the agenda any more" not in read(response)


def test_empty_selection_explains(client, edition):
    text = read(client.get(ADDRESS))

    assert "Tick the sessions that you want to see." in text
    assert "For your calendar" not in text


def test_sessions_at_the_same_time_are_told(client, edition):
    text = read(client.get(f"{ADDRESS}?mine=d2-03.d2-06.d2-09"))

    assert "At the same time: Open data showcases in Cambodia and other countries" in text
    assert text.count("overlaps") == 2


@pytest.mark.parametrize("codes", ["d1-08.d1-10", "d2-03.d2-03-t1", "d1-08.d1-09", "d1-08.d2-02"])
def test_nothing_overlaps_that_follows_or_belongs_to_it(client, edition, codes):
    """Day 2 begins at the hours of day 1; a theme is held in its session."""
    assert "overlaps" not in read(client.get(f"{ADDRESS}?mine={codes}"))


def test_cancelled_session_says_so_and_overlaps_with_nothing(client, edition):
    Session.objects.filter(code="d2-06").update(state=SessionState.CANCELLED)

    text = read(client.get(f"{ADDRESS}?mine=d2-03.d2-06"))

    assert "cancelled" in text
    assert "overlaps" not in text


def test_theme_has_the_times_of_its_session(client, edition):
    assert "9:00 to 12:00" in read(client.get(f"{ADDRESS}?mine=d2-03-t1"))


def test_draft_is_not_in_it(client, coming, talk):
    talk.title_en = "Not yet told"
    talk.save()
    make_session(talk.day, code="secret", title_en="Secret")

    response = client.get(f"/en/{coming.year}/agenda/mine/?mine=secret.talk")

    assert "Not yet told" not in read(response)
    assert "Secret" not in read(response)


def test_choices_push_no_page_out_of_the_cache(client, edition, django_assert_num_queries):
    client.get("/en/2024/agenda/")
    kept = len(cache._cache)

    client.get(f"{ADDRESS}?mine=d1-08")

    assert len(cache._cache) == kept
    with django_assert_num_queries(0):
        client.get("/en/2024/agenda/")


def test_calendar_has_the_same_sessions(client, edition):
    calendar = Calendar.from_ical(client.get("/en/2024/agenda/mine.ics?mine=d1-08.no-such.d2-03").content)

    ends = [str(event["url"]).rpartition("/agenda/")[2] for event in calendar.walk("VEVENT")]
    assert ends == ["d1-08/", "#d1-09", "d2-03/"]


def test_calendar_of_nothing_leads_to_the_page(client, edition):
    response = client.get("/en/2024/agenda/mine.ics?mine=no-such")

    assert (response.status_code, response.url) == (302, ADDRESS)


def test_page_says_that_nothing_is_stored(client, edition):
    assert "This site does not store it" in read(client.get(ADDRESS))
    assert not client.get(f"{ADDRESS}?mine=d1-08").cookies


@pytest.mark.parametrize("length", [1, 60])
def test_as_many_queries_for_many_sessions_as_for_one(client, edition, length, django_assert_max_num_queries):
    codes = ".".join(sorted(Session.objects.exclude(code="").values_list("code", flat=True)[:length]))

    with django_assert_max_num_queries(10):
        assert client.get(f"{ADDRESS}?mine={codes}").status_code == 200
