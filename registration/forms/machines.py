"""What programs do with a form, and people do not: they fill in a field that no person sees, and send it at once.

The form then comes back full and is to be sent once more; nothing is kept until then. No answer lies: a browser that
fills in forms by itself may have done it for a person. Who was asked is believed the next time, so that no person is
shut out. `shown` draws the two fields (templatetags/machines.py).
"""

import time
from typing import NamedTuple

from django.core import signing
from django.http import QueryDict

SALT = "registration.machines"
SECONDS = 2  # no person reads and fills in a form in less
LONGEST = 24 * 3600  # as long as any page of a form is any use
SHOWN, UNSEEN = "shown_at", "leave_empty"


class Shown(NamedTuple):
    """When the form was shown first, and whether its sender was asked to send it once more."""

    at: float
    was_asked: bool = False


def sealed(shown: Shown) -> str:
    return signing.dumps(shown, salt=SALT)


def shown(sent: QueryDict, *, is_asked: bool = False) -> str:
    """For the form, which may be shown again with what was sent."""
    before = _opened(sent)
    at = before.at if before else time.time()
    return sealed(Shown(at, is_asked or bool(before and before.was_asked)))


def seems_of_a_machine(sent: QueryDict) -> bool:
    before = _opened(sent)
    if before is None or time.time() - before.at < SECONDS:
        return True
    return bool(sent.get(UNSEEN)) and not before.was_asked


def _opened(sent: QueryDict) -> Shown | None:
    try:
        return Shown(*signing.loads(sent.get(SHOWN, ""), salt=SALT, max_age=LONGEST))
    except signing.BadSignature:
        return None
