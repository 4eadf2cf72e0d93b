"""THE rules of signing up. The public form, staff at the desk and an import all come through here.

Who holds a place (confirmed or offered) has a place number from 1 to the capacity; a place given back is offered to
the first on the waiting list. Every change of standing happens under `place_lock` and writes its message in the same
transaction.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from registration import erasure_ledger, outbox
from registration.choices import HOLDING_A_PLACE, Agreement, Channel, MessageKind, Status, Subject
from registration.models import Consent, GuardianCall, InclusionAnswers, Intake, Registration, TravelRequest

# The version of the questions of agreement in forms/sign_up.py. Change it whenever their wording changes.
CONSENT_WORDING = "2024-1"
LONGEST_WAIT = "3s"  # for the lock, on PostgreSQL


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


@contextmanager
def place_lock(edition_pk):
    """Changes of one edition's places, one after the other, on SQLite and PostgreSQL alike.

    The first statement writes the intake's row: that takes PostgreSQL's row lock or SQLite's write lock. Count only
    after it, and do nothing slow inside. Raises Closed if the edition takes nobody in.
    """
    with transaction.atomic(durable=True):
        _wait_briefly()
        if not Intake.objects.filter(edition=edition_pk).update(turn=F("turn") + 1):
            raise Closed
        yield Intake.objects.get(edition=edition_pk)


def _wait_briefly():
    """Nobody stands for long behind a lock that somebody forgot: OperationalError, and the site says "try again".

    Only in this transaction, so that it holds behind a connection pool too. SQLite: "timeout" in settings.py.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [LONGEST_WAIT])


def sign_up(*, edition, answers, language, form_token, channel=Channel.WEB, by=None):
    """Registers one person: the registration, its answers, its consents and its message in one transaction.

    The same form sent twice for the same person gives the same registration. Raises Closed outside the opening time
    (staff may still enter people then), ValidationError for a column that is not as it should be, and IntegrityError
    for a row that the table's own rules refuse, such as one without a name.
    """
    registration = Registration(
        edition=edition,
        form_token=form_token,
        channel=channel,
        registered_by=by,
        language=language,
        **answers.person,
    )
    registration.clean_fields(exclude=["edition", "status"])
    with place_lock(edition.pk) as intake:
        sent_before = Registration.objects.filter(form_token=form_token, edition=edition).first()
        if sent_before and _is_same_person(sent_before, answers):
            return sent_before
        if sent_before:  # the same page filled in again for somebody else, or with a mistake mended
            registration.form_token = uuid.uuid4()
        if channel == Channel.WEB and not intake.is_open:
            raise Closed
        _take_first_standing(registration, intake)
        registration.save(force_insert=True)
        _save_answers(registration, answers, language)
        outbox.put(registration, MessageKind(registration.status))
    return registration


def ask_guardian(*, edition, guardian_name, guardian_phone, language, form_token):
    """Somebody under 18: nobody is registered, nothing is kept but whom to call. Raises Closed outside the time."""
    intake = Intake.of(edition)
    if intake is None or not intake.is_open:
        raise Closed
    whom = {"guardian_name": guardian_name, "guardian_phone": guardian_phone, "language": language}
    GuardianCall.objects.get_or_create(form_token=form_token, defaults={"edition": edition, **whom})


def confirm(registration):
    """Staff give somebody a place, wherever the registration stands. Raises Full if there is none."""
    with _fresh(registration, set(Status) - {Status.CONFIRMED}) as (row, intake):
        place_no = row.place_no or _free_place(intake)
        if place_no is None:
            raise Full
        _stand(row, Status.CONFIRMED, MessageKind.CONFIRMED, place_no=place_no)


def put_on_waiting_list(registration):
    """Staff let somebody wait who was received. If a place is free, it is offered in the same step."""
    with _fresh(registration, {Status.RECEIVED}) as (row, intake):
        _stand(row, Status.WAITING, MessageKind.WAITING, waiting_since=timezone.now())
        _offer_free_places(intake)


def decline(registration, reason):
    """Staff say no, with a kind reason in the person's language. The place, if any, is offered to the next."""
    with _fresh(registration, {Status.RECEIVED, Status.WAITING, Status.CONFIRMED, Status.OFFERED}) as (row, intake):
        _stand(row, Status.DECLINED, MessageKind.DECLINED, decline_reason=reason)
        _offer_free_places(intake)


def cancel(registration):
    """The person does not come. The place, if any, is offered to the next in the same step."""
    with _fresh(registration, set(Status) - {Status.CANCELLED}) as (row, intake):
        _stand(row, Status.CANCELLED, MessageKind.CANCELLED)
        _offer_free_places(intake)


def erase(registration):
    """The person wants nothing of theirs kept. The place, if any, is offered to the next."""
    erasure_ledger.note(registration)
    with place_lock(registration.edition_id) as intake:
        Registration.objects.filter(pk=registration.pk).delete()
        _offer_free_places(intake)


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
        _offer_free_places(intake)


@contextmanager
def _fresh(registration, from_where):
    """The row as it stands now, under the lock. Raises TooLate if it stands elsewhere than a step may start from."""
    with place_lock(registration.edition_id) as intake:
        row = Registration.objects.get(pk=registration.pk)
        if row.status not in from_where:
            raise TooLate
        yield row, intake
    registration.refresh_from_db()


def _take_first_standing(registration, intake):
    if intake.needs_approval:
        registration.status = Status.RECEIVED
        return
    registration.place_no = _free_place(intake, behind_the_waiting_list=True)
    if registration.place_no is None:
        registration.status, registration.waiting_since = Status.WAITING, timezone.now()
    else:
        registration.status = Status.CONFIRMED


def _offer_free_places(intake):
    until = timezone.now() + timedelta(hours=intake.offer_hours)
    waiting = Registration.objects.filter(edition=intake.edition_id).waiting_in_order()
    while (place_no := _free_place(intake)) and (row := waiting.first()):
        _stand(row, Status.OFFERED, MessageKind.OFFERED, place_no=place_no, offered_until=until)


def _is_same_person(registration, answers):
    return all(getattr(registration, name) == value for name, value in answers.person.items())


def _free_place(intake, *, behind_the_waiting_list=False):
    """The smallest number that nobody holds, or None. Counted from the rows: no counter can be wrong.

    A newcomer stands behind the waiting list: while anybody waits, a free place is for them.
    """
    rows = Registration.objects.filter(edition=intake.edition_id)
    now = rows.aggregate(
        held=Count("place_no"), highest=Max("place_no"), waiting=Count("pk", filter=Q(status=Status.WAITING))
    )
    is_full = intake.capacity is not None and now["held"] >= intake.capacity
    if is_full or (behind_the_waiting_list and now["waiting"]):
        return None
    if (now["highest"] or 0) == now["held"]:  # no gaps
        return now["held"] + 1
    taken = set(rows.exclude(place_no=None).values_list("place_no", flat=True))
    return next(number for number in range(1, now["highest"]) if number not in taken)


def _stand(row, status, message, *, place_no=None, waiting_since=None, offered_until=None, decline_reason=""):
    """Moves a row and writes its message. What belongs to its former standing goes."""
    row.status = status
    row.place_no = place_no if status in HOLDING_A_PLACE else None
    row.waiting_since, row.offered_until, row.decline_reason = waiting_since, offered_until, decline_reason
    row.save()
    outbox.put(row, message)


def _save_answers(registration, answers, language):
    registration.days.add(*answers.days)
    if any(answers.inclusion.values()):
        InclusionAnswers.objects.create(registration=registration, **answers.inclusion)
    if answers.travel is not None:
        TravelRequest.objects.create(registration=registration, **answers.travel)
    Consent.objects.bulk_create(
        Consent(registration=registration, subject=subject, answer=answer, wording=CONSENT_WORDING, language=language)
        for subject, answer in answers.consents.items()
    )


def answer_about_participants(registration, answers):
    """Keeps the answers of the skippable page: gender, age group and groups. Sent again, the new ones count."""
    InclusionAnswers.objects.update_or_create(registration=registration, defaults=answers)
