"""Sessions in the database, as Django keeps them; those of visitors are short, and those of staff end."""

import hmac
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

from conference.serving.passing import is_passing

STAFF_SECONDS = 12 * 3600  # from signing in, whatever happens
STAFF_IDLE_SECONDS = 2 * 3600
CLOCK_BACK = timedelta(hours=1)  # the clock was ahead by more when the session was written: it would not end in time
STAFF_RENEWED_SECONDS = 5 * 60  # work keeps a session open: written at most this often
SIGNED_IN_AT = "signed_in_at"
OPEN_UNTIL = "open_until"  # of a volunteer at the desk (accounts.volunteers): until that moment, idle or not
VOLUNTEER_SECONDS = 24 * 3600  # at most
VISITOR_SECONDS = 30 * 60
BEGUN_FORMS = "begun_forms"  # what a visitor has typed until now (registration.views.drafts)
BEGUN_SECONDS = 60 * 60
MARK_LETTERS = 8  # behind the 32 of a key: the column has 40


class SessionStore(db.SessionStore):
    """A visitor has no account. Their telephone may be shared: the session ends with the browser, and soon.

    A form that is begun is kept for an hour. What else the session holds closes earlier (registration.views.opened).

    A session of staff ends after two hours in which they did nothing, and half a day after they signed in. That of a
    volunteer ends at night, for a desk may be quiet for hours.
    """

    _saved: tuple[str | None, bytes] | None = None  # by this request

    def _get_new_session_key(self) -> str:
        """Saves a query: Django's `create` tries another key where this one is taken already.

        It ends with a mark, by which a made-up key is told without a look into the database.
        """
        key = get_random_string(32, VALID_KEY_CHARS)
        return key + _mark(key, settings.SECRET_KEY)

    def load(self) -> dict[str, Any]:
        """A session of staff that is used is written anew now and then, so that it ends later."""
        row = self._get_session_from_db()  # type: ignore[attr-defined] # of Django, but not in its stubs
        if row is None:
            return {}
        held: dict[str, Any] = self.decode(row.session_data)
        if STAFF_KEY in held and SIGNED_IN_AT in held:
            longest = VOLUNTEER_SECONDS if OPEN_UNTIL in held else STAFF_IDLE_SECONDS
            if row.expire_date > timezone.now() + timedelta(seconds=longest) + CLOCK_BACK:
                self._session_key = None
                return {}
            end = timezone.now() + timedelta(seconds=_staff_seconds(held) - STAFF_RENEWED_SECONDS)
            self.modified = self.modified or row.expire_date < end
        return held

    def save(self, must_create: bool = False) -> None:
        """Once for what is the same, in one request. A busy database is no session that has ended, for which Django
        takes it.
        """
        if not must_create and STAFF_KEY in self:
            self.setdefault(SIGNED_IN_AT, int(time.time()))
        if self._saved == self._content(no_load=must_create):
            return
        try:
            super().save(must_create=must_create)
        except UpdateError as problem:
            why = problem.__context__
            # With a cause it came from the database. Without one Django says that the row is gone.
            if why is not None and why.__cause__ is not None and is_passing(why):
                raise why from why.__cause__
            raise
        self._saved = self._content()

    def _content(self, *, no_load: bool = False) -> tuple[str | None, bytes]:
        held = self._get_session(no_load=no_load)  # type: ignore[attr-defined] # of Django, but not in its stubs
        return self._session_key, self.serializer().dumps(held)

    @classmethod
    def clear_expired(cls) -> None:
        """Asked every few seconds: a look holds up no sign-up, as a deletion in vain would."""
        if cls.get_model_class().objects.filter(expire_date__lt=timezone.now()).exists():
            super().clear_expired()

    def get_session_cookie_age(self) -> int:
        if STAFF_KEY in self:
            return _staff_seconds(self)
        return BEGUN_SECONDS if BEGUN_FORMS in self else VISITOR_SECONDS

    def get_expire_at_browser_close(self) -> bool:
        return super().get_expire_at_browser_close() if STAFF_KEY in self else True


def is_key_of_ours(key: str) -> bool:
    """Whether this site made the key of a session. Its session may have ended."""
    return any(
        constant_time_compare(key[32:], _mark(key[:32], secret))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _mark(key: str, secret: str) -> str:
    return hmac.digest(f"session-key{secret}".encode(), key.encode(), "sha256").hex()[:MARK_LETTERS]


def _staff_seconds(held: Mapping[str, Any] | SessionStore) -> int:
    """How long a session of staff that is used now stays open."""
    if OPEN_UNTIL in held:
        return int(held[OPEN_UNTIL] - time.time())
    since = time.time() - held.get(SIGNED_IN_AT, time.time())
    return min(STAFF_IDLE_SECONDS, STAFF_SECONDS - int(since))


def end_in(request: HttpRequest, seconds: float) -> None:
    """The session of a volunteer, whatever they do until then."""
    request.session[OPEN_UNTIL] = int(time.time() + seconds)


def save_at_once(request: HttpRequest) -> None:
    """Inside the view, which can say in words that the database is busy. Django would save only after the view."""
    try:
        request.session.save()
    except UpdateError as problem:  # the session has ended meanwhile: sent once more, the form begins another
        raise problem.__context__ or problem from None
