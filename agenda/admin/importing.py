"""The page of the admin: paste, look, tick, apply. It stores no text: each press of a button sends the text again."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.importing.existing import existing_sessions, intros, known_organisations
from agenda.importing.exported import with_what_stands
from agenda.importing.form import ImportForm
from agenda.importing.recognising.recognise import recognise
from agenda.models import Session
from conference.admin import admin_page
from conference.models import Edition

TEMPLATE = "admin/agenda/session/import.html"
MAX_STEPS = 1500  # a form has at most 2,000 fields


@dataclass(frozen=True)
class PreviewLine:
    """One step as the page shows it."""

    step: steps.Step
    may: bool
    ticked: bool
    outside: bool  # on a day that the edition does not have


@admin.site.admin_view
@permission_required(["agenda.add_session", "agenda.change_session"], raise_exception=True)
def import_page(request):
    if request.method != "POST":
        return _page(request, ImportForm(initial={"edition": Edition.objects.latest_first().first()}))
    form = ImportForm(request.POST, request.FILES, reader=str(request.user.pk))
    if not form.is_valid():
        return _page(request, form)
    edition = form.cleaned_data["edition"]
    known = known_organisations()
    proposal = recognise(form.rows, first_day=edition.starts_on, known=known)
    proposal = with_what_stands(proposal, edition, known)
    plan = steps.plan(proposal, existing_sessions(edition), intros(edition))
    ticked = None
    if "apply" in request.POST:
        ticked = set()
        _apply(request, edition, plan, request.POST.getlist("step"))
        plan = steps.plan(proposal, existing_sessions(edition), intros(edition))
    return _page(request, form.with_text(), _preview(request, edition, proposal, plan, ticked))


def _apply(request, edition, plan, ticked):
    possible = {step.key for step in plan.steps if _may(request, step)}
    outcome = apply(edition, plan, possible & set(ticked), by=request.user)
    said = _("Added: %(created)s. Changed: %(changed)s. Removed: %(removed)s.") % {
        "created": outcome.created,
        "changed": outcome.changed,
        "removed": outcome.removed,
    }
    messages.success(request, said)
    for text in outcome.refused:
        messages.warning(request, _("Not removed: %(text)s") % {"text": text})
    gone = len(set(ticked) - possible)
    if gone:
        said = ngettext(
            "%(number)s ticked row has changed meanwhile. Look at it again.",
            "%(number)s ticked rows have changed meanwhile. Look at them again.",
            gone,
        )
        messages.warning(request, said % {"number": gone})


def _may(request, step):
    if step.what == steps.REMOVE:
        return request.user.has_perm("agenda.delete_session")
    return step.what != steps.REMOVE_PERSON or request.user.has_perm("agenda.delete_appearance")


def _preview(request, edition, proposal, plan, ticked):
    """Without `ticked` all is ticked, but what removes something and what lies outside the edition."""
    lines = []
    for step in plan.steps:
        if step.what != steps.SAME and len(lines) < MAX_STEPS:
            outside = not step.is_removal and not edition.starts_on <= step.date <= edition.ends_on
            at_first = not step.is_removal and not outside
            is_ticked = at_first if ticked is None else step.key in ticked
            lines.append(PreviewLine(step, _may(request, step), is_ticked, outside))
    return {
        "proposal": proposal,
        "same": plan.of(steps.SAME),
        "lines": lines,
        "in_table": [line for line in lines if line.step.what != steps.REMOVE],
        "missing": [line for line in lines if line.step.what == steps.REMOVE],
        "counts": {
            "new": len(plan.of(steps.CREATE)),
            "changed": len(plan.of(steps.DAY, steps.CHANGE, steps.REMOVE_PERSON)),
            "same": len(plan.of(steps.SAME)),
            "missing": len(plan.of(steps.REMOVE)),
        },
        "left_out": len(plan.steps) - len(plan.of(steps.SAME)) - len(lines),
    }


def _page(request, form, preview=None):
    return admin_page(request, TEMPLATE, _("Import the agenda"), opts=Session._meta, form=form, preview=preview)
