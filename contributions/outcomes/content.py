"""All that the report on the outcomes says, piece by piece, in the language that is active."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.feeds import licence
from conference.language.translated import Text
from conference.models import Edition
from conference.words import comma, date_only, date_range, digits, labelled
from contributions.models import Became
from contributions.outcomes.publishing import Published
from contributions.outcomes.value import Outcomes, Said
from registration.report.pieces import Bullets, Cell, Contents, Grid, Heading, Paragraph, Piece


def content(edition: Edition, found: Published) -> Iterator[Piece]:
    number, moment = digits(found.version.number), date_only(found.version.published_at)
    yield Heading(_("What came out of the conference"), 0)
    yield Paragraph(_said_in_either(edition.title))
    when = date_range(edition.starts_on, edition.ends_on)
    yield Paragraph(comma().join(part for part in (when, edition.where) if part))
    yield Paragraph(
        _("Version %(number)s of %(date)s") % {"number": number, "date": moment},
        is_note=True,
    )
    yield Contents(_("Contents"))
    yield Heading(_("In brief"))
    yield from _in_brief(found.outcomes)
    for theme, statements in found.outcomes.by_theme:
        yield Heading(_said_in_either(theme) or _("On the conference as a whole"))
        for said in statements:
            yield from _statement(said)
    if found.changes:
        yield Heading(_("What has changed since the version before"))
        yield Bullets([change.in_words for change in found.changes])
    yield Heading(_("How to read this report"))
    yield Bullets(how_to_read())
    yield Paragraph(str(licence.LINE), is_note=True)


def how_to_read() -> list[str]:
    return [
        _("Staff merged what people wrote and said into statements. No person is named."),
        _("How many inputs a statement stands on is told as the range of five in which the number lies."),
        _("An input is what one person wrote or said; a discussion is the note of one group."),
    ]


def _in_brief(outcomes: Outcomes) -> Iterator[Piece]:
    yield Paragraph(heard(outcomes))
    rows = []
    for became in Became:
        number = sum(one.became == became for one in outcomes.statements)
        if number:
            rows.append([Cell(capfirst(str(became.label))), Cell(digits(number))])
    if rows:
        rows.append([Cell(_("Statements in all")), Cell(digits(len(outcomes.statements)))])
        yield Grid(
            caption=_("What became of the statements"),
            head=[_("What became of it"), _("Statements")],
            rows=rows,
            widths=(70, 30),
            are_numbers=True,
            last_is_sum=True,
        )


def heard(outcomes: Outcomes) -> str:
    return _(
        "Inputs from people: %(inputs)s. Discussions of groups: %(notes)s. Statements made of them: %(number)s."
    ) % {
        "inputs": outcomes.inputs.words,
        "notes": digits(outcomes.notes),
        "number": digits(len(outcomes.statements)),
    }


def stands_on(said: Said) -> str:
    """“Stands on 10–14 inputs and 2 discussions.”"""
    return _("Inputs: %(inputs)s. Discussions: %(notes)s.") % {
        "inputs": said.inputs.words,
        "notes": digits(said.notes),
    }


def _statement(said: Said) -> Iterator[Piece]:
    title = _("Statement %(number)s") % {"number": digits(said.number)}
    part = _said_in_either(said.part)
    yield Heading(f"{title} · {part}" if part else title, 2)
    yield from _paragraphs(said.text)
    yield Paragraph(stands_on(said), is_note=True)
    if said.became:
        yield Paragraph(labelled(_("What became of it"), said.became_in_words), is_marked=True)
    if said.answer:
        yield Paragraph(labelled(_("Answer of the ministry"), _said_in_either(said.answer)))


def _paragraphs(text: Text) -> Iterator[Piece]:
    said, language = text.shown()
    for part in said.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Paragraph(part.strip())
    if said and language != get_language():
        yield Paragraph(_("(in English only)") if language == "en" else _("(in Khmer only)"), is_note=True)


def _said_in_either(text: Text) -> str:
    return text.shown()[0]
