"""Where a second factor is required, a session without it is a stranger's, on every page."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

PASSED = "second_factor"  # in the session of staff


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After Django's own. A page that asks for no user still reads no session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_checked, request, request.user))  # type: ignore[assignment] # as Django
        return get_response(request)

    return middleware


def _checked(request: HttpRequest, user: AbstractBaseUser | AnonymousUser) -> AbstractBaseUser | AnonymousUser:
    if settings.REQUIRE_SECOND_FACTOR and user.is_authenticated and not request.session.get(PASSED):
        return AnonymousUser()
    return user
