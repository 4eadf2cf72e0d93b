"""Entering afterwards who was there, from the paper on which people signed."""

import re
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from agenda.models import Day
from conference import clock
from conference.language.khmer import ascii_digits
from conference.models import Edition
from conference.words import digits
from registration.desk.arrivals import give_offered_places
from registration.lists.ready import by_name
from registration.models import Attendance, Registration
from registration.models.registration import RegistrationQuerySet
from registration.places.lock import place_lock_if_any

RANGE = re.compile(r"(\d{1,5})(?:[-‐-―](\d{1,5}))?")


class NotYet(Exception):
    """The day has not come."""


class NotNumbers(Exception):
    """What was typed are not numbers of the sheet; in words."""


def expected_on(day: Day) -> RegistrationQuerySet:
    """In the order of the sign-in sheet, in the reader's language."""
    return by_name(Registration.objects.filter(days=day.pk).holding_a_place().not_erased())


def was_there(edition: Edition, day: Day, keys: Collection[int], *, by: User) -> int:
    """Notes those of an edition who are not noted yet, and takes no one out. How many are new. Raises NotYet."""
    if day.date > clock.today():
        raise NotYet
    with place_lock_if_any(edition.pk):
        people = Registration.objects.filter(edition=edition, pk__in=keys).not_erased()
        new = list(people.exclude(attendance__day=day.pk).only("pk", "edition", "status"))
        Attendance.objects.bulk_create(Attendance(registration=row, day_id=day.pk, noted_by=by) for row in new)
        give_offered_places(new, by=by)
    return len(new)


def numbers_in(typed: str, highest: int) -> set[int]:
    """“1-40, 42 44” as people type it, in the digits of either language. Raises NotNumbers."""
    typed = re.sub(r"\s*([-‐-―])\s*", r"\1", ascii_digits(typed))
    found: set[int] = set()
    for part in filter(None, re.split(r"[\s,;.៖។]+", typed)):
        match = RANGE.fullmatch(part)
        if match is None:
            raise NotNumbers(_("“%(part)s” is no number. Write numbers such as 1-40, 42.") % {"part": part})
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= highest:
            said = _("“%(part)s” does not stand on this sheet: it goes from 1 to %(highest)s.")
            raise NotNumbers(said % {"part": part, "highest": digits(highest)})
        found.update(range(first, last + 1))
    return found


def keys_of(numbers: Iterable[int], people: list[Registration]) -> set[int]:
    return {people[number - 1].pk for number in numbers}
