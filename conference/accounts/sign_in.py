"""The pages of signing in, one for each step (accounts.steps)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.account_tables import Account
from conference.accounts import browsers, events, factor, first_password, steps, tries
from conference.accounts.forms import TOO_MANY_CODES, CodeForm, NewPasswordForm, SignInForm, in_words, said_of
from conference.accounts.volunteers import first_page
from conference.files.qr_code import qr_svg
from conference.serving import attempts
from conference.serving.attempts import QUARTER, TooOften
from conference.serving.visitors import visitor_of
from conference.staff.pages import admin_page

Step = Callable[[HttpRequest, User], HttpResponse]
What = steps.What
# After the right password: a thief of it who tries each day has one chance in thirty within a year. Browsers that are
# known have as many again, which a thief elsewhere does not use up.
WRONG_CODES_IN_A_DAY = 30


def account_page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """429 where it was tried too often."""
    form = context.get("form")
    too_often = form is not None and any(form.has_error(field, "too_often") for field in ("__all__", "code", "email"))
    page: HttpResponse = admin_page(request, f"admin/account/{template}.html", title, **context)
    return to_be_sent_later(page) if too_often else page


def to_be_sent_later(page: HttpResponse) -> HttpResponse:
    page.status_code = 429
    page.headers["Retry-After"] = str(int(QUARTER.total_seconds()))
    return page


def after_the_password(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """For a visitor who has given the right password; the others begin with it."""

    @sensitive_post_parameters()
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(step)
    def page(request: HttpRequest) -> HttpResponse:
        user = steps.user_of(request)
        return redirect("admin:login") if user is None else step(request, user)

    return page


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    leads_to = _next_of(request)
    if request.method != "POST" and admin.site.has_permission(request):
        return HttpResponseRedirect(first_page(get_object_or_404(User, pk=request.user.pk), leads_to))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    try:
        is_right = form.is_valid()
    except TooOften as problem:
        return _too_often(request, problem, form, leads_to)
    if is_right:
        user = form.get_user()
        steps.begin(request, user, leads_to=leads_to)
        return steps.go_on(request, user)
    return account_page(request, "sign_in", _("Log in"), form=form, next=leads_to, app_path=request.get_full_path())


def _next_of(request: HttpRequest) -> str:
    """The page of this site that was asked for before. Only a whole path: it means the same wherever it is read."""
    leads_to = request.POST.get("next", request.GET.get("next", ""))
    is_here = url_has_allowed_host_and_scheme(leads_to, None) and leads_to.startswith("/")
    return leads_to if is_here else reverse("admin:index")


def _too_often(request: HttpRequest, problem: TooOften, form: SignInForm, leads_to: str) -> HttpResponse:
    """A small page, without the frame of the admin: programs that guess get it a thousand times."""
    context = {"said": said_of(problem), "next": leads_to, "form": form}
    return to_be_sent_later(render(request, "admin/account/too_often.html", context))


@after_the_password
def code(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (passed := take(request, user, form)):
        steps.note(request, passed=passed)
        return steps.go_on(request, user)
    return account_page(request, "code", _("The code of your app"), form=form)


def take(request: HttpRequest, user: User, form: CodeForm) -> str:
    """What was taken, or nothing: then the form says why."""
    digits, browser = form.cleaned_data["code"], browsers.known_for(request, user.pk)
    if events.in_a_day(user, What.WRONG_CODE) >= WRONG_CODES_IN_A_DAY * (2 if browser else 1):
        form.add_error("code", ValidationError(TOO_MANY_CODES, code="too_often"))
        return ""
    try:
        rows = attempts.count(None, *tries.of_code(visitor_of(request), user.pk, browser))
    except TooOften as problem:
        form.add_error("code", in_words(problem))
        return ""
    if factor.takes(user, digits):
        attempts.take_back(rows)
        return What.RECOVERY if len(digits) == factor.RECOVERY_DIGITS else What.SIGNED_IN
    events.note(request, user, What.WRONG_CODE)
    said = _("This code is not right, or it was used already. The app shows a new one every 30 seconds.")
    form.add_error("code", said)
    return ""


@after_the_password
def app(request: HttpRequest, user: User) -> HttpResponse:
    """Sets the authenticator app up. The secret is kept once the app has shown a right code."""
    if not steps.may_set_app_up(request, user):
        return redirect("sign_in_code")
    salt = steps.held(request)["salt"]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        step = factor.step_of(user, salt, form.cleaned_data["code"])
        if step is not None:
            codes = factor.set_up(user, salt, step)
            events.note(request, user, What.FACTOR)
            steps.note(request, passed=What.SIGNED_IN, replaces_app=False)
            shown = {"codes": codes, "account": user, "is_signing_in": True}
            return account_page(request, "recovery_codes", _("Your recovery codes"), **shown)
        form.add_error("code", _("This code is not right. Is the clock of the telephone right?"))
    return account_page(
        request,
        "app",
        _("Set up the second step"),
        form=form,
        qr=qr_svg(factor.address(user, salt)),
        secret=factor.spoken_secret(user, salt),
    )


@after_the_password
def go_on(request: HttpRequest, user: User) -> HttpResponse:
    """From the page of recovery codes."""
    return steps.go_on(request, user)


@after_the_password
def new_password(request: HttpRequest, user: User) -> HttpResponse:
    """In the place of one that another person made."""
    if steps.next_page(request, user) != "sign_in_password":
        return steps.go_on(request, user)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save(commit=False)  # takes a quarter of a second, in which the others can write
        with transaction.atomic():
            user.save(update_fields=["password"])
            Account.objects.filter(user=user).update(must_change_password=False)
            events.note(request, user, What.PASSWORD)
        first_password.forget(user)
        steps.note(request, password=user.get_session_auth_hash())
        return steps.go_on(request, user)
    return account_page(request, "password", _("Choose a password of your own"), form=form)
