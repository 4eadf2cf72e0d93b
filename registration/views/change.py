"""The participant changes what they told us, or asks staff to."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from registration.choices import Agreement, Subject
from registration.forms.change import AgreementsForm, AnswersForm, AskForm, NeedsForm, TravelForm
from registration.forms.refusals import said_in
from registration.models import Intake, Registration
from registration.own_page import changing
from registration.places import lock
from registration.views.own import OwnView, own

NOT_SENT = _("It is no longer possible to change this. Nothing was saved: call us, the number is below.")
TOO_MANY = _("You have asked for several changes already. We work on them; call us if it is urgent.")
form_page = require_http_methods(["GET", "HEAD", "POST"])


def in_time(view: OwnView) -> OwnView:
    """While answers can be changed. Afterwards the participant can only ask staff for a change."""

    def while_changes_are_taken(request: HttpRequest, registration: Registration) -> HttpResponse:
        if changing.may_change(registration, Intake.of(registration.edition)):
            return view(request, registration)
        return redirect("registration:own_ask")

    return while_changes_are_taken


def while_kept(view: OwnView) -> OwnView:
    """Until sensitive answers are erased. Afterwards no participant gives them again for nothing."""

    def with_sensitive_answers(request: HttpRequest, registration: Registration) -> HttpResponse:
        intake = Intake.of(registration.edition)
        if intake is not None and intake.keeps_sensitive():
            return view(request, registration)
        return redirect("registration:own")

    return with_sensitive_answers


@sensitive_post_parameters()
@form_page
@own
@in_time
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, AnswersForm, changing.change_answers, _("Change my answers"))


@sensitive_post_parameters()
@form_page
@own
@in_time
@while_kept
def needs(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, NeedsForm, changing.change_needs, _("What I need"))


@sensitive_post_parameters()
@form_page
@own
@in_time
@while_kept
def travel(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _change(request, registration, TravelForm, changing.change_travel, _("Journey and room"))


@form_page
@own
def agreements(request: HttpRequest, registration: Registration) -> HttpResponse:
    def save(registration: Registration, agreements: dict[Subject, Agreement]) -> None:
        changing.change_agreements(registration, agreements=agreements, language=get_language())

    return _change(request, registration, AgreementsForm, save, _("What I agree to"), is_agreement=True)


def _change(
    request: HttpRequest,
    registration: Registration,
    form_class: type[AnswersForm | NeedsForm | TravelForm | AgreementsForm],
    save: Callable[..., object],
    title: Promise,
    *,
    is_agreement: bool = False,
) -> HttpResponse:
    """One page: prefilled when it is opened, shown in the other language with everything typed, or saved."""
    if request.method != "POST":
        form = form_class(registration=registration)
    elif "switch" in request.POST:
        form = form_class.keep(request.POST, registration=registration)
    else:
        form = form_class(request.POST, registration=registration)
        if form.is_valid():
            with said_in(form, too_late=NOT_SENT):
                save(registration, **form.answers())
            if not form.errors:
                return redirect(reverse("registration:own") + "?saved")
    context = {"registration": registration, "form": form, "title": title, "is_agreement": is_agreement}
    return render(request, "registration/own_change.html", context)


@sensitive_post_parameters()
@form_page
@own
def ask(request: HttpRequest, registration: Registration) -> HttpResponse:
    intake = Intake.of(registration.edition)
    if not changing.may_ask(registration, intake):
        return render(request, "registration/own_ask.html", {"registration": registration})
    if "switch" in request.POST:
        form = AskForm.keep(request.POST)
    else:
        form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changing.ask_staff(registration, form.cleaned_data["text"])
        except lock.TooLate:
            form.add_error(None, TOO_MANY)
        else:
            return redirect(reverse("registration:own") + "?asked")
    return render(request, "registration/own_ask.html", {"registration": registration, "form": form})
