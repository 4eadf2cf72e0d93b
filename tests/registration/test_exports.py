import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from registration import exports
from registration.models import Registration
from tests.factories import make_registration

KHMER, LATIN = "សុខ ដារ៉ា", "SOK Dara"


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
    return Registration.objects.all()


def csv_rows(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def xlsx_cells(content):
    return [
        [(cell.value, cell.data_type) for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()
    ]


def test_csv_opens_in_excel_with_khmer_and_telephone(everybody):
    content = exports.attendees_csv(everybody)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    heading, row = csv_rows(content)
    cells = dict(zip(heading, row, strict=True))
    assert (cells["Name in Khmer"], cells["Telephone"]) == (KHMER, "+855 12 323 045")


def test_csv_hands_no_formula_to_a_spreadsheet(everybody):
    assert "'=HYPERLINK(1)" in csv_rows(exports.attendees_csv(everybody))[1]


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|cmd", "+855=1"])
def test_csv_cell_that_looks_like_a_formula_is_disarmed(cell):
    assert exports._harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+855 12 323 045", "សុខ ដារ៉ា", "012-323", "a=b"])
def test_csv_cell_that_is_none_stays_as_it_is(cell):
    assert exports._harmless(cell) == cell


def test_xlsx_keeps_khmer_telephone_and_formulas_as_text(everybody):
    heading, row = xlsx_cells(exports.attendees_xlsx(everybody))

    cells = {name: cell for (name, _kind), cell in zip(heading, row, strict=True)}
    assert cells["Name in Khmer"] == (KHMER, "s")
    assert cells["Telephone"] == ("+855 12 323 045", "s")
    assert cells["Organisation or group"] == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("write", [exports.attendees_csv, exports.attendees_xlsx])
def test_export_holds_nothing_sensitive(everybody, write):
    content = write(everybody)
    text = str(xlsx_cells(content)) if write is exports.attendees_xlsx else content.decode("utf-8-sig")

    assert "CANARY" not in text
    assert "halal" not in text.lower()
    assert "sign" not in text.lower().replace("registered", "")


def test_xlsx_survives_characters_that_xml_has_no_word_for(edition):
    make_registration(edition, organisation="a\x0bb\x1fc")

    _heading, row = xlsx_cells(exports.attendees_xlsx(Registration.objects.all()))

    assert ("abc", "s") in row


@pytest.mark.parametrize("people", [1, 12])
def test_export_takes_three_queries_however_many_people(edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition)

    with django_assert_num_queries(3):
        list(exports.rows(Registration.objects.all()))
