"""The agenda on A4, in Khmer, in English or in both: a small file to send, and to print.

fpdf2 with HarfBuzz sets Khmer as it is written; most PDF libraries do not. `multi_cell` only: fpdf2's `text` does
not shape. The page of the agenda stays the accessible copy.
"""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from agenda.feeds.breaks import breakable
from agenda.feeds.lines import PaperLine, in_languages
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Day, Programme
from conference.models import Edition
from conference.words import clock, date_only, date_range, digits
from conference.words import day as day_name

FONTS = Path(__file__).parent.parent / "data" / "fonts"
FACE = {"en": "Latin", "km": "Khmer"}
SCRIPT = {"en": ("latn", "eng"), "km": ("khmr", "khm")}
LEADING = {"en": 1.35, "km": 1.7}  # marks stand above and below Khmer letters
MARGIN, INDENT, STEP = 15, 27, 5  # mm
MM = 25.4 / 72  # of a point
BODY, HEADING, DAY, TITLE, SMALL = 9, 10, 13, 17, 7.5  # points
SECOND = 75  # a dark grey, for what is said again in the other language
KEEP = 22  # mm that must be left on a page for a heading to begin there


class Paper(FPDF):
    def __init__(self, foot: str, language: str) -> None:
        super().__init__(format="A4")
        self.foot, self.language = foot, language
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 3)
        self.set_lang(language)
        for weight, style in (("400", ""), ("700", "B")):
            self.add_font("Latin", style, FONTS / f"noto-sans-{weight}.ttf")
            self.add_font("Khmer", style, FONTS / f"noto-sans-khmer-{weight}.ttf")

    def footer(self) -> None:
        with override(self.language):
            page = _("Page %(number)s") % {"number": digits(self.page_no())}
        self.set_y(-MARGIN)
        self.put(f"{self.foot} · {page}", self.language, size=SMALL)

    def put(self, text: str, language: str, *, size: float = BODY, style: str = "", indent: float = 0.0) -> None:
        """A paragraph from where the pen is. The other face stands in where one lacks a letter."""
        script, code = SCRIPT[language]
        self.set_text_shaping(True, script=script, language=code)
        self.set_font(FACE[language], style, size)
        self.set_fallback_fonts([FACE["km" if language == "en" else "en"]])
        self.set_x(MARGIN + indent)
        height = size * MM * LEADING[language]
        self.multi_cell(0, height, breakable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def agenda_pdf(programme: Programme, edition: Edition, stamp: Stamp, languages: Sequence[str]) -> bytes:
    """`languages`: one, or two of which the first leads."""
    with override(languages[0]):
        here = timezone.localtime(stamp.changed_at)
        said = {"number": digits(stamp.version), "moment": f"{date_only(here)}, {clock(here)}"}
        foot = _("Version %(number)s, %(moment)s") if stamp.version else _("As of %(moment)s")
        paper = Paper(foot % said, languages[0])
        paper.set_title(f"{edition.title} – {_('Agenda')}")
    paper.set_creation_date(stamp.changed_at)
    paper.set_creator("National Open Data Conference")
    paper.add_page()
    for language in languages:
        with override(language):
            paper.put(str(edition.title), language, size=TITLE, style="B")
            when = date_range(edition.starts_on, edition.ends_on)
            paper.put(" · ".join(part for part in (when, edition.where) if part), language, size=HEADING)
            paper.ln(2)
    for day in programme.days:
        if day is not programme.days[0]:
            paper.add_page()
        _put_day(paper, day, languages)
    for language in languages:
        for text in (edition.programme_note, edition.disclaimer):
            if text:
                paper.put(text.shown(language)[0], language, size=SMALL)
    return bytes(paper.output())


def _put_day(paper: Paper, day: Day, languages: Sequence[str]) -> None:
    for language in languages:
        with override(language):
            number = _("Day %(number)s") % {"number": digits(day.number)}
            paper.put(f"{number} · {day_name(day.date)}", language, size=DAY, style="B")
            for line in filter(None, map(str.strip, str(day.intro).splitlines())):
                paper.put(line, language)
            paper.ln(1)
    for versions in in_languages(day, languages):
        _put_line(paper, languages, versions)


def _put_line(paper: Paper, languages: Sequence[str], versions: Sequence[PaperLine]) -> None:
    """The time at the left, once; beside it what is said in each language."""
    if paper.get_y() + KEEP > paper.page_break_trigger:
        paper.add_page()
    first, top = versions[0], paper.get_y()
    if not first.joins or not first.depth:
        paper.set_draw_color(180)
        paper.line(MARGIN, top, paper.w - MARGIN, top)
    if first.times:
        paper.put(first.times, languages[0], indent=STEP * first.depth)
        paper.set_y(top)
    indent = INDENT + STEP * first.depth if first.times else STEP * first.depth
    for language, line in zip(languages, versions, strict=True):
        if line.heading:
            paper.put(line.heading, language, size=HEADING, style="B", indent=indent)
    for language, line in zip(languages, versions, strict=True):
        paper.set_text_color(0 if line is first else SECOND)
        for text in line.details:
            paper.put(text, language, indent=indent)
    paper.set_text_color(0)
    paper.ln(1)
