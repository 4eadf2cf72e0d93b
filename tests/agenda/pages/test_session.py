"""The page of a session: first its state, then when and where, then what is around it."""

from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from agenda.choices import Interpretation, SessionState, SpokenLanguage
from agenda.models import Session
from agenda.publishing import versions
from agenda.templatetags.sessions import MOST_TICKS
from tests.agenda.publishing.test_versions import at
from tests.pages import links, read


def before_heading(response):
    main = response.content.decode().partition("<main")[2]
    return main.partition("<h1>")[0]


def at_half_past_nine(client, address):
    moment = datetime(2024, 3, 26, 9, 35, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
    with patch("agenda.pages.now.clock.now", return_value=moment):
        return client.get(address)


@pytest.mark.parametrize(
    ("state", "words"), [(SessionState.CANCELLED, "cancelled"), (SessionState.TO_BE_CONFIRMED, "to be confirmed")]
)
def test_state_stands_first(client, edition, state, words):
    Session.objects.filter(code="d1-08").update(state=state)

    assert words in before_heading(client.get("/en/2024/agenda/d1-08/"))


def test_nothing_stands_first_where_all_is_well(client, edition):
    assert 'class="state"' not in before_heading(client.get("/en/2024/agenda/d1-08/"))


def test_move_stands_first_too(client, coming, talk):
    at(talk, 11, 12)
    versions.publish(coming, by=None)

    assert "moved" in before_heading(client.get(f"/en/{coming.year}/agenda/talk/"))


def test_what_runs_says_so_on_its_page_and_in_the_agenda(client, edition):
    assert "running now" in before_heading(at_half_past_nine(client, "/en/2024/agenda/d1-08/"))
    assert "running now" not in read(at_half_past_nine(client, "/en/2024/agenda/d1-10/"))
    assert read(at_half_past_nine(client, "/en/2024/agenda/")).count("running now") == 1


def test_theme_of_a_cancelled_session_is_cancelled(client, edition):
    Session.objects.filter(code="d2-03").update(state=SessionState.CANCELLED)

    assert "cancelled" in before_heading(client.get("/en/2024/agenda/d2-03-t1/"))


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_leads_to_what_is_before_after_and_beside(client, edition, language):
    found = links(client.get(f"/{language}/2024/agenda/d2-06/"))

    agenda = f"/{language}/2024/agenda/"
    assert {f"{agenda}#d2-05", f"{agenda}#d2-07", f"{agenda}d2-03/"} <= set(found)


def test_page_of_a_room_leads_to_the_other_room(client, edition):
    text = read(client.get("/en/2024/agenda/d2-08-r1/"))

    assert "Beside it, in the same session" in text
    assert "Inclusive Social Development" in text
    assert "13:30 to 14:30" in text


def test_languages_and_interpretation_are_marked(client, edition):
    Session.objects.filter(code="d1-19").update(
        spoken_languages=[SpokenLanguage.KHMER], interpretation=[Interpretation.KHMER_ENGLISH]
    )

    for page in ("", "d1-19/"):
        assert "Khmer–English interpretation" in read(client.get(f"/en/2024/agenda/{page}"))


def test_page_can_be_shared_without_script(client, edition):
    response = client.get("/en/2024/agenda/d1-08/")

    address = "http%3A%2F%2Ftestserver%2Fen%2F2024%2Fagenda%2Fd1-08%2F"
    assert [
        link for link in links(response) if address in link and link.startswith(("https://t.me/", "https://www.face"))
    ]
    assert "http://testserver/en/2024/agenda/d1-08/" in read(response)


def test_draft_is_not_shared(staff_client, coming):
    assert "Tell others" not in read(staff_client.get(f"/en/{coming.year}/draft/agenda/talk/"))


def test_sheet_draws_every_length_that_the_code_writes():
    """The classes are written in Python, where a look through the templates does not find them."""
    sheet = (settings.BASE_DIR / "static" / "css" / "site.css").read_text(encoding="utf-8")

    assert ".len i {" in sheet
    assert [number for number in range(1, MOST_TICKS + 1) if f".n{number} {{" not in sheet] == []
