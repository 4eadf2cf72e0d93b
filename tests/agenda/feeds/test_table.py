import csv
from io import StringIO

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.feeds.stamp import stamped
from agenda.feeds.table import table_csv
from conference.translated import Text
from tests.agenda.feeds.source import STAMP, make_programme
from tests.factories import session_value


def read(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_table_begins_with_the_mark_that_excel_needs(edition):
    assert table_csv(*stamped(edition, "https://conference.example.org")).startswith(b"\xef\xbb\xbf")


def test_table_has_a_line_for_each_session_in_both_languages(edition):
    heading, *rows = read(table_csv(*stamped(edition, "https://conference.example.org")))

    first = dict(zip(heading, rows[0], strict=True))
    assert (first["Date"], first["From"], first["Title (English)"]) == ("2024-03-26", "08:00", "Registration")
    assert first["Title (Khmer)"] == "ចុះឈ្មោះ"
    assert first["Address"] == f"https://conference.example.org/en/2024/agenda/#{first['ID']}"


def test_headings_are_in_the_readers_language(edition):
    with override("km"):
        heading, *_rows = read(table_csv(*stamped(edition, "https://conference.example.org")))

    assert heading[:3] == ["កាលបរិច្ឆេទ", "ចាប់ពី", "ដល់"]


def test_formula_in_a_title_is_made_harmless():
    session = session_value("code", "9:00", "10:00", label=Text(en="=HYPERLINK(1)"))

    _heading, row = read(table_csv(make_programme(session), STAMP))

    assert "'=HYPERLINK(1)" in row


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200))
def test_any_description_comes_back_as_it_was(words):
    session = session_value("code", "9:00", "10:00", description=Text(km=words))

    with override("en"):
        heading, row = read(table_csv(make_programme(session), STAMP))

    assert dict(zip(heading, row, strict=True))["Description (Khmer)"].removeprefix("'") == words.removeprefix("'")
