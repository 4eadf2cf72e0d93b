"""How often the same thing may be done: by one visitor, for one account, by all together.

It is counted in the database: so it holds for all processes and all machines of the site together. Neither an address
nor what was typed is kept, only a keyed hash of both, for an hour. A limit on what visitors do is that of one visitor:
by one on a telephone, a number or an account alone a stranger could shut a person out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.models import Attempt, Edition

MINUTE, QUARTER, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
AHEAD = MINUTE  # so far may the clocks of several machines of the site be apart
# By the name that a limit gives them, the longest first.
WINDOWS = {"an_hour": HOUR, "a_quarter": QUARTER, "a_minute": MINUTE}
# Where there is room, and only there.
ROOM = "(SELECT COUNT(*) FROM registration_findattempt WHERE key = %s AND at > %s AND at < %s) <= %s"
INSERT = """
    INSERT INTO registration_findattempt (edition_id, key, at)
    SELECT %s, new.column1, %s FROM (VALUES {new}) AS new WHERE {room} RETURNING id, key
"""


@dataclass(frozen=True)
class Limit:
    """So often in so long a time; None: as often as one likes."""

    name: str
    an_hour: int | None = None
    a_quarter: int | None = None  # of an hour
    a_minute: int | None = None
    is_of_all: bool = False  # of all visitors together

    @property
    def numbers(self) -> dict[str, int]:
        """By the name of the window."""
        return {name: number for name in WINDOWS if (number := getattr(self, name)) is not None}


Limited = tuple[Limit, str]  # and whose it is: of which visitor, for which account
Tried = dict[Limited, dict[str, int]]  # how often in each window, by its name


class TooOften(Exception):
    """It was done too often. `seconds`: when it is worth to try again. `here`: by this visitor. Else too many people
    do it at this moment.
    """

    def __init__(self, window: timedelta = MINUTE, *, here: bool) -> None:
        super().__init__()
        self.seconds, self.here = int(window.total_seconds()), here


def count(edition: Edition | None, *limited: Limited, times: int = 1) -> list[int]:
    """Counts one attempt, or several, under each of the limits, and gives their rows (take_back): those of the first
    limit come first.

    Raises TooOften, and then the attempt does not count: else a visitor who keeps trying would never be let in again.
    It is one statement, which looks and writes: of many at once, too, only so many get through.
    """
    keys = {_key(edition, one): one[0] for one in limited}
    found = _written(edition, keys, times)
    if not found:
        refuse(tried(edition, *limited), ahead=times)
        raise TooOften(here=not any(limit.is_of_all for limit in keys.values()))  # and there is room again since
    return [pk for wanted in keys for pk, key in found if key == wanted]


def tried(edition: Edition | None, *limited: Limited) -> Tried:
    """How often each was done lately. One query.

    What lies ahead was written by a wrong clock. It would keep people out until then.
    """
    now, keys = timezone.now(), {one: _key(edition, one) for one in limited}
    lately = Attempt.objects.filter(key__in=keys.values(), at__gt=now - HOUR, at__lt=now + AHEAD).order_by()
    each = {name: Count("pk", filter=Q(at__gt=now - window)) for name, window in WINDOWS.items()}
    rows = lately.values_list("key").annotate(**each)
    found = {key: dict(zip(WINDOWS, times, strict=True)) for key, *times in rows}
    return {one: found.get(key, dict.fromkeys(WINDOWS, 0)) for one, key in keys.items()}


def refuse(seen: Tried, *, ahead: int = 1) -> None:
    """Raises TooOften where so many more would be too many."""
    for (limit, _whose), times in seen.items():
        for window, number in limit.numbers.items():
            if times[window] + ahead > number:
                raise TooOften(WINDOWS[window], here=not limit.is_of_all)


def take_back(rows: Iterable[int]) -> None:
    Attempt.objects.filter(pk__in=rows).delete()


def forget_past() -> None:
    Attempt.objects.filter(at__lte=timezone.now() - HOUR).delete()


def _key(edition: Edition | None, limited: Limited) -> str:
    """The same visitor in two editions is two; those who sign in are of none."""
    limit, whose = limited
    if edition is None:  # hashed as they were in a table of their own: its rows were carried over
        salt, value = "conference.accounts.tries", f"{limit.name} {whose}" if whose else limit.name
    else:
        salt, value = "conference.attempt", f"{edition.pk}:{limit.name}:{whose}"
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()


def _written(edition: Edition | None, keys: dict[str, Limit], times: int) -> list[tuple[int, str]]:
    """The rows, each with its key; none where any of the limits would be exceeded.

    On SQLite a statement that writes has the database for itself. On PostgreSQL two would not see each other's rows:
    each waits for the one before it with the same key, in the same round trip.
    """
    now, new = timezone.now(), [key for key in keys for _time in range(times)]
    room: list[str] = []
    values: list[Any] = [edition and edition.pk, _stored(now), *new]
    for key, limit in keys.items():
        for window, number in limit.numbers.items():
            room.append(ROOM)
            values += [key, _stored(now - WINDOWS[window]), _stored(now + AHEAD), number - times]
    sql = INSERT.format(new=", ".join(["(%s)"] * len(new)), room=" AND ".join(room))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT pg_advisory_xact_lock(%s); " * len(keys) + sql
            values = [*(int(key[:15], 16) for key in sorted(keys)), *values]
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _stored(moment: datetime) -> Any:
    return Attempt._meta.get_field("at").get_db_prep_value(moment, connection)
