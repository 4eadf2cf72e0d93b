"""A participant's way into a team, from the own page: make one, join one, ask to be placed, leave."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from conference.serving.attempts import Limit, TooOften, count
from hackathon.forms import JOIN, MAKE, TeamForm
from hackathon.links import member_address
from hackathon.models import Hackathon
from hackathon.teaming import rules
from registration.models import Registration
from registration.views.busy import nothing_lost
from registration.views.own import own

# Of one participant: a hall full of teams sits behind one address.
CODES_TRIED = Limit("hackathon_codes", an_hour=20)
NO_SUCH_TEAM = _("No team has this code. Look at it again, letter by letter.")
IS_FULL = _("This team has as many people as a team may have. Ask for another one, or ask us to place you.")
TOO_OFTEN = _("A code was tried too often: try again in an hour, or call us.")
NOT_OPEN = _("Teams cannot be made or joined at this moment. Call us: staff can still help.")
IN_A_TEAM = _("You are in a team already. Leave it first if you want another one.")


def _typed(request: HttpRequest, registration: Registration, **happened: Any) -> HttpResponse:
    return _page(request, registration, _hackathon_of(registration), TeamForm.keep(request.POST), **happened)


@require_http_methods(["GET", "HEAD", "POST"])
@own
@nothing_lost(_typed)
def mine(request: HttpRequest, registration: Registration) -> HttpResponse:
    hackathon = _hackathon_of(registration)
    if request.method != "POST" or "switch" in request.POST:
        return _page(request, registration, hackathon, TeamForm.keep(request.POST) if request.POST else TeamForm())
    form = TeamForm(request.POST)
    if form.is_valid() and _carried_out(registration, hackathon, form):
        return redirect("hackathon:mine")
    return _page(request, registration, hackathon, form)


@require_POST
@own
def leave(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The first press asks, the second one does it."""
    hackathon = _hackathon_of(registration)
    if "sure" not in request.POST:
        return _page(request, registration, hackathon, TeamForm(), asks_to_leave=True)
    rules.leave(hackathon, registration)
    return redirect("hackathon:mine")


def _carried_out(registration: Registration, hackathon: Hackathon, form: TeamForm) -> bool:
    """False where the rules refuse it: then the form says why."""
    said = form.cleaned_data
    try:
        if said["wish"] == MAKE:
            rules.make_team(hackathon, registration, said["name"], said)
        elif said["wish"] == JOIN:
            count(registration.edition, (CODES_TRIED, str(registration.pk)))
            rules.join(hackathon, registration, said["code"], said)
        else:
            rules.ask_to_be_placed(hackathon, registration, said)
    except rules.NoSuchTeam:
        form.add_error("code", NO_SUCH_TEAM)
    except rules.Full:
        form.add_error("code", IS_FULL)
    except TooOften:
        form.add_error("code", TOO_OFTEN)
    except rules.InATeam:
        if not _is_there(registration, said):
            form.add_error(None, IN_A_TEAM)
    except rules.NotOpen:
        form.add_error(None, NOT_OPEN)
    return not form.errors


def _is_there(registration: Registration, said: dict[str, Any]) -> bool:
    """The same form came twice: the participant is in the team that it asks for."""
    member = rules.member_of(registration)
    team = member.team if member else None
    if team is None:
        return False
    asked_for = {MAKE: ("name", team.name), JOIN: ("code", team.code)}.get(said["wish"])
    return asked_for is not None and bool(said[asked_for[0]] == asked_for[1])


def _hackathon_of(registration: Registration) -> Hackathon:
    """Of the edition of the registration, for participants who come."""
    hackathon = Hackathon.objects.published(registration.edition)
    if hackathon is None or not registration.is_coming:
        raise Http404
    return hackathon


def _page(
    request: HttpRequest,
    registration: Registration,
    hackathon: Hackathon,
    form: TeamForm,
    *,
    status: int = 200,
    **happened: Any,
) -> HttpResponse:
    member = rules.member_of(registration)
    team = member.team if member else None
    address = member_address(team, member) if member and team else ""
    context = {
        "registration": registration,
        "hackathon": hackathon,
        "member": member,
        "team": team,
        "address": address,
        "form": form,
        "shows_form": hackathon.takes_teams or form.is_bound or bool(form.initial),  # what was typed too late stays
        "action": reverse("hackathon:mine"),
        **happened,
    }
    return render(request, "hackathon/mine.html", context, status=status)
