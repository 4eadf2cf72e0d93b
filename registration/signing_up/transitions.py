"""How a registration comes to stand elsewhere: by staff, by the participant, or because an offer runs out.

Who holds a place (confirmed or offered) has a place number from 1 to the capacity; a place given back is offered to
the first on the waiting list whom it fits (registration.places.hall). Every change of standing happens under
`place_lock` and writes its message in the same transaction.
"""

import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from registration.choices import GIVEN_UP, HOLDING_A_PLACE, Change, MessageKind, Status
from registration.messages import outbox
from registration.models import Helper, Registration, ReservedPlaces, Step
from registration.places import seats
from registration.places.hall import Hall, intakes_with_rules
from registration.places.lock import NoPlaceLeft, TooLate, place_lock
from registration.retention import ledger


def confirm(registration, *, by=None):
    """Staff give somebody a place, wherever the registration stands. Raises NoPlaceLeft if there is none.

    Raises TooLate for whoever cancelled and has signed up again since: that registration is the one that counts.
    """
    with _fresh(registration, set(Status) - {Status.CONFIRMED}) as (row, intake):
        if row.status == Status.CANCELLED and Registration.objects.same_person(row).exists():
            raise TooLate
        place_no = row.place_no or Hall(intake).place_by_hand(row.days.all())
        if place_no is None:
            raise NoPlaceLeft
        row.confirmed_by_hand = True
        _stand(row, Status.CONFIRMED, MessageKind.CONFIRMED, by=by, place_no=place_no)


def put_on_waiting_list(registration, *, by=None):
    """Staff let somebody wait who was received. If a place is free, it is offered in the same step."""
    with _fresh(registration, {Status.RECEIVED}) as (row, intake):
        _stand(row, Status.WAITING, MessageKind.WAITING, by=by, waiting_since=timezone.now())
        offer_places(intake)


def decline(registration, reason, *, by=None):
    """Staff say no, with a kind reason in the person's language. The place, if any, is offered to the next."""
    with _fresh(registration, {Status.RECEIVED, Status.WAITING, Status.CONFIRMED, Status.OFFERED}) as (row, intake):
        _stand(row, Status.DECLINED, MessageKind.DECLINED, by=by, decline_reason=reason)
        offer_places(intake)


def cancel(registration, *, by=None):
    """The person does not come. The place, if any, is offered to the next in the same step."""
    with _fresh(registration, set(Status) - {Status.CANCELLED}) as (row, intake):
        _stand(row, Status.CANCELLED, MessageKind.CANCELLED, by=by)
        offer_places(intake)


def erase(registration):
    """The person wants nothing of theirs kept. The place, if any, is offered to the next."""
    ledger.note(registration)
    with place_lock(registration.edition_id) as intake:
        Registration.objects.filter(pk=registration.pk).delete()
        Helper.objects.of_nobody(registration.edition).delete()
        offer_places(intake)


def accept_offer(registration):
    """The person takes the place that is offered. Raises TooLate if the offer has run out."""
    with _fresh(registration, {Status.OFFERED}) as (row, _intake):
        if row.offered_until <= timezone.now():
            raise TooLate
        _stand(row, Status.CONFIRMED, MessageKind.CONFIRMED, place_no=row.place_no)


def offer_free_places(edition):
    """Takes back offers that have run out and offers every free place, in the order of the waiting list.

    Called after staff change the capacity, and from time to time (manage.py tend_registration).
    """
    with place_lock(edition.pk) as intake:
        for row in Registration.objects.filter(edition=edition).offers_run_out_now():
            _stand(row, Status.CANCELLED, MessageKind.LAPSED)
        offer_places(intake)


def has_places_to_pass_on(edition):
    """An offer has run out, or reserved places have just opened to all."""
    if edition.registrations.offers_run_out_now().exists():
        return True
    yesterday = timezone.now() - timedelta(days=1)
    opened = ReservedPlaces.objects.filter(intake__edition=edition).opened_since(yesterday)
    return opened.exists() and edition.registrations.waiting_in_order().exists()


@contextmanager
def _fresh(registration, from_where):
    """The row as it stands now, under the lock. Raises TooLate if it stands elsewhere than a step may start from."""
    with place_lock(registration.edition_id) as intake:
        row = Registration.objects.get(pk=registration.pk)
        if row.status not in from_where:
            raise TooLate
        yield row, intake
    registration.refresh_from_db()


def offer_places(intake, hall=None):
    """Each free place to the first who waits and whom it fits. Only under the lock."""
    hall = hall or Hall(intakes_with_rules().get(pk=intake.pk))
    until = timezone.now() + timedelta(hours=intake.offer_hours)
    for row in Registration.objects.next_in_line(intake.edition_id, hall.left, with_days=intake.has_further_rules):
        days = row.days.all() if intake.has_further_rules else []
        if place_no := hall.place_for(row, days):
            _stand(row, Status.OFFERED, MessageKind.OFFERED, place_no=place_no, offered_until=until)
            hall.take(row, days)


def _stand(row, status, message, *, by=None, place_no=None, waiting_since=None, offered_until=None, decline_reason=""):
    """Moves a row, remembers who did (nobody: the person, or the site) and writes its message.

    What belongs to its former standing goes.
    """
    row.status = status
    if status == Status.CANCELLED:
        row.form_token = uuid.uuid4()  # the same form sent again is a new registration
    row.place_no = place_no if status in HOLDING_A_PLACE else None
    row.waiting_since, row.offered_until, row.decline_reason = waiting_since, offered_until, decline_reason
    row.save()
    if status in GIVEN_UP:
        seats.give_seats_back(row)
    Step.objects.create(registration=row, what=Change(message), by=by)
    outbox.put(row, message)
