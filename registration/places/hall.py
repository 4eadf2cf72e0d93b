"""Who may have a place: the number of places, the days that are full, the places kept for some.

Counted from the rows, under lock.place_lock: no counter can be wrong.
"""

from bisect import insort
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import inf

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agenda.models import Day
from conference import clock
from registration.choices import HOLDING_A_PLACE, Status
from registration.models import DayChoice, DayPlaces, Intake, Registration, ReservedPlaces
from registration.places.days import past


def intakes_with_rules() -> QuerySet[Intake]:
    """Intakes, each with the numbers that `Hall` asks of it, as they are now: all in the query that reads it."""
    held = Registration.objects.filter(edition=OuterRef("edition"), place_no__isnull=False)
    numbers = held.order_by("place_no").values("place_no")  # by their index: the first and the last at once
    waiting = Registration.objects.filter(edition=OuterRef("edition"), status=Status.WAITING)
    days = DayPlaces.objects.filter(intake=OuterRef("pk"))
    reserves = ReservedPlaces.objects.filter(intake=OuterRef("pk"))
    return Intake.objects.select_related(
        "edition"
    ).annotate(  # type: ignore[no-redef] # Intake declares them
        held=Coalesce(Subquery(held.order_by().values("edition").annotate(number=Count("pk")).values("number")), 0),
        lowest=Coalesce(Subquery(numbers[:1]), 1),
        highest=Coalesce(Subquery(numbers.reverse()[:1]), 0),
        has_waiting_list=Exists(waiting),
        has_further_rules=Exists(days) | Exists(reserves),
    )


class Room:
    """How many places are left in all, and on each day that has a limit of its own."""

    def __init__(self, left: Mapping[int | None, float]) -> None:
        self._left = dict(left)  # by the key of the day, in all under None; without a limit there is no entry

    def more_than(self, before: "Room") -> "Room":
        """What became free since then, or was added. What has had no limit cannot become free."""
        now = {key: self._left.get(key, inf) - left for key, left in before._left.items()}
        return Room({key: more for key, more in now.items() if more > 0})

    @property
    def is_used_up(self) -> bool:
        return not any(left > 0 for left in self._left.values())

    def has_some(self, days: Iterable[Day]) -> bool:
        """In all, or on one of these days."""
        return any(self._left.get(key, 0) > 0 for key in (None, *(day.pk for day in days)))

    def take(self, days: Iterable[Day]) -> None:
        for key in (None, *(day.pk for day in days)):
            if key in self._left:
                self._left[key] -= 1


class Hall:
    """The places of one edition as they stand. `intake` is one of `intakes_with_rules`, read after the last change."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.held, self.highest = intake.held, intake.highest

    @property
    def left(self) -> int | None:
        """How many places are free, reserved or not; None where there is no limit."""
        return None if self.intake.capacity is None else max(0, self.intake.capacity - self.held)

    @property
    def left_for_all(self) -> int | None:
        """How many places are open to all; None where there is no limit."""
        if self.intake.capacity is None:
            return None
        return self.intake.capacity - self.held - sum(self._kept.values())

    @property
    def room(self) -> Room:
        left: dict[int | None, float] = {day: max(0, left) for day, (left, _places) in self.left_on_days().items()}
        return Room(left if self.left is None else {**left, None: self.left})

    def left_on_days(self) -> dict[int, tuple[int, int]]:
        """For each day that has a limit of its own and is not over, by its key: places left, and of how many."""
        return {day: (places - self._on_day[day], places) for day, places in self._day_places.items()}

    def place_for(self, person: Registration, days: Iterable[Day]) -> int | None:
        """The smallest free number, or None if there is no place for this person."""
        if self.left == 0 or self.is_full_on(days):
            return None
        if self.intake.capacity is not None:
            not_for_them = sum(left for reserve, left in self._kept.items() if not reserve.is_for(person))
            if self.held + not_for_them >= self.intake.capacity:
                return None
        return self.free_number()

    def place_by_hand(self, days: Iterable[Day]) -> int | None:
        """As `place_for`, but staff may give any place that is free, reserved or not."""
        return None if self.left == 0 or self.is_full_on(days) else self.free_number()

    def free_number(self) -> int:
        """The smallest number that no person has, also beyond the capacity."""
        if self.held == self.highest:  # no gaps
            return self.held + 1
        return self._gaps[0].start if self._gaps else self.highest + 1

    def take(self, person: Registration, days: Iterable[Day]) -> None:
        """Counts a person in who has just been given a place, and whose row may be written later."""
        if self.held < self.highest and self._gaps and self._gaps[0].start == person.place_no:
            first = self._gaps.popleft()
            if len(first) > 1:
                self._gaps.appendleft(first[1:])
        self.held, self.highest = self.held + 1, max(self.highest, person.place_no or 0)
        self._on_day.update(day.pk for day in days)
        if "_holders" in self.__dict__:
            insort(self._holders, person, key=lambda row: (-row.created_at.timestamp(), -row.pk))
        self.__dict__.pop("_kept", None)

    def is_full_on(self, days: Iterable[Day]) -> bool:
        return any(self._on_day[day.pk] >= self._day_places.get(day.pk, float("inf")) for day in days)

    @cached_property
    def _gaps(self) -> deque[range]:
        """The numbers that are free below the highest."""
        held = Registration.objects.filter(edition=self.intake.edition_id, place_no__isnull=False).order_by("place_no")
        beyond = held.filter(place_no__gt=OuterRef("place_no")).values("place_no")[:1]
        last = held.exclude(Exists(held.filter(place_no=OuterRef("place_no") + 1)))
        ends = last.annotate(next=Subquery(beyond)).values_list("place_no", "next")
        gaps = [range(end + 1, following) for end, following in ends if end and following]
        return deque([range(1, self.intake.lowest), *gaps] if self.intake.lowest > 1 else gaps)

    @cached_property
    def _holders(self) -> list[Registration]:
        holding = Registration.objects.filter(edition=self.intake.edition_id).holding_a_place()
        return list(holding.only("sector", "part", "province", "confirmed_by_hand", "created_at"))

    @cached_property
    def _reserves(self) -> list[ReservedPlaces]:
        """Those that are not open to all."""
        if not self.intake.has_further_rules:
            return []
        return list(self.intake.reserved_places.filter(Q(until=None) | Q(until__gt=clock.now())))

    @cached_property
    def _day_places(self) -> dict[int, int]:
        rows = self.intake.day_places.all() if self.intake.has_further_rules else []
        over = past(self.intake.edition) if rows else set()
        return {row.day_id: row.places for row in rows if row.day_id not in over}

    @cached_property
    def _on_day(self) -> Counter[int]:
        """How many hold a place on each day that has a limit of its own and is not over."""
        if not self._day_places:
            return Counter()
        visits = DayChoice.objects.filter(day__in=self._day_places, registration__status__in=HOLDING_A_PLACE)
        return Counter(visits.values_list("day", flat=True))

    @cached_property
    def _kept(self) -> dict[ReservedPlaces, int]:
        """Of each reserve, what is still unused. A holder uses up one place, of the first reserve that is for them."""
        kept = {reserve: reserve.places for reserve in self._reserves}
        for holder in self._holders if kept else []:
            reserve = next((reserve for reserve, left in kept.items() if left and reserve.is_for(holder)), None)
            if reserve:
                kept[reserve] -= 1
        return kept
