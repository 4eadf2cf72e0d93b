"""The steps between the right password and the session of staff. Until the last one the person is a stranger.

What is done lies in the visitor's session: who gave the password, and whether the second factor followed.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.account_tables import Account, AccountEvent
from conference.accounts import browsers, events, factor
from conference.accounts.gate import PASSED
from conference.accounts.volunteers import first_page
from conference.serving.sessions import SIGNED_IN_AT
from conference.words import digits, moment

ORDINARY = "django.contrib.auth.backends.ModelBackend"
KEY = "signing_in"
SECONDS = 15 * 60
What = AccountEvent.What


def begin(request: HttpRequest, user: User, *, leads_to: str, replaces_app: bool = False) -> None:
    request.session.cycle_key()  # a stranger may have put their own session into this browser
    request.session[KEY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": int(time.time()),
        "leads_to": leads_to,
        "replaces_app": replaces_app,
        "salt": factor.new_salt(),  # of an app that is set up now
        "passed": "",
    }


def user_of(request: HttpRequest) -> User | None:
    """Who has given the right password a short while ago, and it is still the password."""
    held = request.session.get(KEY)
    if held is None or time.time() - held["at"] > SECONDS:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(held["password"], user.get_session_auth_hash()):
        return None
    return user


def held(request: HttpRequest) -> dict[str, Any]:
    content: dict[str, Any] = request.session[KEY]
    return content


def note(request: HttpRequest, **columns: Any) -> None:
    request.session[KEY] = held(request) | columns


def may_set_app_up(request: HttpRequest, user: User) -> bool:
    """Else the password alone would be enough to put another app in the place of the owner's."""
    return held(request)["replaces_app"] or not factor.is_set_up(user)


def next_page(request: HttpRequest, user: User) -> str:
    """The name of the page of the next step, or nothing after the last one."""
    if not held(request)["passed"]:
        if factor.is_set_up(user):
            return "sign_in_code"
        if settings.REQUIRE_SECOND_FACTOR:
            return "sign_in_app"
    must_change = Account.objects.filter(user=user, must_change_password=True).exists()
    return "sign_in_password" if must_change else ""


def go_on(request: HttpRequest, user: User) -> HttpResponse:
    page = next_page(request, user)
    return redirect(page) if page else _let_in(request, user)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    done, before = held(request), user.account_events.all()
    del request.session[KEY]
    said = _what_happened_before(before)
    login(request, user, backend=ORDINARY)
    request.session[PASSED] = bool(done["passed"])
    request.session[SIGNED_IN_AT] = int(time.time())
    events.note(request, user, What.RECOVERY if done["passed"] == What.RECOVERY else What.SIGNED_IN)
    if said:
        messages.info(request, said)
    response = HttpResponseRedirect(first_page(user, done["leads_to"]))
    browsers.remember(request, response, user.pk)
    return response


def _what_happened_before(before: Any) -> str:
    """When the account was used last, and wrong codes since: the owner knows whether that was they."""
    last = before.filter(what__in=[What.SIGNED_IN, What.RECOVERY]).first()
    if last is None:
        return ""
    said = _("Your account was used last: %(moment)s, %(where)s.") % {
        "moment": moment(last.at),
        "where": ", ".join(filter(None, [last.browser, last.visitor])),
    }
    if wrong := before.filter(what=What.WRONG_CODE, at__gt=last.at).count():
        since = ngettext(
            "Since then a wrong code was given %(number)s time after the right password.",
            "Since then a wrong code was given %(number)s times after the right password.",
            wrong,
        )
        said += " " + since % {"number": digits(wrong)}
    return said
