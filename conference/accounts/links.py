"""A new password by a link: by e-mail, or from the hand of a colleague where there is none.

The links are Django's own: nothing of them is stored, and they are dead after a day, after a sign-in, and once the
password has changed.
"""

import logging
import threading
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import connections
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.account_tables import Account, AccountEvent
from conference.accounts import browsers, events, factor, first_password, tries
from conference.accounts.forms import AddressForm, in_words
from conference.accounts.sign_in import account_page
from conference.files.qr_code import qr_svg
from conference.serving import attempts
from conference.serving.attempts import TooOften
from conference.serving.visitors import visitor_of
from conference.staff.pages import admin_page

What = AccountEvent.What
MAILS_IN_A_DAY = 6  # to one account: each link in them opens for a day
log = logging.getLogger("django.conference.accounts")


def full_address(user: User) -> str:
    name = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return f"{settings.SITE_URL.rstrip('/')}{reverse('new_password', args=[name, token])}"


# --- From a colleague ------------------------------------------------------------------------------------------------


@admin.site.admin_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown once. Who may change an account may make one. One's own is changed with a code: a browser may have been
    left open.
    """
    accounts = admin.site.get_model_admin(User)
    user = get_object_or_404(accounts.get_queryset(request), pk=pk)
    if not accounts.has_change_permission(request, user) or not user.is_active:
        raise PermissionDenied
    if user == request.user:
        return redirect("account")
    made: dict[str, Any] = {}
    if request.method == "POST":
        if request.POST.get("lost_app"):
            factor.take_away(user)
            events.note(request, user, What.NO_FACTOR)
        link = full_address(user)
        made = {"link": link, "link_qr": qr_svg(link), "lost_app": request.POST.get("lost_app")}
        events.note(request, user, What.LINK)
        accounts.log_change(request, user, "A link for a new password was made.")
    page: HttpResponse = admin_page(
        request,
        "admin/account/new_link.html",
        _("A link for a new password"),
        account=user,
        has_app=factor.is_set_up(user),
        **made,
    )
    return page


class NewPassword(PasswordResetConfirmView):
    """What a link opens. The browser is known from then on: no limit of others keeps its owner out."""

    template_name = "admin/account/by_link.html"
    title = gettext_lazy("Choose a new password")
    success_url = reverse_lazy("admin:login")
    user: User

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(admin.site.each_context(self.request) | kwargs))

    def get_user(self, uidb64: str) -> User | None:
        """Only of an account that may sign in: a password that is set today would open it once it is active again."""
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Of two that send the same link at once, one sets the password."""
        before = self.user.password
        form.save(commit=False)
        if not User.objects.filter(pk=self.user.pk, password=before).update(password=self.user.password):
            self.validlink = False
            return self.render_to_response(self.get_context_data())
        Account.objects.filter(user=self.user).update(must_change_password=False)
        events.note(self.request, self.user, What.PASSWORD)
        first_password.forget(self.user)
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        response = super(PasswordResetConfirmView, self).form_valid(form)
        browsers.remember(self.request, response, self.user.pk)
        return response


# --- By e-mail -------------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Nothing is looked up before the answer is made: it is the same, and takes as long, for every address."""
    form = AddressForm(request.POST if request.method == "POST" and settings.SENDS_EMAIL else None)
    if form.is_valid() and _may_ask(request, form):
        arguments = (form.cleaned_data["email"], request)
        threading.Thread(target=_send_and_hang_up, args=arguments, daemon=True).start()
        return account_page(request, "forgotten_sent", _("Look into your mailbox"))
    sends = settings.SENDS_EMAIL
    return account_page(request, "forgotten", _("You have forgotten your password"), form=form, sends_email=sends)


def _may_ask(request: HttpRequest, form: Form) -> bool:
    try:
        attempts.count(None, *tries.of_mail(visitor_of(request), form.cleaned_data["email"]))
    except TooOften as problem:
        form.add_error("email", in_words(problem))
        return False
    return True


def send(address: str, request: HttpRequest) -> None:
    """To each active account with the address, a few a day: no mailbox is filled from here."""
    for user in PasswordResetForm().get_users(address):
        if events.in_a_day(user, What.MAIL) >= MAILS_IN_A_DAY:
            continue
        texts = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                context = {"name": user.get_username(), "link": full_address(user)}
                texts.append(render_to_string("admin/account/forgotten.txt", context).strip())
        subject = "New password – ពាក្យសម្ងាត់ថ្មី"
        EmailMessage(subject, "\n\n---\n\n".join(texts), to=[user.email]).send()
        events.note(request, user, What.MAIL)


def _send_and_hang_up(address: str, request: HttpRequest) -> None:
    """If the mail server does not answer, its owner asks again: the log names no address."""
    try:
        send(address, request)
    except Exception as problem:
        log.error("A link for a new password could not be sent (%s).", type(problem).__name__)
    finally:
        connections.close_all()
