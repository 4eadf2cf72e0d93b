"""Telephone numbers as people type them, in Khmer or Latin digits, to one form: +85512323045."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conference.language.khmer import INVISIBLE, ascii_digits

REGION = "KH"
KHMER_NATIONAL = re.compile(r"[1-9]\d{7,8}")  # after the first 0: operator or province, then six or seven digits
DIALLED = re.compile(r"[+\d\s().\-]+")  # no letters: the library would dial them, as on old American telephones


def parse_phone(typed: str) -> str:
    """E.164, or "" for nothing typed. Raises ValidationError with a message that says what to do.

    "Possible" is asked of a number, not "valid": the numbering tables lag behind what operators hand out.
    """
    typed = ascii_digits(INVISIBLE.sub("", typed)).strip()
    if not typed:
        return ""
    if typed.startswith("00"):  # dialled from abroad; the library would read 00855 as Brazil's +55
        typed = "+" + typed[2:]
    try:
        number = phonenumbers.parse(typed, REGION) if DIALLED.fullmatch(typed) else None
    except phonenumbers.NumberParseException:
        number = None
    if number is not None:
        possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
        is_foreign = number.country_code != 855
        if possible and (is_foreign or KHMER_NATIONAL.fullmatch(str(number.national_number))):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValidationError(_("Write one telephone number in digits, for example 012 323 045."), code="phone")


def international(number: str) -> str:
    """+855 12 323 045: with its spaces, so that a spreadsheet takes it for text."""
    if not number:
        return ""
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
