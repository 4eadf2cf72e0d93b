"""The last good copy of each public page, on disk: what is answered while the database is away.

A copy is of a page that every visitor sees, and holds nothing of a session. The processes of a machine share them.
"""

import hashlib
import re
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache, caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from conference import clock

RENEWED_EVERY = 60  # seconds: not each showing of a page is written down
LARGEST = 2_000_000  # bytes
NOT_KEPT = {"Cache-Control", "Expires", "Content-Length"}  # of the moment
TOP = re.compile(rb"<header[^>]*>|<main[^>]*>")  # behind whichever of them is first


class Copy(NamedTuple):
    at: datetime
    headers: dict[str, str]
    content: bytes


def note(request: HttpRequest, response: HttpResponse) -> None:
    """Of a page that was just drawn."""
    key = _key(request)
    if response.status_code != 200:
        forget(request)
    elif not response.streaming and len(response.content) <= LARGEST and cache.add(f"noted-{key}", 1, RENEWED_EVERY):
        headers = {name: value for name, value in response.headers.items() if name not in NOT_KEPT}
        _put(key, Copy(clock.now(), headers, response.content))


def forget(request: HttpRequest) -> None:
    """A page that is not there any more leaves no copy."""
    _put(_key(request), None)


def latest(request: HttpRequest) -> HttpResponse | None:
    """As of when it was, it says itself. None where there is none of the last day."""
    try:
        copy: Copy | None = caches["copies"].get(_key(request))
    except OSError:
        return None
    if copy is None:
        return None
    content = copy.content
    if copy.headers.get("Content-Type", "").startswith("text/html"):
        words = render_to_string("includes/as_of.html", {"moment": copy.at})
        content = TOP.sub(lambda top: top[0] + words.encode(), content, count=1)
    response = HttpResponse(content, headers=copy.headers)
    add_never_cache_headers(response)
    return response


def _key(request: HttpRequest) -> str:
    return "copy-" + hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()


def _put(key: str, copy: Copy | None) -> None:
    """A disk that is full must not keep a page from its reader."""
    try:
        if copy:
            caches["copies"].set(key, copy)
        else:
            caches["copies"].delete(key)
    except OSError:
        cache.delete(f"noted-{key}")
