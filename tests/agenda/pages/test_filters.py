"""The agenda narrowed to what a reader asks for in the address."""

import pytest

from agenda.choices import Interpretation
from agenda.models import Session
from tests.pages import links, read


def rows(response):
    html = response.content.decode()
    return [code for code in Session.objects.values_list("code", flat=True) if f'id="{code}"' in html]


@pytest.mark.parametrize("language", ["en", "km"])
def test_agenda_of_one_track(client, edition, language):
    response = client.get(f"/{language}/2024/agenda/?track=3")

    assert rows(response) == ["d2-04", "d2-06", "d2-09", "d2-11"]
    assert ("only a part of the agenda" if language == "en" else "ផ្នែកមួយនៃរបៀបវារៈ") in read(response)


def test_agenda_of_what_is_interpreted(client, edition):
    Session.objects.filter(code="d1-19").update(interpretation=[Interpretation.SIGN_LANGUAGE])

    response = client.get("/en/2024/agenda/?interpretation=1")

    assert rows(response) == ["d1-19", "d1-20"]
    assert "Cambodian Sign Language" in read(response)


def test_no_link_leads_to_a_day_that_is_not_shown(client, edition):
    found = links(client.get("/en/2024/agenda/?track=3"))

    assert [link for link in found if link.startswith("#day")] == ["#day-2"]


def test_nothing_that_is_interpreted_is_said(client, edition):
    text = read(client.get("/en/2024/agenda/?interpretation=1"))

    assert "No session of the agenda is like this: with interpretation" in text
    assert "Show the whole agenda" in text


@pytest.mark.parametrize("query", ["track=9", "track=0", "track=", "track=a", "track=-1", "track=1234", "mine=d1-03"])
def test_what_is_no_filter_narrows_nothing(client, edition, query):
    whole = client.get("/en/2024/agenda/")

    assert rows(client.get(f"/en/2024/agenda/?{query}")) == rows(whole)


def test_old_version_is_never_narrowed(staff_client, coming):
    response = staff_client.get(f"/en/{coming.year}/versions/1/?track=abc&interpretation=1")

    assert rows(response) == ["talk"]
    assert "Show only" not in read(response)
