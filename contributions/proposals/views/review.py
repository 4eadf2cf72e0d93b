"""What a reviewer does, behind a link of their own: without an account and without e-mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from contributions import links
from contributions.models import Reviewer
from contributions.proposals import reviewing
from contributions.proposals.forms import ReviewForm
from contributions.proposals.views.own import private
from contributions.typed import labels_of, typed_back, typed_back_or_404
from registration.views.busy import nothing_lost

View = Callable[..., Any]
TYPED = {**labels_of(ReviewForm), "comment": _("Comment")}


def by_reviewer(view: View) -> View:
    """One answer for a link that is unknown, wrong, revoked, or of a reviewer who may not review any more."""

    @never_cache
    @sensitive_variables("token")
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def with_reviewer(request: HttpRequest, token: str, **kwargs: str) -> HttpResponse:
        rows = Reviewer.objects.filter(is_active=True).select_related("call__edition")
        reviewer = links.opened_by("reviewer", rows, token)
        if reviewer is None:
            return typed_back(request, TYPED) or render(request, "contributions/link_unknown.html", status=404)
        request.edition = reviewer.call.edition  # type: ignore[attr-defined]  # for templates (context_processors)
        return private(view(request, reviewer, **kwargs))

    if hasattr(view, "loses_nothing"):
        with_reviewer.loses_nothing = True  # type: ignore[attr-defined]  # for csrf_failure
    return with_reviewer


@by_reviewer
def proposals(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    found = reviewing.to_review(reviewer)
    context = {
        "reviewer": reviewer,
        "edition": reviewer.call.edition,
        "token": links.token_for("reviewer", reviewer),
        "to_do": [one for one in found if not one.is_done],
        "done": [one for one in found if one.is_done],
        "number": len(found),
        "has_said_conflict": "conflict" in request.GET,
    }
    return render(request, "contributions/review/proposals.html", context)


def _typed(request: HttpRequest, reviewer: Reviewer, code: str, **happened: Any) -> HttpResponse:
    found = reviewing.one_to_review(reviewer, code)
    if found is None:
        return typed_back_or_404(request, TYPED)
    form = ReviewForm.keep(request.POST, criteria=reviewer.call.criteria.all())
    return _page(request, reviewer, found[1], form, None, **happened)


@by_reviewer
@nothing_lost(_typed)
def proposal(request: HttpRequest, reviewer: Reviewer, code: str) -> HttpResponse:
    found = reviewing.one_to_review(reviewer, code)
    if found is None:
        return typed_back_or_404(request, TYPED)
    row, shown = found
    token, criteria = links.token_for("reviewer", reviewer), list(reviewer.call.criteria.all())
    if request.method == "POST" and "conflict" in request.POST:
        reviewing.say_conflict(reviewer, row)
        response = redirect("contributions:review", token)
        response["Location"] += "?conflict"
        return response
    form = ReviewForm(request.POST if request.method == "POST" else None, criteria=criteria, review=shown.mine)
    if form.is_valid():
        reviewing.save(reviewer, row, scores=form.scores(), comment=form.cleaned_data["comment"])
        return redirect("contributions:review_one", token, code)
    return _page(request, reviewer, shown, form, reviewing.said_by_others(reviewer, row, criteria))


def _page(
    request: HttpRequest,
    reviewer: Reviewer,
    shown: reviewing.ToReview,
    form: ReviewForm,
    others: reviewing.Said | None,
    *,
    status: int = 200,
    **happened: Any,
) -> HttpResponse:
    context = {
        "reviewer": reviewer,
        "edition": reviewer.call.edition,
        "token": links.token_for("reviewer", reviewer),
        "shown": shown,
        "form": form,
        "others": others,
        **happened,
    }
    return render(request, "contributions/review/proposal.html", context, status=status)


@by_reviewer
def file(request: HttpRequest, reviewer: Reviewer, code: str) -> HttpResponseBase:
    """Only where the call shows names: a file says who wrote it."""
    found = reviewing.one_to_review(reviewer, code)
    if found is None or not found[1].has_file:
        raise Http404
    row, shown = found
    ending = str(row.file.name).rpartition(".")[2]
    return FileResponse(row.file.open(), as_attachment=True, filename=f"{shown.label}.{ending}")
