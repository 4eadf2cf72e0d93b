"""Workbooks as Microsoft Forms, Google Forms and colleagues make them."""

import io
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from registration.models import BringingIn, Registration
from tests.registration.bringing_in.test_page import ADD, bring_in, colleague, looked


@pytest.fixture
def desk(client, db):
    return colleague(client, "view_bringingin", "add_bringingin", "add_registration")


def send(client, edition, sheets, name="list.xlsx"):
    """The page on which staff look at a workbook of these sheets."""
    book, content = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(content)
    file = SimpleUploadedFile(name, content.getvalue())
    response = client.post(ADD, {"edition": edition.pk, "text": "", "file": file})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_sheet_of_microsoft_forms(desk, edition):
    sent = datetime(2024, 2, 3, 10, 30)
    days = "Which days will you attend?"
    headings = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Your full name",
        "Telephone",
        "Province",
        days,
    ]
    rows = [[n, sent, sent, "anonymous", None, f"KUMROU Sample{w}", 12300000 + n, "Kampot", "26 March;27 March;"]
            for n, w in enumerate("abc", 1)]  # fmt: skip
    rows[1][3:5] = ["sampleb@example.org", "Sampleb Kumrou"]  # signed in: the same name in another order

    address = send(desk, edition, {"Form1": [headings, *rows]})

    found = looked(desk, address)["looked"]
    bring_in(desk, address)
    assert found.counts == {"new": 3}
    assert found.columns_left_out == []
    assert sorted(Registration.objects.values_list("name_latin", "phone", "email", "province")) == [
        ("KUMROU Samplea", "+85512300001", "", "07"),
        ("KUMROU Samplec", "+85512300003", "", "07"),
        ("Sampleb Kumrou", "+85512300002", "sampleb@example.org", "07"),
    ]
    assert {row.days.count() for row in Registration.objects.all()} == {2}
    assert {str(row.consents.first().elsewhere_on) for row in Registration.objects.all()} == {"2024-02-03"}
    assert BringingIn.objects.get().file_name == "list.xlsx"


def test_list_with_title_rows_and_a_sheet_without_people(desk, edition):
    rows = [
        ["Kingdom of Samples"],
        [],
        ["List of invited guests"],
        ["No", "ឈ្មោះ / Name", "Sex", "Position", "Institution", "Tel"],
        [1, "ឯកឧត្តម គំរូ មួយ\nKUMROU Muoy", "M", "Director", "Sample Ministry", "012 300 001 / 099 300 001"],
        [2, "លោកស្រី គំរូ ពីរ (KUMROU Pi)", "F", "Officer", "Sample Institute", "០១២ ៣០០ ០០២"],
        [3],
        ["Total: 2"],
    ]

    address = send(desk, edition, {"Guests": rows, "Summary": [["Ministries", 1], ["Institutes", 1]]})

    found = looked(desk, address)["looked"]
    people = [(one.row.person["name_km"], one.row.person["name_latin"], one.found.value) for one in found.people]
    assert people == [("គំរូ មួយ", "KUMROU Muoy", "new"), ("គំរូ ពីរ", "KUMROU Pi", "new")]
    assert found.people[0].row.notes == [
        "Left out: the title “ឯកឧត្តម”.",
        "Left out: a second telephone number, +85599300001.",
    ]
    assert [heading for heading, _reason in found.columns_left_out] == ["sheet “Guests”, Sex"]
    assert [where for where, _text, _reason in found.passed] == [
        *("sheet “Guests”, row 1", "sheet “Guests”, row 3", "sheet “Guests”, row 7", "sheet “Guests”, row 8"),
        *("sheet “Summary”, row 1", "sheet “Summary”, row 2"),
    ]


def test_family_and_given_names_in_columns_of_their_own(desk, edition):
    rows = [
        ["Attendee name: Family name", "Attendee name: Given name", "Attendee email", "Company", "Order status"],
        ["Kumrou", "Muoy", "muoy@example.org", "Sample Company", "Paid"],
        ["គំរូ", "ពីរ", "pi@example.org", "Sample Company", "Canceled"],
    ]

    found = looked(desk, send(desk, edition, {"Orders": rows}))["looked"]

    assert [(*one.row.names, one.found.value) for one in found.people] == [("Kumrou Muoy", "new"), ("គំរូ ពីរ", "doubt")]


@pytest.mark.parametrize("name", ["list.pdf", "list.xlsx"])
def test_file_that_cannot_be_read_gets_an_answer(desk, edition, name):
    file = SimpleUploadedFile(name, b"%PDF-1.7 broken")

    response = desk.post(ADD, {"edition": edition.pk, "text": "", "file": file})

    assert response.status_code == 200
    assert "errorlist" in response.content.decode() or "error-summary" in response.content.decode()
