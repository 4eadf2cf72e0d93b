"""The rules of the travel desk: what ODC pays for whom, who sleeps where, what was handed out.

Every change is made under the lock of the places: whoever erases a person meanwhile waits, or we find nobody. A bed
is given away like a place: it has a number, the smallest that nobody holds.
"""

from contextlib import contextmanager

from django.utils import timezone

from registration.choices import MessageKind, Sharing
from registration.messages import outbox
from registration.models import HotelRoom, Stay, TravelDecision, TravelRequest
from registration.places.lock import TooLate, place_lock


class NoBed(Exception):
    """All beds of the room are taken in these nights."""

    def __init__(self, nights):
        super().__init__(nights)
        self.nights = nights


def decide(travel_request, columns, *, by):
    """Keeps what was decided. Once every part is decided, and after each change from then on, the person is told.

    Returns whether they are told. Raises ValidationError for an amount where nothing is paid.
    """
    with _fresh(travel_request) as row:
        decision = TravelDecision.objects.of_request(row).first() or TravelDecision(travel_request=row)
        if all(getattr(decision, name) == value for name, value in columns.items()):
            return False
        for name, value in columns.items():
            setattr(decision, name, value)
        decision.decided_by, decision.decided_at = by, timezone.now()
        decision.full_clean()
        decision.save()
        is_told = decision.is_complete and row.registration.is_coming
        if is_told:
            outbox.put(row.registration, MessageKind.TRAVEL_DECIDED)
    return is_told


def put_into_room(travel_request, room, nights, *, is_assistant=False, assistant_name=""):
    """A bed for each of these nights; whoever had another one leaves it. All of the nights, or none: raises NoBed."""
    with _fresh(travel_request) as row:
        beds = HotelRoom.objects.of(row.registration.edition).get(pk=room.pk).beds
        Stay.objects.of_either(row, is_assistant=is_assistant).on(nights).delete()
        taken = set(Stay.objects.filter(room=room).on(nights).values_list("night", "bed"))
        free = {night: [bed for bed in range(1, beds + 1) if (night, bed) not in taken] for night in nights}
        if full := [night for night in nights if not free[night]]:
            raise NoBed(full)
        who = {"travel_request": row, "is_assistant": is_assistant, "assistant_name": assistant_name}
        Stay.objects.bulk_create(Stay(room=room, night=night, bed=free[night][0], **who) for night in nights)


def take_out(travel_request, nights, *, is_assistant=False):
    with _fresh(travel_request) as row:
        Stay.objects.of_either(row, is_assistant=is_assistant).on(nights).delete()


def note_expenses(travel_request, formset, *, by):
    """Keeps the lines of a person's sheet. Whoever writes down a payment is kept with it."""
    with _fresh(travel_request):
        for line in formset.save(commit=False):
            line.edition = travel_request.registration.edition
            line.paid_by = None if line.paid is None else line.paid_by or by
            line.save()
        for line in formset.deleted_objects:
            line.delete()


def unmet(stay, *, has_company):
    """Whether a room without steps was asked for, or one alone, and this is none. Company is not one's assistant."""
    asked = stay.travel_request
    step_free = asked.step_free_room and not stay.room.is_step_free
    return {"step_free": step_free, "alone": has_company and asked.sharing == Sharing.ALONE}


def stays_of(travel_request):
    """Where a person and their assistant sleep, each with the wishes that are not met."""
    company = set(Stay.objects.company_of(travel_request).values_list("room", "night"))
    return [
        (stay, unmet(stay, has_company=(stay.room_id, stay.night) in company))
        for stay in travel_request.stays.to_list()
    ]


@contextmanager
def _fresh(travel_request):
    """The request as it stands now, under the lock. Raises TooLate if it was erased meanwhile."""
    with place_lock(travel_request.registration.edition_id):
        row = TravelRequest.objects.with_edition(travel_request.pk)
        if row is None:
            raise TooLate
        yield row
