"""THE rules of signing up. The public form, staff at the desk and an import all come through here."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from registration.access import arrangements
from registration.choices import Agreement, Channel, MessageKind, Status, Subject
from registration.equal_work import written
from registration.messages import outbox
from registration.models import Consent, DayChoice, GuardianCall, InclusionAnswers, Intake, Registration, TravelRequest
from registration.models.people import LINKS_A_DAY
from registration.places import seats
from registration.places.hall import Hall
from registration.places.lock import Closed, place_lock
from registration.signing_up.repeats import as_told_before, keep_number, one_form
from registration.signing_up.transitions import offer_places

CONSENT_WORDING = "2024-1"


@dataclass(frozen=True)
class Answers:
    """What somebody told us, cleaned: columns of Registration, and what goes into tables apart."""

    person: dict
    days: list
    consents: dict[Subject, Agreement]
    inclusion: dict = field(default_factory=dict)
    travel: dict | None = None
    breakouts: list = field(default_factory=list)  # of seats.Choice, at most one of each breakout


def sign_up(*, edition, answers, language, form_token, channel=Channel.WEB, by=None):
    """Registers one person: the registration, its answers, its consents and its message in one transaction.

    The same form sent twice for the same person gives the same registration. Whoever stands in the edition already,
    with the same address and name, stays as they are and gets their link: what is returned then `repeats` that row,
    with a new number and a newcomer's standing, so that nobody can tell the answers apart; it is not to be saved.
    Raises Closed outside the opening time (staff may still enter people then), seats.NoSeatLeft for a theme or room
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
        seats.take_seats(registration, answers.breakouts)
    if known:
        registration.pk = known["pk"]
        keep_number(registration, known["pk"])
    else:
        DayChoice.objects.bulk_create(DayChoice(registration=registration, day=day) for day in answers.days)
    with written(kept=known is None or known["links"] < LINKS_A_DAY):
        outbox.put(registration, MessageKind.LINK if known else MessageKind(registration.status))


def ask_guardian(*, edition, guardian_name, guardian_phone, language, form_token, channel=Channel.WEB):
    """Somebody under 18: nobody is registered, nothing is kept but whom to call. Raises Closed as sign_up does."""
    intake = Intake.of(edition)
    if intake is None or (channel == Channel.WEB and not intake.is_open):
        raise Closed
    whom = {"guardian_name": guardian_name, "guardian_phone": guardian_phone, "language": language}
    GuardianCall.objects.get_or_create(form_token=form_token, defaults={"edition": edition, **whom})


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
