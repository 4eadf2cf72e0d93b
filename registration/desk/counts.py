"""How many are in, how many are expected, and how many the hall may hold."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery

from agenda.models import Day
from conference.models import Edition
from registration.models import Attendance, DayPlaces, Intake, Registration


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
    """All in one query: it stands on each page of the desk.

    Who holds a place has a number (place_belongs_to_who_holds_one). By their numbers people are counted from the index
    alone, twice as fast as by their status.
    """
    coming = Registration.objects.filter(edition=edition, place_no__isnull=False, days=day.pk)
    row = Day.objects.filter(pk=day.pk).values_list(
        _number(Attendance.objects.filter(day=day.pk)),
        _number(coming),
        Subquery(DayPlaces.objects.filter(day=OuterRef("pk")).order_by().values("places")[:1]),
        Subquery(Intake.objects.filter(edition=edition).values("capacity")[:1]),
    )
    there, expected, *limits = row.order_by().get()
    return Counts(there, expected, min((limit for limit in limits if limit is not None), default=None))


def _number(rows: QuerySet[Any]) -> Subquery:
    """As a plain function: what Django knows to be an aggregate it groups, which takes as long again."""
    counted = rows.order_by().annotate(number=Func("pk", function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("number"))
