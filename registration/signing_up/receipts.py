"""What a browser is shown after it has signed a person up.

A receipt is made from the answer to the sign-up and not from the row: a visitor who types the address and name of
another person must not learn whether that person stands here already (signing_up.rules).

It stands in a column of the row that the sign-up writes anyway: the registration of a newcomer, or the second number
of a participant who stood here already. So it goes with the participant, from every browser at once, and after a day.
The session holds the key of that row.
"""

import time
from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict, cast
from uuid import uuid4

from django.conf import settings
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from conference.language.khmer import match_key
from conference.models import Edition
from registration.choices import Status
from registration.links import WaysBack, ways_back
from registration.models import Registration, SecondNumber
from registration.models.codes import spoken
from registration.models.registration import CONTACTS
from registration.places import lock
from registration.signing_up.answers import Answers, Person, SignedUp

SALT = "registration.receipts.typed"


class Marks(TypedDict):
    """What was typed as names and as contacts, to be compared with what is typed next. Neither can be told from it."""

    names: list[str]
    contacts: list[str]


class Kept(TypedDict):
    """The column `receipt` of both tables."""

    at: int  # seconds, when it was written: real time, as that of sessions
    typed: Marks
    was_corrected: bool
    status: str
    days: list[str]  # ISO dates
    by_email: bool  # the link goes there and is not shown
    has_answered: bool  # the skippable page about participants
    name_km: NotRequired[str]  # on the slips that a helper prints
    name_latin: NotRequired[str]


class Key(TypedDict):
    """What the session holds."""

    number: int  # 1 for the first that this browser sent
    pk: int  # of the registration
    second: int | None  # of the second number, where the participant stood here already
    link_version: int  # a link that was replaced closes the page of the browser
    form: NotRequired[str]  # of a helper: the slips of one form are shown together


class Receipt(Kept, Key):
    spoken_code: str
    in_own_hands: bool  # as the column says, or it is cancelled: nothing is corrected here any more


def marks_of(person: Person, ties: Sequence[str] = ()) -> Marks:
    """`ties` (signing_up.answers) count as contacts."""

    def marks(values: list[str]) -> list[str]:
        return [salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:16] for value in values if value]

    contacts = {"phone": person["phone"], "telegram": person["telegram"], "email": person["email"]}
    return {
        "names": marks([match_key(person["name_km"]), match_key(person["name_latin"])]),
        "contacts": marks([*(contacts[name].lower() for name in CONTACTS), *ties]),
    }


def kept_of(answers: Answers, *, status: str, by_email: bool, is_slip: bool) -> Kept:
    person = answers.person
    kept: Kept = {
        "at": int(time.time()),
        "typed": marks_of(person, answers.ties),
        "was_corrected": False,
        "status": str(status),
        "days": [day.date.isoformat() for day in answers.days],
        "by_email": by_email,
        "has_answered": False,
    }
    if is_slip:  # each name stands there as the helper typed it
        kept["name_km"], kept["name_latin"] = person["name_km"], person["name_latin"]
    return kept


def receipt_for(told: SignedUp, answers: Answers, *, number: int, is_slip: bool = False) -> Receipt:
    key: Key = {"number": number, "pk": told.pk, "second": told.second, "link_version": told.link_version}
    kept = kept_of(answers, status=told.status, by_email=told.has_email, is_slip=is_slip)
    return cast(Receipt, {**kept, **key, "spoken_code": told.spoken_code, "in_own_hands": False})


def key_of(receipt: Receipt) -> Key:
    return cast(Key, {name: value for name, value in receipt.items() if name in Key.__annotations__})


def write(receipt: Receipt) -> None:
    """In place of what stands there. Signing up writes the first one itself, with its row."""
    kept = {name: value for name, value in receipt.items() if name in Kept.__annotations__}
    kept["at"] = int(time.time())
    if receipt["second"]:
        SecondNumber.objects.filter(pk=receipt["second"]).update(receipt=kept)
    else:
        Registration.objects.filter(pk=receipt["pk"]).update(receipt=kept)


def drop(receipt: Receipt) -> None:
    """What it was given for is taken back: the browser sees it no more, and the same form signs up anew."""
    if receipt["second"]:
        SecondNumber.objects.filter(pk=receipt["second"]).update(receipt=None, form_token=uuid4())
    else:
        Registration.objects.filter(pk=receipt["pk"]).update(receipt=None, form_token=uuid4())


def give_over(registration: Registration, held: Sequence[Key] = ()) -> None:
    """The participant acts on their own page, in a browser that holds these keys, or staff act for them. Every other
    browser that signed them up corrects nothing any more.

    Under the lock: a correction that has read the row would otherwise write it back.
    """
    with lock.place_lock_if_any(registration.edition_id):
        if not any(key["pk"] == registration.pk and not key["second"] for key in held):
            Registration.objects.filter(pk=registration.pk).update(in_own_hands=True)
        of_others = registration.second_numbers.exclude(pk__in=[key["second"] for key in held if key["second"]])
        of_others.update(in_own_hands=True)


def is_in_own_hands(key: Key) -> bool:
    """As the database has it now. One query, of whichever table."""
    if key["second"]:
        return SecondNumber.objects.filter(pk=key["second"], in_own_hands=True).exists()
    return Registration.objects.filter(pk=key["pk"], in_own_hands=True).exists()


def forget_past() -> None:
    """Those to which no session leads any more."""
    oldest = int(time.time()) - settings.SESSION_COOKIE_AGE
    for rows in (Registration.objects, SecondNumber.objects):
        past = rows.filter(receipt__at__lte=oldest)
        if past.exists():  # asked every few seconds: a look holds up no sign-up, as an update in vain would
            past.update(receipt=None)


def read(edition: Edition, keys: Sequence[Key]) -> list[tuple[Receipt, Registration]]:
    """Those of one edition, in the order of their keys. What was erased or emptied meanwhile is left out.

    One query for both tables: the work must not tell in which of them a receipt stands.
    """
    if not keys:
        return []
    firsts = {key["pk"] for key in keys if not key["second"]}
    seconds = {key["second"] for key in keys if key["second"]}
    rows = edition.registrations.annotate(
        second=F("second_numbers__pk"),
        second_code=F("second_numbers__code"),
        second_receipt=F("second_numbers__receipt"),
        second_in_own_hands=F("second_numbers__in_own_hands"),
    ).filter(Q(pk__in=firsts) | Q(second__in=seconds))
    by_first = {
        row.pk: (row, row.code, row.receipt, row.in_own_hands or row.status == Status.CANCELLED) for row in rows
    }
    by_second = {
        row.second: (row, row.second_code, row.second_receipt, row.second_in_own_hands)  # type: ignore[attr-defined]
        for row in rows  # these are no columns, but joined
    }
    receipts = []
    for key in keys:
        found = by_second.get(key["second"]) if key["second"] else by_first.get(key["pk"])
        row, code, kept, in_own_hands = found or (None, "", None, False)
        if row and kept:
            receipt = {**kept, **key, "pk": row.pk, "spoken_code": spoken(code), "in_own_hands": in_own_hands}
            receipts.append((cast(Receipt, receipt), row))
    return receipts


def shown(receipts: Sequence[tuple[Receipt, Registration]]) -> list[tuple[Receipt, list[date], WaysBack]]:
    """Each receipt with its days and the ways back. A receipt is left out if its registration has another link by now.
    A participant with an e-mail address gets the link there and nowhere else.
    """
    found = []
    for receipt, row in receipts:
        if receipt["by_email"] or row.link_version == receipt["link_version"]:
            days = [date.fromisoformat(day) for day in receipt["days"]]
            found.append((receipt, days, {} if receipt["by_email"] else ways_back(row)))
    return found
