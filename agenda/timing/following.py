"""What stands under a session and has hours of its own, such as its Q&A, goes along when the session moves in time."""

from collections.abc import Collection

from agenda.hours import Times, span
from agenda.models import Session
from agenda.timing.shifting import OutsideOfDay, later


def follow(session: Session, before: Times, *, stay: Collection[int] = ()) -> list[Session]:
    """Moves what stands under a session that stood at `before`, and returns it.

    What lies within the session goes with its beginning, what follows on it with its end. The keys in `stay` are of
    rows whose own times were written at the same moment.
    """
    if session.starts_at is None or session.ends_at is None:
        return []
    moved, (began, ended), (begins, ends) = [], span(*before), span(session.starts_at, session.ends_at)
    for child in session.children.exclude(pk__in=stay):
        if child.starts_at is None or child.ends_at is None:
            continue
        was = child.starts_at, child.ends_at
        by = begins - began if span(*was)[0] < ended else ends - ended
        try:
            child.starts_at, child.ends_at = later(was, by)
        except OutsideOfDay:  # it stays, and stands among what is unfinished
            continue
        if by:
            child.save()
            moved += [child, *follow(child, was, stay=stay)]
    return moved
