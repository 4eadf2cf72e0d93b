"""The page of the admin: paste, look, tick, apply. It stores no text: each press of a button sends the text again."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.importing import steps
from agenda.importing.answering import Answered, answers_in, still_true
from agenda.importing.apply import apply
from agenda.importing.existing import existing_sessions, intros, known_organisations
from agenda.importing.form import ImportForm
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.recognise import recognise
from agenda.importing.remembered import forget, remember, remembered
from agenda.importing.showing.outlook import outlook
from agenda.importing.showing.places import new_places
from agenda.importing.showing.source import CHOICES, ROLES, sources
from agenda.importing.showing.told import told
from agenda.models import Session
from conference.models import Edition
from conference.staff.pages import admin_page
from conference.words import digits

TEMPLATE = "admin/agenda/session/import.html"
MAX_STEPS = 1500  # a form has at most 2,000 fields
OUTSIDE = gettext_lazy("This day does not lie within the edition.")
TICKED = "+"  # behind the key of a step that the site ticked
MOST_DAYS = 31  # of an edition, offered where a day is chosen


@dataclass(frozen=True)
class PreviewLine:
    """One step as the page shows it."""

    step: steps.Step
    may: bool
    ticked: bool
    outside: bool  # on a day that the edition does not have
    waits: bool  # a day of which no session is sure
    at_first: bool  # the tick of the site


@admin.site.admin_view
@permission_required(["agenda.add_session", "agenda.change_session"], raise_exception=True)
def import_page(request):
    if request.method != "POST":
        return _page(request, ImportForm(initial={"edition": Edition.objects.latest_first().first()}))
    form = ImportForm(request.POST, request.FILES, reader=str(request.user.pk))
    if not form.is_valid():
        return _page(request, form)
    edition = form.cleaned_data["edition"]
    proposal, before, now, known = _looked_at(request, form, edition)
    there = existing_sessions(edition)
    plan = steps.plan(proposal, there, intros(edition))
    ticks = _Ticks(request.POST)
    if "apply" in request.POST and before.answers not in (None, now.answers):
        said = _("Nothing was done yet: you changed an answer. Look at what comes of it first.")
        messages.warning(request, said)
    elif "apply" in request.POST:
        _apply(request, edition, plan, ticks.set_)
        remember(form.document, now.answers, proposal.questions, by=request.user)
        there = existing_sessions(edition)
        plan = steps.plan(proposal, there, intros(edition))
        ticks = _Ticks(request.POST, after=True)
    preview = _preview(request, edition, proposal, plan, ticks)
    preview |= _shown(form, edition, proposal, plan, now, preview)
    preview["remembered"] = _remembered(known, now.answers, proposal.questions)
    preview["outlook"] = outlook(plan, there, {line.step.key for line in preview["lines"] if line.ticked})
    return _page(request, form.with_what_was_read(), preview)


def _looked_at(request, form, edition):
    """(the proposal, the answers that the page was drawn with, those of now, what was remembered)."""
    before = Answered.from_json(request.POST.get("answered", ""))
    asks_again = "ask_again" in request.POST
    if asks_again:
        forget(form.document)
    known = remembered(form.document)
    answers = answers_in(request.POST, _days(edition))
    if asks_again or (before.answers is None and not answers):
        answers = known.answers
    proposal = _recognised(form, edition, answers)
    now = Answered.of(form.document, answers)
    true = still_true(answers, before, now, proposal.questions)
    if true != answers:
        proposal, now = _recognised(form, edition, true), Answered.of(form.document, true)
    return proposal, before, now, known


def _recognised(form, edition, answers):
    if form.proposal:
        return form.proposal
    first, last, known = edition.starts_on, edition.ends_on, known_organisations()
    return recognise(form.document, first_day=first, last_day=last, known=known, answers=answers)


def _days(edition):
    length = min((edition.ends_on - edition.starts_on).days + 1, MOST_DAYS)
    return [edition.starts_on + datetime.timedelta(days=number) for number in range(length)]


class _Ticks:
    """Where staff set another tick than the site did, theirs stays. An answer may make sure what was in doubt."""

    def __init__(self, post, *, after=False):
        self.set_ = set(post.getlist("step"))
        shown = post.get("shown", "").split()
        self.shown = {one.rstrip(TICKED): one.endswith(TICKED) for one in shown}  # the key -> the tick of the site
        self.after = after  # what was ticked is done: what is left was left on purpose

    def of(self, step, *, at_first):
        if not self.shown:
            return at_first and not self.after
        is_set = step.key in self.set_
        return is_set if is_set != self.shown.get(step.key, is_set) else at_first


def _apply(request, edition, plan, ticked):
    possible = {step.key for step in plan.steps if _may(request, step)}
    outcome = apply(edition, plan, possible & set(ticked), by=request.user)
    said = _("Added: %(created)s. Changed: %(changed)s. Removed: %(removed)s.") % {
        "created": digits(outcome.created),
        "changed": digits(outcome.changed),
        "removed": digits(outcome.removed),
    }
    messages.success(request, said)
    for text in outcome.refused:
        messages.warning(request, _("Not removed: %(text)s") % {"text": text})
    waiting = sum(not step.is_removal and step.what != steps.SAME and step.key not in ticked for step in plan.steps)
    if waiting:
        said = ngettext(
            "%(number)s step was not ticked, and is not done: it stands below.",
            "%(number)s steps were not ticked, and are not done: they stand below.",
            waiting,
        )
        messages.info(request, said % {"number": digits(waiting)})
    gone = len(set(ticked) - possible)
    if gone:
        said = ngettext(
            "%(number)s ticked row has changed meanwhile. Look at it again.",
            "%(number)s ticked rows have changed meanwhile. Look at them again.",
            gone,
        )
        messages.warning(request, said % {"number": digits(gone)})


def _may(request, step):
    if step.what == steps.REMOVE:
        return request.user.has_perm("agenda.delete_session")
    return step.what != steps.REMOVE_PERSON or request.user.has_perm("agenda.delete_appearance")


def _preview(request, edition, proposal, plan, ticks):
    """Ticked at first: what is sure. Not what removes something, has a doubt, or lies outside the edition."""
    lines = []
    sure = {
        step.date for step in plan.steps if step.what in (steps.CREATE, steps.CHANGE, steps.SAME) and not step.doubt
    }
    for step in plan.steps:
        if step.what != steps.SAME and len(lines) < MAX_STEPS:
            outside = not step.is_removal and not edition.starts_on <= step.date <= edition.ends_on
            at_first = not step.is_removal and not outside and not step.doubt
            waits = step.what == steps.DAY and step.date not in sure
            at_first = at_first and not waits
            ticked = ticks.of(step, at_first=at_first)
            lines.append(PreviewLine(step, _may(request, step), ticked, outside, waits and not outside, at_first))
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
            "unticked": sum(not line.ticked for line in lines if not line.step.is_removal),
        },
        "left_out": len(plan.steps) - len(plan.of(steps.SAME)) - len(lines),
    }


def _shown(form, edition, proposal, plan, answered, preview):
    """What stands around the steps: the count, what needs a look, the questions, and the source row by row."""
    document, doubts, beside = form.document, defaultdict(list), defaultdict(list)
    for line in preview["in_table"]:
        beside[line.step.spot].append(line)
        if line.step.doubt or line.outside:
            doubts[line.step.spot].append(line.step.doubt or str(OUTSIDE))
    same = defaultdict(list)
    for step in preview["same"]:
        same[step.spot].append(step)
    drawn = sources(document, proposal, answered.answers or {}, _days(edition))
    at = {row.spot for source in drawn for row in source.rows}
    return {
        "document": document,
        "told": told(proposal, document, {spot: texts for spot, texts in doubts.items() if spot and texts}),
        "sources": [(source, [(row, beside[row.spot], same[row.spot]) for row in source.rows]) for source in drawn],
        "elsewhere": [line for line in preview["in_table"] if line.step.spot not in at],
        "roles": CHOICES,
        "days": _days(edition),
        "new_places": new_places(edition, plan),
        "answers": answered.answers or {},
        "answered": answered.to_json(),
        "shown": " ".join(line.step.key + TICKED * line.at_first for line in preview["lines"]),
    }


def _remembered(known, answers, questions):
    """[(who answered and when, what)], as long as the page is drawn with it."""
    if any(answers.get(name) != value for name, value in known.answers.items()):
        return []
    labels = {(one.key, choice.value): f"{one.text} {choice.label}" for one in questions for choice in one.choices}
    lines = []
    for reading in known.readings:
        said = [
            _("column %(number)s: %(role)s") % {"number": digits(int(at) + 1), "role": ROLES[ColumnRole(role)]}
            for at, role in reading.columns.items()
        ]
        said += [labels.get((key, value), value) for key, value in reading.questions.items()]
        lines.append((reading, said))
    return lines


def _page(request, form, preview=None):
    return admin_page(request, TEMPLATE, _("Import the agenda"), opts=Session._meta, form=form, preview=preview)
