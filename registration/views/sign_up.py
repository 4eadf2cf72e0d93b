"""The public pages of signing up."""

from itertools import count
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.keeping.caching import leave_in_address
from conference.models import Edition
from conference.serving import attempts
from conference.serving.editions import for_edition
from conference.serving.sessions import save_at_once
from conference.serving.visitors import visitor_of
from registration.forms import machines
from registration.forms.about_participants import AboutParticipantsForm
from registration.forms.fields import Token
from registration.forms.refusals import said_in
from registration.forms.sign_up import LAST_PAGE, SignUpForm
from registration.models import Intake
from registration.own_page import correcting
from registration.places import lock
from registration.signing_up import guardians, rules
from registration.signing_up.answers import Inclusion
from registration.signing_up.receipts import Receipt, marks_of, receipt_for, shown
from registration.signing_up.repeats import one_that_leads_on
from registration.views import drafts, opened
from registration.views.busy import nothing_lost
from registration.views.first_page import first_page
from registration.views.others import CLOSED_MEANWHILE, SIGN_UPS, TOO_LATE
from registration.views.receipts import keep, next_number, receipts_of

READ_IN_ADDRESS = ("form", "page", "correct", "another")
NOT_KEPT = _(
    "Your answers were not kept: since you sent the form, the registration was changed elsewhere, or given up. Call "
    "us if you wish to tell us: the number is below."
)


def _form_page(
    request: HttpRequest, edition: Edition, form: SignUpForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    """One page of the form, to which it is turned already."""
    receipts = [receipt for receipt, _row in receipts_of(request, edition)]
    action = _address(request, form["form_token"].value(), form.page)
    context = {"edition": edition, "form": form, "receipts": receipts, "action": action, **happened}
    return render(request, "registration/register.html", context, status=status)


def _typed(request: HttpRequest, edition: Edition, **happened: Any) -> HttpResponse:
    """The page that was sent. What was typed on the others stays in the session."""
    form = SignUpForm.keep(request.POST, edition=edition)
    return _form_page(request, edition, form.turn_to(page_of(request)), **happened)


def page_of(request: HttpRequest) -> int:
    pages = {str(page): page for page in range(1, LAST_PAGE + 1)}
    return pages.get(request.GET.get("page", ""), 1)


def _address(request: HttpRequest, token: object, page: int) -> str:
    """Of one page of one form. It names the form and holds nothing of what was typed."""
    led_here_by = {name: request.GET[name] for name in ("correct", "another") if name in request.GET}
    return f"{request.path}?{urlencode({**led_here_by, 'form': token, 'page': page})}"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_typed)
def register(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Each page leads to the next. The last one signs up, with what was typed on all of them."""
    leave_in_address(request, READ_IN_ADDRESS)
    if request.method != "POST":
        return _shown(request, edition)
    token, page = Token().clean(request.POST.get("form_token")), page_of(request)
    if "forget" in request.POST:
        drafts.forget(request, token)
        return redirect("registration:register", edition.year)
    before = drafts.get(request, token)
    typed = before["typed"] if before else {}
    form = SignUpForm.gathered(request.POST, page, typed, token=token, edition=edition)
    if "switch" in request.POST or "back" in request.POST:
        to = page - 1 if "back" in request.POST and page > 1 else page
        return _go_to(request, form, to) if _put(request, form, to) else _typed(request, edition)
    if before is None and page > 1:
        again = SignUpForm.keep(form.data, edition=edition).turn_to(1)
        return _go_back(request, edition, form, again, is_gone=True)
    if page == 1 and before is None and not form.page_with_errors(1) and machines.seems_of_a_machine(request.POST):
        return _form_page(request, edition, form.turn_to(1), seems_of_a_machine=True)
    return _next(request, edition, form, page)


def _shown(request: HttpRequest, edition: Edition) -> HttpResponse:
    intake = Intake.of(edition)
    if intake is None or not intake.is_open:
        return render(request, "registration/closed.html", {"edition": edition})
    if not request.GET and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return first_page(request, edition, lambda token: _form_page(request, edition, _fresh(edition, token)))
    page, draft = page_of(request), drafts.get(request, request.GET.get("form", ""))
    if draft:
        form = SignUpForm.keep(MultiValueDict(draft["typed"]), edition=edition)
        return _form_page(request, edition, form.turn_to(page), is_begun=True)
    begun = None if request.GET else drafts.unfinished(request)
    return _form_page(
        request,
        edition,
        _fresh(edition),
        is_gone=page > 1,
        begun=begun and _address(request, begun[0], begun[1]["page"]),
    )


def _fresh(edition: Edition, token: str | None = None) -> SignUpForm:
    form: SignUpForm = SignUpForm(edition=edition, initial={"form_token": token} if token else {}).turn_to(1)
    return form


def _put(request: HttpRequest, form: SignUpForm, page: int, *, is_sent: bool = False) -> bool:
    typed = {name: [str(value) for value in values] for name, values in form.data.lists()}
    return drafts.put(request, form.data["form_token"], {"page": page, "typed": typed, "is_sent": is_sent})


def _go_to(request: HttpRequest, form: SignUpForm, page: int) -> HttpResponse:
    save_at_once(request)
    return redirect(_address(request, form.data["form_token"], page))


def _go_back(
    request: HttpRequest, edition: Edition, form: SignUpForm, earlier: SignUpForm, **happened: Any
) -> HttpResponse:
    """An earlier page is shown at once. What was sent from a later one is kept meanwhile."""
    if _put(request, form, earlier.page):
        save_at_once(request)
    return _form_page(request, edition, earlier, **happened)


def _next(request: HttpRequest, edition: Edition, form: SignUpForm, page: int) -> HttpResponse:
    wrong = form.page_with_errors(page)
    if wrong == page:
        return _form_page(request, edition, form.turn_to(page))
    if wrong:
        return _go_back(request, edition, form, form.turn_to(wrong))
    try:
        if form.is_for_guardian:
            return _call_guardian(request, edition, form)
        if page == LAST_PAGE:
            return _sign_up(request, edition, form)
    except correcting.Unsure as unsure:
        return _form_page(request, edition, form.turn_to(page), asked_about=unsure.receipts)
    except correcting.InOwnHands as theirs:
        anew = _said_anew(request, edition, form)
        return _form_page(request, edition, form.turn_to(page), in_own_hands=theirs, anew=anew)
    intake = Intake.of(edition)
    if (intake is None or not intake.is_open) and not receipts_of(request, edition):
        form.add_error(None, CLOSED_MEANWHILE)
        return _form_page(request, edition, form.turn_to(page))
    _put(request, form, page + 1)
    return _go_to(request, form, page + 1)


def _sign_up(request: HttpRequest, edition: Edition, form: SignUpForm) -> HttpResponse:
    """Raises as _sign_up_or_correct does."""
    if receipt := _sign_up_or_correct(request, edition, form):
        keep(request, receipt)
        _put(request, form, LAST_PAGE, is_sent=True)
        return redirect("registration:thanks", edition.year)
    return _go_back(request, edition, form, form.turn_to(form.page_with_errors() or LAST_PAGE))


def _sign_up_or_correct(request: HttpRequest, edition: Edition, form: SignUpForm) -> Receipt | None:
    """None where it is refused: the form says why. Raises correcting.Unsure and correcting.InOwnHands, and TooOften
    where a new person is signed up.
    """
    answers, token = form.answers(), form.cleaned_data["form_token"]
    # The same showing of the form, said to be of another person, is another form.
    token = uuid5(token, str(another)) if (another := _another(request)) else token
    sent: dict[str, Any] = {"language": get_language(), "form_token": token}
    known = _corrected(request, edition, form)
    if known is None:
        attempts.count(edition, (SIGN_UPS, visitor_of(request)))
        with said_in(form, too_late=CLOSED_MEANWHILE):
            told = rules.sign_up(edition=edition, answers=answers, **sent)
            known = receipt_for(told, answers, number=next_number(request, opened.SIGNED_UP))
            if not told.is_same_form:
                return known
    if known is not None:
        with said_in(form, too_late=TOO_LATE):
            return correcting.correct(edition, known, answers, **sent)


def _corrected(request: HttpRequest, edition: Edition, form: SignUpForm) -> Receipt | None:
    receipts = [receipt for receipt, _row in receipts_of(request, edition)]
    correct, another = _said(request, "correct"), _another(request)
    return correcting.corrected(receipts, marks_of(form.person()), correct=correct, another=another)


def _another(request: HttpRequest) -> int:
    text = _said(request, "another")
    return int(text) if text.isdecimal() and len(text) <= 3 else 0


def _said_anew(request: HttpRequest, edition: Edition, form: SignUpForm) -> str:
    """As `another`, by the button that signs this person up beside all that this browser has sent."""
    latest = max((receipt["number"] for receipt, _row in receipts_of(request, edition)), default=1)
    if form.is_for_guardian:
        return str(latest)
    return one_that_leads_on(map(str, count(latest)), form.cleaned_data["form_token"], edition, form.answers())


def _said(request: HttpRequest, name: str) -> str:
    """By a button of the page, or by the link that led to it."""
    return request.POST.get(name) or request.GET.get(name, "")


def _call_guardian(request: HttpRequest, edition: Edition, form: SignUpForm) -> HttpResponse:
    """Where this browser has signed the person up before, as of age, that is taken back. Raises as
    _sign_up_or_correct does."""
    attempts.count(edition, (SIGN_UPS, visitor_of(request)))
    known = _corrected(request, edition, form)
    with said_in(form, too_late=CLOSED_MEANWHILE):
        with correcting.taken_back(edition, known):
            call = guardians.ask_to_call(
                edition=edition,
                instead_of=opened.get(request, opened.GUARDIAN),
                **form.whom_to_call(get_language()),
            )
        opened.put(request, opened.GUARDIAN, call.pk)
        opened.put(request, opened.TAKEN_BACK, known and known["spoken_code"])
    if form.errors:
        return _form_page(request, edition, form.turn_to(1))
    _put(request, form, 1, is_sent=True)
    return redirect("registration:guardian", edition.year)


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def guardian(request: HttpRequest, edition: Edition) -> HttpResponse:
    if opened.get(request, opened.GUARDIAN) is None:
        return redirect("registration:register", edition.year)
    context = {"edition": edition, "taken_back": opened.get(request, opened.TAKEN_BACK)}
    return render(request, "registration/guardian.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def thanks(request: HttpRequest, edition: Edition) -> HttpResponse:
    people = shown(receipts_of(request, edition)[-1:])
    if not people:
        return redirect("registration:register", edition.year)
    known, days, ways = people[0]
    context = {"edition": edition, "registration": known, "days": days, **ways}
    return render(request, "registration/thanks.html", context)


def _about_page(
    request: HttpRequest, edition: Edition, form: AboutParticipantsForm, *, status: int = 200, **happened: bool
) -> HttpResponse:
    context = {"edition": edition, "form": form, **happened}
    return render(request, "registration/about_participants.html", context, status=status)


def _about_typed(request: HttpRequest, edition: Edition, **happened: Any) -> HttpResponse:
    return _about_page(request, edition, AboutParticipantsForm.keep(request.POST), **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_about_typed)
def about_participants(request: HttpRequest, edition: Edition) -> HttpResponse:
    latest = receipts_of(request, edition)[-1:]
    if not latest:
        return redirect("registration:register", edition.year)
    form = AboutParticipantsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            correcting.answer_about_participants(edition, latest[0][0], cast(Inclusion, form.cleaned_data))
        except (correcting.InOwnHands, lock.TooLate, lock.Closed):
            form.add_error(None, NOT_KEPT)
        else:
            return redirect("registration:thanks", edition.year)
    return _about_page(request, edition, form)
