import io
import zipfile
from datetime import time

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_sources
from conference.files import limits
from tests.agenda.importing.pasted import only, recognised


def upload(name, content):
    return read_sources("", [SimpleUploadedFile(name, content)])


def workbook(*rows, merge=None):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(out)
    return out.getvalue()


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            # Without its own time a part would get the present one, and no archive would be made twice.
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_workbook_with_real_times_and_a_merged_cell():
    content = workbook(
        ["Day 1"], [time(9, 0), time(9, 30), "Open maps"], [None, None, "ODC"], [time(9, 30), time(9, 40), "Break"],
        merge="A2:A3",
    )  # fmt: skip

    session, _pause = recognised(upload("a.xlsx", content)).sessions

    assert (session.title.en, session.ends_at) == ("Open maps", time(9, 30))
    assert [one.organisation for one in session.people] == ["odc"]


def test_problem_in_a_workbook_has_the_number_of_its_row():
    content = workbook(["Day 1"], [None], ["9:00 – 9:30", "Open maps"], ["9:75 – 10:00", "Open rivers"])

    assert [problem.row for problem in recognised(upload("a.xlsx", content)).problems] == [4]


def test_document_with_a_time_merged_over_two_rows():
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "9:00 – 9:30"
    table.cell(0, 1).text, table.cell(1, 1).text = "Open maps", "ODC"
    document.save(out)

    session = only(upload("a.docx", out.getvalue()))

    assert (session.title.en, [one.organisation for one in session.people]) == ("Open maps", ["odc"])


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_the_ways_in_which_excel_writes_it(delimiter, encoding):
    content = delimiter.join(["Time", "Title"]) + "\n" + delimiter.join(["9:00 – 9:30", '"ផែនទី\nODC"'])

    session = only(upload("a.csv", content.encode(encoding)))

    assert (session.title.km, session.people[0].organisation) == ("ផែនទី", "odc")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_archive_that_unpacks_to_gigabytes_is_refused(ending):
    with pytest.raises(Unreadable, match="too large inside"):
        upload(f"a.{ending}", archive(**{"word/document.xml": b"0" * (limits.UNPACKED + 1)}))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_document_that_defines_entities_is_refused(ending):
    with pytest.raises(Unreadable):
        upload(f"a.{ending}", archive(**{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize(
    "content", [b"", b"no archive", archive(nothing="here")], ids=["empty", "no archive", "another archive"]
)
def test_damaged_file_is_refused_in_words(ending, content):
    with pytest.raises(Unreadable, match="damaged"):
        upload(f"a.{ending}", content)


def test_large_file_is_refused():
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        upload("a.txt", b"x" * (limits.FILE + 1))


def test_file_with_macros_is_refused():
    with pytest.raises(Unreadable, match="This kind of file is not read"):
        upload("agenda.xlsm", b"x")
