"""The rules of the travel desk: what ODC pays for whom, who sleeps where, what was handed out.

Every change is made under the lock of the places. If the participant is erased at the same moment, one of the two
waits for the other, and the travel desk is told that the request is gone. A bed is given away like a place: it has a
number, the smallest one that is free.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.forms import BaseModelFormSet

from conference import clock
from registration.choices import Sharing
from registration.messages import outbox
from registration.models import HotelRoom, Stay, TravelDecision, TravelExpense, TravelRequest
from registration.places.lock import TooLate, place_lock


class NoBed(Exception):
    """All beds of the room are taken in these nights."""

    def __init__(self, nights: list[date]) -> None:
        super().__init__(nights)
        self.nights = nights


class Unmet(TypedDict):
    """Which wishes of a participant a room does not meet."""

    step_free: bool
    alone: bool


# Any: the columns of a decision have values of different types.
def decide(travel_request: TravelRequest, columns: dict[str, Any], *, by: User, seen: str | None = None) -> bool:
    """Keeps what was decided. When every part is decided, and after each later change, the participant is told.

    `seen` is the decision that staff saw (TravelDecision.version): TooLate if a colleague has changed it meanwhile.
    Returns whether the participant is told. Raises ValidationError for an amount where nothing is paid.
    """
    with _fresh(travel_request) as row:
        decision = TravelDecision.objects.of_request(row).first() or TravelDecision(travel_request=row)
        if seen is not None and seen != decision.version:
            raise TooLate
        if all(getattr(decision, name) == value for name, value in columns.items()):
            return False
        for name, value in columns.items():
            setattr(decision, name, value)
        decision.decided_by, decision.decided_at = by, clock.now()
        decision.full_clean()
        decision.save()
        is_told = decision.is_complete and row.registration.is_coming
        if is_told:
            outbox.put_news(row.registration)
    return is_told


def put_into_room(
    travel_request: TravelRequest,
    room: HotelRoom,
    nights: Collection[date],
    *,
    is_assistant: bool = False,
    assistant_name: str = "",
) -> None:
    """A bed for each of these nights, in place of one given before. For all nights or for none: raises NoBed."""
    with _fresh(travel_request) as row:
        beds = HotelRoom.objects.of(row.registration.edition).get(pk=room.pk).beds
        Stay.objects.of_either(row, is_assistant=is_assistant).on(nights).delete()
        taken = set(Stay.objects.filter(room=room).on(nights).values_list("night", "bed"))
        free = {night: [bed for bed in range(1, beds + 1) if (night, bed) not in taken] for night in nights}
        if full := [night for night in nights if not free[night]]:
            raise NoBed(full)
        Stay.objects.bulk_create(
            Stay(
                room=room,
                night=night,
                bed=free[night][0],
                travel_request=row,
                is_assistant=is_assistant,
                assistant_name=assistant_name,
            )
            for night in nights
        )


def take_out(travel_request: TravelRequest, nights: Collection[date], *, is_assistant: bool = False) -> None:
    with _fresh(travel_request) as row:
        Stay.objects.of_either(row, is_assistant=is_assistant).on(nights).delete()


def note_expenses(travel_request: TravelRequest, formset: "BaseModelFormSet[TravelExpense, Any]", *, by: User) -> None:
    """Keeps the lines of a participant's sheet. The person of staff who notes a payment is kept with it."""
    with _fresh(travel_request):
        for line in formset.save(commit=False):
            line.edition = travel_request.registration.edition
            line.paid_by = None if line.paid is None else line.paid_by or by
            line.save()
        for line in formset.deleted_objects:
            line.delete()


def unmet(stay: Stay, *, has_company: bool) -> Unmet:
    """The wishes for a room without steps and for a room alone. A participant's own assistant is no company."""
    asked = stay.travel_request
    step_free = asked.step_free_room and not stay.room.is_step_free
    return {"step_free": step_free, "alone": has_company and asked.sharing == Sharing.ALONE}


def stays_of(travel_request: TravelRequest) -> list[tuple[Stay, Unmet]]:
    """Where a participant and their assistant sleep, each with the wishes that are not met."""
    company = set(Stay.objects.company_of(travel_request).values_list("room", "night"))
    return [
        (stay, unmet(stay, has_company=(stay.room_id, stay.night) in company))
        for stay in travel_request.stays.to_list()
    ]


@contextmanager
def _fresh(travel_request: TravelRequest) -> Iterator[TravelRequest]:
    """The request as it stands now, under the lock. Raises TooLate if it was erased meanwhile."""
    with place_lock(travel_request.registration.edition_id):
        row = TravelRequest.objects.with_edition(travel_request.pk)
        if row is None:
            raise TooLate
        yield row
