"""The participant changes what they told us, or asks staff to."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from registration.forms.change import AgreementsForm, AnswersForm, AskForm, NeedsForm, TravelForm
from registration.forms.refusals import said_in
from registration.models import Intake
from registration.own_page import changing
from registration.places import lock
from registration.views.own import own

NOT_SENT = _("It is no longer possible to change this. Nothing was saved: call us, the number is below.")
TOO_MANY = _("You have asked for several changes already. We work on them; call us if it is urgent.")
form_page = require_http_methods(["GET", "HEAD", "POST"])


def in_time(view):
    """While answers can be changed; afterwards it is a request to staff."""

    def while_changes_are_taken(request, registration):
        if changing.may_change(registration, Intake.of(registration.edition)):
            return view(request, registration)
        return redirect("registration:own_ask")

    return while_changes_are_taken


def while_kept(view):
    """Until sensitive answers are erased: nobody gives them again for nothing."""

    def with_sensitive_answers(request, registration):
        if Intake.of(registration.edition).keeps_sensitive():
            return view(request, registration)
        return redirect("registration:own")

    return with_sensitive_answers


@sensitive_post_parameters()
@form_page
@own
@in_time
def answers(request, registration):
    return _change(request, registration, AnswersForm, changing.change_answers, _("Change my answers"))


@sensitive_post_parameters()
@form_page
@own
@in_time
@while_kept
def needs(request, registration):
    return _change(request, registration, NeedsForm, changing.change_needs, _("What I need"))


@sensitive_post_parameters()
@form_page
@own
@in_time
@while_kept
def travel(request, registration):
    return _change(request, registration, TravelForm, changing.change_travel, _("Journey and room"))


@form_page
@own
def agreements(request, registration):
    def save(registration, agreements):
        changing.change_agreements(registration, agreements=agreements, language=get_language())

    return _change(request, registration, AgreementsForm, save, _("What I agree to"), is_agreement=True)


def _change(request, registration, form_class, save, title, **context):
    """One page: prefilled when it is opened, on in the other language with everything typed, or saved."""
    if request.method != "POST":
        form = form_class(registration=registration)
    elif "switch" in request.POST:
        form = form_class.keep(request.POST, registration=registration)
    else:
        form = form_class(request.POST, registration=registration)
        if form.is_valid() and _is_saved(form, registration, save):
            return redirect(reverse("registration:own") + "?saved")
    context |= {"registration": registration, "form": form, "title": title}
    return render(request, "registration/own_change.html", context)


def _is_saved(form, registration, save):
    with said_in(form, too_late=NOT_SENT):
        save(registration, **form.answers())
    return not form.errors


@sensitive_post_parameters()
@form_page
@own
def ask(request, registration):
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
