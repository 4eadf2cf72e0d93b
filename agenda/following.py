"""What stands under a session and has hours of its own, such as its Q&A, goes along when the session moves in time."""

import datetime
from collections.abc import Collection

from agenda.models import Session
from agenda.programme.retiming import Times
from agenda.shifting import PastMidnight, later


def follow(session: Session, before: Times, *, stay: Collection[int] = ()) -> list[Session]:
    """Moves what stands under a session that stood at `before`, and returns it.

    What lies within the session goes with its beginning, what follows on it with its end. The keys in `stay` are of
    rows whose own times were written at the same moment.
    """
    if session.starts_at is None or session.ends_at is None:
        return []
    moved = []
    for child in session.children.exclude(pk__in=stay):
        if child.starts_at is None or child.ends_at is None:
            continue
        was = child.starts_at, child.ends_at
        if was[0] < before[1]:
            minutes = _between(before[0], session.starts_at)
        else:
            minutes = _between(before[1], session.ends_at)
        try:
            child.starts_at, child.ends_at = later(was[0], minutes), later(was[1], minutes)
        except PastMidnight:  # it stays, and stands among what is unfinished
            continue
        if minutes:
            child.save()
            moved += [child, *follow(child, was, stay=stay)]
    return moved


def _between(before: datetime.time, after: datetime.time) -> int:
    return (after.hour - before.hour) * 60 + after.minute - before.minute
