"""A day of the programme as lines for paper, in one language or in several side by side."""

from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from agenda.feeds import words
from agenda.programme.timetable import timetable
from conference.words import clock


@dataclass(frozen=True)
class PaperLine:
    heading: str
    times: str = ""
    details: tuple[str, ...] = ()
    depth: int = 0
    joins: bool = False  # stands above the sessions of parallel columns, and is none itself


def in_languages(day, languages):
    """The lines of a day, each as a tuple: one for each language, without what would only say the same again."""
    columns = []
    for language in languages:
        with override(language):
            columns.append(list(_lines(day, alone=len(languages) == 1)))
    return [_said_once(line) for line in zip(*columns, strict=True)]


def _said_once(versions):
    first, *others = versions
    return (first, *(_other(line, first) for line in others))


def _other(line, first):
    """Where a text is missing in one language, both have the same."""
    heading = "" if line.heading == first.heading else line.heading
    details = tuple(text for text in line.details if text not in first.details)
    return PaperLine(heading, line.times, details, line.depth, line.joins)


def _lines(day, alone):
    for row in timetable(day.sessions):
        if not row.is_parallel:
            yield from _session_lines(row.session, 0, alone)
            continue
        between = {"from": clock(row.starts_at), "to": clock(row.ends_at)}
        yield PaperLine(_("%(from)s – %(to)s: at the same time") % between, joins=True)
        for column in row.columns:
            yield PaperLine(str(column.track), joins=True, depth=1)
            for session in column.sessions:
                yield from _session_lines(session, 1, alone)


def _session_lines(session, depth, alone):
    times = f"{clock(session.starts_at)} – {clock(session.ends_at)}"
    heading = words.with_status(session.heading, words.status(session))
    yield PaperLine(_honest(session.title, heading, alone), times, tuple(_details(session, alone)), depth)
    for child in session.timed_children:
        yield from _session_lines(child, depth + 1, alone)


def _honest(text, said, alone):
    """In the other language only: it says so, or, where both languages stand there, it is left to the other one."""
    language = text.shown()[1]
    if language == get_language():
        return said
    note = _("(in English only)") if language == "en" else _("(in Khmer only)")
    return f"{said} {note}" if alone else ""


def _details(session, alone):
    if session.room_note:
        yield str(session.room_note)
    for line in _honest(session.description, words.description(session), alone).splitlines():
        if line.strip():
            yield f"• {line[2:]}" if line.startswith("- ") else line
    yield from words.who(session)
    yield from words.notes(session)
    yield from words.inside(session)
