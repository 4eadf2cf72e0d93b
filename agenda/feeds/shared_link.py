"""The pictures of shared links: their addresses, and how they are kept.

An address holds a mark of what is written in the picture, so that a change has a new address: chats keep what stood at
an address for long. Only the cloth may change under the same address.
"""

import hashlib

from django.core.cache import caches
from django.urls import reverse

from agenda.feeds.share_image import edition_picture, session_picture
from agenda.programme.value import Place, Programme
from conference import clock
from conference.models import Edition

LOOK = 1  # counts on when pictures are drawn in another way
MOST_A_MINUTE = 30  # pictures that each process draws: a stranger who asks for all of them does not hold it up
TWO_MINUTES = 120


class TooMany(Exception):
    """Others are drawn first."""


def address(edition: Edition, place: Place | None = None) -> str:
    if place is None:
        return reverse("agenda:share", args=[edition.year, mark_of(edition)])
    return reverse("agenda:share_session", args=[edition.year, mark_of(edition, place), place.session.code])


def mark_of(edition: Edition, place: Place | None = None) -> str:
    """Of all that is written in the picture. A page has it at hand: no table is read for it."""
    written: list[object] = [LOOK, edition.title, edition.city, edition.starts_on, edition.ends_on]
    if place:
        written += [place.session.title, place.day.date]
        written += [(one.starts_at, one.ends_at, one.state) for one in (place.session, place.parent) if one]
    return hashlib.sha256(repr(written).encode()).hexdigest()[:10]


def picture(programme: Programme, edition: Edition, place: Place | None) -> bytes:
    """Kept by what it shows. Raises TooMany; but the one picture of the edition is always drawn."""
    kept = caches["pictures"]
    shown = [
        LOOK,
        programme,
        place and place.session.code,
        edition.title,
        edition.city,
        edition.starts_on,
        edition.ends_on,
    ]
    key = hashlib.sha256(repr(shown).encode()).hexdigest()
    content: bytes | None = kept.get(key)
    if content is None:
        this_minute = f"drawn-{clock.now():%H%M}"
        kept.add(this_minute, 0, TWO_MINUTES)
        if kept.incr(this_minute) > MOST_A_MINUTE and place:
            raise TooMany
        content = session_picture(programme, edition, place) if place else edition_picture(programme, edition)
        kept.set(key, content, None)
    return content
