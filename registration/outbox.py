"""Messages on their way: written with what they tell of, sent afterwards, at least once, never lost with a process.

A message is claimed by one conditional update that gives it a lease; whoever else comes by leaves it alone until the
lease is over, so that a sender that died is followed by another. Sent twice, it carries the same Message-ID.
"""

import threading
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from registration import emails
from registration.choices import MessageState
from registration.models import Message

LEASE = timedelta(seconds=120)  # longer than EMAIL_TIMEOUT
MAX_ATTEMPTS = 12  # over about eight hours
LONGEST_WAIT = timedelta(hours=1)


def put(registration, kind):
    """Writes a message in the caller's transaction. Who has no e-mail is told by telephone: the desk's call list."""
    by_email = goes_by_email(registration)
    state = MessageState.QUEUED if by_email else MessageState.TO_CALL
    Message.objects.create(registration=registration, kind=kind, state=state)
    if by_email and settings.OUTBOX_THREAD:
        transaction.on_commit(_send_soon)


def goes_by_email(registration):
    return bool(settings.SENDS_EMAIL and registration.email)


def send_due():
    """Sends what is due, and returns how many left. Any number of processes may do this side by side."""
    sent = 0
    for message in Message.objects.due().select_related("registration__edition"):
        if _claim(message):
            sent += _send(message)
    return sent


def _claim(message):
    """True for exactly one of those who try: `attempts` fences off everybody who saw it before."""
    seen = Message.objects.due().filter(pk=message.pk, attempts=message.attempts)
    claimed = seen.update(state=MessageState.SENDING, attempts=F("attempts") + 1, due_at=timezone.now() + LEASE)
    message.attempts += claimed
    return bool(claimed)


def _send(message):
    try:
        emails.compose(message).send()
    except Exception as error:  # whatever is wrong with one message must not hold up the others
        _later_or_never(message, error)
        return False
    _finish(message, state=MessageState.SENT, done_at=timezone.now(), problem="")
    return True


def _later_or_never(message, error):
    hopeless = isinstance(error, SMTPRecipientsRefused) or not isinstance(error, SMTPException | OSError)
    problem = type(error).__name__
    if hopeless or message.attempts >= MAX_ATTEMPTS:
        _finish(message, state=MessageState.FAILED, done_at=timezone.now(), problem=problem)
    else:
        wait = min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_WAIT)
        _finish(message, state=MessageState.QUEUED, due_at=timezone.now() + wait, problem=problem)


def _finish(message, **columns):
    """Only if the lease is still ours."""
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(**columns)


def _send_soon():
    """Where no worker runs (OUTBOX_THREAD): a short thread of this process, after the answer has its transaction."""
    threading.Thread(target=_send_and_hang_up, daemon=True).start()


def _send_and_hang_up():
    try:
        send_due()
    finally:
        connections.close_all()
