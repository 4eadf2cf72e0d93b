"""A participant's own page: reached by a link, without an account."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from agenda.publishing import chosen
from agenda.publishing.versions import published
from registration import wordings
from registration.choices import Province, Status
from registration.links import address_for, registration_for
from registration.messages import calendar_file
from registration.models import Arrangement, Intake, Registration
from registration.own_page import changing
from registration.own_page.data import everything
from registration.own_page.data_in_words import in_words
from registration.places import lock
from registration.signing_up import transitions

SESSION_KEY = "own_registration"
OwnView = Callable[[HttpRequest, Registration], HttpResponse]


@never_cache
@require_safe
@sensitive_variables("token")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Swaps the link for a session and goes on to an address without a secret. Opening it changes nothing."""
    registration = registration_for(token)
    if registration is None:
        return render(request, "registration/own_unknown.html", status=404)
    request.session[SESSION_KEY] = registration.opens
    return redirect("registration:own")


def own(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
    """For a participant who came by their own link."""

    @never_cache
    @wraps(view)
    def of_participant(request: HttpRequest) -> HttpResponse:
        registration = Registration.objects.opened_by(request.session.get(SESSION_KEY))
        if registration is None:
            return render(request, "registration/own_unknown.html", status=404)
        request.edition = registration.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        try:
            response = view(request, registration)
        except lock.Closed:  # staff have taken the intake away: reading is all that is possible
            response = _page(request, registration, is_closed=True)
        # Other sites are told nothing. With "no-referrer" browsers send forms with "Origin: null", which CSRF refuses.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return of_participant


@require_safe
@own
def page(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _page(request, registration, saved="saved" in request.GET, asked="asked" in request.GET)


@require_POST
@own
def accept(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        transitions.accept_offer(registration)
    except lock.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@own
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_cancel.html", {"registration": registration})
    try:
        transitions.cancel(registration)
    except lock.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@require_safe
@own
def download(request: HttpRequest, registration: Registration) -> HttpResponse:
    name = f"registration-{registration.spoken_code}.json"
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(everything(registration), json_dumps_params=options)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@own
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The days for a calendar, for a participant who has a place."""
    if registration.status != Status.CONFIRMED:
        return render(request, "registration/own_unknown.html", status=404)
    days = chosen.as_published(registration.edition, registration.days.all())
    content = calendar_file.of(registration, days)
    headers = {"Content-Disposition": f'attachment; filename="{calendar_file.NAME}"'}
    return HttpResponse(content, content_type=f"{calendar_file.TYPE}; charset=utf-8", headers=headers)


@require_safe
@own
def arrangements(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the participant asked for and how far it is: a page of its own, which others do not read by accident."""
    intake = Intake.of(registration.edition)
    context = {
        "registration": registration,
        "arrangements": Arrangement.objects.of(registration),
        "may_change": intake is not None and intake.keeps_sensitive() and changing.may_change(registration, intake),
    }
    return render(request, "registration/own_arrangements.html", context)


@own
def erase(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_erase.html", {"registration": registration})
    transitions.erase(registration)
    request.session.flush()
    return render(request, "registration/own_erased.html", {"edition": registration.edition})


@own
def renew_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that makes a new link, with which this browser goes on."""
    if request.method != "POST":
        return render(request, "registration/own_renew.html", {"registration": registration})
    changing.renew_link(registration, is_shown=True)
    request.session[SESSION_KEY] = registration.opens
    context = {"registration": registration, "link": address_for(registration)}
    return render(request, "registration/own_renewed.html", context)


@require_safe
@own
def data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All that we hold, to read: sensitive answers too, because the participant asked for this page."""
    context = {"registration": registration, "parts": in_words(everything(registration))}
    return render(request, "registration/own_data.html", context)


def _page(request: HttpRequest, registration: Registration, **happened: bool) -> HttpResponse:
    edition, intake, programme = registration.edition, Intake.of(registration.edition), published(registration.edition)
    sessions = [choice.session for choice in registration.breakout_choices.select_related("session")]
    context = {
        "registration": registration,
        "days": chosen.as_published(edition, registration.days.all(), programme),
        "breakouts": chosen.places(programme, sessions),
        "may_change": changing.may_change(registration, intake),
        "may_ask": changing.may_ask(registration, intake),
        "is_from_afar": registration.province != Province.PHNOM_PENH,
        "steps": registration.steps.select_related("by", "registration"),
        "agreements": changing.agreements_of(registration).values(),
        "wordings": wordings.VERSIONS,
    }
    return render(request, "registration/own.html", context | happened)
