"""For a participant who has lost the link to their own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.models import Edition
from conference.serving.attempts import TooOften
from conference.serving.editions import for_edition
from conference.serving.visitors import visitor_of
from registration.forms.find import FindForm, NumberForm
from registration.own_page import finding
from registration.views import opened
from registration.views.busy import nothing_lost


def _page(request: HttpRequest, edition: Edition, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {"edition": edition, "form": FindForm(), "number_form": NumberForm(), **shown}
    return render(request, "registration/find.html", context, status=status)


def _typed(request: HttpRequest, edition: Edition, **happened: Any) -> HttpResponse:
    if "number" in request.POST:
        return _page(request, edition, number_form=NumberForm.keep(request.POST), **happened)
    return _page(request, edition, form=FindForm.keep(request.POST), **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_typed)
def find(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The answer is the same whether or not we know the address, or the number."""
    if request.method != "POST":
        return _page(request, edition)
    if "number" in request.POST:
        return _by_number(request, edition, NumberForm(request.POST))
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form=form, wrong=form)
    finding.send_links(edition, form.cleaned_data["email"], visitor=visitor_of(request))
    return render(request, "registration/find_sent.html", {"edition": edition})


def _by_number(request: HttpRequest, edition: Edition, form: NumberForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, edition, number_form=form, wrong=form)
    try:
        registration = finding.open_by_number(
            edition, form.cleaned_data["number"], form.cleaned_data["phone"], visitor=visitor_of(request)
        )
    except TooOften:
        return _page(request, edition, number_form=form, not_opened=True, too_often=True)
    if registration is None:
        return _page(request, edition, number_form=form, not_opened=True)
    opened.put(request, opened.OWN, registration.opens)
    return redirect("registration:own")
