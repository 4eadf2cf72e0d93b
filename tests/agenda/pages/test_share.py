import json
from datetime import time
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image

from agenda.choices import SessionState
from agenda.feeds import shared_link
from agenda.models import Session
from agenda.publishing import versions
from registration.links import address_for
from tests.factories import make_registration, make_session


class _Head(HTMLParser):
    def __init__(self):
        super().__init__()
        self.told, self.links, self.title = {}, {}, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "meta" and found.keys() & {"property", "name"}:
            self.told.setdefault(found.get("property") or found["name"], []).append(found["content"])
        if tag == "link":
            self.links[found["rel"]] = found["href"]

    def handle_data(self, data):
        if self.lasttag == "title" and self.title is None:
            self.title = data


def head(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    reader = _Head()
    reader.feed(response.content.decode())
    return reader


def told(client, address):
    """Each property once."""
    found = head(client, address).told
    assert {name: values for name, values in found.items() if len(values) > 1 and name != "theme-color"} == {}
    return {name: values[0] for name, values in found.items()}


def path_of(address):
    assert address.startswith("http://testserver/")
    return address.removeprefix("http://testserver")


PAGES = [
    "",
    "agenda/",
    "agenda/now/",
    "speakers/",
    "background/",
    "organizers/",
    "participants/",
    "events/",
    "files/",
    "register/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_public_page_tells_programs_what_to_show(client, edition, page):
    found = told(client, f"/km/2024/{page}")

    assert found["og:url"] == f"http://testserver/km/2024/{page}"
    assert found["og:title"] == found["twitter:title"] != ""
    assert found["og:description"] == found["twitter:description"] != ""
    assert (found["og:locale"], found["og:locale:alternate"]) == ("km_KH", "en_US")
    assert found["og:image"] == found["twitter:image"]
    assert edition.title_km in found["og:image:alt"]
    assert found["twitter:card"] == "summary_large_image"


def test_picture_is_what_its_tags_say(client, talk, coming):
    found = told(client, f"/en/{coming.year}/")

    response = client.get(path_of(found["og:image"]))

    assert (response.status_code, response.headers["Content-Type"]) == (200, found["og:image:type"])
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(response.content) < 100 * 1024
    size = Image.open(BytesIO(response.content)).size
    assert [str(side) for side in size] == [found["og:image:width"], found["og:image:height"]]


def test_address_keeps_what_the_page_reads_and_nothing_else(client, edition):
    found = told(client, "/en/2024/agenda/?track=1&open=1&from=chat")

    assert found["og:url"].startswith("http://testserver/en/2024/agenda/?open=1")
    assert "chat" not in found["og:url"]


def test_session_has_a_picture_of_its_own(client, edition):
    found = told(client, "/en/2024/agenda/d1-10/")
    title = edition_title(edition, "d1-10")

    assert found["og:image"] != told(client, "/en/2024/")["og:image"]
    assert title in found["og:title"]
    assert title in found["og:image:alt"]
    assert client.get(path_of(found["og:image"])).headers["Content-Type"] == "image/png"


def edition_title(edition, code):
    return versions.published(edition).places[code].session.title.en


def test_title_and_description_can_hold_any_sign(client, talk, coming):
    talk.title_en, talk.description_en = 'A "title" & <b>more</b>', 'It\'s <i>said</i>\nin "lines"'
    talk.save()
    versions.publish(coming, by=None)

    found = head(client, f"/en/{coming.year}/agenda/talk/")

    assert found.told["og:title"] == ['A "title" & <b>more</b>']
    assert found.told["og:description"] == found.told["description"] == ['It\'s <i>said</i> in "lines"']
    assert found.title == 'A "title" & <b>more</b> – Sample Conference'


def test_long_description_is_cut_between_syllables(client, talk, coming):
    talk.description_km = "ស្ត្រី" * 100
    talk.save()
    versions.publish(coming, by=None)

    said = told(client, f"/km/{coming.year}/agenda/talk/")["og:description"]

    assert len(said) <= 300
    assert said.endswith("ស្ត្រី…")


@pytest.mark.parametrize(
    "page", ["share/0123456789/nothing.png", "share/0123456789/d1-07.png/", "agenda/nothing/", "share/0123456789/"]
)
def test_unknown_address_is_not_found_and_tells_nothing(client, edition, page):
    assert "og:image" not in head(client, f"/en/2024/{page}", status=404).told


def test_picture_that_says_something_else_by_now_leads_to_that_of_today(client, talk, coming):
    before = path_of(told(client, f"/en/{coming.year}/agenda/talk/")["og:image"])
    talk.title_en = "Another title"
    talk.save()
    versions.publish(coming, by=None)
    after = shared_link.address(coming, versions.published(coming).places["talk"])

    response = client.get(before)

    assert (response.status_code, response.headers["Location"]) == (302, after)
    assert before != after
    assert client.get(after).status_code == 200


@pytest.mark.parametrize(
    "change", [{"title_km": "បទបង្ហាញ"}, {"ends_at": time(11)}, {"state": SessionState.CANCELLED}], ids=str
)
def test_address_changes_with_what_is_written(talk, coming, change):
    before = shared_link.mark_of(coming, versions.published(coming).places["talk"])
    Session.objects.filter(pk=talk.pk).update(**change)
    versions.publish(coming, by=None)

    assert shared_link.mark_of(coming, versions.published(coming).places["talk"]) != before


def test_too_many_drawings_lead_to_the_picture_of_the_edition(client, edition, monkeypatch):
    monkeypatch.setattr(shared_link, "MOST_A_MINUTE", 0)

    response = client.get(shared_link.address(edition, versions.published(edition).places["d1-10"]))

    assert response.headers["Location"] == shared_link.address(edition)
    assert client.get(response.headers["Location"]).status_code == 200


def test_draft_has_no_picture(staff_client, talk, coming):
    make_session(talk.day, starts_at="11:00", ends_at="12:00", code="secret", title_en="Secret")
    make_session(talk.day, starts_at="12:00", ends_at="13:00", code="hidden", state=SessionState.DRAFT)
    mark = shared_link.mark_of(coming, versions.published(coming).places["talk"])

    year = coming.year
    for page in (f"draft/share/{mark}/talk.png", f"share/{mark}/secret.png", f"share/{mark}/hidden.png"):
        assert staff_client.get(f"/en/{year}/{page}").status_code == 404
    assert "og:image" not in head(staff_client, f"/en/{year}/draft/agenda/talk/").told


def test_own_page_tells_nothing(client, edition):
    own = client.get(address_for(make_registration(edition)), follow=True)

    assert b"og:" not in own.content
    assert b"<title>" in own.content


def _static(client, address):
    response = client.get(address)
    content = b"".join(response.streaming_content)
    response.close()
    return content


@pytest.mark.parametrize(("language", "name"), [("en", "National Open Data Conference"), ("km", "សន្និសីទជាតិ")])
def test_manifest_speaks_the_language_of_its_address(client, edition, language, name):
    address = head(client, f"/{language}/2024/").links["manifest"]

    response = client.get(address)

    found = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert found["name"].startswith(name)
    assert (found["lang"], found["start_url"]) == (language, f"/{language}/")
    assert [len(_static(client, icon["src"])) > 100 for icon in found["icons"]] == [True, True]


def test_touch_icon_is_square_and_small(client, edition):
    content = _static(client, head(client, "/en/2024/").links["apple-touch-icon"])

    assert Image.open(BytesIO(content)).size == (180, 180)
    assert len(content) < 4096


def test_address_of_a_picture_is_in_the_language_of_the_page(edition):
    with override("km"):
        assert shared_link.address(edition).startswith("/km/2024/share/")
