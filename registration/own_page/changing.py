"""Changing what somebody told us, by themselves on their own page. Where they stand stays: that is transitions.py's.

Each change is remembered (models.Step): when, by whom and in which columns, never what stood or stands in them.
"""

from contextlib import contextmanager

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from registration import links
from registration.access import arrangements
from registration.choices import HOLDING_A_PLACE, Change, MessageKind
from registration.messages import outbox
from registration.models import ChangeRequest, Consent, InclusionAnswers, Registration, Step, TravelRequest
from registration.places import lock, seats
from registration.places.hall import Hall
from registration.signing_up import rules, transitions

OPEN_REQUESTS = 5  # of one person, at most: more than that is a telephone call


def may_change(registration, intake):
    """They may change their answers themselves: in time, and while they are still to come."""
    return intake is not None and intake.takes_changes and registration.is_coming


def may_ask(registration, intake):
    """They may write to staff what to change. What they write is erased with the sensitive answers."""
    return intake is not None and intake.keeps_sensitive() and registration.is_coming


@contextmanager
def _changing(registration):
    """The row as it stands now, under the lock of the places. Raises TooLate if nothing can be changed any more."""
    with lock.place_lock(registration.edition_id) as intake:
        row = Registration.objects.filter(pk=registration.pk).first()
        if row is None or not may_change(row, intake):  # erased meanwhile, or too late
            raise lock.TooLate
        yield row, intake
    registration.refresh_from_db()


def change_answers(registration, *, person, days, sessions):
    """Contact, organisation, part, province, days, themes and rooms.

    Raises ValidationError for a column that is not as it should be, lock.NoPlaceLeft if a day that is new is full, and
    seats.NoSeatLeft for a theme or room without a seat.
    """
    with _changing(registration) as (row, intake):
        changed = _set(row, person)
        row.clean_fields(exclude=["edition", "status"])
        if changed:
            row.save()
        changed += _change_days(row, intake, days)
        if seats.change_seats(row, sessions):
            changed.append("breakouts")
        if changed:
            Step.objects.create(registration=row, what=Change.ANSWERS, columns=changed)


def _change_days(row, intake, days):
    """A day given up is free for others; one that is new must have room for whoever holds a place."""
    before = set(row.days.all())
    if before == set(days):
        return []
    if row.status in HOLDING_A_PLACE and Hall(intake).is_full_on(set(days) - before):
        raise lock.NoPlaceLeft
    row.days.set(days)
    transitions.offer_places(intake)
    return ["days"]


def change_needs(registration, *, needs):
    """Languages, access and food."""
    with _changing(registration) as (row, _intake):
        answers = InclusionAnswers.objects.filter(registration=row).first() or InclusionAnswers(registration=row)
        if _set(answers, needs):
            answers.save(force_insert=answers.pk is None, update_fields=answers.pk and list(needs))
            arrangements.arrange(answers)
            Step.objects.create(registration=row, what=Change.NEEDS)


def change_travel(registration, *, travel):
    """Journey and room; None: they do not ask for them any more."""
    with _changing(registration) as (row, _intake):
        known = TravelRequest.objects.filter(registration=row).first()
        request = known or TravelRequest(registration=row)
        if travel is None and known:
            if TravelRequest.objects.worked_on().filter(pk=known.pk).exists():
                raise lock.TooLate  # something is decided, booked or paid: they call
            known.delete()
        elif travel is None or (not _set(request, travel) and known):
            return
        else:
            request.save(force_insert=known is None, update_fields=known and list(travel))
        Step.objects.create(registration=row, what=Change.TRAVEL)


def _set(row, values):
    """Puts values into a row; returns the names of the columns that differ."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def agreements_of(registration):
    """The answer that counts for each question of agreement: the latest."""
    return {one.subject: one for one in registration.consents.all()}


def change_agreements(registration, *, agreements, language):
    """At any time: whoever agreed may take it back. The earlier answers stay, as proof of what held until now."""
    with transaction.atomic():
        known = agreements_of(registration)
        new = [
            Consent(
                registration=registration,
                subject=subject,
                answer=answer,
                wording=rules.CONSENT_WORDING,
                language=language,
            )
            for subject, answer in agreements.items()
            if subject not in known or known[subject].answer != answer
        ]
        if new:
            Consent.objects.bulk_create(new)
            Step.objects.create(registration=registration, what=Change.AGREEMENTS)


def ask_staff(registration, text):
    """A request to the registration desk. The same words twice are one; raises TooLate when there are too many."""
    waiting = registration.change_requests.still_open()
    if any(request.text == text for request in waiting):
        return
    if len(waiting) >= OPEN_REQUESTS:
        raise lock.TooLate
    ChangeRequest.objects.create(registration=registration, text=text)


def finish_requests(requests, by):
    """Staff have done what was asked; returns how many were open until now."""
    return requests.still_open().update(done_at=timezone.now(), done_by=by)


def renew_link(registration: Registration, *, by: AbstractBaseUser | None = None, is_shown: bool = False) -> None:
    """The old link opens nothing any more, nor the pages it had opened; the new one is on its way.

    Where a page shows the new link at once, the person is written to, but not called.
    """
    with transaction.atomic():
        links.revoke(registration)
        Step.objects.create(registration=registration, what=Change.LINK, by=by)
        if not is_shown or _may_be_written_to(registration):
            outbox.put(registration, MessageKind.LINK)


def _may_be_written_to(registration):
    known = Registration.objects.may_be_sent_their_link(registration.edition, registration.email)
    return registration.email != "" and known.filter(pk=registration.pk).exists()


def note_staff_change(registration, columns, by):
    """Staff have changed these columns on the registration's page."""
    if columns:
        Step.objects.create(registration=registration, what=Change.ANSWERS, columns=columns, by=by)
