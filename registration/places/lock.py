"""The lock of an edition's places: every change of who holds one happens under it, and what it may refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import F

from conference.asking import Given, Prepared
from conference.models import Edition
from registration.models import Intake
from registration.places.hall import intakes_with_rules

LONGEST_WAIT = (
    "3s"  # on PostgreSQL: then the site says "try again". SQLite: "timeout" in conference/serving/databases.py
)

_INTAKE = Prepared(lambda: intakes_with_rules().filter(edition=Given("edition")))
_held: ContextVar[frozenset[int]] = ContextVar("editions of which this thread holds the lock", default=frozenset())


class Closed(Exception):
    """Registration has not opened yet, or is over."""


class NoPlaceLeft(Exception):
    """There is no place to give."""


class TooLate(Exception):
    """The registration no longer stands where this step starts from: the offer ran out, or it was cancelled."""


class DaysGone(TooLate):
    """The days of the registration were published as cancelled, or were moved to dates that have begun."""


class Over(TooLate):
    """The conference is over: where people stand does not change any more."""


@contextmanager
def place_lock(edition_pk: int) -> Iterator[Intake]:
    """Changes of one edition's places, one after the other, on SQLite and PostgreSQL alike.

    The first statement writes the intake's row: that takes PostgreSQL's row lock or SQLite's write lock. Count only
    after it, and do nothing slow inside. Raises Closed if the edition has no intake.
    """
    with place_lock_if_any(edition_pk) as intake:
        if intake is None:
            raise Closed
        yield intake


@contextmanager
def place_lock_if_any(edition_pk: int) -> Iterator[Intake | None]:
    """The same, but None for an edition without an intake: it has no places. Then the row of the edition is the lock,
    for two desks take people in there too.

    A view of the admin holds the lock around all that it checks and saves. The rules that it calls take the lock
    again: then they are part of its transaction.
    """
    held = _held.get()
    with transaction.atomic(durable=edition_pk not in held):
        token = _held.set(held | {edition_pk})
        try:
            if not held and connection.vendor == "postgresql":
                # For this transaction alone: through a pool of connections the next one may be of another process.
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
            is_there = Intake.objects.filter(edition=edition_pk).update(turn=F("turn") + 1)
            if not is_there:
                Edition.objects.filter(pk=edition_pk).update(year=F("year"))
            yield _INTAKE.first(edition=edition_pk) if is_there else None
        finally:
            _held.reset(token)
