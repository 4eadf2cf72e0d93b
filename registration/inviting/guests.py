"""Staff invite guests and speakers: a place is kept for each, until they answer or until a date.

An invited guest is a registration to whom a place is offered. So the hall counts the place, and it goes to the next
person when its date comes, by the rules of all offers.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User

from agenda.models import Day
from conference.models import Edition
from registration.choices import Channel, MessageKind, Status
from registration.messages import outbox
from registration.models import DayChoice, Invitation, Registration
from registration.places.days import Beginnings
from registration.places.hall import Hall
from registration.places.lock import DaysGone, NoPlaceLeft, TooLate, place_lock
from registration.signing_up import rules, standing
from registration.signing_up.answers import Answers, Person


@dataclass(frozen=True)
class Guest:
    person: Person
    language: str
    form_token: uuid.UUID  # the same guest typed again is the same form
    speaker: int | None = None  # key of the row in the programme


@dataclass
class Outcome:
    invited: list[Registration] = field(default_factory=list)
    known: list[Registration] = field(default_factory=list)  # who are registered or invited already


def invite(
    edition: Edition, guests: Sequence[Guest], *, days: list[Day], until: datetime, by: User, is_told: bool
) -> Outcome:
    """All of them or none: raises NoPlaceLeft where there are not enough places, and DaysGone where `until` is after
    the beginning of their days. Staff give any place that is free, reserved or not. Pressed twice it invites once; a
    guest whose invitation ran out, or who said no, is invited anew.
    """
    outcome = Outcome()
    with place_lock(edition.pk) as intake:
        _refuse_too_late(edition, days, until)
        hall = Hall(intake)
        for guest in guests:
            row = _row_of(edition, guest, days, by)
            if row.pk and row.status != Status.CANCELLED:
                outcome.known.append(row)
                continue
            _keep_place(row, hall, days, until)
            known = Invitation.objects.filter(registration=row).first()
            invitation = known or Invitation(registration=row)
            invitation.answer, invitation.answered_at, invitation.invited_by = "", None, by
            invitation.speaker_id = guest.speaker or invitation.speaker_id
            invitation.save()
            outcome.invited.append(row)
        if is_told:
            outbox.put_for_all(outcome.invited, MessageKind.INVITED)
    return outcome


def keep_until(invitation: Invitation, until: datetime, *, by: User) -> None:
    """The guest has more time, or is asked again. Raises TooLate for one who answered, NoPlaceLeft and DaysGone."""
    with place_lock(invitation.registration.edition_id) as intake:
        row = Registration.objects.get(pk=invitation.registration_id)
        days = list(row.days.all())
        _refuse_too_late(intake.edition, days, until)
        if not Invitation.objects.select_related("registration").get(pk=invitation.pk).may_wait:
            raise TooLate
        if row.status == Status.OFFERED:
            row.offered_until = until
            row.save(update_fields=["offered_until", "updated_at"])
        else:
            _keep_place(row, Hall(intake), days, until)
            Invitation.objects.filter(pk=invitation.pk).update(invited_by=by)


def _refuse_too_late(edition: Edition, days: list[Day], until: datetime) -> None:
    begin = Beginnings(edition).of_places(days)
    if not begin or until > min(begin):
        raise DaysGone


def _row_of(edition: Edition, guest: Guest, days: list[Day], by: User) -> Registration:
    """A new row, or the one of the same person that stands here already."""
    answers = Answers(person=guest.person, days=days, consents={})
    row = rules.newcomer(
        edition, answers, form_token=guest.form_token, language=guest.language, channel=Channel.INVITATION, by=by
    )
    known = Registration.objects.known_already(row).first()
    return Registration.objects.get(pk=known.pk) if known else row


def _keep_place(row: Registration, hall: Hall, days: list[Day], until: datetime) -> None:
    place_no = hall.place_by_hand(days)
    if place_no is None:
        raise NoPlaceLeft
    row.confirmed_by_hand = True
    standing.put(row, Status.OFFERED, place_no=place_no, offered_until=until)
    row.save()
    DayChoice.objects.filter(registration=row).delete()
    DayChoice.objects.bulk_create(DayChoice(registration=row, day=day) for day in days)
    hall.take(row, days)
