"""Letters to people who are no participants, such as proposers: they leave after what they tell of is kept.

A letter is written when it leaves: neither its text nor a link is kept, and what is no longer true is not said.
Without a mail server, and for a person without an address, staff hand the text on: the pages of the staff show it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q

from conference import clock
from conference.models import Edition
from contributions.choices import ToldState
from contributions.models import Told

LEASE = timedelta(minutes=2)  # longer than the patience with a mail server
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 30  # over about a day
AT_ONCE = 50  # in one round


@dataclass(frozen=True)
class Letter:
    email: str
    subject: str
    text: str


# From the kind of a letter and the key of its row; None where it is no longer true, or there is no address.
Writer = Callable[[str, int], Letter | None]


def put(edition: Edition, kind: str, key: int, *, email: str) -> bool:
    """Writes a letter in the caller's transaction. False where it cannot go by e-mail: staff hand it on."""
    if not (settings.SENDS_EMAIL and email):
        return False
    Told.objects.create(edition=edition, kind=kind, key=key)
    return True


def send_due(writers: Mapping[str, Writer]) -> list[Told]:
    """Sends what is due; gives those that were given up. `writers`: by how the kind begins; letters of other kinds
    wait for theirs. Any number of processes may do this side by side.
    """
    failed = []
    ours = reduce(or_, (Q(kind__startswith=begin) for begin in writers))
    due = Told.objects.filter(ours, state=ToldState.QUEUED, due_at__lte=clock.now()).order_by("due_at", "pk")
    for told in due[:AT_ONCE]:
        seen = Told.objects.filter(pk=told.pk, attempts=told.attempts, state=ToldState.QUEUED)
        if not seen.update(attempts=F("attempts") + 1, due_at=clock.now() + LEASE):
            continue  # another process has it
        try:
            state = _sent(told, writers)
        except Exception:  # whatever is wrong with one letter must not hold up the others
            state = ToldState.FAILED if told.attempts + 1 >= MAX_ATTEMPTS else ToldState.QUEUED
        wait = min(timedelta(minutes=2**told.attempts), LONGEST_WAIT)
        when = {"due_at": clock.now() + wait} if state == ToldState.QUEUED else {"done_at": clock.now()}
        Told.objects.filter(pk=told.pk, attempts=told.attempts + 1).update(state=state, **when)
        failed += [told] if state == ToldState.FAILED else []
    return failed


def _sent(told: Told, writers: Mapping[str, Writer]) -> ToldState:
    write = next(writer for begin, writer in writers.items() if told.kind.startswith(begin))
    letter = write(told.kind, told.key)
    if letter is not None:
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
        headers = {"Message-ID": f"<{told.uuid}@{host}>", "Auto-Submitted": "auto-generated"}
        subject = " ".join(letter.subject.split())  # no line break that could begin another header
        EmailMessage(subject, letter.text, to=[letter.email], headers=headers).send()
    return ToldState.SENT
