"""Which badges are still to be printed: those that are new, and those that say something else than the printed one."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction

from conference import clock
from registration.models import BadgePrint, Registration
from registration.paper.badges import Badge

BATCH = 200  # written at a time
SHORT_ROWS = 1000  # read at a time


def new_or_changed(badges: Iterable[Badge]) -> list[Badge]:
    badges = list(badges)
    printed: dict[int, str] = {}
    for begin in range(0, len(badges), SHORT_ROWS):
        keys = [badge.registration for badge in badges[begin : begin + SHORT_ROWS]]
        printed |= dict(BadgePrint.objects.filter(registration__in=keys).values_list("registration", "digest"))
    return [badge for badge in badges if printed.get(badge.registration) != badge.digest]


def digests_of(badges: Iterable[Badge]) -> dict[int, str]:
    """What each says, by the key of the participant."""
    return {badge.registration: badge.digest for badge in badges}


def note_printed(badges: Iterable[Badge], by: User) -> None:
    note_digests(digests_of(badges), by)


def note_digests(digests: Mapping[int, str], by: User) -> None:
    """Who was erased while the badges were drawn is left out."""
    with transaction.atomic():
        alive = set(Registration.objects.filter(pk__in=digests).values_list("pk", flat=True))
        now = clock.now()
        rows = [BadgePrint(registration_id=pk, at=now, by=by, digest=digests[pk]) for pk in digests if pk in alive]
        BadgePrint.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["registration"],
            update_fields=["at", "by", "digest"],
        )
