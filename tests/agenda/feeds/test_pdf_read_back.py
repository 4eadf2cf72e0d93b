"""The PDF as programs read it: they find every line, hear headings, and know the language.

Two readers of different kinds: PDFium (in Chrome) takes the text that stands beside each line; pypdf, as pdf.js (in
Firefox), takes what each glyph stands for.
"""

import re
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from agenda.feeds.lines import in_languages
from agenda.feeds.paper import Paper
from agenda.feeds.pdf import agenda_pdf
from agenda.feeds.stamp import stamped
from conference.language.translated import Text
from tests.agenda.feeds.source import STAMP, edition_row, make_programme, source
from tests.factories import session_value


def by_pdfium(content):
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def by_pypdf(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


READERS = {"PDFium": by_pdfium, "pypdf": by_pypdf}


def letters(text):
    """A long line is two lines on paper; U+200B is the sign that pypdf, too, might pass over."""
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_line_of_the_agenda_of_2024_is_found(edition, language):
    programme, stamp = stamped(edition, "https://conference.example.org")
    content = agenda_pdf(programme, edition, stamp, [language])
    rows = [line for day in programme.days for (line,) in in_languages(day, [language])]
    wanted = [text for line in rows for text in (line.heading, *line.details) if text]

    assert len([line for line in rows if line.heading]) >= 39
    for read in READERS.values():
        found = letters(read(content))
        assert [text for text in wanted if letters(text) not in found] == []
    assert len(content) < 150_000


KHMER = [
    "ស្ត្រី",
    "ខ្ញុំ",
    "កម្មវិធី",
    "ប្រទេស",
    "ភ្នំពេញ",
    "ទិន្នន័យបើកទូលាយ",
    "សេដ្ឋកិច្ច",
    "អ្នកចូលរួម",
    "ព្រះរាជាណាចក្រ",
    "ប៉ះពាល់",
    "៨:៣០",
]


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_khmer_syllables_are_read_in_the_order_of_their_letters(read):
    title = " ".join(KHMER)
    session = session_value("code", "9:00", "10:00")
    made = agenda_pdf(make_programme(session), edition_row(title_km=title), STAMP, ["km"])

    found = read(made).replace("\u200b", "")
    assert [word for word in KHMER if word not in found] == []


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_words_on_two_lines_stay_two_words(read):
    title = "open data for the public " * 12

    found = read(agenda_pdf(*source(session_value("Opening", "9:00", "10:00"), title_en=title), ["en"]))
    assert set(found.split()) >= set(title.split())
    assert not re.search("dataf|thep|publico", found)


# --- what a program that reads aloud is told ---


def elements(content):
    """The parts of the text in their order: (role, language, its marks)."""
    root = PdfReader(BytesIO(content)).trailer["/Root"]
    (document,) = root["/StructTreeRoot"]["/K"]
    return [(part["/S"], part["/Lang"], list(part["/K"])) for part in map(_opened, document.get_object()["/K"])]


def _opened(reference):
    return reference.get_object()


def test_document_says_its_title_and_its_language():
    made = PdfReader(BytesIO(agenda_pdf(*source(session_value("Opening", "9:00", "10:00")), ["km", "en"])))
    root = made.trailer["/Root"]

    assert made.metadata.title == "Sample Conference – របៀបវារៈ"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("km", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 -- an object of pypdf


def test_headings_and_paragraphs_are_marked_in_their_languages():
    child = session_value("Q&A", "9:30", "10:00")
    session = session_value(
        "code", "9:00", "10:00", children=(child,), description=Text("Where to find it", "រកនៅឯណា")
    )
    both = make_programme(session)

    told = [
        (role, language) for role, language, _marks in elements(agenda_pdf(both, edition_row(), STAMP, ["en", "km"]))
    ]

    assert told[:2] == [("/H1", "en"), ("/P", "en")]
    assert [role for role, _language in told if role != "/P"] == ["/H1", "/H1", "/H2", "/H2", "/H3", "/H4"]
    assert ("/P", "km") in told[told.index(("/H3", "en")) :]


def test_every_mark_leads_to_its_part_and_back():
    """On two pages, with a paragraph that goes on on the second."""
    long = session_value("Long", "9:00", "10:00", description=Text(en="word " * 3000))
    content = agenda_pdf(*source(long), ["en"])

    made = PdfReader(BytesIO(content))
    numbers = made.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert len(made.pages) > 1
    for page in made.pages:
        parts = [part.get_object() for part in by_page[page["/StructParents"]]]
        marks = re.findall(rb"/MCID (\d+)>> BDC", page.get_contents().get_data())
        assert [int(mark) for mark in marks] == list(range(len(parts)))
        for mark, part in enumerate(parts):
            assert mark in part["/K"]
            assert part.raw_get("/Pg").idnum == page.indirect_reference.idnum


def test_what_belongs_to_no_text_is_not_read_aloud():
    made = PdfReader(BytesIO(agenda_pdf(*source(session_value("Opening", "9:00", "10:00")), ["en"])))

    content = made.pages[0].get_contents().get_data()
    artifacts = re.findall(rb"/Artifact BMC(.*?)EMC", content, re.DOTALL)
    assert len(artifacts) == 3  # the cloth at the top, the line above the session, and the foot of the page
    assert re.sub(rb"/Artifact BMC.*?EMC|/\w+ <</MCID.*?EMC EMC", b"", content, flags=re.DOTALL).count(b"TJ") == 0


def test_line_in_another_colour_leaves_its_font_and_its_colour_to_no_other():
    paper = Paper("Sample", "km", "Sample")
    paper.add_page()
    paper.put("គំរូ", "km", size=14, style="B")
    paper.set_text_color(75)
    paper.put("• គំរូ\nគំរូ", "km", size=9)
    paper.set_text_color(0)
    paper.put("គំរូ", "km", size=9)

    content = PdfReader(BytesIO(bytes(paper.output()))).pages[0].get_contents().get_data()
    lines = re.findall(rb"BDC (q [^B]*)?BT ([\d.]+) 0 0 .*? ET( Q)?", content)
    assert [size for _colour, size, _back in lines] == [b"14.00", b"9.00", b"9.00", b"9.00", b"7.50"]
    assert [bool(colour) for colour, _size, _back in lines] == [False, True, True, False, False]
    assert all(bool(colour) == bool(back) for colour, _size, back in lines)
