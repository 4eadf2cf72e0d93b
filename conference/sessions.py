"""Sessions in the database, as Django keeps them; those of visitors are short."""

from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from conference.passing import is_passing

VISITOR_SECONDS = 30 * 60
BEGUN_FORMS = "begun_forms"  # what a visitor has typed until now (registration.views.drafts)
BEGUN_SECONDS = 60 * 60


class SessionStore(db.SessionStore):
    """A visitor has no account. Their telephone may be shared: the session ends with the browser, and soon.

    A form that is begun is kept for an hour. What else the session holds closes earlier (registration.views.opened).
    """

    _saved: tuple[str | None, bytes] | None = None  # by this request

    def _get_new_session_key(self) -> str:
        """Saves a query: Django's `create` tries another key where this one is taken already."""
        return get_random_string(32, VALID_KEY_CHARS)

    def save(self, must_create: bool = False) -> None:
        """Once for what is the same, in one request. A busy database is no session that has ended, for which Django
        takes it.
        """
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
            return super().get_session_cookie_age()
        return BEGUN_SECONDS if BEGUN_FORMS in self else VISITOR_SECONDS

    def get_expire_at_browser_close(self) -> bool:
        return super().get_expire_at_browser_close() if STAFF_KEY in self else True


def save_at_once(request: HttpRequest) -> None:
    """Inside the view, which can say in words that the database is busy. Django would save only after the view."""
    try:
        request.session.save()
    except UpdateError as problem:  # the session has ended meanwhile: sent once more, the form begins another
        raise problem.__context__ or problem from None
