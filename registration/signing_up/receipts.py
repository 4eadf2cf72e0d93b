"""What a browser is shown after it has signed a person up. It is kept in models.KeptReceipt, its key in the session.

A receipt is made from the answer to the sign-up and not from the row: a visitor who types the address and name of
another person must not learn whether that person stands here already (signing_up.rules).
"""

from datetime import date
from typing import NotRequired, TypedDict

from django.utils.crypto import salted_hmac

from conference.khmer import match_key
from conference.models import Edition
from registration.links import WaysBack, ways_back
from registration.models.registration import CONTACTS
from registration.signing_up.answers import Person, SignedUp

SALT = "registration.receipts.typed"


class Marks(TypedDict):
    """What was typed as names and as contacts, to be compared with what is typed next. Neither can be told from it."""

    names: list[str]
    contacts: list[str]


class Receipt(TypedDict):
    number: int  # 1 for the first that this browser sent
    typed: Marks
    was_corrected: bool
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


def marks_of(person: Person) -> Marks:
    def marks(values: list[str]) -> list[str]:
        return [salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:16] for value in values if value]

    contacts = {"phone": person["phone"], "telegram": person["telegram"], "email": person["email"]}
    return {
        "names": marks([match_key(person["name_km"]), match_key(person["name_latin"])]),
        "contacts": marks([contacts[name].lower() for name in CONTACTS]),
    }


def receipt_for(told: SignedUp, person: Person, *, number: int = 1) -> Receipt:
    return {
        "number": number,
        "typed": marks_of(person),
        "was_corrected": False,
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
