"""What changed, as a page and as a feed."""

import re
from xml.etree import ElementTree

import pytest

from agenda.models import Session
from agenda.publishing import versions
from conference.language.translated import Text
from tests.factories import make_day, make_edition, make_session
from tests.pages import forget_kept, links, read

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition_with_changes(db):
    edition = make_edition()
    session = make_session(make_day(edition), title_en="Talk", title_km="បទបង្ហាញ", code="talk")
    versions.publish(edition, by=None)
    session.title_en = "Better <b>talk</b>"
    session.save()
    versions.publish(edition, None, Text("We are sorry.", "យើងខ្ញុំសូមអភ័យទោស។"))
    make_session(
        session.day, title_en="Late talk", title_km="បទបង្ហាញយប់", starts_at="20:00", ends_at="21:00", code="late"
    )
    versions.publish(edition, by=None)
    return edition


def test_changes_are_told_newest_first_in_english(client, edition_with_changes):
    text = read(client.get("/en/2030/agenda/changes/"))

    assert text.index("Programme version 3") < text.index("Programme version 2") < text.index("Programme version 1")
    assert "We are sorry." in text
    assert "Late talk: new: Tuesday, March 26, 2030, 20:00 – 21:00" in text
    assert "Better <b>talk</b>: renamed; the title was: Talk" in text


def test_changes_are_told_in_khmer(client, edition_with_changes):
    text = read(client.get("/km/2030/agenda/changes/"))

    assert "កម្មវិធី កំណែទី៣" in text
    assert "បទបង្ហាញយប់៖ ថ្មី៖ ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០៣០ ២០:០០ – ២១:០០" in text
    assert "យើងខ្ញុំសូមអភ័យទោស។" in text


def test_changes_lead_only_to_sessions_that_still_have_a_page(client, edition_with_changes):
    assert "/en/2030/agenda/late/" in links(client.get("/en/2030/agenda/changes/"))
    Session.objects.get(code="late").delete()
    versions.publish(edition_with_changes, by=None)
    forget_kept()

    response = client.get("/en/2030/agenda/changes/")

    assert "Late talk: taken out of the agenda" in read(response)
    assert "/en/2030/agenda/late/" not in links(response)


def test_edition_without_versions_has_no_changes_yet(client, edition):
    assert "Nothing has changed yet." in read(client.get("/en/2024/agenda/changes/"))
    assert "មិនទាន់មានអ្វីផ្លាស់ប្តូរនៅឡើយទេ។" in read(client.get("/km/2024/agenda/changes/"))


def test_many_versions_stand_on_several_pages(client, edition_with_changes):
    for number in range(9):
        Session.objects.filter(code="talk").update(title_en=f"Talk {number}")
        versions.publish(edition_with_changes, by=None)

    first, second = (read(client.get("/en/2030/agenda/changes/", {"page": page})) for page in (1, 2))

    assert "Programme version 12" in first
    assert "Programme version 3" in first
    assert "Programme version 2" in second
    assert "renamed; the title was: Talk" in second
    assert "The agenda was published." in second


def test_odd_page_number_shows_a_page(client, edition_with_changes):
    for page in ("0", "99", "x"):
        assert "Programme version 3" in read(client.get("/en/2030/agenda/changes/", {"page": page}))


@pytest.mark.parametrize("number", [1, 8])
def test_changes_take_few_queries_for_many_versions(
    client, edition_with_changes, number, django_assert_max_num_queries
):
    for one in range(number):
        Session.objects.filter(code="talk").update(title_en=f"Talk {one}")
        versions.publish(edition_with_changes, by=None)

    with django_assert_max_num_queries(6):
        client.get("/en/2030/agenda/changes/")


@pytest.mark.parametrize("language", ["en", "km"])
def test_feed_has_absolute_addresses_in_its_language(client, edition_with_changes, language):
    response = client.get(f"/{language}/2030/agenda/changes.atom")

    feed = ElementTree.fromstring(response.content)  # noqa: S314 -- our own answer
    entries = feed.findall(f"{ATOM}entry")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [
        f"http://testserver/{language}/2030/agenda/changes/#version-{number}" for number in (3, 2, 1)
    ]
    assert all(entry.find(f"{ATOM}updated").text for entry in entries)


def test_feed_says_what_changed_and_escapes_it(client, edition_with_changes):
    feed = ElementTree.fromstring(client.get("/en/2030/agenda/changes.atom").content)  # noqa: S314 -- our own answer

    late, better, first = [entry.find(f"{ATOM}summary").text for entry in feed.findall(f"{ATOM}entry")]
    assert "Late talk: new: " in late
    assert better.startswith("<p>We are sorry.</p><ul><li>Better &lt;b&gt;talk&lt;/b&gt;: renamed")
    assert first == "<p>The agenda was published.</p>"


def test_agenda_leads_to_the_changes_and_the_feed(client, edition_with_changes):
    response = client.get("/en/2030/agenda/")

    assert "/en/2030/agenda/changes/" in links(response)
    assert 'type="application/atom+xml"' in response.content.decode()


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def test_feed_has_an_author_and_whole_seconds(client, edition_with_changes):
    """RFC 4287, 4.1.1 and 3.3."""
    feed = ElementTree.fromstring(client.get("/en/2030/agenda/changes.atom").content)  # noqa: S314 -- our own

    assert feed.find(f"{ATOM}author/{ATOM}name").text == str(edition_with_changes.title)
    moments = [one.text for name in ("updated", "published") for one in feed.iter(f"{ATOM}{name}")]
    assert len(moments) > 4
    assert [one for one in moments if not MOMENT.fullmatch(one)] == []


@pytest.mark.parametrize("page", ["agenda/", "agenda/changes/"])
def test_moments_on_pages_have_whole_seconds(client, edition_with_changes, page):
    text = client.get(f"/en/2030/{page}").content.decode()

    moments = re.findall(r'<time\s+datetime="([^"]*T[^"]*)"', text)
    assert moments
    assert [one for one in moments if not MOMENT.fullmatch(one)] == []
