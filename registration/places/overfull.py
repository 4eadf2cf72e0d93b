"""Limits that staff have set below the number of people who have a place already. No person loses theirs by it."""

from dataclasses import dataclass

from django.db.models import Count, F

from agenda.models import Day, Session
from registration.models import Intake
from registration.places.hall import Hall


@dataclass(frozen=True)
class Overfull:
    of: Day | Session | None  # None: the edition as a whole
    held: int
    places: int


def overfull(intake: Intake) -> list[Overfull]:
    """`intake` is one of places.hall.intakes_with_rules, read after the last change."""
    hall, found = Hall(intake), []
    if intake.capacity is not None and hall.held > intake.capacity:
        found.append(Overfull(None, hall.held, intake.capacity))
    left = hall.left_on_days()
    for row in intake.day_places.filter(day__in=left).select_related("day"):
        if left[row.day_id][0] < 0:
            found.append(Overfull(row.day, row.places - left[row.day_id][0], row.places))
    rooms = intake.breakout_places.annotate(taken=Count("session__breakout_choices"))
    for room in rooms.filter(taken__gt=F("places")).select_related("session"):
        found.append(Overfull(room.session, room.taken, room.places))
    return found
