"""The public pages: where people write, read and like."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from conference.files.qr_code import qr_svg
from conference.keeping.caching import leave_in_address, public_page, public_page_reading
from conference.models import Edition
from conference.serving.attempts import TooOften
from conference.serving.editions import for_edition
from conference.serving.errors import later
from contributions.floor import taking
from contributions.floor.forms import VoiceForm
from contributions.floor.links import full, voice_address
from contributions.floor.open_floors import OpenFloor, open_floor, open_floors, pieces_with_numbers
from contributions.models import Handled, Piece, Voice
from contributions.typed import labels_of, typed_back_or_404
from registration.views.busy import nothing_lost

TYPED = {**labels_of(VoiceForm), "text": gettext_lazy("What you want to say")}
A_PAGE, ON_SCREEN = 50, 8
SECONDS = 20  # between two looks of the hall's screen


@public_page
@for_edition
def floors(request: HttpRequest, edition: Edition) -> HttpResponse:
    return render(request, "contributions/floor/floors.html", {"edition": edition, "floors": open_floors(edition)})


def _found(edition: Edition, code: str) -> OpenFloor:
    found = open_floor(edition, code)
    if found is None:
        raise Http404
    return found


def _again(request: HttpRequest, edition: Edition, **happened: Any) -> HttpResponse:
    match = request.resolver_match
    found = open_floor(edition, match.kwargs["code"] if match else "")
    if found is None:
        return typed_back_or_404(request, TYPED)
    pieces = list(pieces_with_numbers(found.row))
    form = VoiceForm.keep(request.POST, pieces=pieces, takes=found.row.takes)
    return _page(request, found, pieces, form, **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_again)
def floor(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """One session, or one draft text: what others wrote, and the form."""
    found = open_floor(edition, code)
    if found is None:
        return typed_back_or_404(request, TYPED)
    leave_in_address(request, {"about", "page"})
    pieces = list(pieces_with_numbers(found.row))
    sent, first = request.POST if request.method == "POST" else None, {"about": request.GET.get("about", "")}
    form = VoiceForm(sent, initial=first, pieces=pieces, takes=found.row.takes)
    if form.is_valid():
        told = form.cleaned_data
        written = taking.Written(told["text"], form.piece, told["name"], told["contact"])
        try:
            voice = taking.write(request, found.row, written, told["form_token"])
        except taking.Closed:
            return _page(request, found, pieces, form, was_closed=True)
        return redirect(f"{voice_address(voice)}?new")
    return _page(request, found, pieces, form)


def _page(
    request: HttpRequest,
    found: OpenFloor,
    pieces: list[Piece],
    form: VoiceForm,
    *,
    status: int = 200,
    **happened: Any,
) -> HttpResponse:
    """As many queries for one input as for thousands: one page of them is read."""
    row, about = found.row, request.GET.get("about", "")
    rows = Voice.objects.filter(floor=row).shown()
    chosen = next((piece for piece in pieces if piece.number == about), None)
    if chosen:
        rows = rows.filter(piece=chosen)
    context = {
        "edition": row.edition,
        "found": found,
        "floor": row,
        "form": form,
        "pieces": pieces,
        "chosen": chosen,
        "page": Paginator(rows.select_related("piece").most_wanted_first(), A_PAGE).get_page(request.GET.get("page")),
        **happened,
    }
    return render(request, "contributions/floor/floor.html", context, status=status)


@require_POST
@for_edition
def like(request: HttpRequest, edition: Edition, code: str, voice: str) -> HttpResponse:
    """Back to where the reader was. Nothing was typed, so nothing can be lost."""
    found = _found(edition, code)
    row = get_object_or_404(Voice.objects.shown().filter(floor=found.row), code=voice)
    row.floor = found.row
    back = reverse("contributions:floor", args=[edition.year, code])
    if found.row.is_open and found.row.takes_likes:
        try:
            taking.like(request, row)
        except TooOften as often:
            again = _again(request, edition, too_often=often, status=429)
            return later(again, seconds=often.seconds)
    query = f"?about={row.piece.number}" if row.piece and request.POST.get("about") == row.piece.number else ""
    return redirect(f"{back}{query}#v-{row.code}")


@public_page_reading(flags=["still"])
@for_edition
def screen(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """For the wall of the hall: what is asked now, large, and how to ask. It loads itself anew without a script."""
    found = _found(edition, code)
    rows = Voice.objects.filter(floor=found.row, handled=Handled.OPEN).shown().most_wanted_first()
    address = full(reverse("contributions:floor", args=[edition.year, code]))
    context = {
        "edition": edition,
        "found": found,
        "floor": found.row,
        "voices": rows[:ON_SCREEN],
        "more": max(0, rows.count() - ON_SCREEN),
        "seconds": 0 if "still" in request.GET else SECONDS,
        "address": address,
        "qr": qr_svg(address),
    }
    return render(request, "contributions/floor/screen.html", context)
