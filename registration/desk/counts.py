"""How many are in, how many are expected, and how many the hall may hold."""

from dataclasses import dataclass

from agenda.models import Day
from conference.models import Edition
from registration.choices import HOLDING_A_PLACE
from registration.models import Attendance, DayChoice, DayPlaces, Intake


@dataclass(frozen=True)
class Counts:
    there: int
    expected: int  # of those who hold a place for this day
    places: int | None  # of the day, else of the edition: more may not be in the hall. None: no limit is set

    @property
    def left(self) -> int | None:
        return None if self.places is None else max(0, self.places - self.there)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    def for_devices(self) -> dict[str, int | None]:
        return {"in": self.there, "expected": self.expected, "places": self.places, "left": self.left}


def counts_of(edition: Edition, day: Day) -> Counts:
    limits = [
        *DayPlaces.objects.filter(day=day.pk).values_list("places", flat=True),
        *Intake.objects.filter(edition=edition, capacity__isnull=False).values_list("capacity", flat=True),
    ]
    return Counts(
        there=Attendance.objects.filter(day=day.pk).count(),
        expected=DayChoice.objects.filter(day=day.pk, registration__status__in=HOLDING_A_PLACE).count(),
        places=min((limit for limit in limits if limit is not None), default=None),
    )
