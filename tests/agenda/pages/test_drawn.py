"""What is drawn of the days of the agenda is kept while all that it is drawn from stays the same, and no longer."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from agenda.models import Session
from agenda.programme.timetable import timetable
from agenda.publishing import versions
from agenda.templatetags import sessions
from conference import clock
from conference.keeping.kept import answers
from conference.models import Edition
from tests.pages import read

AGENDA = "/en/2024/agenda/"


@pytest.fixture
def drawn(client, edition):
    """The agenda, drawn once already: then what is drawn of it is kept, and the whole page is not."""
    versions.publish(edition, by=None)

    def page(address=AGENDA):
        answers.clear()
        return read(client.get(address))

    page()
    return page


def test_days_are_drawn_once_a_version(drawn, edition, monkeypatch):
    asked = []
    monkeypatch.setattr(sessions, "timetable", lambda found: asked.append(found) or timetable(found))

    assert "Registration" in drawn()
    assert asked == []
    Session.objects.filter(code="d1-01").update(title_en="Another title")
    versions.publish(edition, by=None)
    drawn()
    assert len(asked) == 2  # days


def test_what_is_published_is_drawn_at_once(drawn, edition):
    Session.objects.filter(code="d1-01").update(title_en="Another title")
    assert "Another title" not in drawn()

    versions.publish(edition, by=None)

    assert "Another title" in drawn()


def test_name_that_is_forgotten_is_gone_at_once(drawn, edition):
    """The same version has another content then."""
    version = versions.ProgrammeVersion.objects.latest_of(edition)
    version.data["days"][0]["sessions"][0]["title"]["en"] = "Something else"
    version.save(update_fields=["data"])

    assert "Something else" in drawn()


def test_session_that_begins_is_marked_at_once(drawn, monkeypatch):
    assert "running now" not in drawn()

    in_hall = timezone(timedelta(hours=7))
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 3, 26, 9, 30, tzinfo=in_hall))

    assert "running now" in drawn()


def test_address_for_proposals_is_that_of_now(drawn):
    Edition.objects.update(contact_email="another@example.org")

    assert "another@example.org" in drawn()


def test_draft_is_drawn_anew(drawn, edition, staff_client):
    """Of a draft nothing is kept: staff see what they have just written."""
    address = "/en/2024/draft/agenda/"
    staff_client.get(address)
    Session.objects.filter(code="d1-01").update(title_en="Another title")

    assert "Another title" in read(staff_client.get(address))


def test_each_language_and_each_filter_has_its_own(drawn):
    english, khmer, narrowed = drawn(), drawn("/km/2024/agenda/"), drawn(f"{AGENDA}?track=1")

    assert len({english, khmer, narrowed}) == 3
    assert drawn() == english


@pytest.mark.parametrize("address", ["/en/2024/", AGENDA])
def test_title_that_is_published_is_on_each_page_at_once(client, edition, address):
    versions.publish(edition, by=None)
    for title in ("Opening the registers", "Another title"):
        Session.objects.filter(code="d1-14").update(title_en=title)
        versions.publish(edition, by=None)
        answers.clear()
        assert title in read(client.get(address))


def test_search_engines_read_what_is_published_and_the_place_of_now(drawn, client, edition):
    Edition.objects.update(venue_en="Another hall")
    Session.objects.filter(code="d1-14").update(title_en="Another title")
    versions.publish(edition, by=None)
    answers.clear()

    page = client.get(AGENDA).content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(said)
    assert found["location"]["name"] == "Another hall"
    assert [one["name"] for one in found["subEvent"] if "d1-14" in one["url"]] == ["Policy Dialogue: Another title"]
