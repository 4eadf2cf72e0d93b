"""Who has no team yet, and which team might fit; teams that are too small; projects that are missing."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import KEY, take_only
from conference.staff.pages import admin_page
from hackathon.models import Hackathon
from hackathon.teaming import rules
from hackathon.teaming.suggesting import standings, suggestions
from registration.forms.fields import OneLine

SEES = ("hackathon.view_team", "registration.view_registration")
CHANGES = "hackathon.change_team"
PLACED = _("%(who)s is in %(team)s now.")
TAKEN_OUT = _("%(who)s is in no team now, and stands among those who look for one.")
CHANGED_MEANWHILE = _("Nothing was changed: the team is full, or the person has left or found another team meanwhile.")


class NewTeamForm(forms.Form):
    name = OneLine(
        max_length=80,
        label=_("Name of the new team"),
        error_messages={"required": _("Give the new team a name.")},
    )


@admin.site.admin_view
@permission_required(SEES, raise_exception=True)
def page(request, pk):
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition"), pk=pk)
    form, may_change = NewTeamForm(), request.user.has_perm(CHANGES)
    if request.method == "POST" and may_change:
        form = NewTeamForm(request.POST) if "make" in request.POST else form
        if _carried_out(request, hackathon, form):
            return redirect("admin:hackathon_placing", pk)
    teams = standings(hackathon)
    looking = hackathon.members.to_place()
    return admin_page(
        request,
        "admin/hackathon/placing.html",
        _("Teams and people without one"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        teams=teams,
        looking=[(member, suggestions(hackathon, member, teams)) for member in looking],
        without_project=set(hackathon.teams.filter(submission=None).values_list("pk", flat=True)),
        ticked=request.POST.getlist("people"),
        form=form,
        may_change=may_change,
    )


def _carried_out(request, hackathon, form):
    try:
        if "put" in request.POST:
            member, team = _pair(hackathon, request.POST["put"])
            rules.place(member, team)
            messages.success(request, PLACED % {"who": member.registration.shown_name, "team": team})
        elif "out" in request.POST:
            member, team = _pair(hackathon, request.POST["out"])
            rules.take_out(member, team)
            messages.success(request, TAKEN_OUT % {"who": member.registration.shown_name})
        elif form.is_valid():
            keys = [key for key in request.POST.getlist("people") if KEY.fullmatch(key)]
            people = list(hackathon.members.filter(pk__in=keys))
            if not people:
                form.add_error(None, _("Tick the people of the new team."))
                return False
            rules.make_team_of(hackathon, people, form.cleaned_data["name"])
        else:
            return False
    except rules.Refused:
        messages.error(request, CHANGED_MEANWHILE)
    return True


def _pair(hackathon, pressed):
    """The person and the team that a button names, of this hackathon alone."""
    keys = pressed.split("-")
    if len(keys) != 2 or not all(KEY.fullmatch(key) for key in keys):
        raise Http404
    member, team = hackathon.members.filter(pk=keys[0]).first(), hackathon.teams.filter(pk=keys[1]).first()
    if member is None or team is None:
        raise rules.Moved
    return member, team
