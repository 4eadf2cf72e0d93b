"""What this browser was answered for the people whom it signed up, one after the other, as its session keeps it."""

from django.http import HttpRequest

from conference.models import Edition
from registration.signing_up.receipts import Receipt
from registration.views import opened


def receipts_of(request: HttpRequest, edition: Edition) -> list[Receipt]:
    """Those of one edition, the latest last."""
    return [receipt for receipt in _kept(request) if receipt["edition"] == edition.pk]


def latest_receipt(request: HttpRequest, edition: Edition) -> Receipt | None:
    return next(reversed(receipts_of(request, edition)), None)


def keep(request: HttpRequest, receipt: Receipt) -> None:
    """As the latest, in place of what it was before."""
    same = (receipt["edition"], receipt["number"])
    others = [one for one in _kept(request) if (one["edition"], one["number"]) != same]
    opened.put(request, opened.SIGNED_UP, [*others, receipt])


def _kept(request: HttpRequest) -> list[Receipt]:
    kept: list[Receipt] = opened.get(request, opened.SIGNED_UP) or []
    return kept
