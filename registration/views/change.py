"""The participant changes what they told us, or asks staff to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.forms import PlainForm
from registration.choices import Agreement, Subject
from registration.forms.change import AgreementsForm, AnswersForm, AskForm, NeedsForm, TravelForm
from registration.forms.refusals import said_in
from registration.models import Intake, Registration
from registration.own_page import changing
from registration.places import lock
from registration.views.busy import nothing_lost
from registration.views.own import OwnView, own, own_whole, renewed
from registration.views.receipts import acts_here

NOT_SENT = _("It is no longer possible to change this. Nothing was saved: call us, the number is below.")
TOO_MANY = _("You have asked for several changes already. We work on them; call us if it is urgent.")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Part:
    """Questions that are changed on one page."""

    form: type[AnswersForm | NeedsForm | TravelForm | AgreementsForm]
    title: Promise
    is_agreement: bool = False


ANSWERS = Part(AnswersForm, _("Change my answers"))
NEEDS = Part(NeedsForm, _("What I need"))
TRAVEL = Part(TravelForm, _("Journey and room"))
AGREEMENTS = Part(AgreementsForm, _("What I agree to"), is_agreement=True)


def in_time(view: OwnView) -> OwnView:
    """While answers can be changed. Afterwards the participant can only ask staff for a change."""

    @wraps(view)
    def while_changes_are_taken(request: HttpRequest, registration: Registration) -> HttpResponse:
        if changing.may_change(registration, Intake.of(registration.edition)):
            return view(request, registration)
        return redirect("registration:own_ask")

    return while_changes_are_taken


def while_kept(view: OwnView) -> OwnView:
    """Until sensitive answers are erased. Afterwards no participant gives them again for nothing."""

    @wraps(view)
    def with_sensitive_answers(request: HttpRequest, registration: Registration) -> HttpResponse:
        intake = Intake.of(registration.edition)
        if intake is not None and intake.keeps_sensitive():
            return view(request, registration)
        return redirect("registration:own")

    return with_sensitive_answers


def _page(
    request: HttpRequest,
    registration: Registration,
    part: Part,
    form: PlainForm,
    *,
    status: int = 200,
    **happened: bool,
) -> HttpResponse:
    context = {"registration": registration, "form": form, "title": part.title, "is_agreement": part.is_agreement}
    return render(request, "registration/own_change.html", context | happened, status=status)


def _typed(part: Part) -> Callable[..., HttpResponse]:
    """The page of a part, with everything typed."""

    def page(request: HttpRequest, registration: Registration, **happened: Any) -> HttpResponse:
        form = part.form.keep(request.POST, registration=registration)
        return _page(request, registration, part, form, **happened)

    return page


@sensitive_post_parameters()
@form_page
@own_whole
@in_time
@nothing_lost(_typed(ANSWERS))
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, ANSWERS, changing.change_answers)


@sensitive_post_parameters()
@form_page
@own_whole
@in_time
@while_kept
@nothing_lost(_typed(NEEDS))
def needs(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, NEEDS, changing.change_needs)


@sensitive_post_parameters()
@form_page
@own_whole
@in_time
@while_kept
@nothing_lost(_typed(TRAVEL))
def travel(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, TRAVEL, changing.change_travel)


@form_page
@own
@nothing_lost(_typed(AGREEMENTS))
def agreements(request: HttpRequest, registration: Registration) -> HttpResponse:
    def save(registration: Registration, agreements: dict[Subject, Agreement]) -> None:
        changing.change_agreements(registration, agreements=agreements, language=get_language())

    return _change(request, registration, AGREEMENTS, save)


def _change(request: HttpRequest, registration: Registration, part: Part, save: Callable[..., object]) -> HttpResponse:
    """One page: prefilled when it is opened, shown in the other language with everything typed, or saved."""
    if request.method != "POST":
        return _page(request, registration, part, part.form(registration=registration))
    if "switch" in request.POST:
        return _typed(part)(request, registration)
    form, link_version = part.form(request.POST, registration=registration), registration.link_version
    if form.is_valid():
        acts_here(request, registration)
        with said_in(form, too_late=NOT_SENT):
            save(registration, **form.answers())
        if not form.errors and registration.link_version != link_version:
            return renewed(request, registration, has_other_address=True)
        if not form.errors:
            return redirect(reverse("registration:own") + "?saved")
    return _page(request, registration, part, form)


def _ask_page(
    request: HttpRequest, registration: Registration, form: AskForm | None, *, status: int = 200, **happened: bool
) -> HttpResponse:
    context = {"registration": registration, "form": form, **happened}
    return render(request, "registration/own_ask.html", context, status=status)


def _ask_typed(request: HttpRequest, registration: Registration, **happened: Any) -> HttpResponse:
    return _ask_page(request, registration, AskForm.keep(request.POST), **happened)


@sensitive_post_parameters()
@form_page
@own
@nothing_lost(_ask_typed)
def ask(request: HttpRequest, registration: Registration) -> HttpResponse:
    intake = Intake.of(registration.edition)
    if not changing.may_ask(registration, intake):
        return _ask_page(request, registration, None)
    if "switch" in request.POST:
        return _ask_typed(request, registration)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts_here(request, registration)
        try:
            changing.ask_staff(registration, form.cleaned_data["text"])
        except lock.TooLate:
            form.add_error(None, TOO_MANY)
        else:
            return redirect(reverse("registration:own") + "?asked")
    return _ask_page(request, registration, form)
