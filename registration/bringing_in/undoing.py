"""A list is undone: all of its people who stand as they were brought in go. Who was changed or told since stays."""

from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference import clock
from registration.choices import MessageState
from registration.models import (
    Arrangement,
    Attendance,
    BadgePrint,
    BringingIn,
    BroughtIn,
    Certificate,
    ChangeRequest,
    Helper,
    Message,
    Registration,
    SecondNumber,
    Step,
    TravelRequest,
)
from registration.places.hall import Hall
from registration.places.lock import place_lock
from registration.retention import ledger, wish
from registration.signing_up.transitions import Offered, offer_places

TOLD = [MessageState.SENDING, MessageState.SENT, MessageState.CALLED]
CHANGED = _("was changed since")
WAS_TOLD = _("has had a message: cancel the registration, so that they learn of it")


@dataclass(frozen=True)
class Stays:
    registration: Registration
    reason: str | Promise


def staying(listed: BringingIn) -> list[Stays]:
    """Whom undoing would leave, and why."""
    return [
        Stays(one.registration, WAS_TOLD if one.was_told else CHANGED) for one in _brought(listed) if not _goes(one)
    ]


def undo(listed: BringingIn) -> tuple[int, Offered]:
    """How many went, and to whom a place is offered that came free. What they cancelled before the list came stays."""
    with place_lock(listed.edition_id) as intake:
        room = Hall(intake).room
        rows = [one.registration for one in _brought(listed) if _goes(one)]
        ledger.note(*rows)
        Registration.objects.filter(pk__in=[row.pk for row in rows]).delete()
        wish.forget([row.spoken_code for row in rows])  # who has a second number stays
        Helper.objects.filter(edition=listed.edition_id).without_people().delete()
        BringingIn.objects.filter(pk=listed.pk).update(undone_at=clock.now(), waiting=None)
        return len(rows), offer_places(intake, before=room)


def _goes(one: BroughtIn) -> bool:
    row = one.registration
    is_as_it_was = one.unchanged_since == row.updated_at and not row.in_own_hands
    return is_as_it_was and not one.was_changed and not one.was_told


def _brought(listed: BringingIn) -> "QuerySet[BroughtIn]":
    of_row = {"registration": OuterRef("registration")}
    changed = Q()
    tables: list[type[Model]] = [Step, BadgePrint, Certificate, ChangeRequest, SecondNumber, TravelRequest]
    if timezone.localdate(listed.begun_at) <= listed.edition.ends_on:  # later the list itself noted their attendance
        tables.append(Attendance)
    for rows in tables:
        changed |= Q(Exists(rows._default_manager.filter(**of_row)))
    changed |= Q(
        Exists(Arrangement.objects.filter(answers__registration=OuterRef("registration"), changed_at__isnull=False))
    )
    told = Exists(Message.objects.filter(**of_row, state__in=TOLD))
    brought = listed.brought.select_related("registration__edition").order_by("row")
    return brought.annotate(was_changed=changed, was_told=told)  # type: ignore[no-redef] # declared there
