"""Public pages are kept for a few seconds, so that a crowd costs nothing; staff always see the live page.

While the database is away, all see the last good copy (conference.copies).
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import cache_page, never_cache
from django.views.decorators.http import require_safe

from conference import copies
from conference.passing import is_passing

View = Callable[..., HttpResponse]
LONGEST_NUMBER = 3  # digits
AWAY, AWAY_SECONDS = "database-away", 5  # for so long it is not asked again: to ask may take seconds


def public_page_reading(*, flags: Collection[str] = (), numbers: Collection[str] = ()) -> Callable[[View], View]:
    """For a page without form or cookie, which reads these parameters of its address: flags, and small numbers.

    A visitor may get a copy that is a few seconds old. Neither a made-up cookie nor a made-up parameter leads past
    it: only a session of staff is served live, and what the page does not read is taken out of the address.
    """

    def decorate(view: View) -> View:
        kept = cache_page(settings.PUBLIC_PAGE_SECONDS)(_noted(view))
        live = never_cache(view)

        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _leave_in_address(request, flags, numbers)
            if cache.get(AWAY) and (copy := copies.latest(request)):
                return copy
            try:
                # Without the cookie nothing is asked: the page then depends on no session.
                is_staff = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff
                return (live if is_staff else kept)(request, *args, **kwargs)
            except Error as error:
                copy = copies.latest(request) if is_passing(error) else None
                if copy is None:
                    raise
                cache.set(AWAY, 1, AWAY_SECONDS)
                return copy

        return page

    return decorate


public_page = public_page_reading()


def _noted(view: View) -> View:
    """What it draws is what visitors see while the database is away."""

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            copies.forget(request)
            raise
        copies.note(request, response)
        return response

    return drawn


def _leave_in_address(request: HttpRequest, flags: Collection[str], numbers: Collection[str]) -> None:
    """The parameters that the page reads, in one spelling: each other spelling would be a page of its own to keep."""
    query = {}
    for name in sorted({*flags, *numbers} & request.GET.keys()):
        value = "1" if name in flags else request.GET[name]
        if value.isdecimal() and value.isascii() and len(value) <= LONGEST_NUMBER:
            query[name] = str(int(value))  # 002 is 2
    request.META["QUERY_STRING"] = urlencode(query)
    request.GET = QueryDict(request.META["QUERY_STRING"])
