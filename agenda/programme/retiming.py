"""A programme with some of its sessions at other times, and nothing else changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from agenda.hours import LAST, Times
from agenda.programme.value import Programme, Session


def at_other_times(programme: Programme, times: Mapping[str, Times]) -> Programme:
    """`times` says for the uuid of a session from when to when it is now."""
    days = []
    for day in programme.days:
        sessions = sorted(_moved(day.sessions, times), key=lambda session: session.span[0] if session.span else LAST)
        days.append(replace(day, sessions=tuple(sessions)))
    return replace(programme, days=tuple(days))


def _moved(sessions: Iterable[Session], times: Mapping[str, Times]) -> tuple[Session, ...]:
    moved = []
    for session in sessions:
        starts_at, ends_at = times.get(session.uuid, (session.starts_at, session.ends_at))
        children = _moved(session.children, times)
        moved.append(replace(session, starts_at=starts_at, ends_at=ends_at, children=children))
    return tuple(moved)
