"""What the public reads of an edition that is over: round numbers, which tell of no single person."""

from dataclasses import dataclass

from conference.models import Edition
from registration.choices import Province

STEP = 10  # a person more or less, as when one is erased, is not seen


@dataclass(frozen=True)
class TookPart:
    people: int  # at least so many; 0 where it were too few to say
    provinces: int


def took_part(edition: Edition) -> TookPart:
    """Those who were there; where attendance was not noted, those who had a place."""
    rows = edition.registrations.holding_a_place().order_by()
    there = rows.filter(attendance__isnull=False).distinct()
    counted = there if there.exists() else rows
    people = counted.count() // STEP * STEP
    provinces = (
        counted.exclude(province__in=["", Province.ABROAD]).values("province").distinct().count() if people else 0
    )
    return TookPart(people, provinces)
