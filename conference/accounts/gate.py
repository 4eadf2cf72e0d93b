"""A session opens only what its way of signing in opens.

Where a second factor is required, a session without it is a stranger's, on every page. That of a volunteer
(accounts.volunteers), which needs none, is a stranger's on every page but those of the desk.
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from conference.accounts.volunteers import BACKEND, is_of_the_desk

PASSED = "second_factor"  # in the session of staff


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After Django's own. A page that asks for no user still reads no session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_checked, request, request.user))  # type: ignore[assignment] # as Django
        return get_response(request)

    return middleware


def _checked(request: HttpRequest, user: AbstractBaseUser | AnonymousUser) -> AbstractBaseUser | AnonymousUser:
    if not user.is_authenticated:
        return user
    if request.session[BACKEND_SESSION_KEY] == BACKEND:
        return user if is_of_the_desk(request.path_info) else AnonymousUser()
    if settings.REQUIRE_SECOND_FACTOR and not request.session.get(PASSED):
        return AnonymousUser()
    return user
