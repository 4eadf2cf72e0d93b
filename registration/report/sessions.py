"""The sessions that were held, as they were published: when, what, with whom, and what they left."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from agenda.feeds import words
from agenda.programme.value import Programme, Session
from conference.words import clock, day, digits
from registration.report.pieces import Cell, Grid, Heading, Piece


def sessions(programme: Programme, site: str) -> Iterator[Piece]:
    for one in programme.days:
        rows = list(_rows(one.sessions, site, 0))
        if not rows:
            continue
        number = _("Day %(number)s") % {"number": digits(one.number)}
        yield Heading(f"{number} · {day(one.date)}", 2)
        has_outputs = any(row[-1].links for row in rows)
        head = [_("Time"), _("Session"), _("Who")]
        yield Grid(
            caption=_("Sessions of %(day)s") % {"day": day(one.date)},
            head=[*head, _("Outputs")] if has_outputs else head,
            rows=rows if has_outputs else [row[:-1] for row in rows],
            widths=(19, 32, 28, 21) if has_outputs else (20, 44, 36),
        )


def _rows(held: Iterable[Session], site: str, depth: int) -> Iterator[list[Cell]]:
    """Without pauses and the like; what lies within a session stands below it."""
    for session in held:
        if session.has_page or session.materials:
            yield _row(session, site, depth)
        yield from _rows(session.timed_children, site, depth + 1)


def _row(session: Session, site: str, depth: int) -> list[Cell]:
    begins, ends = session.starts_at, session.ends_at
    times = f"{clock(begins)} – {clock(ends)}" if begins and ends else ""
    title = f"{'– ' * depth}{words.with_status(session.heading, words.status(session))}"
    left = [*session.materials, *(one for child in session.untimed_children for one in child.materials)]
    links = [(f"{one.title} ({one.kind})", site + one.address if one.file else one.url) for one in left]
    what = "\n".join([title, *words.inside(session)])
    return [Cell(times), Cell(what), Cell("\n".join(words.who(session))), Cell("", links)]
