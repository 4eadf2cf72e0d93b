"""What participants change on their own page, and staff for them on the registration's page in the admin.

It leaves where they stand: that is changed by signing_up.transitions. Each change is remembered (models.Step): when,
by whom and in which columns, never what stood or stands in them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from agenda.models import Day, Session
from agenda.publishing import chosen
from conference import clock
from registration import links
from registration.access import arrangements
from registration.choices import HOLDING_A_PLACE, Agreement, Change, MessageKind, Status, Subject
from registration.messages import outbox
from registration.models import (
    ChangeRequest,
    Consent,
    ExtraAnswers,
    InclusionAnswers,
    Intake,
    Registration,
    Step,
    TravelRequest,
)
from registration.models.extra import Extra, with_changes
from registration.models.history import ChangeRequestQuerySet
from registration.own_page import contact
from registration.places import lock, seats
from registration.places.choosable import choosable
from registration.places.hall import Hall
from registration.signing_up import rules, transitions
from registration.signing_up.receipts import give_over

OPEN_REQUESTS = 5  # of one participant, at most: more than that is a telephone call

Answers = dict[str, Any]  # the columns of one row, by name: they have values of different types


def may_change(registration: Registration, intake: Intake | None) -> bool:
    """Participants may change their answers themselves: in time, and while they are still to come."""
    return intake is not None and intake.takes_changes and registration.is_coming


def may_ask(registration: Registration, intake: Intake | None) -> bool:
    """Participants may tell staff what to change, and what they need. It is erased with the sensitive answers."""
    return intake is not None and intake.keeps_sensitive() and registration.is_coming


@contextmanager
def _changing(registration: Registration, by: User | None = None) -> Iterator[tuple[Registration, Intake | None]]:
    """The row as it stands now, under the lock of the places. Raises TooLate if nothing can be changed any more.

    Nothing is changed through a link that was replaced meanwhile, nor what staff have merged, before an officer opens
    it. Staff may change answers at any time.
    """
    with lock.place_lock_if_any(registration.edition_id) as intake:
        row = Registration.objects.filter(pk=registration.pk).first()
        if intake is None and by is None:
            raise lock.Closed
        if row is None or not (by or may_change(row, intake)):  # erased meanwhile, or too late
            raise lock.TooLate
        if by is None and (row.is_sealed or row.link_version != registration.link_version):
            raise lock.TooLate
        yield row, intake
    registration.refresh_from_db()


def change_answers(
    registration: Registration,
    *,
    person: Answers,
    days: list[Day],
    sessions: list[seats.Choice] | None = None,
    extra: Extra | None = None,
    by: User | None = None,
) -> transitions.Offered:
    """Contact, organisation, part, province, days, themes and rooms; by the participant, or by staff (`by`).

    `extra` are the answers to questions of our own, but for the sensitive ones, which are needs.

    Without `sessions` the seats stay, but for those on a day that is given up. A participant keeps the days that the
    form no longer offers, such as the first one on the second, and the seats on them.

    Returns to whom a place is offered that became free. Raises ValidationError for a column that is not as it should
    be, lock.NoPlaceLeft if a day that is new is full, and seats.NoSeatLeft for a theme or room without a seat.
    """
    with _changing(registration, by) as (row, intake):
        contacts = contact.contacts_of(row)
        changed, offered = _set(row, person), []
        row.clean_fields(exclude=["edition", "status"])
        if changed:
            row.save()
        if extra and _set_extra(row, extra):
            changed.append("extra_answers")
        has_other_address = contact.note_change(row, contacts, by=by)
        before = set(row.days.all())
        left_out = before - set(days)
        stay = left_out - set(choosable(row.edition).days.values()) if left_out and not by else set()
        days = [*days, *stay]
        given_up = before - set(days)
        room = Hall(intake).room if intake and given_up else None
        if before != set(days):
            if adds_a_full_day(row, days, intake):
                raise lock.NoPlaceLeft
            row.days.set(days)
            changed.append("days")
        if has_other_address and row.is_coming and not row.edition.is_over:
            outbox.put(row, MessageKind(row.status))
        elif before != set(days) and row.status == Status.CONFIRMED and outbox.goes_by_email(row):
            outbox.put(row, MessageKind.DAYS)  # it brings the days for their calendar
        if intake and given_up:
            offered = transitions.offer_places(intake, before=room)
        if sessions is None:
            # On the days on which the participant sees them: as they are published.
            lost = _sessions_on(row, given_up) if given_up else []
            seats_changed = bool(lost) and row.breakout_choices.filter(session__in=lost).delete()[0] > 0
        else:
            seats_changed = seats.change_seats(row, sessions, stay=_sessions_on(row, stay))
        if seats_changed:
            changed.append("breakouts")
        if changed:
            _note(row, Change.ANSWERS, columns=changed, by=by)
    return offered


def change_extra(registration: Registration, *, extra: Extra, by: User | None = None) -> None:
    """The answers to questions of our own alone; not the sensitive ones, which are needs."""
    with _changing(registration, by) as (row, _intake):
        if _set_extra(row, extra):
            _note(row, Change.ANSWERS, columns=["extra_answers"], by=by)


def _set_extra(row: Registration, extra: Extra) -> bool:
    """Whether something is answered otherwise now. Answers to what was not asked again stay."""
    known = ExtraAnswers.objects.filter(registration=row).first() or ExtraAnswers(registration=row)
    answers = with_changes(known.answers, extra)
    if answers == known.answers:
        return False
    known.answers = answers
    known.save()
    return True


def _note(row: Registration, what: Change, *, by: User | None, columns: Iterable[str] = ()) -> None:
    """What staff wrote down for a participant is not overwritten by a form that is sent again (correcting)."""
    Step.objects.create(registration=row, what=what, columns=list(columns), by=by)
    if by:
        give_over(row)


def _sessions_on(row: Registration, days: Iterable[Day]) -> list[Session]:
    """The participant's themes and rooms on these days."""
    return chosen.on_days(row.edition, days, Session.objects.filter(breakout_choices__registration=row))


def adds_a_full_day(row: Registration, days: Iterable[Day], intake: Intake | None) -> bool:
    """A day given up is free for others; one that is new must have room for a person who holds a place."""
    if intake is None or row.status not in HOLDING_A_PLACE:
        return False
    return Hall(intake).is_full_on(set(days) - set(row.days.all()))


def change_needs(registration: Registration, *, needs: Answers, by: User | None = None, told_how: str = "") -> None:
    """Languages, access and food; by the participant, or by the officers to whom they say it (`by`).

    Then `told_how` says how they said it, and that they agreed: both are kept as an agreement, with the moment.
    """
    with _changing(registration, by) as (row, intake):
        _refuse_what_is_not_kept(row, intake)
        answers = InclusionAnswers.objects.filter(registration=row).first() or InclusionAnswers(registration=row)
        if "extra" in needs:
            needs = needs | {"extra": with_changes(answers.extra, needs["extra"]) or None}
        if _set(answers, needs):
            answers.save(force_insert=answers.pk is None, update_fields=None if answers.pk is None else list(needs))
            arrangements.arrange(answers)
            _note(row, Change.NEEDS, by=by)
            _note_agreement(row, told_how)


def change_travel(
    registration: Registration, *, travel: Answers | None, by: User | None = None, told_how: str = ""
) -> None:
    """Journey and room, by either of the two; None: the participant does not ask for them any more."""
    with _changing(registration, by) as (row, intake):
        _refuse_what_is_not_kept(row, intake)
        known = TravelRequest.objects.filter(registration=row).first()
        if travel is not None:
            request = known or TravelRequest(registration=row)
            if not _set(request, travel) and known:
                return
            request.save(force_insert=known is None, update_fields=None if known is None else list(travel))
        elif known:
            if TravelRequest.objects.worked_on().filter(pk=known.pk).exists():
                raise lock.TooLate  # something is decided, booked or paid: they call
            known.delete()
        else:
            return
        _note(row, Change.TRAVEL, by=by)
        _note_agreement(row, told_how)


def _note_agreement(row: Registration, told_how: str) -> None:
    """The person said to staff that these answers may be used."""
    if told_how:
        Consent.objects.create(
            registration=row,
            subject=Subject.DATA_USE,
            answer=Agreement.YES,
            wording=rules.CONSENT_WORDING,
            language=row.language,
            told_how=told_how,
        )


def _refuse_what_is_not_kept(row: Registration, intake: Intake | None) -> None:
    """Sensitive answers of a participant who does not come, or after they were erased: raises TooLate."""
    if not may_ask(row, intake):
        raise lock.TooLate


def _set(row: Model, values: Answers) -> list[str]:
    """Puts values into a row; returns the names of the columns that differ."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def agreements_of(registration: Registration) -> dict[str, Consent]:
    """The answer that counts for each question of agreement: the latest."""
    return {one.subject: one for one in registration.consents.all()}


def change_agreements(registration: Registration, *, agreements: dict[Subject, Agreement], language: str) -> None:
    """At any time: a participant who agreed may take it back. Earlier answers stay, as proof of what held before."""
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


def ask_staff(registration: Registration, text: str) -> None:
    """A request to the registration desk. The same words twice are one; raises TooLate when there are too many."""
    waiting = registration.change_requests.still_open()
    if any(request.text == text for request in waiting):
        return
    if len(waiting) >= OPEN_REQUESTS:
        raise lock.TooLate
    ChangeRequest.objects.create(registration=registration, text=text)


@transaction.atomic
def finish_requests(requests: ChangeRequestQuerySet, by: User) -> int:
    """Staff have done what was asked, and the participants are told; returns how many were open until now."""
    waiting = requests.still_open()
    people = list(Registration.objects.filter(change_requests__in=waiting).distinct())
    number = waiting.update(done_at=clock.now(), done_by=by)
    for person in people:
        outbox.put_news(person)
    return number


def renew_link(registration: Registration, *, by: User | None = None, is_shown: bool = False) -> None:
    """The old link opens nothing any more, nor the pages it had opened; the new one is on its way.

    Where a page shows the new link at once, the person is written to, but not called. A link that staff have seen
    opens the standing alone. A participant who makes one has a new private code too.
    """
    with transaction.atomic():
        if by is None:
            links.renew(registration)
        else:
            links.revoke(registration)
        if by and is_shown:
            links.add_staff_door(registration)
        Step.objects.create(registration=registration, what=Change.LINK, by=by)
        may_be_sent = Registration.objects.may_be_sent_their_link(registration.edition, registration.email)
        if not is_shown or (registration.email and may_be_sent.filter(pk=registration.pk).exists()):
            outbox.put(registration, MessageKind.LINK)


def open_answers(registration: Registration, *, by: User) -> None:
    """An inclusion officer is sure who it is: every link of the registration opens the private answers again."""
    with transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(is_sealed=False)
        registration.refresh_from_db()
        links.trust_doors(registration)
        Step.objects.create(registration=registration, what=Change.OPENED, by=by)
