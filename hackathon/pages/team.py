"""The pages of a team, by the team's own link: the people, the project, the mentors, and what becomes of it all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference import clock
from hackathon import links
from hackathon.forms import LaterForm, ProjectForm, QuestionForm
from hackathon.lock import project_of
from hackathon.mentoring import booking
from hackathon.models import Team
from hackathon.submitting.saving import SAVED, Late, SavedMeanwhile, save_project
from registration.views.busy import nothing_lost

TeamView = Callable[..., HttpResponse]
GONE = _("This hour is taken, or has begun. The hours that are free now are below.")
TOO_MANY = _("You have booked as many hours as a team may have ahead. Give one back first, or wait until it is over.")
AT_THAT_TIME = _("You are with another mentor at that time.")


def by_link(view: TeamView) -> Callable[..., HttpResponse]:
    """For the people of a team. A link that is wrong, revoked or old gets one answer."""

    @never_cache
    @sensitive_variables("token")
    @wraps(view)
    def of_team(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        team = links.team_for(token)
        if team is None:
            return render(request, "hackathon/unknown_link.html", status=404)
        request.edition = team.hackathon.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        response = view(request, team, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"  # the address is a secret: other sites are not told it
        return response

    return of_team


@require_safe
@by_link
def page(request: HttpRequest, team: Team) -> HttpResponse:
    return _page(request, team, saved="saved" in request.GET)


def _typed(request: HttpRequest, team: Team, **happened: Any) -> HttpResponse:
    form = ProjectForm.keep(request.POST, themes=team.hackathon.themes.all())
    return _project_page(request, team, form, **happened)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
@nothing_lost(_typed)
def project(request: HttpRequest, team: Team) -> HttpResponse:
    """The form, and what stands beside it. What was typed is never lost: also not where it comes too late."""
    if "switch" in request.POST:
        return _typed(request, team)
    if request.method != "POST":
        return _project_page(request, team, _form_of(team))
    form = ProjectForm(request.POST, themes=team.hackathon.themes.all())
    if not form.is_valid():
        return _project_page(request, team, form, is_refused=True)
    try:
        save_project(team, form.cleaned_data, version=form.cleaned_data["version"] or 0)
    except Late as late:
        return _project_page(request, team, form, late=late, status=409)
    except SavedMeanwhile as meanwhile:
        return _project_page(request, team, _once_more(request, team, meanwhile), meanwhile=meanwhile, status=409)
    return redirect(f"{links.team_address(team)}?saved=1")


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def mentors(request: HttpRequest, team: Team) -> HttpResponse:
    form = QuestionForm(request.POST if "book" in request.POST else None)
    refusal: object = ""
    if "book" in request.POST and form.is_valid():
        try:
            booking.book(team, _number(request.POST["book"]), form.cleaned_data["question"])
        except booking.Gone:
            refusal = GONE
        except booking.TooMany:
            refusal = TOO_MANY
        except booking.AtThatTime:
            refusal = AT_THAT_TIME
        else:
            return redirect(links.team_address(team, "team_mentors"))
    elif "back" in request.POST:
        booking.give_back(team, _number(request.POST["back"]))
        return redirect(links.team_address(team, "team_mentors"))
    hours = booking.hours_for(team)
    context = {
        "team": team,
        "form": form,
        "refusal": refusal,
        "own": [hour for hour in hours if hour.team_id == team.pk],
        "free": [hour for hour in hours if hour.team_id is None],
        "now": clock.now(),
        "address": links.team_address(team),
    }
    return render(request, "hackathon/team_mentors.html", context, status=409 if refusal else 200)


@require_POST
@by_link
def shown(request: HttpRequest, team: Team) -> HttpResponse:
    """The team's page on the site: taken away, or put back."""
    Team.objects.filter(pk=team.pk).update(is_shown="show" in request.POST)
    return redirect(links.team_address(team))


@require_POST
@by_link
def new_link(request: HttpRequest, team: Team) -> HttpResponse:
    """The old link opens nothing from now on: it reached a person who left, or a group of strangers.

    The first press asks, the second one does it.
    """
    if "sure" not in request.POST:
        return _page(request, team, asks_for_link=True)
    links.revoke(team)
    return redirect(links.team_address(team))


def _later_typed(request: HttpRequest, team: Team, **happened: Any) -> HttpResponse:
    return _later_page(request, team, LaterForm.keep(request.POST), **happened)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
@nothing_lost(_later_typed)
def later(request: HttpRequest, team: Team) -> HttpResponse:
    """Months afterwards, by the same link: what became of the project."""
    if not team.hackathon.is_past_deadline:
        return redirect(links.team_address(team))
    if "switch" in request.POST:
        return _later_typed(request, team)
    known = {"later_en": team.later.en, "later_km": team.later.km}
    form = LaterForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        Team.objects.filter(pk=team.pk).update(**form.cleaned_data, later_at=clock.now())
        return redirect(f"{links.team_address(team)}?saved=1")
    return _later_page(request, team, form)


def _later_page(
    request: HttpRequest, team: Team, form: LaterForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    context = {"team": team, "form": form, "address": links.team_address(team), **happened}
    return render(request, "hackathon/team_later.html", context, status=status)


def _page(request: HttpRequest, team: Team, **happened: Any) -> HttpResponse:
    context = {
        "team": team,
        "hackathon": team.hackathon,
        "members": team.members.coming(),
        "project": project_of(team),
        "booked": team.hours.to_come().select_related("mentor"),
        "link": links.team_address(team),
        "addresses": {
            name: links.team_address(team, f"team_{name}")
            for name in ("project", "mentors", "shown", "new_link", "later")
        },
        **happened,
    }
    return render(request, "hackathon/team.html", context)


def _project_page(
    request: HttpRequest, team: Team, form: ProjectForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    context = {
        "team": team,
        "hackathon": team.hackathon,
        "standing": project_of(team),
        "form": form,
        "address": links.team_address(team),
        **happened,
    }
    return render(request, "hackathon/team_project.html", context, status=status)


def _form_of(team: Team) -> ProjectForm:
    standing = project_of(team)
    known = {name: getattr(standing, name) for name in SAVED} | {"version": standing.version} if standing else {}
    return ProjectForm(initial=known, themes=team.hackathon.themes.all())


def _once_more(request: HttpRequest, team: Team, meanwhile: SavedMeanwhile) -> ProjectForm:
    """What was typed, to be laid beside what stands. Sent again, it is saved over it."""
    form: ProjectForm = ProjectForm.keep(request.POST, themes=team.hackathon.themes.all())
    form.initial["version"] = meanwhile.standing.version
    return form


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else 0
