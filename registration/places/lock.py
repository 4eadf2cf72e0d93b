"""The lock of an edition's places: every change of who holds one happens under it, and what it may refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from registration.models import Intake
from registration.places.hall import intakes_with_rules


class Closed(Exception):
    """Registration has not opened yet, or is over."""


class NoPlaceLeft(Exception):
    """There is no place to give."""


class TooLate(Exception):
    """The registration no longer stands where this step starts from: the offer ran out, or it was cancelled."""


@contextmanager
def place_lock(edition_pk: int) -> Iterator[Intake]:
    """Changes of one edition's places, one after the other, on SQLite and PostgreSQL alike.

    The first statement writes the intake's row: that takes PostgreSQL's row lock or SQLite's write lock. Count only
    after it, and do nothing slow inside. Raises Closed if the edition has no intake.
    """
    with transaction.atomic(durable=True):
        if not Intake.objects.filter(edition=edition_pk).update(turn=F("turn") + 1):
            raise Closed
        yield intakes_with_rules().get(edition=edition_pk)
