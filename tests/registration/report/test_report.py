"""The report to the funder: who may take it and write it, what is in it, what Word and readers of PDF find there."""

import re
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils.translation import override
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from agenda.feeds.stamp import stamped
from agenda.models import Appearance, Material, Photograph, Session, Speaker
from agenda.publishing.versions import publish
from conference.models import Edition
from registration.choices import Gender, Province
from registration.figures.growth import Growth
from registration.figures.measures import questions_of
from registration.figures.tables import tables_to_pass_on
from registration.models import AccessLog, Registration, Report
from registration.report.content import Numbers, content
from registration.report.pdf import report_pdf
from registration.report.word import report_docx
from tests.factories import make_day, make_edition, make_registration, make_session
from tests.pages import read

PAGE = "/admin/registration/registration/report/"
FILE = "/admin/registration/registration/report-{}.{}"
TRUE = {"numbers": "true"}
LONG_NAME = "សាកល្បងគំរូឈ្មោះវែងណាស់សម្រាប់ការធ្វើតេស្តប្រព័ន្ធនេះគំរូវែង"


def staff_with(client, *rights):
    user = get_user_model().objects.create_user("member", password="a long password", is_staff=True)
    for right in rights:
        app, codename = right.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client.force_login(user)
    return client


def pieces_of(edition, language="en"):
    questions = questions_of(edition)
    programme, _stamp = stamped(edition, "")
    with override(language):
        numbers = Numbers(tables_to_pass_on(edition, questions), Growth((), None), are_true=False)
        return list(content(edition, programme, numbers, "https://site.example"))


def as_word(edition, language="en"):
    with override(language):
        return docx.Document(BytesIO(report_docx(pieces_of(edition, language), language, "Report")))


def said_in(document):
    """With the words in tables and links."""
    return "\n".join("".join(one.text or "" for one in p.iter(qn("w:t"))) for p in document.element.iter(qn("w:p")))


def as_text(file):
    with pypdfium2.PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


# --- the page ---


@pytest.mark.parametrize(
    ("rights", "status", "sees"),
    [
        ([], 403, set()),
        (["registration.view_registration"], 403, set()),
        (["registration.view_figures"], 200, {"Take the report", "Staff who may change the edition write them."}),
        (["conference.change_edition"], 200, {"<textarea"}),
        (
            ["registration.view_figures", "registration.view_registration"],
            200,
            {"Take the report", "With true numbers"},
        ),
    ],
)
def test_page_offers_what_each_may_do(client, edition, rights, status, sees):
    response = staff_with(client, *rights).get(PAGE)

    assert response.status_code == status
    offered = {"Take the report", "Staff who may change the edition write them.", "<textarea", "With true numbers"}
    assert {words for words in offered if words in response.content.decode()} >= sees
    assert ("With true numbers" in response.content.decode()) == ("With true numbers" in sees)
    assert ("<textarea" in response.content.decode()) == ("<textarea" in sees)


def test_texts_are_saved_for_their_edition(staff_client, edition):
    make_edition(year=2023)

    staff_client.post(f"{PAGE}?edition=2024", {"summary_en": "Sample summary", "lessons_km": "មេរៀនគំរូ"})

    report = Report.objects.get()
    assert (report.edition, report.summary.en, report.lessons.km) == (edition, "Sample summary", "មេរៀនគំរូ")


def test_text_that_a_colleague_wrote_meanwhile_stays(staff_client, edition):
    Report.objects.create(edition=edition, summary_en="Old")
    Report.objects.update(results_en="Of the colleague")

    staff_client.post(
        PAGE, {"initial-summary_en": "Old", "summary_en": "New", "initial-results_en": "", "results_en": ""}
    )

    report = Report.objects.get()
    assert (report.summary.en, report.results.en) == ("New", "Of the colleague")


def test_text_that_is_too_long_is_refused_and_not_lost(staff_client, edition):
    response = staff_client.post(PAGE, {"summary_en": "Sample " * 3000, "results_en": "Kept text"})

    assert response.status_code == 400
    assert "Nothing was saved" in read(response)
    assert "Kept text</textarea>" in response.content.decode()
    assert not Report.objects.exists()


def test_texts_are_written_by_those_alone_who_may_change_the_edition(client, edition):
    observer = staff_with(client, "registration.view_figures")

    assert observer.post(PAGE, {"summary_en": "Sample"}).status_code == 403
    assert not Report.objects.exists()


# --- the files: who takes which ---


@pytest.fixture
def crowd(edition):
    for number in range(12):
        province = Province.KEP if number < 2 else Province.TAKEO
        make_registration(edition, inclusion={"gender": Gender.WOMAN}, province=province)
    return edition


def test_report_holds_the_figures_that_may_be_passed_on(client, crowd):
    observer = staff_with(client, "registration.view_figures")

    response = observer.get(FILE.format("en", "docx"))

    document = docx.Document(BytesIO(response.content))
    said = said_in(document)
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for one in document.tables for row in one.rows}
    assert rows["Woman"] == rows["Takeo"] == ["10–14", "10–14", "0"]
    assert "Kep" not in rows
    assert "true numbers" not in said
    assert 'filename="report-2024-en.docx"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    line = AccessLog.objects.get()
    assert (line.subject, line.columns.split(", ")[0]) == ("report-2024-en.docx", "gender")
    assert observer.get(FILE.format("en", "docx"), TRUE).status_code == 403
    for person in Registration.objects.all():
        assert person.name_latin not in said


def test_true_numbers_are_chosen_and_the_file_says_so(client, crowd):
    chief = staff_with(client, "registration.view_figures", "registration.view_registration")
    get_user_model().objects.update(is_superuser=True)

    response = chief.get(FILE.format("en", "pdf"), TRUE)

    said = " ".join(as_text(response.content).split())
    assert "This file holds true numbers" in said
    assert "Kep 2 2 0" in said
    assert "Woman 10–14 10–14" in said  # sensitive answers stay in ranges in every file
    assert 'filename="report-2024-en-true-numbers.pdf"' in response["Content-Disposition"]
    assert AccessLog.objects.get().subject == "report-2024-en-true-numbers.pdf"


@pytest.mark.parametrize(
    ("language", "ending", "query", "status"),
    [
        ("fr", "docx", {}, 404),
        ("en", "odt", {}, 404),
        ("en", "pdf", {"numbers": "yes"}, 404),
        ("en", "pdf", {"edition": "1999"}, 404),
        ("km", "pdf", {"who": "all"}, 400),
    ],
)
def test_other_files_there_are_not(staff_client, edition, language, ending, query, status):
    assert staff_client.get(FILE.format(language, ending), query).status_code == status
    assert not AccessLog.objects.exists()


def test_editor_of_the_programme_takes_no_figures(client, edition):
    assert staff_with(client, "conference.change_edition").get(FILE.format("en", "pdf")).status_code == 403


# --- what is in it ---


@pytest.fixture
def held(edition, settings, tmp_path):
    """The edition of 2024, with an output, a person with a long name, a photograph and the texts."""
    settings.MEDIA_ROOT = tmp_path
    session = Session.objects.filter(day__edition=edition, kind="presentation").first()
    url = "https://example.org/slides.pdf"
    Material.objects.create(session=session, title_en="Sample slides", title_km="ស្លាយគំរូ", url=url)
    speaker = Speaker.objects.create(name_km=LONG_NAME, name_en="Sample Person")
    Appearance.objects.create(session=session, speaker=speaker, state="confirmed")
    picture = BytesIO()
    Image.new("RGB", (1200, 800), "#336699").save(picture, "JPEG")
    photograph = Photograph(edition=edition, slot="home", alt_en="A sample hall", alt_km="សាលគំរូ", credit="Sample")
    photograph.photo.save("hall.jpg", ContentFile(picture.getvalue()), save=False)
    photograph.save()
    Report.objects.create(
        edition=edition,
        summary_en="Sample summary.\n\n- First point\n- Second\x0bpoint",
        summary_km="សេចក្តីសង្ខេបគំរូ Open Data ឆ្នាំ២០២៤",
    )
    publish(edition, None)
    return edition


def test_word_finds_real_headings_tables_and_captions(held):
    document = as_word(held)

    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Title", "National Open Data Conference 2024") in styles
    assert [text for style, text in styles if style == "Heading 1"] == [
        *("Summary", "Background", "Purposes", "Organisers and funders", "Participation", "What came out"),
        *("Sessions and outputs", "Lessons", "Photographs", "How to read the figures", "Disclaimer"),
    ]
    assert ("List Bullet", "First point") in styles
    assert ("List Bullet", "Secondpoint") in styles  # without what XML cannot hold
    assert any(text.startswith("[To be written: ") for _style, text in styles)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    instructions = [one.text.strip() for one in document.element.iter(qn("w:instrText"))]
    assert instructions[0].startswith("TOC ")
    assert instructions.count("SEQ Table \\* ARABIC") == len(document.tables)


def test_word_finds_sessions_people_outputs_and_who_paid(held):
    document = as_word(held)
    said = said_in(document)

    assert "Sample Person" in said
    assert "Sample slides (example.org)" in said
    assert "https://example.org/slides.pdf" in [
        rel.target_ref for rel in document.part.rels.values() if rel.is_external
    ]
    [row] = [row for row in document.tables[0].rows if row.cells[0].text == "Funder"]
    assert row.cells[2].text.startswith("Ponlok Chomnes")
    assert document.tables[0].rows[0].cells[2].text == "Funded through"


def test_pictures_say_what_is_to_be_seen(held):
    described = [one.get("descr") for one in as_word(held).element.iter(qn("wp:docPr"))]
    assert described == ["A sample hall"]


def test_runs_say_their_language_and_khmer_is_set_as_a_complex_script(held):
    document = as_word(held, "km")

    khmer = latin = 0
    for run in document.element.iter(qn("w:r")):
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        about = run.find(qn("w:rPr"))
        if not text:
            continue
        tongue = about.find(qn("w:lang"))
        if any("\u1780" <= letter <= "\u17ff" for letter in text):
            khmer += 1
            assert tongue.get(qn("w:bidi")) == "km-KH", text
            assert about.find(qn("w:cs")) is not None, text
            assert not any("A" <= letter <= "z" and letter.isalpha() for letter in text), text
        else:
            latin += 1
            assert tongue.get(qn("w:val")) == "en-GB", text
    assert khmer > 50
    assert latin > 5
    fonts = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert fonts.get(qn("w:cs")) == "Khmer OS Battambang"
    assert LONG_NAME in said_in(document)


@pytest.mark.parametrize("language", ["en", "km"])
def test_pdf_is_found_and_heard(held, language):
    with override(language):
        file = report_pdf(pieces_of(held, language), language, "Report")

    said = "".join(as_text(file).split())
    summary = {"en": "Samplesummary.", "km": "សេចក្តីសង្ខេបគំរូOpenDataឆ្នាំ២០២៤"}[language]
    assert summary in said
    assert {"en": "SamplePerson", "km": LONG_NAME}[language] in said
    assert "https://example.org/slides.pdf" in said
    assert "[" not in said.replace("[TBC]", "")  # what is yet to be written is left out
    reader = PdfReader(BytesIO(file))
    assert reader.trailer["/Root"]["/Lang"] == language
    elements = list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    roles = {element["/S"] for element in elements}
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Caption"} <= roles
    alts = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert alts == [{"en": "A sample hall", "km": "សាលគំរូ"}[language]]
    for element in elements:
        if element["/S"] == "/TR":
            assert element["/P"].get_object()["/S"] == "/Table"


def walk(kids):
    kids = kids.get_object()
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if hasattr(element, "get") and "/S" in element:
            yield element
            yield from walk(element["/K"]) if "/K" in element else ()


def test_contents_name_the_pages_of_the_headings(held):
    file = report_pdf(pieces_of(held), "en", "Report")

    pages = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]
    number = next(at for at, text in enumerate(pages, start=1) if "Photographs\n" in text and at > 1)
    assert re.search(rf"Photographs\s+{number}\s", as_text(file))


@pytest.mark.parametrize("language", ["en", "km"])
def test_edition_with_nothing_makes_a_report(db, language):
    empty = make_edition(year=2031, title_en="Sample")
    with override(language):
        assert report_pdf(pieces_of(empty, language), language, "Report").startswith(b"%PDF")
        assert docx.Document(BytesIO(report_docx(pieces_of(empty, language), language, "Report"))).paragraphs


def test_photograph_whose_file_is_lost_is_left_out(held):
    photograph = Photograph.objects.get()
    for name in photograph.files:
        photograph.photo.storage.delete(name)

    assert "Photographs" not in said_in(as_word(held))


@pytest.mark.parametrize("number", [1, 12])
def test_report_takes_the_same_queries_however_long_it_is(db, django_assert_num_queries, number):
    edition = make_edition(year=2031)
    day = make_day(edition)
    for at in range(number):
        make_session(day, title_en=f"Sample {at}", kind="presentation")
    publish(edition, None)
    edition = Edition.objects.get(pk=edition.pk)
    questions = questions_of(edition)
    tables = tables_to_pass_on(edition, questions)

    programme, _stamp = stamped(edition, "")
    with django_assert_num_queries(4):
        assert list(content(edition, programme, Numbers(tables, Growth((), None), are_true=False), ""))


def test_session_with_more_people_than_a_page_holds_is_printed_whole(db):
    edition = make_edition(year=2031)
    session = make_session(make_day(edition), kind="panel")
    for number in range(70):
        speaker = Speaker.objects.create(name_en=f"Sample Person {number}")
        Appearance.objects.create(session=session, speaker=speaker, role="panelist", state="confirmed")
    publish(edition, None)
    with override("en"):
        file = report_pdf(pieces_of(Edition.objects.get(pk=edition.pk)), "en", "Report")

    said = as_text(file)
    assert [number for number in range(70) if f"Sample Person {number}" not in said] == []
