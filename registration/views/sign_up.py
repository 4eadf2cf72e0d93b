"""The public pages of signing up."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.editions import for_edition
from registration import signup
from registration.forms.about_participants import AboutParticipantsForm
from registration.forms.sign_up import SignUpForm
from registration.links import address_for
from registration.models import Intake
from registration.views.busy import kept_while_busy

CLOSED_MEANWHILE = _("Registration closed while you were writing. Call us: the number is below.")
SESSION_KEY = "registration"  # the registration this browser has just made; nothing else is kept


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@kept_while_busy
def register(request, edition):
    if request.method != "POST":
        return _empty_form(request, edition)
    if "switch" in request.POST:  # on in the other language, with everything typed
        return _form_page(request, edition, SignUpForm.keep(request.POST, edition=edition))
    form = SignUpForm(request.POST, edition=edition)
    if form.is_valid() and form.is_for_guardian:
        return _call_guardian(request, edition, form)
    if form.is_valid() and (registration := _sign_up(form, edition)):
        request.session[SESSION_KEY] = registration.pk
        return redirect("registration:thanks", edition.year)
    return _form_page(request, edition, form)


def _call_guardian(request, edition, form):
    asked = {name: form.cleaned_data[name] for name in ("guardian_name", "guardian_phone", "form_token")}
    try:
        signup.ask_guardian(edition=edition, language=get_language(), **asked)
    except signup.Closed:
        form.add_error(None, CLOSED_MEANWHILE)
        return _form_page(request, edition, form)
    return redirect("registration:guardian", edition.year)


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def guardian(request, edition):
    return render(request, "registration/guardian.html", {"edition": edition})


def _sign_up(form, edition):
    try:
        return signup.sign_up(
            edition=edition,
            answers=form.answers(),
            language=get_language(),
            form_token=form.cleaned_data["form_token"],
        )
    except signup.Closed:
        form.add_error(None, CLOSED_MEANWHILE)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def _form_page(request, edition, form, *, sent_in_vain=False, status=200):
    context = {"edition": edition, "form": form, "sent_in_vain": sent_in_vain}
    return render(request, "registration/register.html", context, status=status)


def _empty_form(request, edition):
    intake = Intake.of(edition)
    if intake and intake.is_open:
        return _form_page(request, edition, SignUpForm(edition=edition))
    return render(request, "registration/closed.html", {"edition": edition})


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def thanks(request, edition):
    registration = _just_made(request, edition)
    if registration is None:
        return redirect("registration:register", edition.year)
    context = {
        "edition": edition,
        "registration": registration,
        "link": address_for(registration),
        "has_answered": hasattr(registration, "inclusion_answers") and registration.inclusion_answers.tells_who,
    }
    return render(request, "registration/thanks.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
def about_participants(request, edition):
    registration = _just_made(request, edition)
    if registration is None:
        return redirect("registration:register", edition.year)
    form = AboutParticipantsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        signup.answer_about_participants(registration, form.cleaned_data)
        return redirect("registration:thanks", edition.year)
    return render(request, "registration/about_participants.html", {"edition": edition, "form": form})


def _just_made(request, edition):
    return edition.registrations.with_answers(request.session.get(SESSION_KEY))


@sensitive_post_parameters()
def csrf_failure(request, reason=""):
    """A sign-up sent from a page that was open too long, or without its cookie, comes back with all that was typed."""
    match = request.resolver_match
    if match and match.view_name == "registration:register":
        return _try_again(request, **match.kwargs)
    return plain_csrf_failure(request, reason, template_name="403_csrf.html")


@for_edition
def _try_again(request, edition):
    form = SignUpForm.keep(request.POST, edition=edition)
    return _form_page(request, edition, form, sent_in_vain=True, status=403)
