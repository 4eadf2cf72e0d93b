"""What comes before and after a session, and what is on at the same time. Pure. Cancelled sessions are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from agenda import hours
from agenda.programme.timetable import Parallel, Row, timetable
from agenda.programme.value import Place, Session

Sessions = tuple[Session, ...]


@dataclass(frozen=True)
class Around:
    before: Sessions  # several where they run side by side
    after: Sessions
    meanwhile: Sessions
    beside: Sessions  # what lies with it in the same session: other themes, other rooms


def around(place: Place) -> Around:
    here = place.session
    top = next(one for one in place.day.sessions if any(row.uuid == here.uuid for row in one.walk()))
    held = [one for one in place.day.sessions if one is top or not one.is_cancelled]
    before, after = _neighbours(top, timetable(held))
    inside = [one for one in place.parent.children if not one.is_cancelled] if place.parent else []
    if here.span:
        before_inside, after_inside = _around_one([one for one in inside if one.span], here)
        before, after = before_inside or before, after_inside or after
    span = here.span or top.span
    return Around(
        before,
        after,
        meanwhile=tuple(one for one in held if one is not top and span and _overlap(one, span)),
        beside=tuple(one for one in inside if one.uuid != here.uuid and one.has_page and one.title),
    )


def _neighbours(top: Session, rows: Sequence[Row | Parallel]) -> tuple[Sessions, Sessions]:
    index = next(number for number, row in enumerate(rows) if top in _lanes(row, None))
    before = _lanes(rows[index - 1], -1) if index else ()
    after = _lanes(rows[index + 1], 0) if index + 1 < len(rows) else ()
    row = rows[index]
    if isinstance(row, Parallel):
        column = next(column for column in row.columns if top in column.sessions)
        before_in_column, after_in_column = _around_one(column.sessions, top)
        before, after = before_in_column or before, after_in_column or after
    return before, after


def _lanes(row: Row | Parallel, position: int | None) -> Sessions:
    """The sessions of a row: of parallel columns the first ones (0), the last ones (-1) or all (None)."""
    if not isinstance(row, Parallel):
        return (row.session,)
    columns = [column.sessions for column in row.columns]
    return sum(columns, ()) if position is None else tuple(sessions[position] for sessions in columns)


def _around_one(sessions: Sequence[Session], one: Session) -> tuple[Sessions, Sessions]:
    """The session before it and the one after it, each as a tuple that may be empty."""
    found = next((number for number, other in enumerate(sessions) if other.uuid == one.uuid), None)
    if found is None:
        return (), ()
    return tuple(sessions[max(found - 1, 0) : found]), tuple(sessions[found + 1 : found + 2])


def _overlap(session: Session, span: hours.Span) -> bool:
    return session.span is not None and session.span[0] < span[1] and span[0] < session.span[1]
