"""THE rules of signing up. The public form, staff at the desk and an import all come through here.

Who holds a place (confirmed or offered) has a place number from 1 to the capacity; a place given back is offered to
the first on the waiting list whom it fits (registration.places). Every change of standing happens under `place_lock`
and writes its message in the same transaction.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from registration import arrangements, breakouts, erasure_ledger, outbox
from registration.choices import GIVEN_UP, HOLDING_A_PLACE, Agreement, Change, Channel, MessageKind, Status, Subject
from registration.equal_work import written
from registration.models import (
    Consent,
    GuardianCall,
    Helper,
    InclusionAnswers,
    Intake,
    Registration,
    ReservedPlaces,
    Step,
    TravelRequest,
)
from registration.models.people import LINKS_A_DAY
from registration.places import Hall, intakes_with_rules
from registration.repeats import as_told_before, keep_number, one_form

CONSENT_WORDING = "2024-1"


class Closed(Exception):
    """Registration has not opened yet, or is over."""


class Full(Exception):
    """There is no place to give."""


class TooLate(Exception):
    """The registration no longer stands where this step starts from: the offer ran out, or it was cancelled."""


@dataclass(frozen=True)
class Answers:
    """What somebody told us, cleaned: columns of Registration, and what goes into tables apart."""

    person: dict
    days: list
    consents: dict[Subject, Agreement]
    inclusion: dict = field(default_factory=dict)
    travel: dict | None = None
    breakouts: list = field(default_factory=list)  # of breakouts.Choice, at most one of each breakout


@contextmanager
def place_lock(edition_pk):
    """Changes of one edition's places, one after the other, on SQLite and PostgreSQL alike.

    The first statement writes the intake's row: that takes PostgreSQL's row lock or SQLite's write lock. Count only
    after it, and do nothing slow inside. Raises Closed if the edition takes nobody in.
    """
    with transaction.atomic(durable=True):
        if not Intake.objects.filter(edition=edition_pk).update(turn=F("turn") + 1):
            raise Closed
        yield intakes_with_rules().get(edition=edition_pk)


def sign_up(*, edition, answers, language, form_token, channel=Channel.WEB, by=None):
    """Registers one person: the registration, its answers, its consents and its message in one transaction.

    The same form sent twice for the same person gives the same registration. Whoever stands in the edition already,
    with the same address and name, stays as they are and gets their link: what is returned then `repeats` that row,
    with a new number and a newcomer's standing, so that nobody can tell the answers apart; it is not to be saved.
    Raises Closed outside the opening time (staff may still enter people then), breakouts.Full for a theme or room
    without a seat, ValidationError for a column that is not as it should be, and IntegrityError for a row that the
    table's own rules refuse, such as one without a name.
    """
    registration = Registration(
        edition=edition,
        form_token=one_form(form_token, edition, answers),
        channel=channel,
        registered_by=by,
        language=language,
        **answers.person,
    )
    registration.clean_fields(exclude=["edition", "status"])
    registration.set_keys()
    with place_lock(edition.pk) as intake:
        return take_in(registration, answers, intake)


def take_in(registration, answers, intake):
    """What sign_up does under the lock; sign_up_others does it for several people in one transaction."""
    known = Registration.objects.known_already(registration).first()
    if known and known["is_same_form"]:
        return as_told_before(known["pk"], registration.form_token)
    if registration.channel == Channel.WEB and not intake.is_open:
        raise Closed
    _take_first_standing(registration, intake, answers.days)
    _write(registration, answers, known)
    return registration


def _write(registration, answers, known):
    """Writes somebody down; for somebody who is known takes it back, and has their link sent. Both cost the same."""
    registration.repeats, registration.told = known is not None, registration.status
    with written(kept=known is None):
        registration.save(force_insert=True)
        _save_answers(registration, answers)
        breakouts.take_seats(registration, answers.breakouts)
    if known:
        registration.pk = known["pk"]
        keep_number(registration, known["pk"])
    else:
        comes_on = Registration.days.through
        comes_on.objects.bulk_create(comes_on(registration=registration, day=day) for day in answers.days)
    with written(kept=known is None or known["links"] < LINKS_A_DAY):
        outbox.put(registration, MessageKind.LINK if known else MessageKind(registration.status))


def ask_guardian(*, edition, guardian_name, guardian_phone, language, form_token, channel=Channel.WEB):
    """Somebody under 18: nobody is registered, nothing is kept but whom to call. Raises Closed as sign_up does."""
    intake = Intake.of(edition)
    if intake is None or (channel == Channel.WEB and not intake.is_open):
        raise Closed
    whom = {"guardian_name": guardian_name, "guardian_phone": guardian_phone, "language": language}
    GuardianCall.objects.get_or_create(form_token=form_token, defaults={"edition": edition, **whom})


def confirm(registration, *, by=None):
    """Staff give somebody a place, wherever the registration stands. Raises Full if there is none.

    Raises TooLate for whoever cancelled and has signed up again since: that registration is the one that counts.
    """
    with _fresh(registration, set(Status) - {Status.CONFIRMED}) as (row, intake):
        if row.status == Status.CANCELLED and Registration.objects.same_person(row).exists():
            raise TooLate
        place_no = row.place_no or Hall(intake).place_by_hand(row.days.all())
        if place_no is None:
            raise Full
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
    erasure_ledger.note(registration)
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


def _take_first_standing(registration, intake, days):
    """A newcomer stands behind the waiting list: whoever waits and whom a free place fits has it first."""
    if intake.needs_approval:
        registration.status = Status.RECEIVED
        return
    hall = Hall(intake)
    if intake.somebody_waits:
        offer_places(intake, hall)
    registration.place_no = hall.place_for(registration, days)
    if registration.place_no is None:
        registration.status, registration.waiting_since = Status.WAITING, timezone.now()
    else:
        registration.status = Status.CONFIRMED


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
        breakouts.give_seats_back(row)
    Step.objects.create(registration=row, what=Change(message), by=by)
    outbox.put(row, message)


def _save_answers(registration, answers):
    if any(answers.inclusion.values()):
        arrangements.make(InclusionAnswers.objects.create(registration=registration, **answers.inclusion))
    if answers.travel is not None:
        TravelRequest.objects.create(registration=registration, **answers.travel)
    Consent.objects.bulk_create(
        Consent(
            registration=registration,
            subject=subject,
            answer=answer,
            wording=CONSENT_WORDING,
            language=registration.language,
            by_helper=registration.helper_id is not None,
        )
        for subject, answer in answers.consents.items()
    )


def answer_about_participants(registration, answers, *, kept=True):
    """Keeps the answers of the skippable page: gender, age group and groups. Sent again, the new ones count.

    Of whoever only repeats a registration nothing is kept: it may be somebody else who writes.
    """
    with transaction.atomic(), written(kept=kept):
        InclusionAnswers.objects.update_or_create(registration=registration, defaults=answers)
