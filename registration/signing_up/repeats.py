"""Somebody signs up again: with the same form, or where they stand already (registration.signup)."""

import uuid

from django.utils.crypto import salted_hmac

from registration.models import Registration, SecondNumber

SALT = "registration.repeats.form"


def one_form(form_token, edition, answers):
    """One showing of the form, filled in for one person: filled in again for somebody else, it is another."""
    value = [str(form_token), edition.pk, sorted(answers.person.items())]
    return uuid.UUID(bytes=salted_hmac(SALT, repr(value), algorithm="sha256").digest()[:16])


def as_told_before(pk, form_token):
    """What the same form was answered the first time, whatever has become of the registration since."""
    registration = Registration.objects.get(pk=pk)
    first = registration.messages.order_by("pk").first()
    registration.told = first.kind if first else registration.status
    if second := registration.second_numbers.filter(form_token=form_token).first():
        registration.repeats, registration.code, registration.told = True, second.code, second.status
    return registration


def keep_number(registration, pk):
    """Staff find the one registration by the other's number."""
    SecondNumber.objects.create(
        registration_id=pk, code=registration.code, form_token=registration.form_token, status=registration.status
    )
