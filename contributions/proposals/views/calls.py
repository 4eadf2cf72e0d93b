"""The calls of an edition, each with its page, and the form on which a person proposes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit
from conference.serving.editions import for_edition
from conference.serving.visitors import visitor_of
from contributions import links
from contributions.proposals import proposing
from contributions.proposals.forms import ProposalForm
from contributions.proposals.publishing import PublishedCall, published
from contributions.typed import labels_of, typed_back_or_404
from registration.forms import machines
from registration.views.busy import nothing_lost

PROPOSE = Limit("propose", an_hour=60, a_minute=10)  # a class may sit behind one address
TYPED = labels_of(ProposalForm)
TOO_LATE = _(
    "The deadline is past, and this was not sent. What you wrote still stands below: keep it, and call us, the number "
    "is at the end of the page."
)


@public_page
@for_edition
def calls(request: HttpRequest, edition: Edition) -> HttpResponse:
    found = published(edition)
    context = {
        "edition": edition,
        "open": [one for one in found if one.is_open],
        "coming": [one for one in found if not one.is_open and not one.is_past],
        "past": [one for one in found if one.is_past],
    }
    return render(request, "contributions/calls.html", context)


@public_page
@for_edition
def call(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    found = _call(edition, pk)
    if found is None:
        raise Http404
    return render(request, "contributions/call.html", {"edition": edition, "call": found})


def _call(edition: Edition, pk: int) -> PublishedCall | None:
    return next((one for one in published(edition) if one.pk == pk), None)


def _page(
    request: HttpRequest, edition: Edition, found: PublishedCall, form: ProposalForm, *, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"edition": edition, "call": found, "form": form, **said}
    return render(request, "contributions/propose.html", context, status=status)


def _typed(request: HttpRequest, edition: Edition, pk: int, **happened: Any) -> HttpResponse:
    found = _call(edition, pk)
    if found is None:
        return typed_back_or_404(request, TYPED)
    return _page(request, edition, found, ProposalForm.keep(request.POST, call=found), **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_typed)
def propose(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    found = _call(edition, pk)
    if found is None:
        return typed_back_or_404(request, TYPED)
    if request.method != "POST":
        if not found.is_open:
            return redirect("contributions:call", edition.year, pk)
        return _page(request, edition, found, ProposalForm(call=found, language=get_language()))
    if "switch" in request.POST:
        return _typed(request, edition, pk)
    form = ProposalForm(request.POST, call=found)
    if form.is_valid() and machines.seems_of_a_machine(request.POST):
        return _page(request, edition, found, form, seems_of_a_machine=True)
    if form.is_valid():
        try:
            attempts.count(edition, (PROPOSE, visitor_of(request)))
            token = form.cleaned_data["form_token"]
            row = proposing.send(found, form.content(), form_token=token, language=get_language())
        except proposing.TooLate:
            form.add_error(None, TOO_LATE)
        else:
            return redirect("contributions:proposal", links.token_for("proposal", row))
    return _page(request, edition, found, form)
