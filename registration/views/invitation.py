"""The page of an invitation: a guest says yes, with few questions, or no. Without an account, and without e-mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from agenda.publishing import chosen
from registration.forms.invitation import InvitationForm
from registration.inviting import answering
from registration.links import invited_by
from registration.models import ExtraQuestion, Registration
from registration.places import lock
from registration.places.days import Beginnings
from registration.views import opened
from registration.views.busy import nothing_lost


def _typed(request: HttpRequest, **happened: Any) -> HttpResponse:
    match = request.resolver_match
    registration = invited_by(match.kwargs["token"] if match else "")
    if registration is None:
        return _not_open(request)
    return _page(request, registration, InvitationForm.keep(request.POST, **_asked(registration)), **happened)


@never_cache
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@nothing_lost(_typed)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is wrong, used or too old gets one answer: no link tells whether a person is invited or comes."""
    registration = invited_by(token)
    if registration is None:
        return _not_open(request)
    form = InvitationForm(request.POST if "yes" in request.POST else None, **_asked(registration))
    try:
        if "no" in request.POST:
            return _say_no(request, registration)
        if form.is_valid():
            answering.accept(registration, **form.answers())
            return _welcome(request, registration)
    except lock.TooLate:
        return _not_open(request)
    return _page(request, registration, form)


def _say_no(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    request.edition = registration.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    is_done = "sure" in request.POST
    if is_done:
        answering.decline(registration)
    context = {"registration": registration, "is_done": is_done}
    return _private(render(request, "registration/invitation_no.html", context))


def _welcome(request: HttpRequest, registration: Registration) -> HttpResponse:
    """On to the own page. Staff may have seen the link: it opens the standing, and nothing that is private."""
    opened.put(request, opened.OWN, registration.opens)
    return redirect("registration:own")


def _page(
    request: HttpRequest, registration: Registration, form: InvitationForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    request.edition = registration.edition  # type: ignore[attr-defined]  # likewise
    context = {"registration": registration, "form": form, **happened}
    return _private(render(request, "registration/invitation.html", context, status=status))


def _not_open(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/invitation_not_open.html", status=404)


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: other sites are not told it (views.own)."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _asked(registration: Registration) -> dict[str, Any]:
    """The kept days that are still to come, by the dates that are published; and the edition's own questions."""
    edition = registration.edition
    days = chosen.as_published(edition, registration.days.all())
    coming = Beginnings(edition).still_to_come(days)
    asked = list(ExtraQuestion.objects.of(edition).asked())
    return {"days": [day for day in days if day in coming], "asked": asked}
