"""A day of the programme as lines for paper, in one language or in several side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from agenda.feeds import words
from agenda.programme.timetable import Parallel, timetable
from agenda.programme.value import Day, Session
from conference.language.translated import Text
from conference.words import clock


@dataclass(frozen=True)
class PaperLine:
    heading: str
    times: str = ""
    details: tuple[str, ...] = ()
    depth: int = 0
    joins: bool = False  # stands above the sessions of parallel columns, and is none itself


def in_languages(day: Day, languages: Sequence[str]) -> list[tuple[PaperLine, ...]]:
    """The lines of a day, each as a tuple: one for each language, without what would only say the same again."""
    columns = []
    for language in languages:
        with override(language):
            columns.append(list(_lines(day, alone=len(languages) == 1)))
    found = []
    for first, *others in zip(*columns, strict=True):
        versions = [first]
        for line in others:
            # Where a text is missing in one language, the lines of both languages have the same text.
            heading = "" if line.heading == first.heading else line.heading
            details = tuple(text for text in line.details if text not in first.details)
            versions.append(replace(line, heading=heading, details=details))
        found.append(tuple(versions))
    return found


def _lines(day: Day, alone: bool) -> Iterator[PaperLine]:
    for row in timetable(day.sessions):
        if not isinstance(row, Parallel):
            yield from _session_lines(row.session, 0, alone)
            continue
        between = {"from": clock(row.starts_at), "to": clock(row.ends_at)}
        yield PaperLine(_("%(from)s – %(to)s: at the same time") % between, joins=True)
        for column in row.columns:
            yield PaperLine(str(column.track), joins=True, depth=1)
            for session in column.sessions:
                yield from _session_lines(session, 1, alone)


def _session_lines(session: Session, depth: int, alone: bool) -> Iterator[PaperLine]:
    starts_at, ends_at = session.starts_at, session.ends_at
    times = f"{clock(starts_at)} – {clock(ends_at)}" if starts_at and ends_at else ""
    heading = words.with_status(session.heading, words.status(session))
    details = [str(session.room_note)] if session.room_note else []
    for line in _honest(session.description, words.description(session), alone).splitlines():
        if line.strip():
            details.append(f"• {line[2:]}" if line.startswith("- ") else line)
    details += [*words.who(session), *words.notes(session), *words.inside(session)]
    yield PaperLine(_honest(session.title, heading, alone), times, tuple(details), depth)
    for child in session.timed_children:
        yield from _session_lines(child, depth + 1, alone)


def _honest(text: Text, said: str, alone: bool) -> str:
    """A text in the other language only says so; or it is left out where its own language stands beside it."""
    language = text.shown()[1]
    if language == get_language():
        return said
    note = _("(in English only)") if language == "en" else _("(in Khmer only)")
    return f"{said} {note}" if alone else ""
