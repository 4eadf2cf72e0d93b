"""Own links without an account: of a writer, a facilitator, a note-taker. Nothing of the secret is stored."""

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac

from contributions.models import FloorLink, LinkKind, Voice

LENGTH = 24  # hexadecimal digits
VOICE, FLOOR = "contributions.voice", "contributions.floor_link"
PAGES = {LinkKind.FACILITATOR: "contributions:facilitator", LinkKind.NOTE_TAKER: "contributions:note"}


def voice_address(voice: Voice) -> str:
    return reverse("contributions:voice", args=[_token(VOICE, voice.code)])


def link_address(link: FloorLink) -> str:
    return reverse(PAGES[LinkKind(link.kind)], args=[_token(FLOOR, link.code)])


def full(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


def voice_of(token: str) -> Voice | None:
    """The same work and answer for a wrong link and for one of which nothing is there any more."""
    code = _code(VOICE, token)
    return Voice.objects.select_related("floor__edition", "floor__session", "piece").filter(code=code).first()


def link_of(token: str, kind: LinkKind) -> FloorLink | None:
    code = _code(FLOOR, token)
    rows = FloorLink.objects.select_related("floor__edition", "floor__session", "note")
    return rows.filter(code=code, kind=kind, is_open=True).first()


def not_open(request: HttpRequest) -> HttpResponse:
    """One answer for a link that is wrong, closed or too old."""
    return render(request, "contributions/floor/not_open.html", status=404)


def private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: other sites are not told it, and no cache keeps the page."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _token(salt: str, code: str) -> str:
    return f"{code}-{_secret(salt, code, settings.SECRET_KEY)}"


def _code(salt: str, token: str) -> str:
    """The code in a link, or "" where its secret is not ours."""
    code, _dash, given = token.partition("-")
    is_right = False
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        is_right |= hmac.compare_digest(given.encode(), _secret(salt, code, key).encode())
    return code if is_right else ""


def _secret(salt: str, code: str, key: str) -> str:
    return salted_hmac(salt, code, secret=key, algorithm="sha256").hexdigest()[:LENGTH]
