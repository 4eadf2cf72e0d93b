import json
import re

import pytest
from django.utils.translation import override

from agenda.feeds.schema_org import data_block, event, other_events, session_event, venue, with_organisers
from agenda.pages.bylines import Byline, Bylines, as_data
from agenda.programme.value import Appearance, Organisation, Person
from conference import models
from conference.language.translated import Text
from tests.agenda.feeds.source import edition_row, make_programme
from tests.factories import session_value

SITE = "https://conference.example.org"


def event_of(*sessions, **fields):
    return event(make_programme(*sessions), edition_row(**fields), SITE)


def test_conference_is_an_event_with_its_days_and_place():
    found = event_of(country_en="Cambodia")

    assert (found["@context"], found["@type"], found["name"]) == ("https://schema.org", "Event", "Sample Conference")
    assert (found["startDate"], found["endDate"], found["url"]) == ("2030-03-26", "2030-03-26", f"{SITE}/en/2030/")
    place = {"@type": "Place", "name": "Sample Hall", "address": "Phnom Penh, Cambodia"}
    assert found["location"] == {"@id": f"{SITE}/en/2030/#venue", **place}


def test_place_of_the_conference_has_its_street_and_where_it_is_on_the_map():
    found = event_of(address_en="12 Sample Street", coordinates="11.5564, 104.9282")["location"]

    assert found["address"].startswith("12 Sample Street, ")
    assert found["geo"] == {"@type": "GeoCoordinates", "latitude": 11.5564, "longitude": 104.9282}


def test_sessions_are_events_in_it_with_hour_and_zone():
    talk = session_value("talk", "9:00", "10:30")

    (found,) = event_of(talk, session_value("coffee", "10:30", "11:00", kind="break"))["subEvent"]

    assert (found["name"], found["url"]) == ("talk", f"{SITE}/en/2030/agenda/talk/")
    assert (found["startDate"], found["endDate"]) == ("2030-03-26T09:00:00+07:00", "2030-03-26T10:30:00+07:00")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"] == {"@id": event_of(talk)["location"]["@id"]}  # said once, of the conference


def test_what_stands_under_a_cancelled_session_is_cancelled_too():
    inside = session_value("panel", "9:30", "10:00")
    session = session_value("talk", "9:00", "10:00", state="cancelled", children=(inside,))

    assert {one["eventStatus"] for one in event_of(session)["subEvent"]} == {"https://schema.org/EventCancelled"}


def test_session_by_itself_is_an_event_of_the_conference():
    programme = make_programme(session_value("talk", "9:00", "10:30"))

    found = session_event(programme, programme.places["talk"], edition_row(), SITE)

    assert (found["@context"], found["@type"], found["name"]) == ("https://schema.org", "Event", "talk")
    assert found["startDate"] == "2030-03-26T09:00:00+07:00"
    assert (found["superEvent"]["name"], found["superEvent"]["url"]) == ("Sample Conference", f"{SITE}/en/2030/")


def test_session_names_who_is_sure_to_hold_it_and_whom_it_knows():
    dara, eva = Text(en="SOK Dara"), Text(en="Eva Sample")
    seen = (
        Appearance(name=dara, speaker=1, is_person=True, state="confirmed"),
        Appearance(name=Text(en="Sample Network"), organisation="sample", state="confirmed", role="organiser"),
        Appearance(name=eva, speaker=2, is_person=True),  # to be confirmed
        Appearance(name=Text(en="Representatives of the youth"), state="confirmed"),
        Appearance(name=Text(en="Ida Sample"), speaker=3, is_person=True, state="confirmed", role="interpreter"),
    )
    programme = make_programme(session_value("talk", "9:00", "10:30", appearances=seen))

    found = session_event(programme, programme.places["talk"], edition_row(), SITE)

    assert found["performer"] == [{"@type": "Person", "name": "SOK Dara"}]
    assert found["organizer"] == [{"@type": "Organization", "name": "Sample Network"}]
    assert found["translator"] == [{"@type": "Person", "name": "Ida Sample"}]


def test_who_holds_and_who_pays_for_the_conference():
    sample = models.Organisation(name_en="Sample Network", short_name_en="SN")
    held = [models.EditionOrganisation(organisation=sample, role=role) for role in ("organiser", "funder", "venue")]

    found = with_organisers({"@type": "Event"}, held, SITE)

    named = [{"@type": "Organization", "name": "Sample Network", "alternateName": "SN"}]
    assert found == {"@type": "Event", "organizer": named, "funder": named}


def test_venue_is_a_place_with_the_page_that_says_how_to_get_there():
    found = venue(edition_row(coordinates="11.5564, 104.9282"), SITE)

    assert (found["@type"], found["name"], found["url"]) == (
        "Place",
        "Sample Hall",
        f"{SITE}/en/2030/participants/#venue",
    )
    assert found["geo"]["latitude"] == 11.5564


def test_other_event_is_one_with_its_days_and_where_it_is_online():
    online = models.OtherEvent(slug="day", title_en="Open day", host_en="Host", starts_on="2030-03-01", is_online=True)
    undated = models.OtherEvent(slug="call", title_en="Call")

    found = other_events([online, undated], edition_row(), SITE)

    (one,) = found["@graph"]
    assert (one["@type"], one["name"], one["url"]) == ("Event", "Open day", f"{SITE}/en/2030/events/#day")
    assert (one["startDate"], one["endDate"]) == ("2030-03-01", "2030-03-01")
    assert one["location"] == {"@type": "VirtualLocation", "url": f"{SITE}/en/2030/events/#day"}
    assert one["organizer"] == {"@type": "Organization", "name": "Host"}
    assert other_events([undated], edition_row(), SITE) is None


def test_people_and_organisations_of_the_programme():
    dara = Person(1, Text(en="SOK Dara"), job_title=Text(en="Editor"), organisation=Text(en="Sample Network"))
    network = Organisation("sample", Text(en="Sample Network"), Text(en="SN"))
    people = [
        Byline("person-1", dara.name, dara, None, ()),
        Byline("person-2", Text(en="Gone"), None, None, ()),  # staff have deleted the row
    ]

    found = as_data(Bylines(people, [Byline("sample", network.name, network, None, ())], []), edition_row(), SITE)

    page = f"{SITE}/en/2030/speakers/"
    affiliation = {"@type": "Organization", "name": "Sample Network"}
    assert found["@graph"] == [
        {
            "@type": "Person",
            "name": "SOK Dara",
            "jobTitle": "Editor",
            "affiliation": affiliation,
            "url": f"{page}#person-1",
        },
        {"@type": "Person", "name": "Gone", "url": f"{page}#person-2"},
        {**affiliation, "alternateName": "SN", "url": f"{page}#sample"},
    ]


def test_event_speaks_the_language_of_the_page():
    with override("km"):
        found = event_of(title_km="សន្និសីទ")

    assert (found["name"], found["inLanguage"], found["url"]) == ("សន្និសីទ", "km", f"{SITE}/km/2030/")


def test_no_text_ends_the_block():
    title = "</script><script>alert(1)</script> & <!-- \u2028"

    html = data_block(event_of(title_en=title))

    assert (html.count("<"), html.count("&")) == (2, 0)
    assert json.loads(re.fullmatch(r"<script [^>]*>(.*)</script>", html)[1])["name"] == title


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_of_the_agenda_carries_the_published_event(client, edition, language):
    page = client.get(f"/{language}/2024/agenda/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(block)
    assert (found["startDate"], found["endDate"], found["inLanguage"]) == ("2024-03-26", "2024-03-27", language)
    assert len(found["subEvent"]) > 20


def test_first_page_carries_the_conference_without_its_sessions(client, edition):
    page = client.get("/km/2024/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(block)
    assert (found["name"], found["url"]) == (edition.title_km, "http://testserver/km/2024/")
    assert found["image"].endswith(".png")
    assert "subEvent" not in found


def test_page_of_a_session_carries_that_session(client, edition):
    page = client.get("/en/2024/agenda/d1-10/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(block)
    assert (found["url"], found["superEvent"]["startDate"]) == (
        "http://testserver/en/2024/agenda/d1-10/",
        "2024-03-26",
    )
    assert "subEvent" not in found


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("organizers/", {"Event"}),
        ("participants/", {"Place"}),
        ("speakers/", {"Organization"}),  # no person is named yet
        ("events/", {"Event"}),
    ],
)
def test_page_carries_what_it_is_about(client, edition, page, kinds):
    body = client.get(f"/km/2024/{page}").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body)
    found = json.loads(block)
    assert found["@context"] == "https://schema.org"
    assert {one["@type"] for one in found.get("@graph", [found])} == kinds
