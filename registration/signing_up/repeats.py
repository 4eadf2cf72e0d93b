"""A participant signs up again: with the same form, or while they stand here already (signing_up.rules)."""

import uuid
from collections.abc import Iterable

from django.db.models import Q
from django.utils.crypto import salted_hmac

from agenda.models import Day
from conference.models import Edition
from registration.choices import Status
from registration.models import Registration, SecondNumber
from registration.signing_up.answers import Answers, SignedUp

SALT = "registration.repeats.form"


def one_form(form_token: uuid.UUID, edition: Edition, answers: Answers) -> uuid.UUID:
    """Names one showing of the form together with one person: filled in for another person, it is another form."""
    value = [str(form_token), edition.pk, sorted(answers.person.items())]
    return uuid.UUID(bytes=salted_hmac(SALT, repr(value), algorithm="sha256").digest()[:16])


def one_that_leads_on(said: Iterable[str], form_token: uuid.UUID, edition: Edition, answers: Answers) -> str:
    """The first of what can be `said` of this form, to sign the person up anew, that was not said before in vain.

    It was in vain where the person was signed up by it, and has cancelled or acted elsewhere since: they would be
    asked once more, and for ever. One query for both tables: the work must not tell in which of them the form stands.
    """

    def was_in_vain(word: str) -> bool:
        form = one_form(uuid.uuid5(form_token, word), edition, answers)
        is_closed = Q(form_token=form) & (Q(status=Status.CANCELLED) | Q(in_own_hands=True))
        is_closed |= Q(second_numbers__form_token=form, second_numbers__in_own_hands=True)
        return Registration.objects.filter(is_closed).exists()

    return next(word for word in said if not was_in_vain(word))


def as_told_before(pk: int, form_token: uuid.UUID, days: list[Day]) -> SignedUp:
    """What the same form was answered the first time, even if the registration stands elsewhere since."""
    row = Registration.objects.get(pk=pk)
    first = row.messages.order_by("pk").first()
    second = row.second_numbers.filter(form_token=form_token).first()
    return SignedUp(
        pk=row.pk,
        edition_pk=row.edition_id,
        code=second.code if second else row.code,
        status=second.status if second else first.kind if first else row.status,
        days=days,
        has_email=bool(row.email),
        link_version=row.link_version,
        second=second.pk if second else None,
        is_same_form=True,
    )


def keep_number(row: Registration, pk: int) -> SecondNumber:
    """The number and the badge of a row that goes lead staff to the registration that stays, whose key is `pk`."""
    return SecondNumber.objects.create(
        registration_id=pk,
        code=row.code,
        badge_token=row.badge_token,
        form_token=row.form_token,
        status=row.status,
        receipt=row.receipt,
        in_own_hands=row.in_own_hands,
    )
