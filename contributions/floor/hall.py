"""The facilitator's page, by an own link: what waits, what is asked, what was answered; and typing what is said."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from conference.files.qr_code import qr_svg
from contributions.floor import taking
from contributions.floor.forms import SpokenForm
from contributions.floor.links import full, link_address, link_of, not_open, private
from contributions.floor.open_floors import title_of
from contributions.models import Floor, FloorLink, Handled, LinkKind, Voice, VoiceState
from contributions.typed import labels_of, typed_back
from registration.views.busy import nothing_lost

TYPED = labels_of(SpokenForm)
AT_ONCE = 100  # of each part of the page; the rest follows when these are done
# What a button says, and what it does.
ACTS: dict[str, Callable[[list[Voice]], int]] = {
    "show": taking.show,
    "hide": taking.hide,
    "answered": lambda rows: taking.handle(rows, Handled.ANSWERED),
    "parked": lambda rows: taking.handle(rows, Handled.PARKED),
    "open": lambda rows: taking.handle(rows, Handled.OPEN),
}


def _again(request: HttpRequest, **happened: Any) -> HttpResponse:
    match = request.resolver_match
    link = link_of(match.kwargs["token"] if match else "", LinkKind.FACILITATOR)
    if link is None:
        return typed_back(request, TYPED) or not_open(request)
    return _page(request, link, SpokenForm.keep(request.POST, pieces=_pieces(link.floor)), **happened)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@nothing_lost(_again)
def facilitator(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token, LinkKind.FACILITATOR)
    if link is None:
        return typed_back(request, TYPED) or not_open(request)
    floor = link.floor
    if "do" in request.POST:
        happened, part = _done(floor, request)
        return redirect(f"{link_address(link)}?{happened}{part}")
    form = SpokenForm(request.POST if request.method == "POST" else None, pieces=_pieces(floor))
    if form.is_valid():
        written = taking.Written(form.cleaned_data["text"], form.piece)
        taking.type_in(floor, written, form.cleaned_data["form_token"])
        return redirect(f"{link_address(link)}?typed")
    return _page(request, link, form)


def _done(floor: Floor, request: HttpRequest) -> tuple[str, str]:
    """One press of a button: “answered:code” is of one row; “merge” is of all that are ticked. With the part of the
    page in which it was pressed, where the facilitator goes on: else each press would lead to the top.
    """
    act, _colon, code = request.POST["do"].partition(":")
    rows = Voice.objects.filter(floor=floor)
    if act == "merge":
        ticked = list(rows.filter(code__in=request.POST.getlist("ticked")))
        return ("merged", "#asked") if taking.merge(ticked) else ("one", "")
    found = list(rows.filter(code=code))
    part = "#waiting" if any(row.state == VoiceState.WAITING for row in found) else "#asked"
    if act == "part":
        for row in found:
            taking.part_again(row)
    elif act in ACTS:
        ACTS[act](found)
    return "done", part


def _pieces(floor: Floor) -> list[Any]:
    return list(floor.pieces.filter(is_gone=False))


def _page(
    request: HttpRequest, link: FloorLink, form: SpokenForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    """Six queries, however much was asked."""
    floor = link.floor
    request.edition = floor.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    rows = Voice.objects.filter(floor=floor, merged_into=None).select_related("piece").most_wanted_first()
    shown = rows.filter(state=VoiceState.SHOWN)
    address = full(reverse("contributions:floor", args=[floor.edition.year, floor.code]))
    context = {
        "edition": floor.edition,
        "floor": floor,
        "title": title_of(floor) or floor.title,
        "form": form,
        "waiting": rows.filter(state=VoiceState.WAITING).order_by("pk")[:AT_ONCE],
        "asked": shown.filter(handled=Handled.OPEN)[:AT_ONCE],
        "parked": shown.filter(handled=Handled.PARKED)[:AT_ONCE],
        "answered": shown.filter(handled=Handled.ANSWERED)[:AT_ONCE],
        "hidden": rows.filter(state=VoiceState.HIDDEN)[:AT_ONCE],
        "address": address,
        "qr": qr_svg(address),
        "happened": next((one for one in ("typed", "merged", "one", "done") if one in request.GET), ""),
        **happened,
    }
    return private(render(request, "contributions/floor/facilitator.html", context, status=status))
