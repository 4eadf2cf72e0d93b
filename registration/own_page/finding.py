"""Finding one's own registration again, without telling strangers who is registered.

By e-mail the link is sent to the address. A participant without e-mail opens the own page with the reference number
and the telephone. Badges show the number and colleagues know the telephone: these two open standing and practical
things only, and the private code opens the rest.

One visitor has few tries for one person, and not many in all.
"""

from collections.abc import Sequence

from django.db import transaction

from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit
from registration import links
from registration.choices import MessageKind
from registration.equal_work import written
from registration.messages import outbox
from registration.models import Intake, Registration
from registration.models.registration import LINKS_A_DAY

# Where no registration is found, the same work is done for this one; what is written about it is taken back.
STAND_IN = Registration(pk=0, email="stand-in@example.org")


# In the hall 300 people may share one address, and all look for their own page on the first morning.
BY_EMAIL = Limit("find by e-mail", an_hour=400, a_minute=60)
BY_NUMBER = Limit("visitor", an_hour=400, a_minute=60)
FOR_PERSON = Limit("person", an_hour=5)


def send_links(edition: Edition, email: str, *, visitor: str) -> None:
    """To each registration with the address. It is the same work if there is none. Raises TooOften."""
    attempts.count(edition, (BY_EMAIL, visitor))
    found = list(Registration.objects.may_be_sent_their_link(edition, email))
    _send(found or [STAND_IN], kept=bool(found))


def open_by_number(edition: Edition, code: str, phone: str, *, visitor: str) -> Registration | None:
    """The registration that a reference number and its telephone open, or None.

    A participant with an e-mail address gets the link there instead: None, as if no registration had been found.
    Raises TooOften.
    """
    for_person = _try(edition, visitor, f"number:{code}", f"phone:{phone}")
    registration = Registration.objects.with_links_today().that_opens(edition, code, phone)
    intake = Intake.of(edition)
    if registration is not None and not registration.email and intake is not None and not intake.links_expired():
        attempts.take_back(for_person)
        return registration
    may_be_sent = registration is not None and bool(registration.email) and registration.links < LINKS_A_DAY
    _send([registration or STAND_IN], kept=may_be_sent)
    return None


def say_private_code(registration: Registration, typed: str, *, visitor: str) -> bool:
    """Whether it is the registration's private code: then the page opens all, in this browser.

    A link that staff have seen stays as it was: they may have kept a copy. Raises TooOften.
    """
    for_person = _try(registration.edition, visitor, f"private code:{registration.pk}")
    if registration.is_sealed or not links.is_private_code(registration, typed):
        return False
    attempts.take_back(for_person)
    registration.is_trusted = True
    return True


def _try(edition: Edition, visitor: str, *people: str) -> list[int]:
    """Counts a try. The rows of those for one person are taken back where it was right. Raises TooOften."""
    rows = attempts.count(edition, *[(FOR_PERSON, f"{visitor}:{person}") for person in people], (BY_NUMBER, visitor))
    return rows[: len(people)]


def _send(registrations: Sequence[Registration], *, kept: bool) -> None:
    with transaction.atomic(), written(kept=kept):
        for registration in registrations:
            outbox.put(registration, MessageKind.LINK)
