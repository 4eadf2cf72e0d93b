"""How a registration comes to stand elsewhere: by staff, by the participant, or because an offer runs out.

A registration that holds a place (confirmed or offered) has a place number from 1 to the capacity. A place given back
is offered to the first on the waiting list whom it fits (places.hall). Every change of standing happens under
`place_lock` and writes its message in the same transaction (signing_up.standing): however many are moved by one step,
in a few statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.models import User

from agenda.models import Day
from conference import clock
from conference.models import Edition
from conference.rooms_above import rooms_above
from registration.choices import MessageKind, Status
from registration.models import DayChoice, Helper, Intake, Invitation, Registration, ReservedPlaces
from registration.places.days import Beginnings
from registration.places.hall import Hall, Room, intakes_with_rules
from registration.places.lock import DaysGone, NoPlaceLeft, Over, TooLate, place_lock, place_lock_if_any
from registration.places.offers import offered_until
from registration.retention import ledger, wish
from registration.signing_up import standing
from registration.signing_up.receipts import give_over

# Where each step of the staff may start from, by the message that tells of it.
STARTS_FROM = {
    MessageKind.CONFIRMED: set(Status) - {Status.CONFIRMED},
    MessageKind.WAITING: {Status.RECEIVED},
    MessageKind.DECLINED: {Status.RECEIVED, Status.WAITING, Status.CONFIRMED, Status.OFFERED},
    MessageKind.CANCELLED: set(Status) - {Status.CANCELLED},
}
Offered = list[Registration]  # to whom a place is offered in the same step


def confirm(registration: Registration, *, by: User | None = None) -> Offered:
    """Staff give a person a place, wherever the registration stands. Raises NoPlaceLeft if there is none.

    Raises TooLate for a person who cancelled and has signed up again since: the new registration is the one that
    counts.
    """
    with _fresh(registration, STARTS_FROM[MessageKind.CONFIRMED]) as (row, intake):
        if row.status == Status.CANCELLED and Registration.objects.same_person(row).exists():
            raise TooLate
        place_no = row.place_no or Hall(intake).place_by_hand(row.days.all())
        if place_no is None:
            raise NoPlaceLeft
        row.confirmed_by_hand = True
        standing.put(row, Status.CONFIRMED, place_no=place_no)
        standing.write([row], MessageKind.CONFIRMED, by=by)
    return []


def put_on_waiting_list(registration: Registration, *, by: User | None = None) -> Offered:
    """Staff let a person wait who was received.

    Where staff decide on each registration, the person waits, beside free places too. Elsewhere a place that is free
    for them is offered instead, after those who wait already: one step, one message.
    """
    with _fresh(registration, STARTS_FROM[MessageKind.WAITING]) as (row, intake):
        hall, beginnings = Hall(intakes_with_rules().get(pk=intake.pk)), Beginnings(intake.edition)
        offered = offer_places(intake, hall)
        if not intake.needs_approval and _give_place(row, intake, hall, beginnings):
            _write_offers([row], beginnings, by=by)
            offered.append(row)
        else:
            standing.put(row, Status.WAITING, waiting_turn=intake.turn)
            standing.write([row], MessageKind.WAITING, by=by)
    return offered


def decline(registration: Registration, reason: str, *, by: User | None = None) -> Offered:
    """Staff say no, with a kind reason in the person's language. The place, if any, is offered to the next."""
    with _fresh(registration, STARTS_FROM[MessageKind.DECLINED]) as (row, intake):
        before = Hall(intake).room
        standing.put(row, Status.DECLINED, decline_reason=reason)
        standing.write([row], MessageKind.DECLINED, by=by)
        return offer_places(intake, before=before)


def cancel(registration: Registration, *, by: User | None = None) -> Offered:
    """The person does not come. The place, if any, is offered to the next in the same step."""
    with _fresh(registration, STARTS_FROM[MessageKind.CANCELLED]) as (row, intake):
        before = Hall(intake).room
        if by:
            give_over(row)
            row.in_own_hands = True
        standing.put(row, Status.CANCELLED)
        standing.write([row], MessageKind.CANCELLED, by=by)
        return offer_places(intake, before=before)


def erase(registration: Registration) -> Offered:
    """The person wants nothing of theirs kept: what they cancelled before goes too. A place is offered to the next.

    Without an intake there is no place to pass on, and the person is erased all the same.
    """
    with place_lock_if_any(registration.edition_id) as intake:
        row = Registration.objects.filter(pk=registration.pk).first()
        if row is None:
            return []
        before = Hall(intake).room if intake else None
        rows = [row, *wish.cancelled_before(row)]
        for one in rows:  # before a row is gone, and not before the lock is held: what is refused leaves no line
            ledger.note(one)
        numbers = [number for one in rows for number in wish.numbers_of(one)]
        for one in rows:
            for room in rooms_above():
                room.forget(one)
        Registration.objects.filter(pk__in=[one.pk for one in rows]).delete()
        wish.forget(numbers)
        Helper.objects.filter(edition=row.edition_id).without_people().delete()
        return offer_places(intake, before=before) if intake else []


def accept_offer(registration: Registration) -> None:
    """The person takes the place that is offered. Raises TooLate if the offer has run out, and DaysGone if their days
    are no more: published as cancelled since, or at another date that has begun.

    Such an offer is not withdrawn. It runs out like any other, and a day that was cancelled by mistake can be
    published again meanwhile.
    """
    with _fresh(registration, {Status.OFFERED}) as (row, intake):
        if row.offer_ran_out:
            raise TooLate
        if not Beginnings(intake.edition).of_places(row.days.all()):
            raise DaysGone
        standing.put(row, Status.CONFIRMED, place_no=row.place_no)
        standing.write([row], MessageKind.CONFIRMED)


def offer_free_places(edition: Edition, *, before: Room | None = None) -> Offered:
    """Takes back offers that have run out and offers every free place, in the order of the waiting list.

    After the last day an offer that ran out is taken back without a word, and none is made.
    Called after staff change the limits, with the room that there was before, and from time to time (manage.py
    tend_registration).
    """
    with place_lock(edition.pk) as intake:
        before = before or Hall(intake).room
        run_out = list(Registration.objects.filter(edition=edition).offers_run_out_now())
        for row in run_out:
            standing.put(row, Status.CANCELLED)
        # A guest who did not answer is asked by the person who invited them, not told that it is too late.
        invited = set(Invitation.objects.filter(registration__in=run_out).values_list("registration", flat=True))
        silent, told = ([row for row in run_out if (row.pk in invited) == is_guest] for is_guest in (True, False))
        standing.write(silent, MessageKind.LAPSED, is_told=False)
        standing.write(told, MessageKind.LAPSED, is_told=not intake.edition.is_over)
        return offer_places(intake, before=before)


def has_places_to_pass_on(edition: Edition) -> bool:
    """An offer has run out, or reserved places have just opened to all."""
    if edition.registrations.offers_run_out_now().exists():
        return True
    now = clock.now()
    opened = ReservedPlaces.objects.filter(intake__edition=edition, until__gt=now - timedelta(days=1), until__lte=now)
    return opened.exists() and edition.registrations.waiting_in_order().exists()


@contextmanager
def _fresh(registration: Registration, from_where: set[Status]) -> Iterator[tuple[Registration, Intake]]:
    """The row as it stands now, under the lock. Raises TooLate if it stands elsewhere than a step may start from.

    After the last day it raises Over, from wherever the step was asked for.
    """
    with place_lock(registration.edition_id) as intake:
        if intake.edition.is_over:
            raise Over
        row = Registration.objects.get(pk=registration.pk)
        if row.status not in from_where:
            raise TooLate
        yield row, intake
    registration.refresh_from_db()


def offer_places(intake: Intake, hall: Hall | None = None, *, before: Room | None = None) -> Offered:
    """Each free place to the first who waits and whom it fits, while there is time to accept. Only under the lock.

    Where staff decide on each registration, people wait beside free places because staff want it so: then only what
    became free since `before` is offered, and a place on a day only to those who come on that day.
    """
    hall = hall or Hall(intakes_with_rules().get(pk=intake.pk))
    offered: Offered = []
    if hall.left == 0 or intake.edition.is_over:
        return offered
    became_free = hall.room.more_than(before or hall.room) if intake.needs_approval else None
    waiting = Registration.objects.filter(edition=intake.edition_id).waiting_in_order().prefetch_related("days")
    if not waiting:
        return offered
    beginnings = Beginnings(intake.edition)
    # Any of them may be the next: for some there is no place on their days, or no time to accept.
    for row in waiting:
        if hall.left == 0 or (became_free is not None and became_free.is_used_up):
            break
        if became_free is not None and not became_free.has_some(row.days.all()):
            continue
        if days := _give_place(row, intake, hall, beginnings):
            offered.append(row)
            if became_free is not None:
                became_free.take(days)
    _write_offers(offered, beginnings)
    return offered


def _give_place(row: Registration, intake: Intake, hall: Hall, beginnings: Beginnings) -> list[Day]:
    """A place on those of the person's days that have not begun: the others are no part of the registration any more.

    Returns these days; none where there is no place, no time to accept, or all of the days are cancelled. Beside other
    days one that is cancelled stays chosen: it may take place after all. The hall counts the person from now on; the
    row is written by `_write_offers`, in the same transaction.
    """
    days = list(beginnings.still_to_come(row.days.all()))
    place_no, until = hall.place_for(row, days), offered_until(intake, beginnings.of_places(days))
    if place_no is None or until is None:
        return []
    standing.put(row, Status.OFFERED, place_no=place_no, offered_until=until)
    hall.take(row, days)
    return days


def _write_offers(rows: Offered, beginnings: Beginnings, *, by: User | None = None) -> None:
    begun: set[Day] = set()
    for row in rows:
        chosen = row.days.all()
        begun |= set(chosen) - set(beginnings.still_to_come(chosen))
    if begun:
        DayChoice.objects.filter(registration__in=[row.pk for row in rows], day__in=begun).delete()
        for row in rows:  # they were read before
            row.__dict__.get("_prefetched_objects_cache", {}).clear()
    standing.write(rows, MessageKind.OFFERED, by=by)
