"""The public pages on which somebody signs up others."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.editions import for_edition
from registration import outbox, signup
from registration.forms.others import OthersForm
from registration.links import address_for
from registration.models import Intake
from registration.sign_up_others import sign_up_others

CLOSED_MEANWHILE = _("Registration closed while you were writing. Call us: the number is below.")
SESSION_KEY = "helper"  # the helper this browser has just been; nothing else is kept
MORE = {"1": 1, "5": 5}  # what the buttons for more people say


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
def others(request, edition):
    if request.method != "POST":
        return _empty_page(request, edition)
    if request.POST.keys() & {"switch", "add", "remove"}:
        return _other_page(request, edition)
    form = OthersForm.sent(edition, request.POST)
    if form.is_valid() and (helper := _sign_up(form, edition)):
        request.session[SESSION_KEY] = helper.pk
        return redirect("registration:others_thanks", edition.year)
    return page(request, edition, form)


def page(request, edition, form, *, status=200, **context):
    return render(request, "registration/others.html", {"edition": edition, "form": form, **context}, status=status)


def _empty_page(request, edition):
    intake = Intake.of(edition)
    if intake and intake.is_open:
        return page(request, edition, OthersForm.empty(edition, request.GET))
    return render(request, "registration/closed.html", {"edition": edition})


def _other_page(request, edition):
    """On in the other language, with more people or with one less: with everything typed."""
    gone = request.POST.get("remove", "")
    without = int(gone) if gone.isdecimal() and len(gone) <= 3 else None
    more = MORE.get(request.POST.get("add"), 0)
    form = OthersForm.keep(edition, request.POST, more=more, without=without)
    return page(request, edition, form, has_removed=without is not None)


def _sign_up(form, edition):
    try:
        return sign_up_others(
            edition=edition,
            helper=form.helper.columns(),
            people=form.answers(),
            language=get_language(),
            form_token=form.helper.cleaned_data["form_token"],
        )
    except signup.Closed:
        form.helper.add_error(None, CLOSED_MEANWHILE)
    except ValidationError as error:
        form.helper.add_error(None, error.messages)
    return None


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def thanks(request, edition):
    """Each person's number, and their own link to hand over; who has an e-mail finds it there."""
    helper = edition.helpers.with_people(request.session.get(SESSION_KEY))
    if helper is None:
        return redirect("registration:others", edition.year)
    people = [(one, None if outbox.goes_by_email(one) else address_for(one)) for one in helper.registrations.all()]
    people.reverse()  # in the order of the form: the table gives the latest first
    return render(request, "registration/others_thanks.html", {"edition": edition, "people": people})
