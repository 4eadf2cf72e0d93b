"""How often a password or a code may be tried.

A full check of a password costs a quarter of a second of one core, on purpose. So it comes behind the limits, and what
is refused costs one query. No limit is on an account: a stranger could use it to keep a colleague out.

* One visitor has few tries for one account, and a few more for all accounts together.
* All visitors together have few in a minute, and one at a time in each process: what many addresses guess leaves the
  site to its visitors. Those who tried in vain share a small part, the others have a larger one: a colleague who comes
  does not wait behind those who guess.
* A browser in which a colleague has signed in before (accounts.browsers) has its own few tries for their account. Of
  the other limits only the last one concerns it, and it waits for its turn: neither strangers nor the other people
  behind one office address use its tries up.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.account_tables import TRIES_WINDOW, SignInTry

SALT = "conference.accounts.tries"
IN_A_MINUTE = 15  # of those who have not failed: a desk begins in the morning
AGAIN_IN_A_MINUTE = 3  # of those who have, all together
AHEAD = timedelta(minutes=1)  # so far may the clocks of several machines of the site be apart
PATIENCE = 3  # seconds in which a browser that is known waits for its turn

_turn = threading.Lock()  # of this process


@dataclass(frozen=True)
class Limit:
    """So many tries with the same words in so long a time."""

    words: str
    number: int
    window: timedelta = TRIES_WINDOW
    is_of_all: bool = False

    @property
    def key(self) -> str:
        return salted_hmac(SALT, self.words, algorithm="sha256").hexdigest()


class TooOften(Exception):
    def __init__(self, *, here: bool) -> None:
        """`here`: this visitor tried too often. Else too many people try at this moment."""
        super().__init__()
        self.here = here


def of_password(visitor: str, name: str, browser: str) -> list[Limit]:
    """Raises TooOften, by one query. `browser` is empty where this account was never used in it. The name is as it was
    typed: it may be none.
    """
    name = name.casefold()
    if browser:
        return [Limit(f"browser {browser} {name}", 5)]
    named, here = Limit(f"visitor {visitor} {name}", 5), Limit(f"visitor {visitor}", 20)
    minute = timedelta(minutes=1)
    first = Limit("first in a minute", IN_A_MINUTE, minute, is_of_all=True)
    again = Limit("again in a minute", AGAIN_IN_A_MINUTE, minute, is_of_all=True)
    tried = _tried([named, here, first, again])
    limits = [named, here, again if here.key in tried else first]
    _refuse(limits, tried)
    return limits


def of_code(visitor: str, user_pk: int, browser: str) -> list[Limit]:
    """Only a person who has the password comes so far. A code is one of a million, and three of them are right."""
    return [Limit(f"code {browser or visitor} {user_pk}", 5), *([] if browser else [Limit(f"code {user_pk}", 10)])]


def of_own_password(user_pk: int) -> list[Limit]:
    """For the change of a password. Only a session of the account comes so far: it may have been left open."""
    return [Limit(f"own password {user_pk}", 5)]


def of_mail(visitor: str, address: str) -> list[Limit]:
    return [Limit(f"mail {visitor}", 5), Limit(f"mail to {address.casefold()}", 3)]


@contextmanager
def counted(limits: list[Limit]) -> Iterator["Try"]:
    """Raises TooOften. What turns out right is not counted: say so with `right()`."""
    _refuse(limits, _tried(limits))  # nothing is written
    attempt = Try([SignInTry(key=limit.key, at=timezone.now()) for limit in limits])
    SignInTry.objects.bulk_create(attempt.rows)
    try:
        # Written before they are counted once more: of many at once, too, only so many get through.
        _refuse(limits, _tried(limits), of_itself=1)
    except TooOften:
        attempt.right()  # else a person who keeps trying would never be let in again
        raise
    yield attempt


@contextmanager
def in_turn(attempt: "Try", *, browser: str) -> Iterator[None]:
    """Raises TooOften where another check is going on in this process: waiting would keep visitors waiting, too."""
    if not _turn.acquire(timeout=PATIENCE if browser else 0):
        attempt.right()
        raise TooOften(here=False)
    try:
        yield
    finally:
        _turn.release()


@dataclass(frozen=True)
class Try:
    rows: list[SignInTry]

    def right(self) -> None:
        SignInTry.objects.filter(pk__in=[row.pk for row in self.rows]).delete()


def _refuse(limits: list[Limit], tried: dict[str, int], *, of_itself: int = 0) -> None:
    for limit in limits:
        if tried.get(limit.key, 0) >= limit.number + of_itself:
            raise TooOften(here=not limit.is_of_all)


def _tried(limits: list[Limit]) -> dict[str, int]:
    """How often each was tried, by its key.

    What lies ahead was written by a wrong clock. It would keep people out until then.
    """
    now, within = timezone.now(), Q()
    for limit in limits:
        within |= Q(key=limit.key, at__gt=now - limit.window, at__lt=now + AHEAD)
    rows = SignInTry.objects.filter(within).order_by().values_list("key")
    return dict(rows.annotate(Count("pk")))
