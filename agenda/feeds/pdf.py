"""The agenda on A4, in Khmer, in English or in both: a small file to send, and to print."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from agenda.cloth.bitmap import cloth_picture
from agenda.cloth.weaving import FRINGE, SIDE, weave
from agenda.feeds.faces import absent_letters
from agenda.feeds.lines import PaperLine, in_languages
from agenda.feeds.paper import SMALL, Paper
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Day, Programme
from conference.models import Edition
from conference.words import date_only, date_range, digits, moment
from conference.words import day as day_name

INDENT, STEP = 27, 5  # mm
HEADING, DAY, TITLE = 10, 13, 17  # points
SECOND = 75  # a dark grey, for what is said again in the other language
HEM, A4_WIDTH = 9, 210  # mm
KEEP = 22  # mm that must be left on a page for a heading to begin there


def agenda_pdf(programme: Programme, edition: Edition, stamp: Stamp, languages: Sequence[str]) -> bytes:
    """`languages`: one, or two of which the first leads."""
    with override(languages[0]):
        here = timezone.localtime(stamp.changed_at)
        said = {"number": digits(stamp.version), "moment": moment(here)}
        foot = _("Version %(number)s, %(moment)s") if stamp.version else _("As of %(moment)s")
        paper = Paper(foot % said, languages[0], title=f"{edition.title} – {_('Agenda')}")
    paper.set_creation_date(stamp.changed_at)
    paper.set_creator("National Open Data Conference")
    paper.add_page()
    paper.band(hem(programme), HEM)
    for language in languages:
        with override(language):
            with paper.one("H1", language):
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


def hem(programme: Programme, width: float = A4_WIDTH) -> Image.Image:
    """The last threads of the cloth, with half of the fringe: a band so wide, in mm."""
    cell = 6  # pixels: so it stays crisp where a program smooths it
    cloth = cloth_picture(weave(programme), cell, ground="#ffffff")
    bottom = cloth.height - FRINGE // 2 * cell
    return cloth.crop((0, bottom - round(SIDE * cell * HEM / width), SIDE * cell, bottom)).convert("RGB")


def unprinted(programme: Programme, edition: Edition) -> list[tuple[str, str]]:
    """(title, its letters that no font of ours has), for every row of the PDF that has such letters."""
    languages = [code for code, _name in settings.LANGUAGES]
    about = [edition.title, edition.venue, edition.city, edition.programme_note, edition.disclaimer]
    texts = [(str(edition.title), "".join(text.en + text.km for text in about))]
    for day in programme.days:
        texts.append((date_only(day.date), day.intro.en + day.intro.km))
        for versions in in_languages(day, languages):
            said = "".join("".join([line.heading, *line.details]) for line in versions)
            texts.append((next((line.heading for line in versions if line.heading), ""), said))
    return [(title, letters) for title, said in texts if (letters := absent_letters(said))]


def _put_day(paper: Paper, day: Day, languages: Sequence[str]) -> None:
    for language in languages:
        with override(language):
            number = _("Day %(number)s") % {"number": digits(day.number)}
            with paper.one("H2", language):
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
        paper.rule()
    indent = INDENT + STEP * first.depth if first.times else STEP * first.depth
    for language, line in zip(languages, versions, strict=True):
        with paper.one(f"H{min(3 + first.depth, 6)}", language):
            if line is first and line.times:
                paper.put(line.times, language, indent=STEP * line.depth)
                paper.set_y(top)
            if line.heading:
                paper.put(line.heading, language, size=HEADING, style="B", indent=indent)
    for language, line in zip(languages, versions, strict=True):
        paper.set_text_color(0 if line is first else SECOND)
        for text in line.details:
            paper.put(text, language, indent=indent)
    paper.set_text_color(0)
    paper.ln(1)
