import json
import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from icalendar import Calendar
from pypdf import PdfReader

from agenda.choices import SessionState
from agenda.feeds.files import FILES
from agenda.models import Appearance, Session
from tests.factories import make_day, make_edition, make_session
from tests.pages import forget_kept, links, read


@pytest.mark.parametrize(
    ("name", "content_type", "beginning"),
    [
        ("agenda.pdf", "application/pdf", b"%PDF-"),
        ("agenda-both.pdf", "application/pdf", b"%PDF-"),
        ("krama.svg", "image/svg+xml", b"<svg "),
        ("agenda.ics", "text/calendar", b"BEGIN:VCALENDAR"),
        ("schedule.xml", "application/xml", b"<?xml"),
        ("schedule.json", "application/json", b"{"),
        ("agenda.csv", "text/csv", b"\xef\xbb\xbf"),
        ("agenda.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("edition.json", "application/json", b"{"),
    ],
)
def test_file_is_what_it_says(client, edition, name, content_type, beginning):
    response = client.get(f"/km/2024/{name}")

    assert response.headers["Content-Type"].partition(";")[0] == content_type
    assert response.content.startswith(beginning)
    assert f"-km{name[name.index('.') :]}" in response.headers["Content-Disposition"]


def test_files_speak_the_language_of_their_address(client, edition):
    english, khmer = (json.loads(client.get(f"/{code}/2024/schedule.json").content) for code in ("en", "km"))

    titles = [value["schedule"]["conference"]["title"] for value in (english, khmer)]
    assert titles == [edition.title_en, edition.title_km]


def test_files_may_be_read_by_other_sites(client, edition):
    response = client.get("/en/2024/edition.json")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    # Not asked of what a script reads by that header; without it no other page draws the file into itself.
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not response.cookies


@pytest.mark.parametrize("name", [*FILES, "agenda-day-1.ics"])
def test_file_that_did_not_change_is_not_sent_again(client, edition, name):
    tag = client.get(f"/en/2024/{name}").headers["ETag"]
    forget_kept()

    again = client.get(f"/en/2024/{name}", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_addresses_in_a_file_are_those_of_the_site_it_came_from(client, edition):
    root = ElementTree.fromstring(client.get("/en/2024/schedule.xml").content)  # noqa: S314 -- our own

    assert root.findtext("url") == "http://testserver/en/2024/schedule.xml"


def test_drafts_are_in_no_file(client, edition):
    Session.objects.filter(code="d1-17").update(state=SessionState.DRAFT, title_en="Not yet told")

    for name in FILES:
        content = client.get(f"/en/2024/{name}").content
        if name.endswith(".xlsx"):  # its texts are packed
            with ZipFile(BytesIO(content)) as packed:
                content = b"".join(map(packed.read, packed.namelist()))
                assert b"Registration" in content
        assert b"Not yet told" not in content


def test_pdf_shows_a_change_at_once(staff_client, edition):
    staff_client.get("/en/2024/agenda.pdf")
    Session.objects.filter(code="d1-17").update(title_en="Moved to the garden")

    content = staff_client.get("/en/2024/agenda.pdf").content

    assert any("Moved to the garden" in page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    "path", ["agenda-day-9.ics", "agenda/no-such.ics", "../1999/agenda.ics", "../1999/files/", "../1999/files/paper/"]
)
def test_what_there_is_not_is_not_found(client, edition, path):
    assert client.get(f"/en/2024/{path}".replace("2024/../", "")).status_code == 404


def test_calendar_of_a_session_has_it_alone(client, edition):
    calendar = Calendar.from_ical(client.get("/en/2024/agenda/d1-12.ics").content)

    first = calendar.walk("VEVENT")[0]
    assert str(first["url"]) == "http://testserver/en/2024/agenda/d1-12/"


def test_page_of_a_session_leads_to_its_calendar(client, edition):
    assert "/km/2024/agenda/d1-12.ics" in links(client.get("/km/2024/agenda/d1-12/"))


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_of_files_leads_to_every_one_that_exists(client, edition, language):
    found = links(client.get(f"/{language}/2024/files/"))

    start = f"/{language}/2024/"
    assert {start + name for name in FILES} <= set(found)
    assert {f"{start}agenda-day-1.ics", f"{start}agenda-day-2.ics", f"{start}files/paper/"} <= set(found)
    for address in found:
        if address.startswith(start):
            assert client.get(address).status_code == 200


def test_page_of_files_says_sizes_and_terms(client, edition):
    with override("en"):
        client.get("/en/2024/agenda.pdf")
        text = read(client.get("/en/2024/files/"))

    assert re.search(r"The agenda as PDF \(\d\d KB\)", text)
    assert "under Creative Commons Attribution 4.0 (CC BY 4.0)" in text


def test_page_of_files_does_not_set_a_pdf_only_to_weigh_it(client, edition, monkeypatch):
    monkeypatch.setattr("agenda.feeds.files.agenda_pdf", None)

    assert "The agenda as PDF To print on A4" in read(client.get("/en/2024/files/"))


def test_agenda_leads_to_files(client, edition):
    found = links(client.get("/en/2024/agenda/"))

    assert {"/en/2024/files/", "/en/2024/agenda.pdf", "/en/2024/agenda.ics"} <= set(found)


def test_paper_has_both_languages_side_by_side(client, edition):
    response = client.get("/km/2024/files/paper/")

    text = read(response)
    assert "សុន្ទរកថាស្វាគមន៍" in text
    assert "Welcoming" in text
    assert response.content.index(b'<td lang="km"') < response.content.index(b'<td lang="en"')


@pytest.mark.parametrize("path", [*FILES, "files/", "files/paper/", "agenda-day-1.ics"])
def test_as_many_queries_for_800_sessions_as_for_20(client, db, path, monkeypatch):
    monkeypatch.setattr("agenda.feeds.files.agenda_pdf", lambda *source: b"%PDF-")  # a hundred pages take long
    day = make_day(make_edition())
    counts = []
    for number in (20, 780):
        template = make_session(day, title_en="Session")
        rows = [Session(day=day, title_en="Session", starts_at=template.starts_at, ends_at=template.ends_at)
                for _ in range(number - 1)]  # fmt: skip
        Appearance.objects.bulk_create(Appearance(session=row, label_en="A guest")
                                       for row in Session.objects.bulk_create(rows))  # fmt: skip
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/en/2030/{path}").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 13  # of the draft: what is published is read whole
