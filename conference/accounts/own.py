"""“My account”: what happened to it, new recovery codes, another telephone, another password."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.account_tables import EVENTS_DAYS, AccountEvent
from conference.accounts import events, factor, steps
from conference.accounts.forms import CodeForm, OwnPasswordForm
from conference.accounts.sign_in import account_page, take

SHOWN = 50


@admin.site.admin_view
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A code is asked for before anything changes: a browser may have been left open."""
    user = get_object_or_404(User, pk=request.user.pk)
    is_set_up, asked = factor.is_set_up(user), request.POST.get("asked")
    if asked == "set_up" and not is_set_up:
        return _to_the_app(request, user)
    form = CodeForm(request.POST if asked in ("codes", "app") and is_set_up else None)
    if form.is_valid() and take(request, user, form):
        if asked == "app":
            return _to_the_app(request, user, replaces_app=True)
        events.note(request, user, AccountEvent.What.CODES)
        codes = factor.new_recovery_codes(user)
        return account_page(request, "recovery_codes", _("Your recovery codes"), codes=codes, account=user)
    return account_page(
        request,
        "own",
        _("My account"),
        form=form,
        is_set_up=is_set_up,
        codes_left=user.recovery_codes.count(),
        happened=user.account_events.all()[:SHOWN],
        days=EVENTS_DAYS,
    )


class OwnPassword(PasswordChangeView):
    """Django's page, at its address, with a limit of tries for the old password."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(admin.site.each_context(self.request) | kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        events.note(self.request, form.user, AccountEvent.What.PASSWORD)
        return response


def _to_the_app(request: HttpRequest, user: User, *, replaces_app: bool = False) -> HttpResponse:
    steps.begin(request, user, leads_to=reverse("account"), replaces_app=replaces_app)
    return redirect("sign_in_app")
