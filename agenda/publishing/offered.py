"""What a programme lets participants choose: days, and the themes and rooms of its breakouts.

What the published agenda lets them choose stays in the draft until the agenda is published without it: a registration
points to the rows of the draft.
"""

import datetime
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from agenda.choices import Kind
from agenda.models import Day, ProgrammeVersion, Session
from agenda.programme import stored, value
from agenda.programme.value import Programme
from conference.models import Edition


@dataclass(frozen=True)
class Breakout:
    session: value.Session
    date: datetime.date
    choices: list[value.Session]  # its themes or rooms


def breakouts(programme: Programme) -> list[Breakout]:
    """Those in which something can be chosen. What is cancelled cannot be."""
    found = []
    for place in programme.places.values():
        session = place.session
        if (
            session.kind == Kind.BREAKOUT
            and not session.is_cancelled
            and not (place.parent and place.parent.is_cancelled)
        ):
            rooms = [one for one in session.children if one.kind in (Kind.THEME, Kind.BREAKOUT)]
            if choices := [one for one in rooms if not one.is_cancelled]:
                found.append(Breakout(session, place.day.date, choices))
    return found


def takes_place(day: value.Day) -> bool:
    """A day is cancelled with all its sessions. One that has no sessions yet is not."""
    return not day.sessions or not all(session.is_cancelled for session in day.sessions)


def in_the_way(going: Mapping[type[Model], Iterable[Model]]) -> list[str]:
    """Why these rows of the draft cannot be deleted (conference.staff.deleting): the published agenda offers them."""
    days = [row for row in going.get(Day, ()) if isinstance(row, Day)]
    sessions = [row for row in going.get(Session, ()) if isinstance(row, Session)]
    editions = {row.edition_id for row in days} | {row.day.edition_id for row in sessions}
    said = set()
    for edition in Edition.objects.filter(pk__in=editions):
        if version := ProgrammeVersion.objects.latest_of(edition):
            programme = stored.from_json(version.data)
            said |= _offered(programme, {row.pk for row in days}, {str(row.uuid) for row in sessions})
    return sorted(said)


def _offered(programme: Programme, days: Set[int], sessions: Set[str]) -> set[str]:
    said = set()
    if any(day.key in days and day.sessions and takes_place(day) for day in programme.days):
        said.add(
            _(
                "The published agenda offers a day that would be deleted: set its sessions to “cancelled” or “draft” "
                "and publish the agenda first."
            )
        )
    for breakout in breakouts(programme):
        if sessions & {breakout.session.uuid, *(one.uuid for one in breakout.choices)}:
            said.add(
                _(
                    "The published agenda offers a theme or room that would be deleted: set it to “cancelled” or "
                    "“draft” and publish the agenda first."
                )
            )
    return said
