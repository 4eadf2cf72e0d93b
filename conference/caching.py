"""Public pages are kept for a few seconds, so that a crowd costs nothing; staff always see the live page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_page, never_cache
from django.views.decorators.http import require_safe


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page without form or cookie. A visitor without a session may get a copy that is a few seconds old."""
    kept = cache_page(settings.PUBLIC_PAGE_SECONDS)(view)
    live = never_cache(view)

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        return (live if has_session else kept)(request, *args, **kwargs)

    return page
