"""What became of the calls of the call list. A message that waits for no call is passed over."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from conference import clock
from registration.choices import CallResult, MessageState
from registration.models import Call
from registration.models.messages import MessageQuerySet


def note_told(messages: MessageQuerySet, *, by: User) -> int:
    """The person was called and knows: they leave the call list."""
    done = {"state": MessageState.CALLED, "done_at": clock.now(), "contact": "", "call_at": None}
    return _note(messages, CallResult.TOLD, by, **done)


def note_no_answer(messages: MessageQuerySet, *, by: User) -> int:
    """The person was called and did not answer. They stay on the call list."""
    return _note(messages, CallResult.NO_ANSWER, by, tries=F("tries") + 1, tried_at=clock.now(), call_at=None)


def call_again(messages: MessageQuerySet, at: datetime, *, by: User) -> int:
    """The person answered, and is to be called at another time. They stay on the call list."""
    return _note(messages, CallResult.LATER, by, call_at=at)


# object: the columns have values of different types.
def _note(messages: MessageQuerySet, result: CallResult, by: User, **columns: object) -> int:
    with transaction.atomic():
        called = messages.open_calls()
        Call.objects.bulk_create(
            [Call(message_id=pk, by=by, result=result) for pk in called.values_list("pk", flat=True)]
        )
        return called.update(**columns)
