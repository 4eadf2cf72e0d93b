"""How often a password or a code may be tried: counted by conference.serving.attempts, under these limits.

A full check of a password costs a quarter of a second of one core, on purpose. So it comes behind the limits, and a
password that is refused costs one query. No limit is on an account: a stranger could use it to keep a colleague out.

* One visitor has few tries for one account, and a few more for all accounts together.
* All visitors together have few in a minute, and one at a time in each process: what many addresses guess leaves the
  site to its visitors. Those who tried in vain share a small part, the others have a larger one: a colleague who comes
  does not wait behind those who guess.
* A browser in which a colleague has signed in before (accounts.browsers) has its own few tries for their account. Of
  the other limits only the last one concerns it, and it waits for its turn: neither strangers nor the other people
  behind one office address use its tries up.

A try counts while it is going on. What turns out right does not count: its rows are taken back.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from conference.serving import attempts
from conference.serving.attempts import Limit, Limited, TooOften

IN_A_MINUTE = 15  # of those who have not failed: a desk begins in the morning
AGAIN_IN_A_MINUTE = 3  # of those who have, all together
PATIENCE = 3  # seconds in which a browser that is known waits for its turn

_turn = threading.Lock()  # of this process


def of_password(visitor: str, name: str, browser: str) -> list[Limited]:
    """Raises TooOften, by one query. `browser` is empty where this account was never used in it. The name is as it was
    typed: it may be none.
    """
    name = name.casefold()
    if browser:
        return [(Limit("browser", a_quarter=5), f"{browser} {name}")]
    named, here = (Limit("visitor", a_quarter=5), f"{visitor} {name}"), (Limit("visitor", a_quarter=20), visitor)
    first = Limit("first in a minute", a_minute=IN_A_MINUTE, is_of_all=True), ""
    again = Limit("again in a minute", a_minute=AGAIN_IN_A_MINUTE, is_of_all=True), ""
    tried = attempts.tried(None, named, here, first, again)
    limited = [named, here, again if tried[here]["a_quarter"] else first]
    attempts.refuse({one: tried[one] for one in limited})
    return limited


def of_code(visitor: str, user_pk: int, browser: str) -> list[Limited]:
    """Only a person who has the password comes so far. A code is one of a million, and three of them are right."""
    here = Limit("code", a_quarter=5), f"{browser or visitor} {user_pk}"
    return [here] if browser else [here, (Limit("code", a_quarter=10), str(user_pk))]


def of_own_password(user_pk: int) -> list[Limited]:
    """For the change of a password. Only a session of the account comes so far: it may have been left open."""
    return [(Limit("own password", a_quarter=5), str(user_pk))]


def of_mail(visitor: str, address: str) -> list[Limited]:
    return [(Limit("mail", a_quarter=5), visitor), (Limit("mail to", a_quarter=3), address.casefold())]


@contextmanager
def in_turn(rows: list[int], *, browser: str) -> Iterator[None]:
    """Raises TooOften where another check is going on in this process: waiting would keep visitors waiting, too. Then
    the try, of which these are the rows, does not count.
    """
    if not _turn.acquire(timeout=PATIENCE if browser else 0):
        attempts.take_back(rows)
        raise TooOften(here=False)
    try:
        yield
    finally:
        _turn.release()
