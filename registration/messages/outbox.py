"""Messages on their way: written with what they tell of, sent afterwards, at least once, never lost with a process.

A message is claimed by one conditional update that gives it a lease, which its sender renews while it talks. Other
senders leave it alone until the lease is over, so that a sender that died is followed by another. Sent twice, it
carries the same Message-ID.

A process has one sender, and no connection to the database is held while it talks: a mail server that hangs delays
e-mails and nothing else.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet

from conference import clock
from conference.serving.databases import BATCH, batches
from registration.choices import MessageKind, MessageState
from registration.messages import emails, problems
from registration.messages.background import OneAtATime
from registration.messages.smtp import MayHaveArrived
from registration.models import Letter, Message, Registration
from registration.models.messages import MessageQuerySet

LEASE = timedelta(seconds=30)  # with a pause of tend_registration less than a minute
RENEWED_EVERY, RENEWALS = 10, 30  # seconds; a talk of more than five minutes comes to no end
PATIENCE = 5  # seconds of talk in vain: then the mail server is away, and the others need not try
MAX_ATTEMPTS = 30  # over about a day: a mail server that is away for a night loses nothing
LONGEST_WAIT = timedelta(hours=1)
IN_DOUBT = timedelta(hours=3)  # what may have arrived is sent once more, but not at once
PERMANENT = 500  # from this SMTP answer on, the server means it
A_DAY = 20  # e-mails to one address: more come of a visitor who types another person's address again and again


def put(registration: Registration, kind: MessageKind, *, contact: str = "", replaces: bool = True) -> None:
    """Writes a message in the caller's transaction. A person without e-mail goes on the desk's call list.

    `contact` is where it goes if not to the person's contact of now: their old one. What the message makes untrue or
    needless, and was not told yet, is not told any more. A sign-up looks for no such thing (`replaces`): a newcomer
    has none, and for a participant who is known the work is the same.
    """
    put_for_all([registration], kind, contact=contact, replaces=replaces)


def put_for_all(
    registrations: Sequence[Registration],
    kind: str,
    *,
    letter: Letter | None = None,
    contact: str = "",
    replaces: bool = True,
) -> None:
    """The same for many people at once, in a few statements however many they are."""
    for some in batches(registrations) if replaces else ():
        older = Message.objects.filter(registration__in=some).overtaken_by(kind)
        older.update(state=MessageState.REPLACED, done_at=clock.now())
    messages = [_message(registration, kind, letter, contact) for registration in registrations]
    Message.objects.bulk_create(messages, batch_size=BATCH)
    if any(message.state == MessageState.QUEUED for message in messages):
        _send_after_commit()


def put_news(registration: Registration) -> bool:
    """There is news on the own page. False where the same message is still on its way: one is enough."""
    if with_news_on_the_way().filter(registration=registration).exists():
        return False
    put(registration, MessageKind.OWN_NEWS)
    return True


def with_news_on_the_way() -> QuerySet[Message, Any]:
    """The keys of the registrations to which such a message is on its way."""
    return Message.objects.filter(kind=MessageKind.OWN_NEWS).still_to_be_told().values("registration")


def put_letter(letter: Letter, registrations: list[Registration]) -> None:
    put_for_all(registrations, letter.kind, letter=letter, replaces=False)


def goes_by_email(registration: Registration) -> bool:
    return bool(settings.SENDS_EMAIL and registration.email)


def try_again(messages: MessageQuerySet) -> int:
    """Failed ones are sent once more, now. `attempts` stays: it fences off a sender that is still on its way."""
    number = messages.failed().update(state=MessageState.QUEUED, due_at=clock.now(), done_at=None)
    _send_after_commit()
    return number


def tell_by_telephone(messages: MessageQuerySet) -> int:
    """They left by e-mail and came back, or were given up: onto the call list."""
    gone = messages.filter(state__in=[MessageState.SENT, MessageState.FAILED]).still_true()
    return gone.update(state=MessageState.TO_CALL, done_at=None, problem=problems.CAME_BACK)


def send_after_all(messages: MessageQuerySet) -> int:
    """From the call list to those who have an address by now, or had one before e-mail was set up."""
    if not settings.SENDS_EMAIL:
        return 0
    to_send = [one.pk for one in messages.open_calls().select_related("registration") if one.email]
    calls = Message.objects.open_calls().filter(pk__in=to_send)
    number = calls.update(state=MessageState.QUEUED, due_at=clock.now(), problem="")
    _send_after_commit()
    return number


def leave_what_is_too_late() -> int:
    """What is about coming waits for no call and no e-mail any more once the conference is over."""
    waits = [MessageState.QUEUED, MessageState.TO_CALL, MessageState.FAILED]
    late = Message.objects.filter(state__in=waits).too_late()
    if not late.exists():  # a look costs less than an update in vain, as in _claim
        return 0
    return late.update(state=MessageState.REPLACED, done_at=clock.now())


def send_due(*, seconds: float = 3600) -> int:
    """Sends what is due, and returns how many left. Any number of processes may do this side by side.

    Where the mail server keeps us waiting in vain, and where the time is over, the others stay due: for the next look.
    """
    sent, until = 0, time.monotonic() + seconds
    for message in Message.objects.due():
        began = time.monotonic()
        if began > until:
            break
        if _claim(message) and (claimed := _as_it_is_now(message)):
            has_left = _send(claimed)
            sent += has_left
            if not has_left and time.monotonic() - began > PATIENCE:
                break
    return sent


def _claim(message: Message) -> bool:
    """True for exactly one of the senders that try: `attempts` fences off all that saw it before."""
    seen = Message.objects.due().filter(pk=message.pk, attempts=message.attempts)
    if not seen.exists():  # a look costs less than a failed update, which would wait for SQLite's write lock
        return False
    claimed = seen.update(state=MessageState.SENDING, attempts=F("attempts") + 1, due_at=clock.now() + LEASE)
    message.attempts += claimed
    return bool(claimed)


def _as_it_is_now(message: Message) -> Message | None:
    """While others were sent, the person may have changed their address. None where the row is gone, or another's."""
    claimed = Message.objects.filter(pk=message.pk, attempts=message.attempts)
    return claimed.select_related("registration__edition", "letter").first()


def _send(message: Message) -> bool:
    if Message.objects.sent_today_to(message.email) >= A_DAY:
        _finish(message, state=MessageState.TO_CALL, problem=problems.TOO_MANY)
        return False
    try:
        email = emails.compose(message)
        if not connection.in_atomic_block:
            connection.close()  # the mail server may take its time; afterwards there is another
        with _lease_kept(message):
            email.send()
    except Exception as error:  # whatever is wrong with one message must not hold up the others
        _later_or_never(message, error)
        return False
    _finish(message, state=MessageState.SENT, done_at=clock.now(), problem="", contact="")
    return True


@contextmanager
def _lease_kept(message: Message) -> Iterator[None]:
    """Another thread renews it, for this one waits for the mail server. If the process dies, the lease runs out."""
    over = threading.Event()

    def renew() -> None:
        for _time in range(RENEWALS):
            if over.wait(RENEWED_EVERY):
                return
            try:
                ours = Message.objects.filter(pk=message.pk, attempts=message.attempts, state=MessageState.SENDING)
                ours.update(due_at=clock.now() + LEASE)
            except DatabaseError:  # away: then no other can claim the message either
                pass
            finally:
                connection.close()

    threading.Thread(target=renew, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _later_or_never(message: Message, error: Exception) -> None:
    """Never, if nothing comes right by itself. A server that says “not now” (4xx) may take it later.

    What may have arrived already is sent once more in all: at most twice, hours apart.
    """
    if isinstance(error, SMTPRecipientsRefused):
        is_hopeless = all(code >= PERMANENT for code, _text in error.recipients.values())
    else:
        is_hopeless = not isinstance(error, SMTPException | OSError)
    was_in_doubt = message.problem == problems.MAY_HAVE_ARRIVED
    is_in_doubt = isinstance(error, MayHaveArrived)
    problem = problems.MAY_HAVE_ARRIVED if was_in_doubt or is_in_doubt else type(error).__name__
    if is_hopeless or (was_in_doubt and is_in_doubt) or message.attempts >= MAX_ATTEMPTS:
        _finish(message, state=MessageState.FAILED, done_at=clock.now(), problem=problem)
    else:
        wait = IN_DOUBT if is_in_doubt else min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_WAIT)
        _finish(message, state=MessageState.QUEUED, due_at=clock.now() + wait, problem=problem)


def _finish(message: Message, **columns: Any) -> None:
    """Only if the lease is still ours."""
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(**columns)


def _message(registration: Registration, kind: str, letter: Letter | None, contact: str) -> Message:
    message = Message(registration=registration, kind=kind, letter=letter, contact=contact)
    message.state = MessageState.QUEUED if settings.SENDS_EMAIL and message.email else MessageState.TO_CALL
    return message


def _send_after_commit() -> None:
    """Where no worker runs (OUTBOX_THREAD): by this process, beside the answer, which has its transaction."""
    if settings.SENDS_EMAIL and settings.OUTBOX_THREAD:
        transaction.on_commit(_sender.ask)


_sender = OneAtATime(send_due)
