"""Sessions in the database, as Django keeps them; those of visitors are short."""

from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string

VISITOR_SECONDS = 30 * 60


class SessionStore(db.SessionStore):
    """A visitor has no account. Their telephone may be shared: the session ends with the browser, and soon."""

    def _get_new_session_key(self) -> str:
        """Saves a query: Django's `create` tries another key where this one is taken already."""
        return get_random_string(32, VALID_KEY_CHARS)

    def get_session_cookie_age(self) -> int:
        return super().get_session_cookie_age() if STAFF_KEY in self else VISITOR_SECONDS

    def get_expire_at_browser_close(self) -> bool:
        return super().get_expire_at_browser_close() if STAFF_KEY in self else True
