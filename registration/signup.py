"""THE rules of signing up. The public form, staff at the desk and an import all come through here."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from registration.choices import Channel, PhotoAnswer, Status, Subject
from registration.models import Consent, InclusionAnswers, Intake, Registration, TravelRequest

# The version of the questions of agreement as they stand in forms.py. Change it whenever their wording changes.
CONSENT_WORDING = "2024-1"


class Closed(Exception):
    """Registration has not opened yet, or is over."""


@dataclass(frozen=True)
class Answers:
    """What somebody told us, cleaned: columns of Registration, and what goes into tables apart."""

    person: dict
    days: list
    consents: dict[Subject, PhotoAnswer]
    inclusion: dict = field(default_factory=dict)
    travel: dict | None = None


@contextmanager
def place_lock(edition):
    """Sign-ups of one edition, one after the other, on SQLite and PostgreSQL alike.

    The first statement writes the intake's row: that takes PostgreSQL's row lock or SQLite's write lock. Count only
    after it, and do nothing slow inside. Raises Closed if the edition takes nobody in.
    """
    with transaction.atomic(durable=True):
        if not Intake.objects.filter(edition=edition).update(turn=F("turn") + 1):
            raise Closed
        yield Intake.objects.get(edition=edition)


def sign_up(*, edition, answers, language, form_token, channel=Channel.WEB, by=None):
    """Registers one person: the registration, its answers and its consents in one transaction.

    The same form sent twice gives the same registration. Raises Closed outside the opening time (staff may still
    enter people then), ValidationError for a column that is not as it should be, and IntegrityError for a row that
    the table's own rules refuse, such as one without a name.
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
    with place_lock(edition) as intake:
        sent_before = Registration.objects.filter(form_token=form_token, edition=edition).first()
        if sent_before:
            return sent_before
        if channel == Channel.WEB and not intake.is_open:
            raise Closed
        registration.status = _first_status(intake)
        registration.save(force_insert=True)
        _save_answers(registration, answers, language)
    return registration


def _first_status(intake):
    if intake.needs_approval:
        return Status.RECEIVED
    if intake.capacity is None:
        return Status.CONFIRMED
    taken = Registration.objects.filter(edition=intake.edition_id).holding_a_place().count()
    return Status.CONFIRMED if taken < intake.capacity else Status.WAITING


def _save_answers(registration, answers, language):
    registration.days.add(*answers.days)
    if any(answers.inclusion.values()):
        InclusionAnswers.objects.create(registration=registration, **answers.inclusion)
    if answers.travel is not None:
        TravelRequest.objects.create(registration=registration, **answers.travel)
    Consent.objects.bulk_create(
        Consent(
            registration=registration,
            subject=subject,
            answer=answer,
            wording=CONSENT_WORDING,
            language=language,
        )
        for subject, answer in answers.consents.items()
    )


def answer_about_participants(registration, answers):
    """Keeps the answers of the skippable page: gender, age group and groups. Sent again, the new ones count."""
    InclusionAnswers.objects.update_or_create(registration=registration, defaults=answers)
