"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string


class SessionStore(db.SessionStore):
    def _get_new_session_key(self) -> str:
        """Saves a query: Django's `create` tries another key where this one is taken already."""
        return get_random_string(32, VALID_KEY_CHARS)
