"""THE rules of signing up. The public form, staff at the desk and an import all come through here."""

import uuid

from django.contrib.auth.models import User

from agenda.models import Day
from conference import clock
from conference.models import Edition
from registration.access import arrangements
from registration.choices import Channel, MessageKind, Status
from registration.equal_work import written
from registration.messages import outbox
from registration.models import (
    Attendance,
    Consent,
    DayChoice,
    ExtraAnswers,
    Helper,
    InclusionAnswers,
    Intake,
    Registration,
    TravelRequest,
)
from registration.models.answers import ELSEWHERE
from registration.models.extra import with_changes
from registration.models.registration import LINKS_A_DAY
from registration.places import seats
from registration.places.hall import Hall
from registration.places.lock import Closed, place_lock
from registration.signing_up.answers import Answers, SignedUp
from registration.signing_up.receipts import kept_of
from registration.signing_up.repeats import as_told_before, keep_number, one_form
from registration.signing_up.transitions import offer_places

CONSENT_WORDING = "2024-1"


def sign_up(
    *,
    edition: Edition,
    answers: Answers,
    language: str,
    form_token: uuid.UUID,
    channel: str = Channel.WEB,
    by: User | None = None,
    helper: Helper | None = None,
    is_told: bool = True,
) -> SignedUp:
    """Registers one person: the registration, its answers, its consents and its message in one transaction.

    The same form sent twice for the same person gives the same registration. A participant who stands in the edition
    already, with the same address and name, stays as they are and gets their link; the answer is a newcomer's, with
    a new number, so that a visitor cannot tell the two apart.
    `helper` is through whom a person without a contact is reached. Without `is_told` no message is written: staff who
    bring in a list may write to its people themselves.
    Raises Closed outside the opening time. Staff may still enter people then; after the last day those who were there,
    as on the paper of the desk: their attendance is noted, and no message is sent. Raises seats.NoSeatLeft for a theme
    or room without a seat, ValidationError for a column that is not as it should be, and IntegrityError for a row that
    the table's own rules refuse, such as one without a name.
    """
    form = one_form(form_token, edition, answers)
    row = newcomer(edition, answers, form_token=form, language=language, channel=channel, by=by, helper=helper)
    with place_lock(edition.pk) as intake:
        return take_in(row, answers, intake, is_told=is_told)


def newcomer(
    edition: Edition,
    answers: Answers,
    *,
    form_token: uuid.UUID,
    language: str,
    channel: str = Channel.WEB,
    by: User | None = None,
    helper: Helper | None = None,
) -> Registration:
    """The row of a newcomer, not saved: `take_in` decides what becomes of it. Raises ValidationError."""
    row = Registration(
        edition=edition,
        form_token=form_token,
        channel=channel,
        registered_by=by,
        helper=helper,
        language=language,
        **answers.person,
    )
    row.clean_fields(exclude=["edition", "status", "helper"])
    row.set_keys()
    return row


def take_in(
    row: Registration, answers: Answers, intake: Intake, *, is_late: bool = False, is_told: bool = True
) -> SignedUp:
    """What sign_up does under the lock; correcting_others does it for several people in one transaction.

    `is_late` is said of a visitor who signed up in time, and corrects it afterwards.

    For a participant who is known the newcomer's row and answers are written too, and taken back: the work is the
    same, so the time that it takes tells a visitor nothing.
    """
    known = Registration.objects.known_already(row).first()
    if known and known.is_same_form:
        return as_told_before(known.pk, row.form_token, answers.days)
    if row.channel == Channel.WEB and not intake.is_open and not is_late:
        raise Closed
    _take_first_standing(row, intake, answers.days)
    if row.channel == Channel.WEB:
        row.receipt = kept_of(
            answers,
            status=row.status,
            by_email=bool(row.email),
            is_slip=row.helper_id is not None,
        )
    with written(kept=known is None):
        row.save(force_insert=True, is_kept=known is None)
        _save_answers(row, answers)
        seats.take_seats(row, answers.breakouts)
    second = keep_number(row, known.pk) if known else None
    if not known:
        DayChoice.objects.bulk_create(DayChoice(registration=row, day=day) for day in answers.days)
    if not intake.edition.is_over and is_told:
        with written(kept=known is None or known.links < LINKS_A_DAY):
            outbox.put(known or row, MessageKind.LINK if known else MessageKind(row.status), replaces=False)
    if intake.edition.is_over and not known:
        there = [Attendance(registration=row, day=day, noted_by=row.registered_by) for day in answers.days]
        Attendance.objects.bulk_create(there)
    return SignedUp(
        pk=known.pk if known else row.pk,
        edition_pk=row.edition_id,
        code=row.code,
        status=row.status,
        days=answers.days,
        has_email=bool(row.email),
        link_version=row.link_version,
        second=second.pk if second else None,
    )


def _take_first_standing(row: Registration, intake: Intake, days: list[Day]) -> None:
    """A newcomer stands behind the waiting list: a free place goes first to those who wait and whom it fits."""
    if intake.edition.is_over:  # a person who was there
        row.status, row.place_no = Status.CONFIRMED, Hall(intake).free_number()
        return
    if intake.needs_approval:
        row.status = Status.RECEIVED
        return
    hall = Hall(intake)
    if intake.has_waiting_list:
        offer_places(intake, hall)
    row.place_no = hall.place_for(row, days)
    if row.place_no is None:
        row.status, row.waiting_since, row.waiting_turn = Status.WAITING, clock.now(), intake.turn
    else:
        row.status = Status.CONFIRMED


def _save_answers(row: Registration, answers: Answers) -> None:
    inclusion = answers.inclusion
    if further := inclusion.get("extra"):
        inclusion = {**inclusion, "extra": with_changes(None, further) or None}
    if any(inclusion.values()):
        arrangements.make(InclusionAnswers.objects.create(registration=row, **inclusion))
    if extra := with_changes(None, answers.extra):
        ExtraAnswers.objects.create(registration=row, answers=extra)
    if answers.travel is not None:
        TravelRequest.objects.create(registration=row, **answers.travel)
    elsewhere = answers.agreed_elsewhere_on
    wording = f"{ELSEWHERE} {elsewhere.isoformat()}" if elsewhere else CONSENT_WORDING
    Consent.objects.bulk_create(
        Consent(
            registration=row,
            subject=subject,
            answer=answer,
            wording=wording,
            language=row.language,
            by_helper=row.helper_id is not None,
        )
        for subject, answer in answers.consents.items()
    )
