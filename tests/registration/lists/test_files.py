"""Files out of lists: they open in a spreadsheet as they were meant, and however many people they hold."""

import csv
import tracemalloc
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from threading import Thread

import pytest
from django.db import connection
from django.db.models import F
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from agenda.publishing import versions
from registration.choices import Agreement, Food, Subject
from registration.lists import files, inclusion
from registration.lists.ready import Column, ReadyList, attendees
from registration.models import Attendance, Consent, InclusionAnswers, Intake, Registration
from tests.factories import make_registration

KHMER, LATIN = "សុខ ដារ៉ា", "SOK Dara"
TRIGGERS = "=+-@|%\t\r\n＝＋－＠"
WRITERS = [files.write_csv, files.write_xlsx]


def written(write, ready_list):
    file = BytesIO()
    write(ready_list, file)
    return file.getvalue()


def csv_rows(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_cells(content):
    return [
        [(cell.value, cell.data_type) for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()
    ]


@pytest.fixture
def everybody(edition):
    make_registration(
        edition,
        name_km=KHMER,
        name_latin=LATIN,
        phone="+85512323045",
        organisation="=HYPERLINK(1)",
        inclusion={"access_needs": ["sign_language"], "access_note": "CANARY", "food": ["halal"]},
        travel={"nights": [], "emergency_name": "CANARY", "name_on_id": "CANARY"},
    )
    return attendees(Registration.objects.all())


# --- one file, looked at ---


def test_csv_opens_in_excel_with_khmer_and_telephone(everybody):
    content = written(files.write_csv, everybody)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    headings, row = csv_rows(content)
    cells = dict(zip(headings, row, strict=True))
    assert (cells["Name in Khmer"], cells["Telephone"]) == (KHMER, "+855 12 323 045")


def test_csv_hands_no_formula_to_a_spreadsheet(everybody):
    assert "'=HYPERLINK(1)" in csv_rows(written(files.write_csv, everybody))[1]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|cmd", "+855=1", "+85512323045"]
)
def test_csv_cell_that_looks_like_a_formula_is_disarmed(cell):
    assert files.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+855 12 323 045", "សុខ ដារ៉ា", "012-323", "a=b"])
def test_csv_cell_that_is_none_stays_as_it_is(cell):
    assert files.harmless(cell) == cell


def test_xlsx_keeps_khmer_telephone_and_formulas_as_text(everybody):
    headings, row = xlsx_cells(written(files.write_xlsx, everybody))

    cells = {name: cell for (name, _kind), cell in zip(headings, row, strict=True)}
    assert cells["Name in Khmer"] == (KHMER, "s")
    assert cells["Telephone"] == ("+855 12 323 045", "s")
    assert cells["Organisation or group"] == ("=HYPERLINK(1)", "s")


def test_xlsx_keeps_headings_in_sight_and_codes_on_a_sheet_of_their_own(everybody):
    people, columns = load_workbook(BytesIO(written(files.write_xlsx, everybody))).worksheets

    assert people.freeze_panes == "B2"
    assert people["A1"].font.bold
    told = [(code.value, heading.value) for code, heading in columns.iter_rows(min_row=2)]
    assert told == list(zip(files.codes(everybody), files.headings(everybody), strict=True))


@pytest.mark.parametrize("write", WRITERS)
def test_mail_merge_prints_one_badge_for_each_person(everybody, write):
    """It takes the first row for the names of the fields, and every other row of the first sheet for a person."""
    content = written(write, everybody)
    if write is files.write_xlsx:
        rows = [[cell for cell, _kind in row] for row in xlsx_cells(content)]
    else:
        rows = csv_rows(content)

    assert [row[rows[0].index("Name in Khmer")] for row in rows[1:]] == [KHMER]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(("stored", "said"), [("@sokdara", "sokdara"), ("+85512323046", "+855 12 323 046"), ("", "")])
def test_telegram_name_needs_no_apostrophe(edition, write, stored, said):
    make_registration(edition, telegram=stored)
    content = written(write, attendees(Registration.objects.all()))
    rows = (
        [[cell or "" for cell, _kind in row] for row in xlsx_cells(content)]
        if b"PK" in content[:2]
        else csv_rows(content)
    )

    assert dict(zip(rows[0], rows[1], strict=True))["Telegram name"] == said


def test_columns_stand_in_the_order_of_the_form(everybody):
    codes = files.codes(everybody)

    of_the_form = ["name_km", "name_latin", "phone", "phone_owner", "telegram", "email", "organisation", "sector"]
    of_the_form += ["part", "days", "province", "photos"]
    assert [code for code in codes if code in of_the_form] == of_the_form


def test_export_says_on_which_days_each_was_there(edition):
    here, _absent = make_registration(edition), make_registration(edition, phone="+85512000002")
    for day in edition.days.all():
        Attendance.objects.create(registration=here, day=day)
    people = attendees(edition.registrations.order_by("pk"))
    column = files.codes(people).index("attended")

    assert [row[column] for row in files.rows(people)] == ["2024-03-26, 2024-03-27", ""]


@pytest.mark.parametrize("write", WRITERS)
def test_export_holds_nothing_sensitive(everybody, write):
    content = written(write, everybody)
    text = str(xlsx_cells(content)) if write is files.write_xlsx else content.decode("utf-8-sig")

    assert "CANARY" not in text
    assert "halal" not in text.lower()
    assert "sign" not in text.lower().replace("registered", "")


def test_xlsx_survives_characters_that_xml_has_no_word_for(edition):
    make_registration(edition, organisation="a\x0bb\x1fc")

    cells = xlsx_cells(written(files.write_xlsx, attendees(Registration.objects.all())))

    assert ("abc", "s") in cells[1]


# --- any cells ---

anything = st.text(max_size=12)
nasty = st.builds("{}{}".format, st.text(alphabet=f"{TRIGGERS} \"';,_x0041", max_size=4), anything)
telephones = st.from_regex(r"\+[1-9][0-9]{0,2}( [0-9]{2,4}){1,4}", fullmatch=True)
tables = st.lists(st.tuples(*[anything | nasty | telephones] * 10), min_size=1, max_size=10)


def list_of(rows):
    columns = [
        Column(f"c{number}", "Sample", lambda row, number=number: row[number]) for number in range(len(rows[0]))
    ]
    return ReadyList("sample", "Sample", "", columns, lambda: rows)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=tables)
def test_any_cell_goes_into_xlsx_as_text_and_comes_back(rows):
    sheet = load_workbook(BytesIO(written(files.write_xlsx, list_of(rows)))).active

    found = [[(cell.value or "", cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2, max_col=10)]
    for row, cells in zip(rows, found, strict=True):
        for value, (cell, kind) in zip(row, cells, strict=True):
            assert cell == files.text(value)
            assert kind == "s"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows=tables)
def test_any_cell_goes_into_csv_disarmed_and_comes_back(rows):
    for row, cells in zip(rows, csv_rows(written(files.write_csv, list_of(rows)))[1:], strict=True):
        for value, cell in zip(map(files.text, row), cells, strict=True):
            assert cell in (value, f"'{value}")
            is_telephone = cell[1:2].isdigit() and cell.replace("+", "0", 1).replace(" ", "").isdigit()
            assert cell.lstrip()[:1] not in {*TRIGGERS} or is_telephone


# --- many people ---


def make_many(edition, number):
    """Past the rules of signing up: thousands of people in seconds."""
    days = list(edition.days.all())
    people = Registration.objects.bulk_create(
        Registration(
            edition=edition,
            status="confirmed",
            place_no=place,
            language="km",
            name_km="គំរូ សាកល្បង",
            name_latin=f"KUMROU {place}",
            phone="+85512000001",
            organisation="Sample Organisation",
            sector="local_ngo",
            part="participant",
            province="12",
        )
        for place in range(1, number + 1)
    )
    through = Registration.days.through
    through.objects.bulk_create(through(registration=person, day=day) for person in people for day in days)
    Consent.objects.bulk_create(
        Consent(registration=person, subject=Subject.PHOTOS, answer=Agreement.NO, wording="1", language="km")
        for person in people
    )


def peak_of(write, people):
    """The most memory at any moment, in bytes; what is written goes to the disk."""
    with TemporaryFile() as file:
        tracemalloc.start()
        write(attendees(people), file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


def test_memory_stays_the_same_for_few_people_and_many(edition, monkeypatch):
    """Five times the people: kept as rows they would take five times as much, kept as objects far more.

    In small chunks, for measuring is slow.
    """
    monkeypatch.setattr(files, "CHUNK", 25)
    make_many(edition, 500)
    everybody = Registration.objects.order_by("pk")
    few = everybody.filter(pk__lt=everybody.first().pk + 100)

    for write in WRITERS:
        peak_of(write, few.filter(pk__lt=everybody.first().pk + 10))  # imports and caches
        assert peak_of(write, everybody) < 2 * peak_of(write, few)


@pytest.mark.parametrize("people", [1, 12])
def test_export_takes_four_queries_for_few_people_and_three_for_the_days(edition, people, django_assert_num_queries):
    versions.publish(edition, by=None)
    for _person in range(people):
        make_registration(edition)

    with django_assert_num_queries(4 + 3):
        list(files.rows(attendees(Registration.objects.all())))


def test_export_takes_three_more_queries_for_each_chunk_of_people(edition, django_assert_num_queries):
    make_many(edition, 2 * files.CHUNK + 1)
    versions.publish(edition, by=None)

    with django_assert_num_queries(1 + 3 * 3 + 3):
        assert len(list(files.rows(attendees(Registration.objects.all())))) == 2 * files.CHUNK + 1


@pytest.mark.django_db(transaction=True)
def test_others_can_write_while_a_file_is_made(edition, monkeypatch):
    """SQLite lets none write during a read. The writer here does not wait at all."""
    make_many(edition, 5)
    monkeypatch.setattr(files, "CHUNK", 2)
    written = []

    def write():
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 0")
            written.append(Intake.objects.update(turn=F("turn") + 1))
        finally:
            connection.close()

    for _row in files.rows(attendees(Registration.objects.order_by("pk"))):
        writer = Thread(target=write)
        writer.start()
        writer.join()

    assert written == [1] * 5


@pytest.mark.parametrize(("language", "between"), [("en", ", "), ("km", " ")])
def test_answers_of_a_list_are_joined_as_the_language_joins_words(language, between):
    column = next(column for column in inclusion.COLUMNS if column.code == "food")
    answers = InclusionAnswers(food=[Food.ALLERGY, Food.HALAL])

    with override(language):
        cell = column.get(answers)
        words = [str(Food.ALLERGY.label), str(Food.HALAL.label)]

    assert cell == between.join(words)
