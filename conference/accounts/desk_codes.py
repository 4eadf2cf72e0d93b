"""Codes for volunteers at the desk: the page on which staff make and end them, and the page that a code opens."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.account_tables import DayAccount
from conference.accounts import volunteers
from conference.accounts.forms import VolunteersForm, said_of
from conference.accounts.sign_in import account_page, to_be_sent_later
from conference.files.qr_code import qr_svg
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import TooOften
from conference.serving.visitors import visitor_of
from conference.staff.pages import admin_page, chosen_edition, tell_number

RIGHTS = ["conference.invite_dayaccount", volunteers.CHECK_IN]  # no person gives a right that they lack
ENDED = ngettext_lazy(
    "%(number)s account of a volunteer is ended.", "%(number)s accounts of volunteers are ended.", "count"
)


@admin.site.admin_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    user = get_object_or_404(User, pk=request.user.pk)
    if not user.has_perms(RIGHTS):
        raise PermissionDenied
    edition = chosen_edition(request)
    if "end" in request.POST:
        tell_number(request, ENDED, volunteers.close(_named(edition, request.POST["end"])))
        return redirect(request.get_full_path())
    if "new" in request.POST:
        return _sheet(request, edition, volunteers.new_codes(_named(edition, request.POST["new"])))
    form = VolunteersForm(edition, request.POST if "make" in request.POST else None)
    if form.is_valid():
        try:
            made = volunteers.make(
                edition, form.cleaned_data["names"], form.cleaned_data["first"], form.cleaned_data["last"]
            )
            return _sheet(request, edition, made)
        except IntegrityError:  # a colleague sent the same at the same moment
            form.add_error("names", _("A colleague has just made accounts of these names: look below."))
    accounts = edition.day_accounts.select_related("user")
    shown: HttpResponse = admin_page(
        request,
        "admin/account/volunteers.html",
        _("Volunteers at the desk"),
        chosen=edition,
        form=form,
        accounts=accounts,
    )
    return shown


def _named(edition: Edition, which: str) -> list[DayAccount]:
    """One of them, or all that are not over."""
    accounts = edition.day_accounts.all()
    if which == "all":
        return [account for account in accounts if not account.is_over]
    return [account for account in accounts if str(account.pk) == which]


def _sheet(request: HttpRequest, edition: Edition, made: list[tuple[DayAccount, str]]) -> HttpResponse:
    """The codes, this once."""
    log = admin.site.get_model_admin(User).log_change
    for account, _code in made:
        log(request, account.user, "A code for a volunteer was made.")
    cards = [(account, volunteers.address(code)) for account, code in made]
    shown: HttpResponse = admin_page(
        request,
        "admin/account/volunteers_sheet.html",
        _("Codes for volunteers"),
        chosen=edition,
        cards=[(account, address, qr_svg(address)) for account, address in cards],
    )
    return shown


# --- What a code opens -----------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: some programs open each address that they see."""
    if request.method != "POST":
        return _asked(request, volunteers.of_code(token))
    try:
        rows = attempts.count(None, volunteers.of_visitor(visitor_of(request)))
    except TooOften as problem:
        return to_be_sent_later(account_page(request, "volunteer", _("Log in"), said=said_of(problem)))
    account = volunteers.of_code(token)
    if account is not None:
        attempts.take_back(rows)
    if account is None or not account.is_running:
        return _asked(request, account)
    response = HttpResponseRedirect(volunteers.DESK)
    if volunteers.sign_in(request, response, account):
        return response
    said = _("This code was used in two other browsers already. Ask for a new one where you got it.")
    return account_page(request, "volunteer", account.name, said=said)


def _asked(request: HttpRequest, account: DayAccount | None) -> HttpResponse:
    if account is None:
        said = _("This code opens nothing, or nothing any more. Ask for a new one where you got it.")
        return account_page(request, "volunteer", _("Log in"), said=said)
    return account_page(request, "volunteer", account.name, account=account)
