"""A participant signs up again: with the same form, or while they stand here already (signing_up.rules)."""

import uuid

from django.utils.crypto import salted_hmac

from agenda.models import Day
from conference.models import Edition
from registration.models import Registration, SecondNumber
from registration.signing_up.answers import Answers, SignedUp

SALT = "registration.repeats.form"


def one_form(form_token: uuid.UUID, edition: Edition, answers: Answers) -> uuid.UUID:
    """Names one showing of the form together with one person: filled in for another person, it is another form."""
    value = [str(form_token), edition.pk, sorted(answers.person.items())]
    return uuid.UUID(bytes=salted_hmac(SALT, repr(value), algorithm="sha256").digest()[:16])


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
    """The number of a row that goes leads staff to the registration that stays, whose key is `pk`."""
    return SecondNumber.objects.create(
        registration_id=pk,
        code=row.code,
        form_token=row.form_token,
        status=row.status,
        receipt=row.receipt,
        in_own_hands=row.in_own_hands,
    )
