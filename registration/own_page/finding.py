"""Finding one's own registration again, without telling strangers who is registered.

By e-mail the link is sent to the address. A participant without e-mail opens the own page with the reference number
and the telephone. After too many tries with one number, or with one telephone, none is taken for an hour, right or
wrong.
"""

from collections.abc import Sequence

from django.db import transaction

from conference.models import Edition
from registration.choices import MessageKind
from registration.equal_work import written
from registration.messages import outbox
from registration.models import FindAttempt, Intake, Registration
from registration.models.registration import LINKS_A_DAY

# Where no registration is found, the same work is done for this one; what is written about it is taken back.
STAND_IN = Registration(pk=0, email="stand-in@example.org")


class TooOften(Exception):
    """This number, or this telephone, was tried too often in the last hour."""


def send_links(edition: Edition, email: str) -> None:
    """To each registration with the address. It is the same work if there is none."""
    found = list(Registration.objects.may_be_sent_their_link(edition, email))
    _send(found or [STAND_IN], kept=bool(found))


def open_by_number(edition: Edition, code: str, phone: str) -> Registration | None:
    """The registration that a reference number and its telephone open, or None.

    A participant with an e-mail address gets the link there instead: None, as if no registration had been found.
    """
    attempts = [FindAttempt.of(edition, "number", code), FindAttempt.of(edition, "phone", phone)]
    # Written before they are counted: of many at once, too, only so many get through.
    FindAttempt.objects.bulk_create(attempts)
    if FindAttempt.objects.too_many(attempts):
        _take_back(attempts)  # else a person who keeps trying would never be let in again
        raise TooOften
    registration = Registration.objects.with_links_today().that_opens(edition, code, phone)
    intake = Intake.of(edition)
    if registration is not None and not registration.email and intake is not None and not intake.links_expired():
        _take_back(attempts)
        return registration
    may_be_sent = registration is not None and bool(registration.email) and registration.links < LINKS_A_DAY
    _send([registration or STAND_IN], kept=may_be_sent)
    return None


def _send(registrations: Sequence[Registration], *, kept: bool) -> None:
    with transaction.atomic(), written(kept=kept):
        for registration in registrations:
            outbox.put(registration, MessageKind.LINK)


def _take_back(attempts: list[FindAttempt]) -> None:
    FindAttempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).delete()
