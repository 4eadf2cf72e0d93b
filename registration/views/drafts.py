"""What a visitor has typed into the pages of the sign-up form until now.

It lies in the visitor's session, encrypted like the sensitive answers, and opens for one hour. Then the next of these
functions that writes takes it out, and the session itself has ended by then if the visitor never came back
(conference.serving.sessions). A form is named by its token, so that two tabs are two forms.
"""

import json
from typing import TypedDict
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.http import HttpRequest

from conference.serving.sessions import BEGUN_FORMS, BEGUN_SECONDS
from registration.encryption.columns import box

MOST = 3  # forms in one session; the oldest goes
LARGEST = 60_000  # characters: more than every answer at its full length


class Draft(TypedDict):
    page: int  # the one that comes next
    typed: dict[str, list[str]]  # by the name of the field, as the browser sent it
    is_sent: bool  # it is kept for a correction


Sealed = list[tuple[str, str]]


def get(request: HttpRequest, token: str | UUID) -> Draft | None:
    """None where there is none, or it is older than an hour."""
    return next((draft for name, draft in _opened(request) if name == str(token)), None)


def put(request: HttpRequest, token: UUID, draft: Draft) -> bool:
    """As the newest. False for a form that is too large to be kept: then nothing is."""
    text = json.dumps(draft)
    if len(text) > LARGEST:
        return False
    others = [one for one in _kept(request) if one[0] != str(token) and _open(one[1])]
    request.session[BEGUN_FORMS] = [*others, (str(token), box().encrypt(text.encode()).decode())][-MOST:]
    return True


def forget(request: HttpRequest, token: UUID) -> None:
    others = [one for one in _kept(request) if one[0] != str(token) and _open(one[1])]
    if others:
        request.session[BEGUN_FORMS] = others
    else:
        request.session.pop(BEGUN_FORMS, None)


def unfinished(request: HttpRequest) -> tuple[str, Draft] | None:
    """The token and the form that the visitor began last and has not sent."""
    return next((one for one in reversed(_opened(request)) if not one[1]["is_sent"]), None)


def _kept(request: HttpRequest) -> Sealed:
    kept: Sealed = request.session.get(BEGUN_FORMS, [])
    return kept


def _opened(request: HttpRequest) -> list[tuple[str, Draft]]:
    return [(token, draft) for token, sealed in _kept(request) if (draft := _open(sealed))]


def _open(sealed: str) -> Draft | None:
    try:
        draft: Draft = json.loads(box().decrypt(sealed, ttl=BEGUN_SECONDS))
    except InvalidToken:
        return None
    return draft
