"""In which browsers an account was used before: a signed cookie, which opens nothing, but has tries of its own."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

NAME = "known-browser"
SALT = "conference.accounts.browsers"
SECONDS = 180 * 24 * 3600
ACCOUNTS = 5  # for how many accounts one browser is remembered: the computer of a desk has several


def is_known(request: HttpRequest) -> bool:
    """To some account."""
    return bool(_read(request)[1])


def known_for(request: HttpRequest, user_pk: int | None) -> str:
    """The name of the browser, or nothing where this account was not used in it."""
    name, accounts = _read(request)
    return name if user_pk in accounts else ""


def remember(request: HttpRequest, response: HttpResponse, user_pk: int) -> None:
    """A new name each time: wrong tries of before are forgotten."""
    _name, accounts = _read(request)
    accounts = [user_pk, *(one for one in accounts if one != user_pk)][:ACCOUNTS]
    value = signing.dumps([get_random_string(22), accounts], salt=SALT)
    response.set_cookie(
        NAME, value, max_age=SECONDS, path="/admin/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        name, accounts = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return "", []
    return name, accounts
