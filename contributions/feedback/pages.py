"""The form that a QR code in the hall opens, and what was said, once no more can come."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agenda.publishing import versions
from conference.models import Edition
from conference.serving.attempts import Limit
from conference.serving.editions import for_edition
from contributions.feedback import rules, summary
from contributions.feedback.forms import FeedbackForm
from contributions.feedback.rules import Subject
from contributions.limits import count_both
from contributions.typed import labels_of, typed_back, typed_back_or_404
from registration.forms import machines
from registration.views.busy import nothing_lost

# The whole hall may share one address, and answers when a session ends. One browser answers for a few sessions.
SENDINGS = Limit("feedback_of_browser", a_minute=6, an_hour=60)
SENDINGS_FROM_HERE = Limit("feedback_of_address", a_minute=300, an_hour=4000)
TYPED = labels_of(FeedbackForm)


def _typed(request: HttpRequest, edition: Edition, code: str = "", **happened: Any) -> HttpResponse:
    about = _subject(edition, code)
    if about is None or not _is_asked(edition, about):
        return typed_back_or_404(request, TYPED)
    return _form_page(request, edition, about, FeedbackForm.keep(request.POST, is_of_all=not code), **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_typed)
def feedback(request: HttpRequest, edition: Edition, code: str = "") -> HttpResponse:
    """Of one session, or of the conference. No name, no account, nothing that links two forms."""
    asked = rules.round_of(edition)
    if asked is None:
        return typed_back_or_404(request, TYPED)
    if code and (now := _code_now(edition, code)):
        if request.method != "POST":
            return redirect("contributions:session_feedback", edition.year, now)
        code = now
    about = _subject(edition, code)
    if about is None:
        return typed_back_or_404(request, TYPED)
    if asked.is_over and request.method == "POST":
        return _form_page(
            request, edition, about, FeedbackForm.keep(request.POST, is_of_all=not code), was_closed=True
        )
    if asked.is_over:
        return _results(request, edition)
    if not _is_asked(edition, about):
        later = render(request, "contributions/feedback_later.html", {"edition": edition, "about": about})
        return typed_back(request, TYPED) or later
    if request.method != "POST":
        return _form_page(request, edition, about, FeedbackForm(initial={"token": uuid.uuid4()}, is_of_all=not code))
    if "switch" in request.POST:
        return _typed(request, edition, code)
    form = FeedbackForm(request.POST, is_of_all=not code)
    if form.is_valid() and machines.seems_of_a_machine(request.POST):
        return _form_page(request, edition, about, form, seems_of_a_machine=True)
    if not form.is_valid():
        return _form_page(request, edition, about, form)
    count_both(request, edition, of_browser=SENDINGS, of_address=SENDINGS_FROM_HERE)
    language = get_language() or ""
    rules.keep(edition, about, token=form.cleaned_data["token"], language=language, answers=form.answers())
    return redirect(f"{request.path}?thanks=1")


def _subject(edition: Edition, code: str) -> Subject | None:
    return rules.subject(edition, versions.published(edition), code)


def _is_asked(edition: Edition, about: Subject) -> bool:
    asked = rules.round_of(edition)
    return asked is not None and asked.is_open and about.has_begun


def _code_now(edition: Edition, code: str) -> str | None:
    """The code of a session on paper may be one that it had in an earlier version."""
    programme = versions.published(edition)
    return None if code in programme.places else versions.code_now(edition, code, programme)


def _form_page(
    request: HttpRequest, edition: Edition, about: Subject, form: FeedbackForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    programme = versions.published(edition)
    is_thanks = request.method == "GET" and "thanks" in request.GET
    context = {
        "edition": edition,
        "round": rules.round_of(edition),
        "about": about,
        "form": None if is_thanks else form,
        "others": [one for one in rules.subjects(edition, programme) if one.has_begun and one.code != about.code],
        **happened,
    }
    return render(request, "contributions/feedback.html", context, status=status)


def _results(request: HttpRequest, edition: Edition) -> HttpResponse:
    found = summary.to_pass_on(edition, versions.published(edition))
    return render(request, "contributions/feedback_results.html", {"edition": edition, "found": found})
