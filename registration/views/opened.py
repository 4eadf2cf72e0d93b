"""What a browser may see of participants: their own page, the thanks for what it sent, and the slips of a helper.

Telephones are shared. So it ends with the browser (conference.serving.sessions), half an hour after it was last used,
and when the person leaves it. The session of a member of staff outlives all three; what it holds of participants
does not.
"""

import time
from typing import Any

from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.http import HttpRequest

from conference.serving.sessions import BEGUN_FORMS

KEYS = OWN, SIGNED_UP, OTHERS, GUARDIAN, TAKEN_BACK = (
    *("own_registration", "receipts", "slips"),
    *("guardian_call", "number_taken_back"),
)
USED_AT = "participant_page_used_at"
LONGEST = 30 * 60  # seconds
NOTED_EVERY = 5 * 60  # seconds: not each look at a page is written down


def now() -> int:
    return int(time.time())  # real time, as that of sessions


def put(request: HttpRequest, key: str, value: Any) -> None:
    if is_closed(request):
        _take_out(request)
    request.session[key] = value
    request.session[USED_AT] = now()


def get(request: HttpRequest, key: str) -> Any:
    """None where there is nothing, or it was not used for too long."""
    value, used_at = request.session.get(key), request.session.get(USED_AT)
    if value is None or used_at is None or is_closed(request):
        return None
    if now() - used_at > NOTED_EVERY:
        request.session[USED_AT] = now()
    return value


def is_closed(request: HttpRequest) -> bool:
    """By itself: it was not used for too long."""
    used_at = request.session.get(USED_AT)
    return used_at is not None and now() - used_at > LONGEST


def leave(request: HttpRequest) -> None:
    if STAFF_KEY not in request.session:
        request.session.flush()
    else:
        _take_out(request)
        request.session.pop(BEGUN_FORMS, None)


def _take_out(request: HttpRequest) -> None:
    for key in (*KEYS, USED_AT):
        request.session.pop(key, None)
