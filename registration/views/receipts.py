"""What this browser was answered for the people whom it signed up.

The session keeps keys, never people: a receipt stands on the row of its participant (signing_up.receipts).
"""

from collections.abc import Sequence

from django.http import HttpRequest

from conference.models import Edition
from registration.models import Registration
from registration.signing_up.receipts import Key, Receipt, give_over, key_of, read
from registration.views import opened


def receipts_of(request: HttpRequest, edition: Edition) -> list[tuple[Receipt, Registration]]:
    """Those of one edition, each with its registration, the latest last."""
    return read(edition, _keys(request, opened.SIGNED_UP))


def next_number(request: HttpRequest, name: str) -> int:
    """Not their count: one of a participant who is erased has gone."""
    return max((key["number"] for key in _keys(request, name)), default=0) + 1


def keep(request: HttpRequest, receipt: Receipt) -> None:
    """As the latest, in place of what it was before."""
    others = [key for key in _keys(request, opened.SIGNED_UP) if key["number"] != receipt["number"]]
    opened.put(request, opened.SIGNED_UP, [*others, key_of(receipt)])


def keep_others(request: HttpRequest, receipts: Sequence[Receipt], form: str) -> None:
    """As the latest, each in place of what it was before."""
    new = {receipt["number"] for receipt in receipts}
    before = [key for key in _keys(request, opened.OTHERS) if key["number"] not in new]
    keys: list[Key] = [{**key_of(receipt), "form": form} for receipt in receipts]
    opened.put(request, opened.OTHERS, [*before, *keys])


def others_receipts(request: HttpRequest, edition: Edition) -> list[tuple[Receipt, Registration]]:
    """Those of one edition, the latest last."""
    return read(edition, _keys(request, opened.OTHERS))


def slips(request: HttpRequest, edition: Edition) -> list[tuple[Receipt, Registration]]:
    """Of the form that was sent last: also of a person who was taken out of it, for they are registered still."""
    receipts = others_receipts(request, edition)
    return [one for one in receipts if one[0].get("form") == receipts[-1][0].get("form")]


def acts_here(request: HttpRequest, registration: Registration) -> None:
    """To be said before a participant does something on their own page: it is theirs from here on."""
    give_over(registration, [*_keys(request, opened.SIGNED_UP), *_keys(request, opened.OTHERS)])


def _keys(request: HttpRequest, name: str) -> list[Key]:
    keys: list[Key] = opened.get(request, name) or []
    return keys
