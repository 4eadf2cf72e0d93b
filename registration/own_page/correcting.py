"""A browser that has signed a person up sends the form again: it goes back, corrects something and sends.

What tells a correction from another person is the name and the contact, as they were typed then and as they are typed
now. If both have something in common, it is a correction. If neither has, it is another person. If only one has, no
machine can tell a wrong letter from a sister with the same telephone: the page asks, and the visitor says it.

The browser shows by its receipt that it is the same one (signing_up.receipts). Without it, the same form for the same
person shows it: the answer to the first one was lost on the way. A stranger has neither.

Families and helpers sign up others. Once the participant has acted on their own page in a browser of their own, or
staff have changed the registration for them, what was said there stands: the browser that signed them up corrects
nothing any more (InOwnHands). Nor does any browser correct what is cancelled: who gave up, here or elsewhere, is
signed up anew only where the visitor says so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import itemgetter
from uuid import UUID

from conference.models import Edition
from registration.choices import HOLDING_A_PLACE, Status
from registration.equal_work import written
from registration.models import Helper, InclusionAnswers, Intake, Registration, SecondNumber
from registration.own_page import changing
from registration.places import lock
from registration.places.hall import Hall
from registration.signing_up import rules, transitions
from registration.signing_up.answers import Answers, Inclusion, SignedUp
from registration.signing_up.receipts import Marks, Receipt, drop, is_in_own_hands, receipt_for, write
from registration.signing_up.repeats import one_form


class Unsure(Exception):
    """Only the name, or only the contact, is that of one of these receipts."""

    def __init__(self, receipts: list[Receipt]) -> None:
        super().__init__()
        self.receipts = receipts


class InOwnHands(Exception):
    """The participant or staff have acted elsewhere since, or the link to the own page was replaced. Or the
    registration `is_cancelled`: by the participant in this very browser, or because an offer ran out.
    """

    def __init__(self, receipt: Receipt, *, is_cancelled: bool = False) -> None:
        super().__init__()
        self.receipt, self.is_cancelled = receipt, is_cancelled


def corrected(receipts: Sequence[Receipt], typed: Marks, *, correct: str, another: int) -> Receipt | None:
    """The receipt of what is corrected, or None for another person. Raises Unsure where the visitor must say it.

    The visitor says it with the reference number of what they `correct`, or with how many of this browser's receipts
    are of other people (`another`). Even of a namesake with the same contact, where it can correct nothing any more.
    """
    receipts = [receipt for receipt in receipts if not receipt["in_own_hands"] or receipt["number"] > another]
    latest_first = [(how_sure(receipt["typed"], typed), receipt) for receipt in reversed(receipts)]
    sure, known = max(latest_first, key=itemgetter(0), default=(0, None))
    if sure:
        return known
    alike = [receipt for receipt in receipts if any(_in_common(receipt["typed"], typed))]
    for receipt in alike:
        if receipt["spoken_code"] == correct:
            return receipt
    if unsure := [receipt for receipt in alike if receipt["number"] > another]:
        raise Unsure(unsure)
    return None


def how_sure(then: Marks, now: Marks) -> int:
    """How much the two have in common. 0 where it is the name alone, or the contact alone: that is not sure."""
    names, contacts = _in_common(then, now)
    return names + contacts if names and contacts else 0


def _in_common(then: Marks, now: Marks) -> tuple[int, int]:
    """How many names, and how many contacts."""
    return len(set(then["names"]) & set(now["names"])), len(set(then["contacts"]) & set(now["contacts"]))


@contextmanager
def taken_back(edition: Edition, receipt: Receipt | None) -> Iterator[None]:
    """The participant is under 18 after all: in one transaction with what is done inside, their registration is
    cancelled, and they are told. No place is held.

    A participant who stood here already stays as they are, and the work is the same. Raises InOwnHands.
    """
    with lock.place_lock(edition.pk):
        yield
        if receipt is None:
            return
        row = _to_correct(receipt)
        with written(kept=not receipt["second"]):
            if row is not None:
                transitions.cancel(row)
        drop(receipt)


def correct(
    edition: Edition,
    receipt: Receipt,
    answers: Answers,
    *,
    language: str,
    form_token: UUID,
    helper: Helper | None = None,
) -> Receipt:
    """All answers as they are sent now, in one transaction; standing, place and number stay.

    A `helper` is not asked what the person needs and agrees to: that stays as the person has said it.

    A visitor whose sign-up was a repeat (signing_up.rules) gets the same answer, and the participant who stands here
    stays as they are. A participant who is erased meanwhile signs up anew. Raises InOwnHands, and what
    changing.change_answers and rules.sign_up raise.
    """
    newcomer = rules.newcomer(
        edition, answers, form_token=one_form(form_token, edition, answers), language=language, helper=helper
    )
    with lock.place_lock(edition.pk) as intake:
        row = _to_correct(receipt)
        if receipt["second"]:
            told = _repeat(newcomer, receipt, answers, intake)
        elif row is not None:
            told = _change(row, receipt, answers, language, helper)
        elif Registration.objects.filter(pk=receipt["pk"]).exists():
            raise InOwnHands(receipt, is_cancelled=True)
        else:
            told = rules.take_in(newcomer, answers, intake)
        new = receipt_for(told, answers, number=receipt["number"], is_slip=helper is not None)
        if receipt["second"] or row is not None:
            new = _after_correction(new, receipt)
        write(new)
    return new


def answer_about_participants(edition: Edition, receipt: Receipt, answers: Inclusion) -> None:
    """The skippable page: gender, age group and groups. Sent again, the new ones count.

    They are not kept from a visitor who signed up a participant that stands here already: it may be another person.
    Raises InOwnHands, and lock.TooLate for a registration that is gone or that staff have merged.
    """
    with lock.place_lock(edition.pk):
        row = _to_correct(receipt)
        if row is None or (row.is_sealed and not receipt["second"]):
            raise lock.TooLate
        with written(kept=not receipt["second"]):
            InclusionAnswers.objects.update_or_create(registration=row, defaults=answers)
        write({**receipt, "has_answered": any(answers.values())})


def _to_correct(receipt: Receipt) -> Registration | None:
    """As it stands now, or None: cancelled or erased meanwhile. Raises InOwnHands."""
    row = Registration.objects.filter(pk=receipt["pk"]).exclude(status=Status.CANCELLED).first()
    has_other_link = row is not None and row.link_version != receipt["link_version"]
    if is_in_own_hands(receipt) or has_other_link:
        raise InOwnHands(receipt)
    return row


def _after_correction(new: Receipt, old: Receipt) -> Receipt:
    typed: Marks = {
        "names": list({*new["typed"]["names"], *old["typed"]["names"]}),
        "contacts": list({*new["typed"]["contacts"], *old["typed"]["contacts"]}),
    }
    return {**new, "typed": typed, "was_corrected": True, "has_answered": old["has_answered"]}


def _change(row: Registration, receipt: Receipt, answers: Answers, language: str, helper: Helper | None) -> SignedUp:
    # This form does not ask for the language of our messages: it is the one in which the form is sent, as at first.
    person = {**answers.person, "language": language}
    if helper:
        changing.change_answers(row, person=person | {"helper": helper}, days=answers.days, extra=answers.extra)
    else:
        changing.change_answers(row, person=person, days=answers.days, sessions=answers.breakouts, extra=answers.extra)
        changing.change_needs(row, needs=dict(answers.inclusion))
        changing.change_travel(row, travel=None if answers.travel is None else dict(answers.travel))
        changing.change_agreements(row, agreements=answers.consents, language=language)
    return SignedUp(
        pk=row.pk,
        edition_pk=row.edition_id,
        code=row.code,
        status=receipt["status"],
        days=answers.days,
        has_email=bool(row.email),
        link_version=row.link_version,
        second=None,
    )


def _repeat(row: Registration, receipt: Receipt, answers: Answers, intake: Intake) -> SignedUp:
    """Signs up once more under the same number, and refuses what would be refused to a newcomer who changes this.

    With another name or address it may be a newcomer now.
    """
    if not intake.takes_changes:
        raise lock.TooLate
    more = {day for day in answers.days if day.date.isoformat() not in receipt["days"]}
    if receipt["status"] in HOLDING_A_PLACE and Hall(intake).is_full_on(more):
        raise lock.NoPlaceLeft
    row.code = receipt["spoken_code"].replace("-", "")
    SecondNumber.objects.filter(registration=receipt["pk"], code=row.code).delete()
    told = rules.take_in(row, answers, intake, is_late=True)
    return replace(told, status=receipt["status"]) if told.repeats else told
