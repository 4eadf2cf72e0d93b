"""An address that was published once leads on; one that never was says so and helps."""

import pytest
from django.core.exceptions import ValidationError

from agenda.choices import RESERVED_IDS
from agenda.models import Session
from agenda.publishing import versions
from tests.crawl import routes
from tests.factories import make_session
from tests.pages import forget_kept, links, read


@pytest.fixture
def renamed(coming, talk):
    """Published as talk, then as panel, then as debate."""
    for code in ("panel", "debate"):
        Session.objects.update(code=code)
        versions.publish(coming, by=None)
    return coming


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("old", ["talk", "panel"])
@pytest.mark.parametrize("page", ["agenda/{}/", "agenda/{}.ics"])
def test_old_id_leads_to_the_session(client, renamed, page, old, language):
    response = client.get(f"/{language}/{renamed.year}/{page.format(old)}")

    assert response.url == f"/{language}/{renamed.year}/{page.format('debate')}"
    assert client.get(response.url).status_code == 200


def test_old_id_stays_in_the_preview(staff_client, renamed):
    Session.objects.update(code="later")

    response = staff_client.get(f"/en/{renamed.year}/draft/agenda/talk/")

    assert response.url == f"/en/{renamed.year}/draft/agenda/later/"


def test_id_that_another_session_has_now_shows_that_one(client, renamed, talk_of_another):
    assert client.get(f"/en/{renamed.year}/agenda/talk/").status_code == 200


@pytest.fixture
def talk_of_another(renamed):
    first = Session.objects.get()
    make_session(first.day, title_en="Another", code="talk", starts_at="11:00", ends_at="12:00")
    versions.publish(renamed, by=None)


@pytest.mark.parametrize("language", ["en", "km"])
def test_session_that_is_gone_is_not_found_with_help(client, edition, language):
    versions.publish(edition, by=None)
    Session.objects.filter(code="d1-17").delete()
    versions.publish(edition, by=None)
    forget_kept()

    response = client.get(f"/{language}/2024/agenda/d1-17/")

    text = read(response)
    assert response.status_code == 404
    assert "Sorry, this page is not here" in text
    assert "សូមអភ័យទោស" in text
    assert f"/{language}/2024/agenda/" in links(response)  # the menu
    assert any(link and link.startswith("tel:") for link in links(response))
    assert f"/{language}/2024/agenda/d1-14/" in links(response)
    assert f"/{language}/2024/agenda/d1-17/" not in links(response)


def test_missing_page_elsewhere_has_the_menu_and_no_list(client, edition):
    response = client.get("/en/2024/nothing/")

    assert response.status_code == 404
    assert {"/en/2024/agenda/", "/en/2024/register/"} <= set(links(response))
    assert "/en/2024/agenda/d1-14/" not in links(response)


def test_site_without_an_edition_says_so_too(client, db):
    assert "Sorry, this page is not here" in read(client.get("/en/nothing/"))


def test_ids_that_are_pages_are_refused(talk):
    start = ":year>/agenda/"
    under_agenda = {route.split(start)[1].strip("/") for route in routes() if start in route}
    pages = {name for name in under_agenda if name and "<" not in name and "/" not in name and "." not in name}

    assert pages == set(RESERVED_IDS)
    for code in pages:
        talk.code = code
        with pytest.raises(ValidationError, match="Choose another id"):
            talk.full_clean()
