"""What a browser is shown after it has signed a person up. The session keeps it.

A receipt is made from the answer to the sign-up and not from the row: a visitor who types the address and name of
another person must not learn whether that person stands here already (signing_up.rules).
"""

from datetime import date
from typing import NotRequired, TypedDict

from conference.models import Edition
from registration.links import WaysBack, ways_back
from registration.signing_up.answers import SignedUp


class Receipt(TypedDict):
    pk: int
    link_version: int
    repeats: bool
    edition: int
    spoken_code: str
    status: str
    days: list[str]  # ISO dates
    by_email: bool  # the link goes there and is not shown
    has_answered: bool  # the skippable page about participants
    name_km: NotRequired[str]  # on the slips that a helper prints
    name_latin: NotRequired[str]


def receipt_for(told: SignedUp) -> Receipt:
    return {
        "pk": told.pk,
        "link_version": told.link_version,
        "repeats": told.repeats,
        "edition": told.edition_pk,
        "spoken_code": told.spoken_code,
        "status": str(told.status),
        "days": [day.date.isoformat() for day in told.days],
        "by_email": told.has_email,
        "has_answered": False,
    }


def shown(edition: Edition, receipts: list[Receipt]) -> list[tuple[Receipt, list[date], WaysBack]]:
    """Each receipt with its days and the ways back. A receipt is left out if its registration is erased or has
    another link by now. A participant with an e-mail address gets the link there and nowhere else.
    """
    rows = edition.registrations.in_bulk([receipt["pk"] for receipt in receipts])
    found = []
    for receipt in receipts:
        row = rows.get(receipt["pk"])
        is_current = row is not None and row.link_version == receipt["link_version"]
        if receipt["edition"] == edition.pk and (receipt["by_email"] or is_current):
            days = [date.fromisoformat(day) for day in receipt["days"]]
            found.append((receipt, days, {} if receipt["by_email"] or row is None else ways_back(row)))
    return found
