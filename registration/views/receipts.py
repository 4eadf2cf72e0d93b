"""What this browser was answered for the people whom it signed up.

The session keeps keys, never people: the receipts lie in a table, and go with the participants.
"""

from collections.abc import Sequence

from django.http import HttpRequest

from conference.models import Edition
from registration.models import KeptReceipt
from registration.signing_up.receipts import Receipt
from registration.views import opened


def receipts_of(request: HttpRequest, edition: Edition) -> list[Receipt]:
    """Those of one edition, the latest last."""
    return [receipt for receipt in _kept(request, opened.SIGNED_UP).values() if receipt["edition"] == edition.pk]


def next_number(receipts: Sequence[Receipt]) -> int:
    """Not their count: one of a participant who is erased has gone."""
    return max((receipt["number"] for receipt in receipts), default=0) + 1


def latest_receipt(request: HttpRequest, edition: Edition) -> Receipt | None:
    return next(reversed(receipts_of(request, edition)), None)


def keep(request: HttpRequest, receipt: Receipt) -> None:
    """As the latest, in place of what it was before."""
    same = (receipt["edition"], receipt["number"])
    kept = _kept(request, opened.SIGNED_UP)
    replaced = [key for key, one in kept.items() if (one["edition"], one["number"]) == same]
    KeptReceipt.objects.filter(pk__in=replaced).delete()
    others = [key for key in kept if key not in replaced]
    opened.put(request, opened.SIGNED_UP, [*others, *_keys_of([receipt])])


def keep_others(request: HttpRequest, receipts: Sequence[Receipt]) -> None:
    opened.put(request, opened.OTHERS, _keys_of(receipts))


def others_receipts(request: HttpRequest) -> list[Receipt]:
    return list(_kept(request, opened.OTHERS).values())


def _keys_of(receipts: Sequence[Receipt]) -> list[int]:
    rows = [KeptReceipt(registration_id=receipt["pk"], answer=receipt) for receipt in receipts]
    return [row.pk for row in KeptReceipt.objects.bulk_create(rows)]


def _kept(request: HttpRequest, name: str) -> dict[int, Receipt]:
    """By key, in the order in which they came. What was erased meanwhile is left out."""
    keys = opened.get(request, name) or []
    rows = KeptReceipt.objects.in_bulk(keys) if keys else {}
    return {key: rows[key].answer for key in keys if key in rows}
