"""Organisations with their logo and their website, and what they are in an edition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conference.models import EditionOrganisation, Organisation
from tests.agenda.models.test_photographs import upload
from tests.pages import links, read

ADD = "/admin/conference/organisation/add/"


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def typed(edition, **changes):
    rows = "editionorganisation_set"
    return {
        "name_en": "Sample Foundation",
        "name_km": "មូលនិធិគំរូ",
        "slug": "sample",
        "kind": "ngo",
        "url": "www.example.org",
        "logo": upload(Image.new("RGB", (400, 200), "teal"), "PNG"),
        f"{rows}-TOTAL_FORMS": 1,
        f"{rows}-INITIAL_FORMS": 0,
        f"{rows}-0-edition": edition.pk,
        f"{rows}-0-role": "funder",
        f"{rows}-0-through": Organisation.objects.get(slug="odc").pk,
        f"{rows}-0-position": 9,
        **changes,
    }


@pytest.mark.usefixtures("_media")
def test_one_page_of_the_admin_brings_logo_link_and_role(staff_client, client, edition):
    response = staff_client.post(ADD, typed(edition))
    assert response.status_code == 302, response.context["errors"]
    sample = Organisation.objects.get(slug="sample")

    assert sample.url == "https://www.example.org"
    assert EditionOrganisation.objects.get(organisation=sample).through.slug == "odc"
    for language, name in (("en", "Sample Foundation"), ("km", "មូលនិធិគំរូ")):
        for address in ("", "organizers/"):
            page = client.get(f"/{language}/2024/{address}")
            assert name in read(page)
            assert sample.logo.url in page.content.decode()
            assert sample.url in links(page)
    assert "www.example.org" in read(client.get("/en/2024/organizers/"))
    page = staff_client.get(f"/admin/conference/organisation/{sample.pk}/change/")
    assert 'alt="Sample Foundation"' in page.content.decode()


@pytest.mark.usefixtures("_media")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name_km": ""}, "For a logo, write the name in both languages"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"logo": SimpleUploadedFile("logo.svg", b"<svg/>")}, "This is not a picture we can read"),
    ],
    ids=["one language", "no address", "no picture"],
)
def test_what_cannot_be_shown_is_said_and_nothing_is_lost(staff_client, edition, changes, said):
    response = staff_client.post(ADD, typed(edition, **changes))

    assert said in read(response)
    assert "Sample Foundation" in response.content.decode()
    assert not Organisation.objects.filter(slug="sample").exists()


def test_name_in_one_language_is_enough_without_a_logo(staff_client, edition):
    response = staff_client.post(ADD, typed(edition, name_km="", logo="", url=""))

    assert response.status_code == 302
    assert "Sample Foundation" in read(staff_client.get("/km/2024/organizers/"))
