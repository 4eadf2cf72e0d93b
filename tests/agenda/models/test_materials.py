"""Slides of a session: published with the programme, and there for as long as something names them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from agenda.chase.rows import load
from agenda.chase.unfinished import unfinished
from agenda.models import Material, ProgrammeVersion, Session
from agenda.programme import value
from agenda.publishing import versions
from agenda.publishing.restoring import restore
from conference.files import limits
from tests.agenda.admin.test_programme import form_as_sent
from tests.pages import forget_kept, links, read

PAGE = "/en/2024/agenda/d1-14/"
SLIDES = b"%PDF-1.7 sample slides"


@pytest.fixture
def added(staff_client, edition, media):
    """Adds a material to a session, as staff do; gives the answer."""
    session = Session.objects.get(code="d1-14")
    page = reverse("admin:agenda_session_change", args=[session.pk])

    def add(**changes):
        data = form_as_sent(staff_client.get(page))
        number = data["materials-INITIAL_FORMS"]
        row = {"title_en": "Sample slides", "languages": ["km"], "position": 0, **changes}
        data |= {f"materials-{number}-{name}": typed for name, typed in row.items()}
        return staff_client.post(page, data | {"materials-TOTAL_FORMS": number + 1})

    return add


def upload(content=SLIDES, name="anything.exe"):
    return SimpleUploadedFile(name, content)


def test_slides_are_public_when_the_agenda_is_published(client, edition, added, media):
    versions.publish(edition, by=None)

    assert added(file=upload()).status_code == 302
    assert "Sample slides" not in read(client.get(PAGE))
    forget_kept()
    versions.publish(edition, by=None)

    material = Material.objects.get()
    assert media() == {material.file.name}
    assert "Sample slides" in read(client.get(PAGE))
    assert read(client.get("/en/2024/agenda/")).count("with slides or other materials") == 1
    assert "new slides or other materials: Sample slides" in read(client.get("/en/2024/agenda/changes/"))
    assert material.file.url in client.get("/en/2024/edition.json").content.decode()


def test_page_names_kind_size_and_language_and_sends_the_file_to_be_kept(client, edition, added):
    added(file=upload())
    added(title_en="Sample film", languages=["km", "en"], url="https://video.example.org/1", licence="cc-by-4.0")
    versions.publish(edition, by=None)

    page = client.get(PAGE)
    slides = Material.objects.exclude(file="").get().file.url
    answer = client.get(slides)

    assert "Sample slides PDF, 1 KB, Khmer" in read(page)
    assert "Sample film on video.example.org, Khmer, English, CC BY 4.0" in read(page)
    assert {slides, "https://video.example.org/1", "https://creativecommons.org/licenses/by/4.0/"} <= set(links(page))
    assert answer["Content-Disposition"] == 'attachment; filename="nodc-2024-d1-14.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert client.get(slides, headers={"range": "bytes=0-3"}).content == SLIDES[:4]


def test_page_without_materials_says_nothing_of_them(client, edition):
    assert "Slides and other materials" not in read(client.get(PAGE))


def test_files_and_search_know_them(client, edition, added):
    added(title_en="Landmines", url="https://video.example.org/1")
    versions.publish(edition, by=None)

    feed = json.loads(client.get("/en/2024/schedule.json").content)
    days = feed["schedule"]["conference"]["days"]
    found = [event["links"] for day in days for room in day["rooms"].values() for event in room if event["links"]]

    assert found == [[{"title": "Landmines", "url": "https://video.example.org/1"}]]
    assert (
        '<link href="https://video.example.org/1">Landmines</link>'
        in client.get("/en/2024/schedule.xml").content.decode()
    )
    assert "https://video.example.org/1" in client.get("/en/2024/agenda.csv").content.decode()
    assert PAGE in links(client.get("/en/2024/search/", {"q": "landmines"}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": b"<html>"}, "send PDF, PowerPoint"),
        ({"file": SLIDES * 100}, "larger than 5 MB"),
        ({}, "one of the two"),
        ({"file": SLIDES, "url": "https://video.example.org/1"}, "one of the two"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"url": "https://video.example.org/1", "title_en": ""}, "in at least one language"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_word(added, media, monkeypatch, changes, said):
    monkeypatch.setattr(limits, "DOCUMENT", 1000)
    sent = changes | ({"file": upload(changes["file"], "slides.pdf")} if "file" in changes else {})

    response = added(**sent)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert media() == set()


def test_database_refuses_what_is_neither_a_file_nor_a_link(edition):
    with pytest.raises(IntegrityError):
        Material.objects.bulk_create([Material(session=Session.objects.first(), title_en="Sample")])


def test_file_stays_while_the_published_agenda_names_it(
    client, edition, added, media, django_capture_on_commit_callbacks
):
    added(file=upload())
    versions.publish(edition, by=None)
    address = Material.objects.get().file.url

    Material.objects.all().delete()
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        versions.publish(edition, by=None)

    assert client.get(address).status_code == 404
    assert "taken away: Sample slides" in read(client.get("/en/2024/agenda/changes/"))


def test_restored_version_has_its_materials_but_for_files_that_are_gone(
    edition, added, media, django_capture_on_commit_callbacks
):
    added(file=upload())
    added(title_en="Sample film", url="https://video.example.org/1", licence="reserved")
    first = versions.publish(edition, by=None)
    before = value.from_tables(edition)
    Material.objects.filter(url="").delete()
    Material.objects.update(title_en="Another title", languages=[], licence="")

    restore(first)
    assert value.from_tables(edition) == before

    Material.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        versions.publish(edition, by=None)
    restore(first)
    assert [row.title_en for row in Material.objects.all()] == ["Sample film"]


def test_another_title_of_the_same_file_is_a_detail(edition, added):
    added(url="https://video.example.org/1")
    versions.publish(edition, by=None)
    Material.objects.update(title_en="Another title")

    assert [line.what for line in versions.unpublished(edition).lines] == ["details"]


def test_talk_that_is_over_and_has_no_materials_is_chased(edition):
    def chased(day):
        sections = unfinished(load(edition), today=day)
        return {item.row.code for section in sections if section.code == "materials" for item in section.items}

    first, second = edition.days.all()
    kinds = {"keynote", "presentation"}
    of_first = {row.code for row in Session.objects.filter(day=first, kind__in=kinds)}
    assert chased(first.date) == set()
    assert chased(second.date) == of_first
    Material.objects.create(session=Session.objects.get(code=min(of_first)), title_en="Sample", url="https://e.org/")
    assert chased(second.date) == of_first - {min(of_first)}


def test_version_from_before_there_were_materials_opens(edition):
    versions.publish(edition, by=None)
    version = ProgrammeVersion.objects.get()
    text = json.dumps(version.data).replace('"materials": []', '"later": 1')
    version.data = json.loads(text)
    version.save()

    assert versions.published(edition) == value.from_tables(edition)
