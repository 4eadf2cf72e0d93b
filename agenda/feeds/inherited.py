"""What a session has from those it stands under: its hours, its room, and whether it is held at all."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import hours
from agenda.feeds import words
from agenda.programme.timetable import Parallel, timetable
from agenda.programme.value import Place, Programme, Session
from conference.language.translated import Text


def line_of(programme: Programme, place: Place) -> Iterator[Session]:
    """The session, then what it stands under, up to the row of the day."""
    above: Place | None = place
    while above:
        yield above.session
        above = programme.places[above.parent.code] if above.parent else None


def has_times(programme: Programme, place: Place) -> bool:
    """A version that was published long ago may lack them."""
    return any(one.span for one in line_of(programme, place))


def moments(programme: Programme, place: Place) -> tuple[datetime, datetime]:
    """When it begins and when it ends. The tables want times of every session that stands under none."""
    line = line_of(programme, place)
    starts_at, ends_at = next((one.starts_at, one.ends_at) for one in line if one.starts_at and one.ends_at)
    begins, ends = hours.moments(place.day.date, starts_at, ends_at)
    return timezone.make_aware(begins), timezone.make_aware(ends)


def room(programme: Programme, place: Place) -> Text:
    return next((session.room for session in line_of(programme, place) if session.room), place.session.room)


def tracks(programme: Programme) -> dict[str, Text]:
    """Where sessions run beside each other: the track of the parallel column, by the code of each session in it.

    A file asks once: to lay out the day anew for each of its sessions takes seconds for a long programme.
    """
    blocks = [row for day in programme.days for row in timetable(day.sessions) if isinstance(row, Parallel)]
    columns = [column for block in blocks for column in block.columns]
    return {one.code: column.track for column in columns for top in column.sessions for one in top.walk()}


def whereabouts(programme: Programme, place: Place, tracks: dict[str, Text]) -> str:
    """Where it is, in a word for programs that stays the same when a name is corrected, and in every language."""
    *_others, top = line = list(line_of(programme, place))
    if with_room := next((session for session in line if session.room), None):
        return f"room/{with_room.room_key or with_room.room.en or with_room.room.km}"
    if track := tracks.get(place.session.code):
        return f"track/{top.track_key or track.en or track.km}"
    return "venue"


def status(programme: Programme, place: Place) -> str:
    """In words. What stands under a cancelled session is cancelled with it."""
    return _("cancelled") if is_cancelled(programme, place) else words.status(place.session)


def is_cancelled(programme: Programme, place: Place) -> bool:
    return any(session.is_cancelled for session in line_of(programme, place))


def with_times(programme: Programme) -> list[Place]:
    return [place for place in programme.places.values() if place.session.starts_at]
