"""A part of the programme: what is interpreted, what belongs to one track. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from agenda.programme.value import Day, Programme, Session
from conference.language.translated import Text


def tracks(programme: Programme) -> list[Text]:
    """In the order in which they first appear. What stands in no track is left out."""
    return list(dict.fromkeys(one.track for day in programme.days for one in day.sessions if one.track))


def is_interpreted(session: Session) -> bool:
    """The session, or a part of it."""
    return any(one.interpretation for one in session.walk())


def narrowed(days: Iterable[Day], keep: Callable[[Session], bool]) -> list[Day]:
    """The days with those of their sessions that have a page and are kept. A day without any is left out."""
    found = [replace(day, sessions=tuple(one for one in day.sessions if one.has_page and keep(one))) for day in days]
    return [day for day in found if day.sessions]
