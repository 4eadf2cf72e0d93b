"""How often one visitor may do the same thing.

It is counted in the database: so it holds for all processes and all machines of the site together. Neither an address
nor what was typed is kept, only a keyed hash of both, for an hour. Each limit is that of one visitor: by one on a
telephone, a number or an account alone a stranger could shut a person out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.models import Attempt, Edition

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SALT = "conference.attempt"


@dataclass(frozen=True)
class Limit:
    name: str
    an_hour: int
    a_minute: int | None = None


class TooOften(Exception):
    """This visitor has done it too often. `seconds`: when it is worth to try again."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = int(seconds)


def count(edition: Edition, *limited: tuple[Limit, str], times: int = 1) -> list[int]:
    """Counts one attempt, or several, under each of the limits, and gives their rows (take_back).

    Whose attempt it is, and at what, stands beside the limit. Raises TooOften, and then the attempt does not count:
    else a visitor who keeps trying would never be let in again.
    """
    limits = {_key(edition, limit, whose): limit for limit, whose in limited}
    _check(limits, ahead=times)
    each = [Attempt(edition=edition, key=key, at=timezone.now()) for key in limits for _time in range(times)]
    rows = [attempt.pk for attempt in Attempt.objects.bulk_create(each)]
    try:
        _check(limits)  # of many at once, too, only so many get through
    except TooOften:
        take_back(rows)
        raise
    return rows


def take_back(rows: Sequence[int]) -> None:
    Attempt.objects.filter(pk__in=rows).delete()


def forget_past() -> None:
    Attempt.objects.filter(at__lte=timezone.now() - HOUR).delete()


def _key(edition: Edition, limit: Limit, whose: str) -> str:
    """The same visitor in two editions is two."""
    return salted_hmac(SALT, f"{edition.pk}:{limit.name}:{whose}", algorithm="sha256").hexdigest()


def _check(limits: dict[str, Limit], *, ahead: int = 0) -> None:
    """Raises TooOften, also where so many more would be too many."""
    now = timezone.now()
    # What lies ahead was written by a wrong clock. It would keep the visitor out until then.
    lately = Attempt.objects.filter(key__in=limits, at__gt=now - HOUR, at__lt=now + MINUTE)
    counted = lately.order_by().values_list("key")
    in_minute = Count("pk", filter=Q(at__gt=now - MINUTE))
    for key, in_last_hour, in_last_minute in counted.annotate(Count("pk"), in_minute=in_minute):
        limit = limits[key]
        if in_last_hour + ahead > limit.an_hour:
            raise TooOften(HOUR.total_seconds())
        if limit.a_minute is not None and in_last_minute + ahead > limit.a_minute:
            raise TooOften(MINUTE.total_seconds())
