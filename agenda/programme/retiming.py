"""A programme with some of its sessions at other times, and nothing else changed."""

from dataclasses import replace
from datetime import time


def at_other_times(programme, times):
    """`times` says for the uuid of a session from when to when it is now."""
    days = (replace(day, sessions=_in_order(_moved(day.sessions, times))) for day in programme.days)
    return replace(programme, days=tuple(days))


def _moved(sessions, times):
    return tuple(_session(session, times) for session in sessions)


def _session(session, times):
    starts_at, ends_at = times.get(session.uuid, (session.starts_at, session.ends_at))
    return replace(session, starts_at=starts_at, ends_at=ends_at, children=_moved(session.children, times))


def _in_order(sessions):
    return tuple(sorted(sessions, key=lambda session: session.starts_at or time.max))
