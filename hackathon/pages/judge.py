"""The page of a judge, by the judge's own link: marks and words for each team, without an account."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from hackathon import links
from hackathon.choices import Mark
from hackathon.forms import ConflictForm
from hackathon.judging import scoring
from hackathon.judging.cards import cards_of, sent_in
from hackathon.judging.scoring import LONGEST_FEEDBACK, Sent
from hackathon.models import Judge
from hackathon.submitting.projects import Project, submitted
from registration.views.busy import nothing_lost

JSON = "application/json"


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a judge. A link that is wrong, revoked or old gets one answer."""

    @never_cache
    @sensitive_variables("token")
    @wraps(view)
    def of_judge(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        judge = links.judge_for(token)
        if judge is None:
            return render(request, "hackathon/unknown_link.html", status=404)
        request.edition = judge.hackathon.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        response = view(request, judge, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"  # the address is a secret: other sites are not told it
        return response

    return of_judge


def _typed(request: HttpRequest, judge: Judge, **happened: Any) -> HttpResponse:
    projects, criteria = submitted(judge.hackathon), judge.hackathon.criteria.all()
    return _page(request, judge, sent_in(request.POST, projects, criteria), **happened)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
@nothing_lost(_typed)
def judging(request: HttpRequest, judge: Judge) -> HttpResponse:
    """All teams on one page, so that it works while there is no line. Each button keeps all that was changed."""
    if request.method != "POST":
        return _page(request, judge)
    if "switch" in request.POST:
        return _typed(request, judge)
    projects = submitted(judge.hackathon)
    try:
        kept = scoring.keep(judge, sent_in(request.POST, projects, judge.hackathon.criteria.all()))
    except scoring.NotOpen:
        if request.headers.get("Accept") == JSON:
            return JsonResponse({"is_open": False}, status=409)
        return _typed(request, judge, is_too_late=True, status=409)
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"is_open": True} | _stands(judge, projects, kept))
    if (number := _number(request.POST.get("conflict", ""))) is not None:
        return redirect(links.judge_address(judge, "judge_conflict", number))
    number = _number(request.POST.get("save", ""))
    both = "&both=1" if any(kept.values()) else ""
    return redirect(f"{links.judge_address(judge)}?saved={number}{both}#t{number}")


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def conflict(request: HttpRequest, judge: Judge, number: int) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    project = next((one for one in submitted(judge.hackathon) if one.number == number), None)
    if project is None:
        raise Http404
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            scoring.exclude(judge, project.team_pk, form.cleaned_data["reason"])
        except scoring.NotOpen:
            return _page(request, judge, is_too_late=True, status=409)
        return redirect(f"{links.judge_address(judge)}#t{number}")
    context = {"judge": judge, "project": project, "form": form, "address": links.judge_address(judge)}
    return render(request, "hackathon/judging/conflict.html", context)


def _page(
    request: HttpRequest, judge: Judge, typed: Mapping[int, Sent] | None = None, *, status: int = 200, **happened: Any
) -> HttpResponse:
    hackathon = judge.hackathon
    criteria = list(hackathon.criteria.all())
    cards = cards_of(judge, submitted(hackathon), criteria, typed)
    saved = _number(request.GET.get("saved", ""))
    context = {
        "judge": judge,
        "hackathon": hackathon,
        "criteria": criteria,
        "cards": cards,
        "left": sum(card.is_left for card in cards),
        "next": next((card.name for card in cards if card.is_left), ""),
        "saved": saved,
        "has_both": "both" in request.GET,
        "marks": Mark.choices,
        "longest": LONGEST_FEEDBACK,
        "is_open": scoring.is_open(hackathon),
        "address": links.judge_address(judge),
        **happened,
    }
    return render(request, "hackathon/judging/judge.html", context, status=status)


def _stands(judge: Judge, projects: tuple[Project, ...], kept: Mapping[int, bool]) -> dict[str, dict[str, object]]:
    """What stands now, by the name of the card. A team that is not among them was not taken.

    `both`: the fields of those that were put together with what another page gave.
    """
    taken = [one for one in projects if one.team_pk in kept]
    cards = cards_of(judge, taken, list(judge.hackathon.criteria.all()))
    return {
        "had": {card.name: card.had for card in cards},
        "both": {card.name: card.fields for card in cards if kept[card.project.team_pk]},
    }


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 5 else None
