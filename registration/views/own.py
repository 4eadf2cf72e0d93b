"""A participant's own page: reached by a link, without an account."""

from functools import wraps

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from registration import signup
from registration.links import registration_for
from registration.models import Registration
from registration.own_data import everything

SESSION_KEY = "own_registration"


@never_cache
@require_safe
@sensitive_variables("token")
def link(request, token):
    """Swaps the link for a session and goes on to an address without secret. Opening it changes nothing."""
    registration = registration_for(token)
    if registration is None:
        return render(request, "registration/own_unknown.html", status=404)
    request.session[SESSION_KEY] = registration.pk
    return redirect("registration:own")


def own(view):
    """For whoever came by their link."""

    @never_cache
    @wraps(view)
    def of_participant(request):
        registration = Registration.objects.with_answers(request.session.get(SESSION_KEY))
        if registration is None:
            return render(request, "registration/own_unknown.html", status=404)
        request.edition = registration.edition
        response = view(request, registration)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return of_participant


@require_safe
@own
def page(request, registration):
    return _page(request, registration)


@require_POST
@own
def accept(request, registration):
    try:
        signup.accept_offer(registration)
    except signup.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@own
def cancel(request, registration):
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_cancel.html", {"registration": registration})
    try:
        signup.cancel(registration)
    except signup.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@require_safe
@own
def download(request, registration):
    name = f"registration-{registration.spoken_code}.json"
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(everything(registration), json_dumps_params=options)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@own
def erase(request, registration):
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_erase.html", {"registration": registration})
    signup.erase(registration)
    request.session.flush()
    return render(request, "registration/own_erased.html", {"edition": registration.edition})


def _page(request, registration, *, too_late=False):
    return render(request, "registration/own.html", {"registration": registration, "too_late": too_late})
