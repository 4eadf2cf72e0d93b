"""All that the report says, piece by piece, in the language that is active."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.models import Photograph
from agenda.programme.value import Programme
from conference.files.images import WIDTHS, cut_path
from conference.language.translated import Text
from conference.models import Edition, Organisation
from conference.words import comma, date_range, labelled
from registration.figures.growth import Growth
from registration.figures.tables import Table
from registration.figures.workbook import made_at
from registration.models import Report
from registration.report.figures import figures, how_to_read
from registration.report.pieces import (
    Bullets,
    Cell,
    Contents,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Piece,
    ToWrite,
)
from registration.report.sessions import sessions

MOST_PHOTOGRAPHS = 12  # the newest; a report of 50 MB goes by no e-mail


@dataclass(frozen=True)
class Numbers:
    tables: Sequence[Table]
    growth: Growth
    are_true: bool  # of the officer who chose so; sensitive answers stand in ranges all the same


def content(edition: Edition, programme: Programme, numbers: Numbers, site: str) -> Iterator[Piece]:
    report = Report.objects.filter(edition=edition).first() or Report(edition=edition)
    yield Heading(str(edition.title), 0)
    if edition.subtitle:
        yield Paragraph(str(edition.subtitle))
    when = date_range(edition.starts_on, edition.ends_on)
    yield Paragraph(comma().join(part for part in (when, edition.where) if part))
    yield Paragraph(labelled(_("Report"), made_at()), is_note=True)
    if numbers.are_true:
        yield Paragraph(
            _("This file holds true numbers; those on gender, age and groups alone stand in ranges."),
            is_marked=True,
        )
    yield Contents(_("Contents"))
    yield from _written(_("Summary"), report.summary, _("What was held, for whom, and what came of it."))
    yield from _why(edition)
    yield from _who_held_it(edition)
    yield Heading(_("Participation"))
    yield from figures(numbers.tables, numbers.growth, edition.expected_participants)
    yield from _written(_("What came out"), report.results, _("Decisions, data, agreements, with links."))
    held = list(sessions(programme, site))
    if held:
        yield Heading(_("Sessions and outputs"))
        yield from held
    yield from _written(_("Lessons"), report.lessons, _("What went well, and what to do otherwise."))
    photographs = list(_photographs(edition))
    if photographs:
        yield Heading(_("Photographs"))
        yield from photographs
    yield Heading(_("How to read the figures"))
    yield from how_to_read()
    if edition.disclaimer:
        yield Heading(_("Disclaimer"))
        yield from _paragraphs(edition.disclaimer)


def _written(title: str, text: Text, otherwise: str) -> Iterator[Piece]:
    """What staff wrote; where they wrote nothing, a line to finish in Word."""
    if text:
        yield Heading(title)
        yield from _paragraphs(text)
    else:
        yield ToWrite(title, otherwise)


def _paragraphs(text: Text) -> Iterator[Piece]:
    """As on the pages: a blank line parts paragraphs, lines that begin with a dash are a list."""
    said, language = text.shown()
    for part in said.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            yield Bullets([line[2:] for line in lines])
        elif lines:
            yield Paragraph("\n".join(lines))
    if said and language != get_language():
        yield Paragraph(_("(in English only)") if language == "en" else _("(in Khmer only)"), is_note=True)


def _why(edition: Edition) -> Iterator[Piece]:
    background = edition.background_in_brief or edition.background
    if background:
        yield Heading(_("Background"))
        yield from _paragraphs(background)
    purposes = [str(purpose) for purpose in edition.purposes.all()]
    if purposes:
        yield Heading(_("Purposes"))
        yield Bullets(purposes, are_numbered=True)


def _who_held_it(edition: Edition) -> Iterator[Piece]:
    rows = list(edition.organisers.select_related("organisation", "through"))
    if not rows:
        return
    has_through = any(row.through for row in rows)
    head = [_("Role"), _("Organisation"), _("Funded through")]
    cells = [
        [Cell(capfirst(row.get_role_display())), Cell(_name(row.organisation)), Cell(_name(row.through))]
        for row in rows
    ]
    yield Heading(_("Organisers and funders"))
    yield Grid(
        caption=_("Organisers and funders"),
        head=head if has_through else head[:2],
        rows=cells if has_through else [row[:2] for row in cells],
        widths=(20, 42, 38) if has_through else (25, 75),
    )


def _name(organisation: Organisation | None) -> str:
    if organisation is None:
        return ""
    short = organisation.short_name.shown()[0]
    return f"{organisation.name} ({short})" if short else str(organisation.name)


def _photographs(edition: Edition) -> Iterator[Piece]:
    rows = Photograph.objects.filter(edition=edition).select_related("session")[:MOST_PHOTOGRAPHS]
    for row in rows:
        name = cut_path(row.photo.name or "", WIDTHS[1], "jpg")
        if not default_storage.exists(name):
            continue  # lost from the disk: the report is made without it
        with default_storage.open(name) as file:
            content = file.read()
        by = _("Photograph: %(name)s") % {"name": row.credit} if row.credit else ""
        caption = " – ".join(part for part in (str(row.alt), by) if part)
        yield Picture(content, str(row.alt), caption, 0.8)
