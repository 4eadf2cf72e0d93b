"""A hall has one address to the outside: what one browser does is limited narrowly, what one address does widely.

A browser is known by the cookie that every form of this site needs anyway. It is kept nowhere: for an hour there is a
keyed hash of it for the limit.
"""

from django.http import HttpRequest
from django.middleware.csrf import get_token

from conference.models import Edition
from conference.serving.attempts import Limit, count
from conference.serving.visitors import visitor_of


def browser_of(request: HttpRequest) -> str:
    get_token(request)  # so that there is a cookie
    return str(request.META["CSRF_COOKIE"])


def count_both(request: HttpRequest, edition: Edition, *, of_browser: Limit, of_address: Limit) -> None:
    """Raises conference.serving.attempts.TooOften."""
    count(edition, (of_browser, browser_of(request)), (of_address, visitor_of(request)))
