"""Writing to many people at once: who gets what, and sending it, once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from registration.choices import ABOUT_COMING, GIVEN_UP, MessageKind, Status, Subject
from registration.lists.agreements import who_agreed
from registration.messages import outbox
from registration.models import Attendance, Letter, Message, MessageText, PlannedLetter, Registration
from registration.models.registration import ERASED_WORD
from registration.places.lock import place_lock

WHO_GETS: dict[str, set[Status]] = {
    MessageKind.REMINDER: {Status.CONFIRMED},
    MessageKind.THANKS: {Status.CONFIRMED},
    MessageKind.PROGRAMME: set(Status) - GIVEN_UP,
}


@dataclass(frozen=True)
class Addressees:
    by_email: list[Registration] = field(default_factory=list)
    by_telephone: list[Registration] = field(default_factory=list)
    left_out: list[Registration] = field(default_factory=list)  # whom such a letter does not concern
    had_one: int = 0  # who have had a letter of this kind before

    @property
    def all(self) -> list[Registration]:
        return self.by_email + self.by_telephone


def people_of(keys: Iterable[Any]) -> list[Registration]:
    """The registrations with these keys; those that are erased meanwhile are missing."""
    chosen = Registration.objects.filter(pk__in=keys).exclude(telegram=ERASED_WORD)
    return list(chosen.select_related("edition").order_by("pk"))


def addressees(kind: str, people: list[Registration]) -> Addressees:
    """After the last day no person gets a letter about coming. News of a later event goes to those who agreed, and
    that of the certificate to those who were there."""
    statuses = WHO_GETS.get(kind, set(Status))
    gets = [
        person
        for person in people
        if person.status in statuses and not (kind in ABOUT_COMING and person.edition.is_over)
    ]
    if kind == MessageKind.LATER_EVENT:
        agreed = set(who_agreed(Registration.objects.filter(pk__in=[one.pk for one in gets]), Subject.LATER_EVENTS))
        gets = [person for person in gets if person in agreed]
    if kind == MessageKind.CERTIFICATE:
        there = Attendance.objects.filter(registration__in=[one.pk for one in gets])
        were_there = set(there.values_list("registration", flat=True))
        gets = [person for person in gets if person.pk in were_there]
    concerned = set(gets)
    before = Message.objects.filter(kind=kind, registration__in=gets).people()
    return Addressees(
        by_email=[person for person in gets if outbox.goes_by_email(person)],
        by_telephone=[person for person in gets if not outbox.goes_by_email(person)],
        left_out=[person for person in people if person not in concerned],
        had_one=before.count(),
    )


def words_of(letter: Letter | PlannedLetter) -> MessageText | Letter | PlannedLetter | None:
    """What it says: its own words, or those that stand under “texts of messages”."""
    return letter if letter.is_written else MessageText.of(letter.edition, letter.kind)


def send(letter: Letter, keys: Iterable[Any]) -> Letter:
    """Sends a new letter to those whom it concerns now. The same letter sent again stays the one that was sent.

    Under the lock of the places: no person is erased between the look at them and the message to them. Raises Closed
    if the edition has no intake.
    """
    with place_lock(letter.edition_id):
        sent = Letter.objects.filter(form_token=letter.form_token).first()
        if sent:
            return sent
        people = addressees(letter.kind, people_of(keys)).all
        letter.people = len(people)
        letter.save(force_insert=True)
        outbox.put_letter(letter, people)
    return letter
