"""The page on which staff look at a list, correct its columns, answer what it does not say, and bring it in."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from conference import clock
from conference.staff.pages import admin_page
from conference.words import digits, phone
from registration.admin.bringing_in.forms import SaidForm
from registration.bringing_in import own_questions
from registration.bringing_in.asked import Asked
from registration.bringing_in.looking import Found, Looked, look
from registration.bringing_in.people import NotSaid
from registration.bringing_in.waiting import Waiting
from registration.bringing_in.writing import write_some
from registration.choices import BadgeRole, Part, Province, Sector, YesNo
from registration.models import BringingIn
from registration.places.choosable import choosable

LOOK = "admin/registration/bringingin/look.html"
GO_ON = "admin/registration/bringingin/go_on.html"
# Who may change these answers may write them.
SEES_ANSWERS = "registration.change_inclusionanswers"
# A form has at most 2,000 fields, columns with theirs: the new rows that follow have one box together.
MOST_BOXES = 1500
EXAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column as the page shows it, with the select over it."""

    name: str
    heading: str
    asked: str
    examples: list[str]  # none where its answers may be private


@dataclass(frozen=True)
class Line:
    looked: Looked
    ticked: bool
    telephone: str
    more: list[str]  # what is read beside name and contact, in words


def look_page(request, listed):
    waiting = Waiting.loaded(listed.waiting)
    if waiting.todo is not None:
        if {"look", "apply", "forget"} & request.POST.keys():  # of a page that is still open in another tab
            messages.warning(request, _("Nothing was changed: you have begun to bring in this list already."))
            return redirect(request.path)
        return _go_on(request, listed, waiting)
    if request.method != "POST":
        initial = vars(waiting.said) | {"is_told": "", "agreed_how": listed.agreed_how, "agreed_on": listed.agreed_on}
        return _look(request, listed, waiting, SaidForm(edition=listed.edition, initial=initial))
    if "forget" in request.POST:
        listed.delete()
        return redirect("admin:registration_bringingin_changelist")
    _set_columns(request, waiting, choosable(listed.edition).questions)
    form = SaidForm(request.POST, edition=listed.edition)
    is_right = form.is_valid()
    _keep(listed, waiting, form)
    if "apply" not in request.POST or not is_right:
        if "apply" not in request.POST:  # what was typed stays, and nothing is judged
            form = SaidForm.keep(request.POST, edition=listed.edition)
        ticked = request.POST.getlist("row") if "apply" in request.POST else None
        return _look(request, listed, waiting, form, ticked)
    looked = _looked(request, listed, waiting)
    boxes, rest = _boxes(looked, waiting)
    chosen = set(request.POST.getlist("row"))
    waiting.todo = [one.row.key for one in boxes if one.may and one.row.key in chosen]
    if "rest" in request.POST:
        waiting.todo += [one.row.key for one in rest]
    listed.rows = looked.rows
    listed.waiting = waiting.dumped()
    listed.save()
    return _go_on(request, listed, waiting)


def _set_columns(request, waiting, questions):
    known = dict(own_questions.offered(questions))
    for at, sheet in enumerate(waiting.sheets):
        for column in range(len(sheet.columns)):
            said = request.POST.get(f"column-{at}-{column}", "")
            if said in known:
                sheet.columns[column] = Asked(said) if said in Asked.values else said


def _keep(listed, waiting, form):
    """What is understood of the answers; the rest is asked again."""
    said = form.cleaned_data
    waiting.said.days = said.get("days") or []
    waiting.said.language = said.get("language") or waiting.said.language
    waiting.said.helper_name = said.get("helper_name") or ""
    waiting.said.helper_phone = (said.get("helper_phone") or "") if waiting.said.helper_name else ""
    listed.agreed_on = said.get("agreed_on")
    listed.agreed_how = said.get("agreed_how") or ""
    listed.is_told = said.get("is_told") == YesNo.YES
    listed.waiting = waiting.dumped()
    listed.save()


def _not_said(listed, waiting, days):
    return NotSaid(
        days=[row for row in days if row.date.isoformat() in waiting.said.days],
        language=waiting.said.language,
        agreed_on=listed.agreed_on or clock.today(),
        through_helper=bool(waiting.said.helper_phone),
    )


def _looked(request, listed, waiting):
    asked = choosable(listed.edition)
    days = list(asked.days.values())
    return look(
        waiting,
        listed.edition,
        _not_said(listed, waiting, days),
        days,
        sees_answers=request.user.has_perm(SEES_ANSWERS),
        questions=asked.questions,
    )


def _boxes(looked, waiting):
    """Those with a box of their own, and the new ones that have one together."""
    doubtful = [one for one in looked.people if one.found != Found.NEW]
    new = looked.of(Found.NEW)
    columns = sum(len(sheet.columns) for sheet in waiting.sheets)
    room = max(0, MOST_BOXES - columns - len(doubtful))
    rest = new[room:]
    kept = {id(one) for one in rest}
    return [one for one in looked.people if id(one) not in kept], rest


def _look(request, listed, waiting, form, ticked=None):
    looked = _looked(request, listed, waiting)
    boxes, rest = _boxes(looked, waiting)
    lines = [_line(one, ticked) for one in boxes]
    return admin_page(
        request,
        LOOK,
        _("Bring in a list of people"),
        opts=BringingIn._meta,
        listed=listed,
        form=form,
        looked=looked,
        counts=_counts(looked),
        lines=lines,
        rest=rest,
        is_rest_ticked=ticked is None or "rest" in request.POST,
        sheets=[(sheet, _columns(at, sheet)) for at, sheet in enumerate(waiting.sheets)],
        choices=own_questions.offered(choosable(listed.edition).questions),
        left_out=[_said(*one) for one in (*waiting.left_out, *looked.passed)],
        has_names=any(sheet.has_names for sheet in waiting.sheets),
        is_over=listed.edition.is_over,
    )


def _said(where, text, reason):
    """What was left out, its place, and why."""
    return (_("“%(text)s” in %(where)s") % {"text": text, "where": where} if text else where), reason


def _counts(looked):
    """In the order of the page, all of them: a zero says that it was looked for."""
    return [*((kind.label, looked.counts[kind]) for kind in Found), (_("rows that are no people"), len(looked.passed))]


def _columns(at, sheet):
    columns = []
    for number, asked in enumerate(sheet.columns):
        is_private = own_questions.is_private(asked) or asked == Asked.IGNORED
        cells = [line.cells[number] for line in sheet.lines if line.cells[number]]
        columns.append(
            Column(
                name=f"column-{at}-{number}",
                heading=sheet.headings[number] or _("column %(number)s") % {"number": digits(number + 1)},
                asked=asked,
                examples=[] if is_private else [cell[:60] for cell in cells[:EXAMPLES]],
            )
        )
    return columns


def _line(looked, ticked):
    person = looked.row.person
    more = [person["organisation"]]
    for choices, name in ((Sector, "sector"), (Province, "province"), (BadgeRole, "badge_role")):
        if value := person.get(name):
            more.append(str(choices(value).label))
    if person["part"] != Part.PARTICIPANT and not person.get("badge_role"):
        more.append(str(Part(person["part"]).label))
    if person.get("remark"):
        more.append(person["remark"])
    if looked.row.inclusion:
        more.append(_("private answers"))
    is_ticked = looked.is_ticked if ticked is None else looked.row.key in ticked
    return Line(looked, is_ticked, phone(person["phone"]) if person["phone"] else "", [one for one in more if one])


def _go_on(request, listed, waiting):
    """A few seconds of work for each press of the button; the page presses it by itself where it has script."""
    asked = choosable(listed.edition)
    days = list(asked.days.values())
    if request.method == "POST":
        write_some(
            listed,
            waiting,
            _not_said(listed, waiting, days),
            days,
            by=request.user,
            sees_answers=request.user.has_perm(SEES_ANSWERS),
            questions=asked.questions,
        )
        return redirect(request.path)
    done = listed.people + listed.known + listed.refused
    return admin_page(
        request,
        GO_ON,
        _("Bring in a list of people"),
        opts=BringingIn._meta,
        listed=listed,
        done=done,
        total=done + len(waiting.todo),
    )
