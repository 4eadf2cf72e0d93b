"""Finding one's own registration again, without telling strangers who is registered.

By e-mail the link is sent to the address. A participant without e-mail opens the own page with the reference number
and the telephone. Badges show the number and colleagues know the telephone: these two open standing and practical
things only, and the private code opens the rest.

One visitor has few tries for one person, and not many in all. No limit is on a person: a stranger could use it to shut
that person out.
"""

from collections.abc import Sequence

from django.db import transaction

from conference.models import Edition
from registration import links
from registration.choices import MessageKind
from registration.equal_work import written
from registration.messages import outbox
from registration.models import FindAttempt, Intake, Registration
from registration.models.registration import LINKS_A_DAY

# Where no registration is found, the same work is done for this one; what is written about it is taken back.
STAND_IN = Registration(pk=0, email="stand-in@example.org")


class TooOften(Exception):
    """This visitor has tried too often in the last hour."""


def send_links(edition: Edition, email: str) -> None:
    """To each registration with the address. It is the same work if there is none."""
    found = list(Registration.objects.may_be_sent_their_link(edition, email))
    _send(found or [STAND_IN], kept=bool(found))


def open_by_number(edition: Edition, code: str, phone: str, *, visitor: str) -> Registration | None:
    """The registration that a reference number and its telephone open, or None.

    A participant with an e-mail address gets the link there instead: None, as if no registration had been found.
    """
    for_person = [
        FindAttempt.of_person(edition, visitor, "number", code),
        FindAttempt.of_person(edition, visitor, "phone", phone),
    ]
    _try(FindAttempt.by(edition, visitor), for_person)
    registration = Registration.objects.with_links_today().that_opens(edition, code, phone)
    intake = Intake.of(edition)
    if registration is not None and not registration.email and intake is not None and not intake.links_expired():
        FindAttempt.objects.take_back(for_person)
        return registration
    may_be_sent = registration is not None and bool(registration.email) and registration.links < LINKS_A_DAY
    _send([registration or STAND_IN], kept=may_be_sent)
    return None


def say_private_code(registration: Registration, typed: str, *, visitor: str) -> bool:
    """Whether it is the registration's private code: then the page opens all, in this browser.

    A link that staff have seen stays as it was: they may have kept a copy.
    """
    for_person = [FindAttempt.of_person(registration.edition, visitor, "private code", str(registration.pk))]
    _try(FindAttempt.by(registration.edition, visitor), for_person)
    if registration.is_sealed or not links.is_private_code(registration, typed):
        return False
    FindAttempt.objects.take_back(for_person)
    registration.is_trusted = True
    return True


def _try(by_visitor: FindAttempt, for_person: list[FindAttempt]) -> None:
    """Raises TooOften. Written before they are counted: of many at once, too, only so many get through."""
    attempts = [by_visitor, *for_person]
    FindAttempt.objects.bulk_create(attempts)
    if FindAttempt.objects.too_many(attempts):
        FindAttempt.objects.take_back(attempts)  # else a person who keeps trying would never be let in again
        raise TooOften


def _send(registrations: Sequence[Registration], *, kept: bool) -> None:
    with transaction.atomic(), written(kept=kept):
        for registration in registrations:
            outbox.put(registration, MessageKind.LINK)
