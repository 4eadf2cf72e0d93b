"""How many have registered: against the goal, and day after day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.core.cache import cache
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from conference import clock
from conference.models import Edition
from registration.choices import GIVEN_UP
from registration.models import Registration

DAYS = 14  # that are drawn
WEEK = 7
KEPT = 60  # seconds


@dataclass(frozen=True)
class People:
    edition: Edition
    number: int  # who come or would like to
    goal: int | None
    by_day: tuple[int, ...]  # how many were new on each of the last days; today is the last

    @property
    def of_the_week(self) -> int:
        return sum(self.by_day[-WEEK:])

    @property
    def address(self) -> str:
        return f"{reverse('admin:registration_registration_changelist')}?edition={self.edition.year}"

    @property
    def share(self) -> int:
        """Of the goal, in percent of the line that is drawn."""
        return min(100, round(100 * self.number / self.goal)) if self.goal else 0

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """(x, y, height) in a picture of 140 by 40."""
        most = max(*self.by_day, 1)
        heights = [round(40 * number / most) for number in self.by_day]
        return [(10 * at, 40 - height, height) for at, height in enumerate(heights)]


def people_of(edition: Edition, standings: Mapping[str, int]) -> People:
    """`standings` says how many stand where. The bars may be a minute old: they take the longest to count."""
    number = sum(count for status, count in standings.items() if status not in GIVEN_UP)
    key = f"new_by_day:{edition.pk}:{clock.today()}"
    by_day: tuple[int, ...] = cache.get_or_set(key, lambda: _new_by_day(edition), KEPT)
    return People(edition, number, edition.expected_participants, by_day)


def _new_by_day(edition: Edition) -> tuple[int, ...]:
    first = clock.today() - timedelta(days=DAYS - 1)
    begins = [timezone.make_aware(datetime.combine(first + timedelta(days=at), time())) for at in range(DAYS + 1)]
    days = {
        f"day_{at}": Count("pk", filter=Q(created_at__gte=since, created_at__lt=to))
        for at, (since, to) in enumerate(pairwise(begins))
    }
    found = Registration.objects.filter(edition=edition, created_at__gte=begins[0]).aggregate(**days)
    return tuple(found[name] for name in days)
