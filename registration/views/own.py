"""A participant's own page: reached by a link, without an account."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agenda.programme.value import Programme
from agenda.publishing import chosen
from agenda.publishing.versions import published
from conference import clock
from conference.files.qr_code import qr_svg
from conference.models import Edition
from conference.serving.attempts import TooOften
from conference.serving.editions import for_edition
from conference.serving.visitors import visitor_of
from registration import wordings
from registration.choices import Province, Status
from registration.encryption.columns import DecryptionError
from registration.forms.find import PrivateCodeForm
from registration.links import address_for, invitation_address, private_code, registration_for
from registration.messages import calendar_file
from registration.models import Arrangement, ExtraQuestion, Intake, Invitation, Registration, TravelDecision
from registration.own_page import changing, finding
from registration.own_page.data import everything
from registration.own_page.data_in_words import in_words
from registration.own_page.to_add import to_add
from registration.paper.certificates import has_one
from registration.places import lock
from registration.signing_up import transitions
from registration.views import opened
from registration.views.busy import nothing_lost
from registration.views.receipts import acts_here

# Where the private code leads. To change a contact, or to make a new link, would open the private answers as well.
BEHIND_CODE = {
    *("own_arrangements", "own_needs", "own_travel", "own_data_page", "own_data"),
    *("own_change", "own_renew", "own_erase", "own_certificate"),
}
NOT_THE_CODE = _("This is not the private code of this registration. Look at it again, letter by letter.")
STAFF_LIST = "admin:registration_registration_changelist"
TOO_OFTEN = _("The code was tried too often: try again in an hour, or call us.")
OwnView = Callable[[HttpRequest, Registration], HttpResponse]


@never_cache
@require_safe
@sensitive_variables("token")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Swaps the link for a session and goes on to an address without a secret. Opening it changes nothing."""
    registration = registration_for(token)
    if registration is None:
        return render(request, "registration/own_unknown.html", status=404)
    opened.put(request, opened.OWN, registration.opens)
    return redirect("registration:own")


def own(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
    """For a participant who came by their own link."""

    @never_cache
    @wraps(view)
    def of_participant(request: HttpRequest) -> HttpResponse:
        registration = Registration.objects.opened_by(opened.get(request, opened.OWN))
        if registration is None:
            is_closed = opened.is_closed(request)
            context = {
                "is_closed": is_closed,
                "is_unopened": not is_closed and opened.OWN not in request.session,
                "has_receipt": bool(opened.get(request, opened.SIGNED_UP)),
            }
            return render(request, "registration/own_unknown.html", context, status=404)
        request.edition = registration.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        try:
            response = view(request, registration)
        except lock.Closed:  # staff have taken the intake away: reading is all that is possible
            response = _page(request, registration, is_closed=True)
        # Other sites are told nothing. With "no-referrer" browsers send forms with "Origin: null", which CSRF refuses.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return of_participant


def own_whole(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
    """For a door that is the participant's own (registration.links). Who came by another is asked for the code.

    A registration that staff have merged is closed to every door: it may hold what another participant told us.
    """

    @own
    @wraps(view)
    def behind_code(request: HttpRequest, registration: Registration) -> HttpResponse:
        if registration.sees_all:
            return view(request, registration)
        match = request.resolver_match
        then = (match and match.url_name) or ""
        return _code_page(request, registration, PrivateCodeForm(), then=then, status=403)

    return behind_code


def _code_page(
    request: HttpRequest,
    registration: Registration,
    form: PrivateCodeForm,
    *,
    then: str,
    status: int = 200,
    **happened: bool,
) -> HttpResponse:
    context = {"registration": registration, "form": form, "then": then, **happened}
    return render(request, "registration/own_code.html", context, status=status)


def _code_typed(request: HttpRequest, registration: Registration, **happened: Any) -> HttpResponse:
    then = request.POST.get("then", "")
    return _code_page(request, registration, PrivateCodeForm.keep(request.POST), then=then, **happened)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@own
@nothing_lost(_code_typed)
def say_code(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The private code opens the rest of the own page, and leads on to the page that was asked for."""
    then = request.POST.get("then", "")
    form = PrivateCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            is_right = finding.say_private_code(registration, form.cleaned_data["code"], visitor=visitor_of(request))
        except TooOften:
            form.add_error(None, TOO_OFTEN)
        else:
            if is_right:
                acts_here(request, registration)
                opened.put(request, opened.OWN, registration.opens)
                return redirect(f"registration:{then if then in BEHIND_CODE else 'own'}")
            form.add_error("code", NOT_THE_CODE)
    return _code_page(request, registration, form, then=then)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """On a shared telephone: from here on this browser shows nothing of any participant."""
    opened.leave(request)
    return redirect("registration:left")


@never_cache
@require_safe
@for_edition
def left(request: HttpRequest, edition: Edition) -> HttpResponse:
    return render(request, "registration/own_left.html", {"edition": edition})


@require_safe
@own
def page(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _page(request, registration, saved="saved" in request.GET, asked="asked" in request.GET)


@require_safe
@own
def ticket(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What is shown at the door, alone on a page: its owner may save it on the phone (static/js/offline.js).

    410 tells a phone that has saved it that it holds no more.
    """
    edition = registration.edition
    if registration.status != Status.CONFIRMED or edition.is_over:
        response = _page(request, registration)
        response.status_code = 410
        return response
    response = render(request, "registration/own_ticket.html", _on_ticket(registration, published(edition)))
    end = timezone.make_aware(datetime.combine(edition.ends_on + timedelta(days=1), time()))
    response.headers["Kept-For"] = str(int((end - clock.now()).total_seconds()))
    return response


@require_POST
@own
def accept(request: HttpRequest, registration: Registration) -> HttpResponse:
    invited = Invitation.objects.open().filter(registration=registration).first()
    if invited:  # who was never asked agrees there first
        return redirect(invitation_address(registration))
    try:
        acts_here(request, registration)
        transitions.accept_offer(registration)
    except lock.DaysGone:
        return _page(request, registration, days_gone=True)
    except lock.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@own
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_cancel.html", {"registration": registration})
    try:
        acts_here(request, registration)
        transitions.cancel(registration)
    except lock.TooLate:
        return _page(request, registration, too_late=True)
    return redirect("registration:own")


@require_safe
@own_whole
def download(request: HttpRequest, registration: Registration) -> HttpResponse:
    name = f"registration-{registration.spoken_code}.json"
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(everything(registration), json_dumps_params=options)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@own
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The days for a calendar, for a participant who has a place; what takes them out, for one who had it."""
    days = chosen.as_published(registration.edition, registration.days.all())
    content = calendar_file.for_own_page(registration, days)
    if content is None:
        return render(request, "registration/own_unknown.html", status=404)
    headers = {"Content-Disposition": f'attachment; filename="{calendar_file.NAME}"'}
    return HttpResponse(content, content_type=f"{calendar_file.TYPE}; charset=utf-8", headers=headers)


@require_safe
@own_whole
def arrangements(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the participant asked for and how far it is: a page of its own, which others do not read by accident."""
    intake = Intake.of(registration.edition)
    context = {
        "registration": registration,
        "arrangements": Arrangement.objects.of(registration),
        "may_change": intake is not None and intake.keeps_sensitive() and changing.may_change(registration, intake),
    }
    return render(request, "registration/own_arrangements.html", context)


@own_whole
def erase(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that does."""
    if request.method != "POST":
        return render(request, "registration/own_erase.html", {"registration": registration})
    transitions.erase(registration)
    opened.leave(request)
    return render(request, "registration/own_erased.html", {"edition": registration.edition})


@own_whole
def renew_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page that asks, and the button on it that makes a new link, with which this browser goes on."""
    if request.method != "POST":
        return render(request, "registration/own_renew.html", {"registration": registration})
    acts_here(request, registration)
    changing.renew_link(registration, is_shown=True)
    return renewed(request, registration)


def renewed(request: HttpRequest, registration: Registration, **happened: bool) -> HttpResponse:
    """This browser goes on with the new link, which the participant keeps."""
    opened.put(request, opened.OWN, registration.opens)
    context = {
        "registration": registration,
        "link": address_for(registration, is_own=True),
        "private_code": private_code(registration),
        **happened,
    }
    return render(request, "registration/own_renewed.html", context)


@require_safe
@own_whole
def data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All that we hold, to read: sensitive answers too, because the participant asked for this page."""
    context = {
        "registration": registration,
        "private_code": private_code(registration),
        "parts": in_words(everything(registration)),
    }
    return render(request, "registration/own_data.html", context)


def _page(request: HttpRequest, registration: Registration, **happened: bool) -> HttpResponse:
    """The ticket, and what the participant can do. A desk's telephone that scans the ticket finds the person."""
    intake, programme = Intake.of(registration.edition), published(registration.edition)
    sessions = [choice.session for choice in registration.breakout_choices.select_related("session")]
    breakouts, agreements = chosen.places(programme, sessions), changing.agreements_of(registration).values()
    may_change = changing.may_change(registration, intake)
    may_add = may_change and registration.sees_all
    try:
        decision, decision_is_closed = TravelDecision.objects.told_to(registration), False
    except DecryptionError:
        decision, decision_is_closed = None, True
    questions = ExtraQuestion.objects.with_answers_of(registration) if registration.is_trusted else []
    context = _on_ticket(registration, programme) | {
        "questions": [(one.label, words) for one in questions if (words := one.in_words(one.given))],
        "decision": decision,
        "decision_is_closed": decision_is_closed,
        "may_sign_up_again": intake is not None and intake.is_open,
        "breakouts": breakouts,
        "may_change": may_change,
        "to_add": to_add(registration, breakouts, agreements, programme, questions) if may_add else [],
        "may_ask": changing.may_ask(registration, intake),
        "is_from_afar": registration.province not in ("", Province.PHNOM_PENH),
        "has_certificate": has_one(registration),
        "has_days_to_take_out": calendar_file.has_days_to_take_out(registration),
        "steps": registration.steps.select_related("by", "registration"),
        "agreements": agreements,
        "wordings": wordings.VERSIONS,
    }
    return render(request, "registration/own.html", context | happened)


def _on_ticket(registration: Registration, programme: Programme) -> dict[str, Any]:
    begins = {day.date: day.starts_at for day in programme.days}
    days = chosen.as_published(registration.edition, registration.days.all(), programme)
    return {
        "registration": registration,
        "days": [{"date": day.date, "starts_at": begins.get(day.date)} for day in days],
        "desk_qr": qr_svg(f"{settings.SITE_URL}{reverse(STAFF_LIST)}?q={registration.spoken_code}"),
    }
