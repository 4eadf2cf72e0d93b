"""Finding one's own registration again, without telling anybody who stands here.

By e-mail the link is sent to the address. Who has no e-mail opens their page with the reference number and the
telephone; whoever tries one number, or one telephone, too often is stopped for an hour, right or wrong.
"""

from django.db import transaction

from registration.choices import MessageKind
from registration.equal_work import written
from registration.messages import outbox
from registration.models import FindAttempt, Intake, Registration
from registration.models.registration import LINKS_A_DAY

# Stands in for whoever is not here: what is written about it is taken back.
NOBODY = Registration(pk=0, email="nobody@example.org")


class TooOften(Exception):
    """This number, or this telephone, was tried too often in the last hour."""


def send_links(edition, email):
    """To everybody who signed up with the address. It is the same work if nobody did."""
    found = list(Registration.objects.may_be_sent_their_link(edition, email))
    _send(found or [NOBODY], kept=bool(found))


def open_by_number(edition, code, phone):
    """The registration that a reference number and its telephone open, or None.

    Whoever gave an e-mail address gets the link there instead: None, as if nothing had been found.
    """
    attempts = [FindAttempt.of(edition, "number", code), FindAttempt.of(edition, "phone", phone)]
    # Written before they are counted: of many at once, too, only so many get through.
    FindAttempt.objects.bulk_create(attempts)
    if FindAttempt.objects.too_many(attempts):
        _take_back(attempts)  # else whoever keeps trying would never be let in again
        raise TooOften
    registration = Registration.objects.with_links_today().that_opens(edition, code, phone)
    if registration is not None and not registration.email and not Intake.of(edition).links_expired():
        _take_back(attempts)
        return registration
    may_be_sent = registration is not None and bool(registration.email) and registration.links < LINKS_A_DAY
    _send([registration or NOBODY], kept=may_be_sent)
    return None


def _send(registrations, *, kept):
    with transaction.atomic(), written(kept=kept):
        for registration in registrations:
            outbox.put(registration, MessageKind.LINK)


def _take_back(attempts):
    FindAttempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).delete()
