"""Writes where registrations come to stand: the columns, who did it, the message. Few statements for any number.

Only under `place_lock`. One registration is written as many are: there is one rule.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Value, When

from conference import clock
from conference.serving.databases import BATCH, batches
from registration.choices import HOLDING_A_PLACE, Change, MessageKind, Status
from registration.messages import outbox
from registration.models import BreakoutChoice, Registration, Step
from registration.models.registration import set_keys

COLUMNS = [
    *("status", "place_no", "waiting_since", "waiting_turn", "offered_until", "decline_reason"),
    *("confirmed_by_hand", "in_own_hands", "person_key", "updated_at"),
]


def put(
    row: Registration,
    status: Status,
    *,
    place_no: int | None = None,
    waiting_turn: int | None = None,
    offered_until: datetime | None = None,
    decline_reason: str = "",
) -> None:
    """Sets the columns of one row, to be written. What belongs to the former standing goes."""
    row.status = status
    row.place_no = place_no if status in HOLDING_A_PLACE else None
    row.waiting_since = clock.now() if status == Status.WAITING else None
    row.waiting_turn, row.offered_until, row.decline_reason = waiting_turn, offered_until, decline_reason


def write(rows: Sequence[Registration], message: MessageKind, *, by: User | None = None, is_told: bool = True) -> None:
    """All of them have come to the same standing. Without `by` it was the participants, or the site."""
    now = clock.now()
    for row in rows:
        row.updated_at = now
    set_keys(rows)
    for some in batches(rows):
        columns = {name: _of_each(some, name) for name in COLUMNS}
        Registration.objects.filter(pk__in=[row.pk for row in some]).update(**columns)
        if gone := [row.pk for row in some if not row.is_coming]:
            BreakoutChoice.objects.filter(registration__in=gone).delete()  # the seats are free for others
    Step.objects.bulk_create([Step(registration=row, what=Change(message), by=by) for row in rows], batch_size=BATCH)
    if is_told:
        outbox.put_for_all(rows, message)


def _of_each(rows: Sequence[Registration], name: str) -> Any:
    """The value of a column, or what gives each row its own."""
    keys: dict[Any, list[int]] = {}
    for row in rows:
        keys.setdefault(getattr(row, name), []).append(row.pk)
    if len(keys) == 1:
        return next(iter(keys))
    field: Any = Registration._meta.get_field(name)
    return Case(*[When(pk__in=pks, then=Value(value, output_field=field)) for value, pks in keys.items()])
