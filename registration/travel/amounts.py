"""Amounts as people write them: KHR 120,000 / ១២០,០០០ រៀល."""

from decimal import Decimal

from django.utils.translation import gettext as _

from conference.words import digits


def money(amount: Decimal | int | str | None, currency: str) -> str:
    if amount is None or amount == "":
        return ""
    places = 0 if amount == Decimal(amount).to_integral_value() else 2
    number = digits(f"{amount:,.{places}f}")
    if currency == "USD":
        return _("USD %(amount)s") % {"amount": number}
    return _("KHR %(amount)s") % {"amount": number}
