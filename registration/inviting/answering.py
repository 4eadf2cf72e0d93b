"""A guest says yes or no, by the link of the invitation."""

from django.utils.translation import get_language

from agenda.models import Day
from conference import clock
from registration.access import arrangements
from registration.choices import Agreement, InvitationAnswer, MessageKind, Status, Subject
from registration.models import Consent, ExtraAnswers, InclusionAnswers, Invitation, Registration
from registration.models.extra import Extra, with_changes
from registration.places.hall import Hall
from registration.places.lock import TooLate, place_lock
from registration.signing_up import rules, standing, transitions
from registration.signing_up.answers import Inclusion


def accept(
    registration: Registration,
    *,
    days: list[Day],
    agreements: dict[Subject, Agreement],
    needs: Inclusion,
    extra: Extra,
) -> None:
    """The guest comes on these of the days that are kept. Raises TooLate where the invitation is not open any more,
    and DaysGone where its days are gone.
    """
    with place_lock(registration.edition_id) as intake:
        row = _open_row(registration)
        room = Hall(intake).room
        given_up = set(row.days.all()) - set(days)
        row.days.remove(*given_up)
        transitions.accept_offer(row)
        if given_up:
            transitions.offer_places(intake, before=room)
        Consent.objects.bulk_create(
            Consent(
                registration=row,
                subject=subject,
                answer=answer,
                wording=rules.CONSENT_WORDING,
                language=get_language() or row.language,
            )
            for subject, answer in {Subject.DATA_USE: Agreement.YES, **agreements}.items()
        )
        _keep_needs(row, needs)
        _keep_extra(row, extra)
        _note(row, InvitationAnswer.YES)


def decline(registration: Registration) -> None:
    """The guest does not come: the place is offered to the next. No message tells them what they have just said."""
    with place_lock(registration.edition_id) as intake:
        row = _open_row(registration)
        before = Hall(intake).room
        standing.put(row, Status.CANCELLED)
        standing.write([row], MessageKind.CANCELLED, is_told=False)
        _note(row, InvitationAnswer.NO)
        transitions.offer_places(intake, before=before)


def _keep_needs(row: Registration, needs: Inclusion) -> None:
    """A guest may have told them before: on the own page, or in answer to an earlier invitation. What they say now
    counts. Silence takes nothing back, because the form does not show what is known.
    """
    row_of_needs = InclusionAnswers.objects.filter(registration=row).first()
    known = row_of_needs.extra if row_of_needs else None
    further = with_changes(known, _answered(needs.pop("extra", None) or {}))
    if further and further != known:
        needs["extra"] = further
    if any(needs.values()):
        answers, _is_new = InclusionAnswers.objects.update_or_create(registration=row, defaults={**needs})
        arrangements.arrange(answers)


def _keep_extra(row: Registration, extra: Extra) -> None:
    """Likewise, of the questions that are not sensitive."""
    if answered := _answered(extra):
        known = ExtraAnswers.objects.filter(registration=row).first() or ExtraAnswers(registration=row)
        known.answers = with_changes(known.answers, answered)
        known.save()


def _answered(extra: Extra) -> Extra:
    return {key: answer for key, answer in extra.items() if answer}


def _open_row(registration: Registration) -> Registration:
    row = Registration.objects.select_related("invitation", "edition").get(pk=registration.pk)
    if not row.invitation.is_open:
        raise TooLate
    return row


def _note(row: Registration, answer: InvitationAnswer) -> None:
    Invitation.objects.filter(registration=row).update(answer=answer, answered_at=clock.now())
