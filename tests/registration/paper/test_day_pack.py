"""The day pack: who may take what, the files, and the ZIP in the making."""

import fcntl
import os
import re
import shutil
import stat
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from registration.admin.paper import day_pack
from registration.models import AccessLog, BadgePrint, Registration, TravelRequest
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.travel_factories import make_travel_rows

PACK = "/admin/desk/2024/1/pack/"
MAKING = "/admin/desk/pack/making/"
REASON = "The funder asks for it"
LONG_NAME = "គំរូ" + "សាកល្បង" * 9  # more than 60 letters


@pytest.fixture(autouse=True)
def _no_files_of_another_test():
    yield
    shutil.rmtree(site.ERASURE_LEDGER.parent / "papers", ignore_errors=True)


@pytest.fixture
def people(edition):
    make_registration(
        edition,
        name_km=LONG_NAME,
        name_latin="",
        inclusion={"gender": "woman", "access_needs": ["step_free"], "access_note": "CANARY-WORDS"},
    )
    make_registration(edition, name_km="", name_latin="NGUYỄN Thị Ánh", inclusion={"gender": "another"})
    return edition


def officer_who_may_all(client):
    """Inclusion officer and registration desk in one."""
    member_of("Inclusion officers", client)
    user = get_user_model().objects.get(username="Inclusion officers")
    user.user_permissions.add(Permission.objects.get(codename="export_registration"))
    return client


def content_of(response):
    return b"".join(response) if response.streaming else response.content


def text_of_pdf(response):
    pages = PdfReader(BytesIO(content_of(response))).pages
    return [re.sub(r"\s+", " ", page.extract_text().replace("\u200b", "")) for page in pages]


def cells_of(response):
    sheet = load_workbook(BytesIO(content_of(response))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# --- who may take what ---


PARTS = {
    "Registration desk": {"sign-in", "badges", "contacts", "calls"},
    "Inclusion officers": {"meals", "access"},
    "Travel desk": {"rooms", "expenses"},
    "Programme editors": set(),
}


@pytest.mark.parametrize("group", PARTS)
def test_each_group_sees_and_takes_its_own_parts(client, people, group):
    member = member_of(group, client)

    page = member.get(PACK).content.decode()

    shown = set(re.findall(r'<section aria-labelledby="([\w-]+)"', page)) - {"all", "agenda", "room-signs"}
    assert shown == PARTS[group]
    others = set.union(*PARTS.values()) - shown
    assert {member.get(f"{PACK}{part}.pdf").status_code for part in others} == {404}
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("address", [PACK, f"{PACK}sign-in.pdf", "/admin/desk/pack/", MAKING, f"{MAKING}next/"])
def test_observers_see_nothing_of_it(client, people, address):
    assert member_of("Observers", client).get(address).status_code == 403


def test_first_page_leads_to_the_day_that_comes(staff_client, people):
    assert staff_client.get("/admin/desk/pack/").url == PACK


@pytest.mark.parametrize(
    "address", ["2024/9/pack/", "1999/1/pack/", "2024/1/pack/nothing.pdf", "2024/1/pack/calls.csv"]
)
def test_there_is_no_other_day_and_no_other_file(staff_client, people, address):
    assert staff_client.get(f"/admin/desk/{address}").status_code == 404


# --- the files ---


def test_sign_in_sheet_is_what_funders_ask_for(client, people):
    response = member_of("Registration desk", client).get(f"{PACK}sign-in.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    first, *_others, last = text_of_pdf(response)
    assert LONG_NAME in first.replace(" ", "")
    assert "NGUYỄN Thị Ánh" in first
    for words in (
        "Sign-in sheet",
        "បញ្ជីវត្តមាន",
        "Organisers",
        "Tuesday, March 26, 2024",
        "ភេទ",
        "Position",
        "+855 12 000 001",
    ):
        assert words.replace(" ", "") in first.replace(" ", "")
    assert "People expected: 2" in last
    assert " 22 " in f" {last} "  # twenty blank lines
    line = AccessLog.objects.get()
    assert (line.subject, line.count, line.reason) == ("sign-in-2024-03-26.pdf", 2, None)
    assert line.columns == "number, name_km, name_latin, sex, organisation, position, phone, signature"


def test_sex_is_on_the_sheet_only_with_the_right_and_a_reason(client, people):
    officer = officer_who_may_all(client)
    address = f"{PACK}sign-in-with-sex.xlsx"

    assert {row[3] for row in cells_of(officer.get(f"{PACK}sign-in.xlsx"))} == {"Sex", ""}
    assert "Why do you need this file?" in read(officer.get(address))
    assert "Write why" in read(officer.post(address, {"reason": " "}))
    assert AccessLog.objects.count() == 1

    response = officer.post(address, {"reason": REASON})

    assert sorted(row[3] for row in cells_of(response)) == ["", "F", "Sex"]  # no other answer is told
    assert AccessLog.objects.first().reason == REASON
    assert "women" in " ".join(text_of_pdf(officer.post(address.replace("xlsx", "pdf"), {"reason": REASON})))


def test_access_arrangements_ask_for_a_reason(client, people):
    officer = member_of("Inclusion officers", client)

    assert "CANARY" not in read(officer.get(f"{PACK}access.pdf"))
    (text,) = text_of_pdf(officer.post(f"{PACK}access.pdf", {"reason": REASON}))

    assert "CANARY-WORDS" in text
    assert "A route without steps" in text
    assert "Destroy the paper after the day" in text
    assert (AccessLog.objects.get().reason, AccessLog.objects.get().count) == (REASON, 2)


def test_travel_desk_takes_rooms_and_a_list_to_sign(client, people):
    make_registration(people, name_latin="SOK Dara", travel={"name_on_id": "CANARY-NAME"})
    make_travel_rows(TravelRequest.objects.get(), by=None, text=lambda: "CANARY-ASSISTANT")
    desk = member_of("Travel desk", client)

    (sheet,) = text_of_pdf(desk.get(f"{PACK}expenses.pdf"))
    rooms = cells_of(desk.get(f"{PACK}rooms.xlsx"))

    assert "CANARY-NAME" in sheet
    assert "KHR 45,000" in sheet
    assert "CANARY-ASSISTANT" in str(rooms)


def test_rooming_list_without_a_bed_says_so(client, people):
    assert "No person has a bed yet" in text_of_pdf(member_of("Travel desk", client).get(f"{PACK}rooms.pdf"))[0]


def test_meals_are_those_of_the_day(client, people):
    cells = cells_of(member_of("Inclusion officers", client).get(f"{PACK}meals.xlsx"))

    assert cells[0] == ["Food", "March 26, 2024"]
    assert cells[1] == ["People in all", "2"]


def test_badges_of_the_day_count_as_printed(client, people):
    first, _second = people.days.all()
    Registration.objects.get(name_km="").days.remove(first)
    desk = member_of("Registration desk", client)

    response = desk.post(f"{PACK}badges.pdf")

    assert "NGUYỄN" not in "".join(text_of_pdf(response))
    assert (BadgePrint.objects.count(), AccessLog.objects.get().count) == (1, 1)
    assert desk.post("/admin/desk/2024/2/pack/badges.pdf").status_code == 200
    assert BadgePrint.objects.count() == 2


def test_looking_at_the_address_of_the_badges_prints_none(client, people):
    page = member_of("Registration desk", client).get(f"{PACK}badges.pdf")

    assert "Take the file" in page.content.decode()
    assert "count as printed" in read(page)
    assert not BadgePrint.objects.exists()
    assert not AccessLog.objects.exists()


def test_badges_in_the_zip_count_as_printed_once_it_is_taken_as_they_were_made(client, people):
    desk = member_of("Registration desk", client)
    ordered(desk, "badges")
    go_on(desk)
    assert not BadgePrint.objects.exists()
    Registration.objects.filter(name_km="").update(name_latin="ANOTHER Name")  # not on the sheet that is made

    assert zipfile.ZipFile(BytesIO(content_of(desk.post(f"{MAKING}take/")))).namelist() == ["badges-2024-03-26.pdf"]

    assert BadgePrint.objects.count() == 2
    assert "or say something else by now: 1." in read(desk.get("/admin/registration/registration/badges/"))


def test_file_is_in_the_language_of_the_officer(client, people):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = "km"

    assert cells_of(desk.get(f"{PACK}sign-in.xlsx"))[0][:2] == ["ល.រ", "ឈ្មោះជាភាសាខ្មែរ"]


# --- all at once ---


def folders():
    return list((site.ERASURE_LEDGER.parent / "papers").glob("*/*"))


def ordered(client, *parts, **form):
    return client.post(PACK, {"parts": parts, **form})


def go_on(client):
    """As a browser does that follows the page."""
    page = client.get(MAKING)
    steps = 0
    while "Refresh" in page:
        assert page["Refresh"] == f"0; url={MAKING}next/"
        page, steps = client.get(f"{MAKING}next/", follow=True), steps + 1
    return page, steps


def test_zip_is_made_file_by_file_and_taken_once(client, people, monkeypatch):
    monkeypatch.setattr(day_pack, "LONG", 0)
    desk = member_of("Registration desk", client)

    assert ordered(desk, "contacts", "calls").url == MAKING
    assert "0 of 4 files are made" in read(desk.get(MAKING))
    page, steps = go_on(desk)

    assert steps == 4
    assert "All 4 files are made" in read(page)
    for path in folders():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [(line.subject, line.count) for line in AccessLog.objects.order_by("pk")] == [
        ("contacts-2024-03-26.pdf", 2),
        ("contacts-2024-03-26.xlsx", 2),
        ("calls-2024-03-26.pdf", 2),
        ("calls-2024-03-26.xlsx", 2),
    ]

    response = desk.post(f"{MAKING}take/")

    assert folders() == []
    packed = zipfile.ZipFile(BytesIO(content_of(response)))
    assert packed.namelist() == [
        *("contacts-2024-03-26.pdf", "contacts-2024-03-26.xlsx", "calls-2024-03-26.pdf", "calls-2024-03-26.xlsx")
    ]
    assert packed.read("contacts-2024-03-26.pdf").startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert "There are no files to take" in read(desk.post(f"{MAKING}take/", follow=True))


def test_sensitive_parts_ask_for_the_reason_and_are_not_ticked(client, people):
    officer = member_of("Inclusion officers", client)

    page = officer.get(PACK).content.decode()
    assert re.search(r'value="meals"[^>]*checked', page)
    assert not re.search(r'value="access"[^>]*checked', page)
    refused = ordered(officer, "meals", "access")
    assert "Write why you need this file" in read(refused)
    assert folders() == []

    ordered(officer, "meals", "access", reason=REASON)
    go_on(officer)

    reasons = dict(AccessLog.objects.values_list("subject", "reason"))
    assert reasons["access-2024-03-26.pdf"] == REASON
    assert reasons["meals-2024-03-26.pdf"] is None


def test_nothing_is_made_of_a_part_that_is_not_theirs(client, people):
    desk = member_of("Registration desk", client)

    assert "Select a valid choice" in read(ordered(desk, "contacts", "access", reason=REASON))
    assert "Choose what you need" in read(ordered(desk))
    assert folders() == []


def test_right_that_is_taken_away_meanwhile_ends_it(client, people):
    desk = member_of("Registration desk", client)
    ordered(desk, "calls")
    go_on(desk)
    get_user_model().objects.get().groups.clear()
    get_user_model().objects.get().user_permissions.add(Permission.objects.get(codename="export_registration"))

    answer = desk.post(f"{MAKING}take/", follow=True)

    assert "There are no files to take" in read(answer)
    assert folders() == []


def test_files_are_their_makers_alone(client, people):
    ordered(member_of("Registration desk", client), "calls")
    go_on(client)

    other = member_of("Travel desk", Client())

    assert "There are no files to take" in read(other.get(MAKING, follow=True))
    assert "There are no files to take" in read(other.post(f"{MAKING}take/", follow=True))
    assert "All 2 files are made" in read(client.get(MAKING))


def test_files_are_gone_after_an_hour(client, people):
    desk = member_of("Registration desk", client)
    ordered(desk, "calls")
    go_on(desk)
    (order,) = [path for path in folders() if path.name == "order.json"]
    an_hour_ago = time.time() - 3601
    os.utime(order, (an_hour_ago, an_hour_ago))

    call_command("tend_registration")

    assert folders() == []
    assert desk.get(MAKING).url == "/admin/desk/pack/"


def test_one_file_is_made_at_a_time(client, people):
    desk = member_of("Registration desk", client)
    ordered(desk, "calls")
    lock = site.ERASURE_LEDGER.parent / "papers" / "lock"
    with Path(lock).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        page = desk.get(f"{MAKING}next/", follow=True)

    assert "another colleague" in read(page)
    assert page["Refresh"] == f"3; url={MAKING}next/"
    assert not AccessLog.objects.exists()
    assert go_on(desk)[1] == 1
    assert AccessLog.objects.count() == 2
