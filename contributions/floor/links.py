"""Own links of a writer, a facilitator and a note-taker, and the answer where none opens (contributions.links)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from contributions.links import opened_by, token_for
from contributions.models import FloorLink, LinkKind, Voice

PAGES = {LinkKind.FACILITATOR: "contributions:facilitator", LinkKind.NOTE_TAKER: "contributions:note"}


def voice_address(voice: Voice) -> str:
    return reverse("contributions:voice", args=[token_for("voice", voice)])


def link_address(link: FloorLink) -> str:
    return reverse(PAGES[LinkKind(link.kind)], args=[token_for(link.kind, link)])


def full(address: str) -> str:
    return f"{settings.SITE_URL}{address}"


def voice_of(token: str) -> Voice | None:
    return opened_by("voice", Voice.objects.select_related("floor__edition", "floor__session", "piece"), token)


def link_of(token: str, kind: LinkKind) -> FloorLink | None:
    rows = FloorLink.objects.select_related("floor__edition", "floor__session", "note")
    return opened_by(kind, rows.filter(kind=kind, is_open=True), token)


def not_open(request: HttpRequest) -> HttpResponse:
    """One answer for a link that is wrong, closed or too old."""
    return render(request, "contributions/floor/not_open.html", status=404)


def private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: other sites are not told it."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response
