"""Judging on paper, where the network fails: a sheet for each judge, and the page on which it is typed in."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon.choices import Mark
from hackathon.judging import scoring
from hackathon.judging.cards import cards_of, sent_in
from hackathon.models import Hackathon, Judge
from hackathon.submitting.projects import submitted


@admin.site.admin_view
@permission_required("hackathon.view_judge", raise_exception=True)
def sheets(request, pk):
    """For all judges, each with the teams that this judge may judge. No mark stands on it."""
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition"), pk=pk)
    projects = submitted(hackathon)
    judges = hackathon.judges.prefetch_related("conflicts")
    return admin_page(
        request,
        "admin/hackathon/sheets.html",
        _("Sheets on paper"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        criteria=list(hackathon.criteria.all()),
        marks=Mark.choices,
        sheets=[(judge, _for_judge(judge, projects)) for judge in judges],
    )


def _for_judge(judge, projects):
    kept_out = {conflict.team_id for conflict in judge.conflicts.all()}
    return [project for project in projects if project.team_pk not in kept_out]


@admin.site.admin_view
@permission_required(["hackathon.add_score", "hackathon.view_score"], raise_exception=True)
def type_in(request, pk):
    """The cards of the judge's own page, with what stands there already."""
    take_only(request, {"saved"}, back=request.path)
    judge = get_object_or_404(Judge.objects.select_related("hackathon__edition", "hackathon__result"), pk=pk)
    projects, criteria = submitted(judge.hackathon), list(judge.hackathon.criteria.all())
    typed = None
    if request.method == "POST":
        typed = sent_in(request.POST, projects, criteria)
        try:
            kept = scoring.keep(judge, typed, by=request.user)
        except scoring.NotOpen:
            messages.error(request, _("Nothing was saved: teams are not judged now. What you typed is below."))
        else:
            if kept:
                messages.success(request, _("Saved. Your name stands beside it."))
            return redirect("admin:hackathon_type_in", pk)
    cards = cards_of(judge, projects, criteria, typed)
    return admin_page(
        request,
        "admin/hackathon/type_in.html",
        _("Type in the sheet of a judge"),
        opts=Judge._meta,
        judge=judge,
        hackathon=judge.hackathon,
        cards=cards,
        next=next((card.name for card in cards if card.is_left), ""),
        marks=Mark.choices,
        longest=scoring.LONGEST_FEEDBACK,
        is_open=scoring.is_open(judge.hackathon),
    )
