"""The own page of a proposal, behind its link: read it, change it, send a file, withdraw it, confirm, erase it."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from conference.files.qr_code import qr_svg
from contributions import links
from contributions.choices import ProposalState
from contributions.models import Proposal, ProposalNeeds, ProposalSpeaker
from contributions.proposals import deciding, erasing, letters, proposing
from contributions.proposals.forms import FileForm, ProposalForm
from contributions.proposals.publishing import published_call
from contributions.typed import labels_of, typed_back
from registration.views.busy import nothing_lost

OwnView = Callable[..., HttpResponse]
TYPED = labels_of(ProposalForm)
NOT_NOW = _("It is no longer possible to change this. Nothing was saved: call us, the number is below.")


def own(view: OwnView) -> OwnView:
    """The proposal of the link. One answer for a link that is unknown, wrong, revoked or erased."""

    @never_cache
    @sensitive_variables("token")
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def with_proposal(request: HttpRequest, token: str) -> HttpResponse:
        rows = Proposal.objects.select_related("call__edition", "session__day")
        proposal = links.opened_by("proposal", rows, token)
        if proposal is None:
            return typed_back(request, TYPED) or render(request, "contributions/link_unknown.html", status=404)
        request.edition = proposal.call.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        return private(view(request, proposal))

    if hasattr(view, "loses_nothing"):
        with_proposal.loses_nothing = True  # type: ignore[attr-defined]  # for csrf_failure
    return with_proposal


def private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: other sites are not told it."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@own
def page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return _page(request, proposal, saved="saved" in request.GET)


def _page(request: HttpRequest, proposal: Proposal, form: FileForm | None = None, **happened: Any) -> HttpResponse:
    address = letters.address_of(proposal)
    speakers = list(proposal.speakers.all())
    is_accepted = proposal.state == ProposalState.ACCEPTED
    context = {
        "proposal": proposal,
        "edition": proposal.call.edition,
        "token": links.token_for("proposal", proposal),
        "address": address,
        "qr": qr_svg(address),
        "to_telegram": f"https://t.me/share/url?{urlencode({'url': address})}",
        "may_change": proposing.may_change(proposal, published_call(proposal.call)),
        "file_form": form or FileForm(),
        "has_told_needs": ProposalNeeds.objects.filter(proposal=proposal).exists(),
        "speakers": [(one, _address(one, proposal.language)) for one in speakers] if is_accepted else [],
        **happened,
    }
    return render(request, "contributions/proposal.html", context)


def _address(speaker: ProposalSpeaker, language: str) -> str:
    return links.address("speaking", "speaker", speaker, language)


def _change_page(
    request: HttpRequest, proposal: Proposal, form: ProposalForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    context = {
        "proposal": proposal,
        "edition": proposal.call.edition,
        "form": form,
        "token": links.token_for("proposal", proposal),
        **happened,
    }
    return render(request, "contributions/proposal_change.html", context, status=status)


def _typed(request: HttpRequest, proposal: Proposal, **happened: Any) -> HttpResponse:
    call = published_call(proposal.call)
    if call is None:
        return typed_back(request, TYPED, NOT_NOW) or _page(request, proposal, not_now=NOT_NOW)
    form = ProposalForm.keep(request.POST, call=call, proposal=proposal)
    return _change_page(request, proposal, form, **happened)


@sensitive_post_parameters()
@own
@nothing_lost(_typed)
def change(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    call, token = published_call(proposal.call), links.token_for("proposal", proposal)
    if call is None and request.method == "POST":
        return _typed(request, proposal)
    if call is None or (request.method != "POST" and not proposing.may_change(proposal, call)):
        return redirect("contributions:proposal", token)
    if request.method != "POST":
        return _change_page(request, proposal, ProposalForm(call=call, proposal=proposal))
    if "switch" in request.POST:
        return _typed(request, proposal)
    form = ProposalForm(request.POST, call=call, proposal=proposal)
    if form.is_valid():
        try:
            proposing.change(proposal, call, form.content())
        except proposing.TooLate:
            form.add_error(None, NOT_NOW)
        else:
            return _saved(token)
    return _change_page(request, proposal, form)


@own
def attach(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A file of its own small form: what is typed elsewhere is not lost when a file is refused."""
    token = links.token_for("proposal", proposal)
    if request.method != "POST":
        return redirect("contributions:proposal", token)
    remove = "remove" in request.POST
    form = FileForm(request.POST, request.FILES)
    if remove or form.is_valid():
        try:
            file = None if remove else form.cleaned_data["file"]
            proposing.attach(proposal, published_call(proposal.call), file)
        except proposing.TooLate:
            return _page(request, proposal, not_now=NOT_NOW)
        return _saved(token)
    return _page(request, proposal, form)


@own
def needs(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """What was said of needs is taken back alone, at any time: also after the deadline, and after the decision."""
    if request.method == "POST":
        ProposalNeeds.objects.filter(proposal=proposal).delete()
        return _saved(links.token_for("proposal", proposal))
    return redirect("contributions:proposal", links.token_for("proposal", proposal))


@own
def withdraw(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A page that asks, and the two buttons on it that do: take it back, or erase all of it."""
    context = {
        "proposal": proposal,
        "edition": proposal.call.edition,
        "token": links.token_for("proposal", proposal),
    }
    if request.method == "POST" and "erase" in request.POST:
        erasing.erase(proposal)
        return render(request, "contributions/proposal_erased.html", context)
    if request.method == "POST" and proposal.state != ProposalState.WITHDRAWN:
        with suppress(deciding.Gone):  # pressed twice: it is withdrawn already
            deciding.withdraw(proposal)
        return _saved(links.token_for("proposal", proposal))
    return render(request, "contributions/proposal_withdraw.html", context)


def _saved(token: str) -> HttpResponse:
    response = redirect("contributions:proposal", token)
    response["Location"] += "?saved"
    return response


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def speaking(request: HttpRequest, token: str) -> HttpResponse:
    """Each speaker of an accepted talk says by a link of their own whether they come."""
    rows = ProposalSpeaker.objects.filter(proposal__state=ProposalState.ACCEPTED)
    speaker = links.opened_by(
        "speaker",
        rows.select_related("proposal__call__edition", "proposal__session__day", "appearance__session"),
        token,
    )
    if speaker is None:
        return render(request, "contributions/link_unknown.html", status=404)
    proposal = speaker.proposal
    request.edition = proposal.call.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    if request.method == "POST" and request.POST.keys() & {"yes", "no"}:
        deciding.answer(speaker, comes="yes" in request.POST)
        return private(redirect("contributions:speaking", token))
    context = {"speaker": speaker, "proposal": proposal, "edition": proposal.call.edition}
    return private(render(request, "contributions/speaking.html", context))
