"""The form that a QR code in the hall opens, and what was said, once no more can come."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agenda.publishing import versions
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit
from conference.serving.editions import for_edition
from conference.serving.visitors import visitor_of
from contributions.feedback import rules, summary
from contributions.feedback.forms import FeedbackForm
from contributions.feedback.rules import Subject
from registration.forms import machines
from registration.views.busy import nothing_lost

# The whole hall may share one address, and answers when a session ends.
SENDINGS = Limit("feedback", an_hour=1200, a_minute=200)


def _typed(request: HttpRequest, edition: Edition, code: str = "", **happened: Any) -> HttpResponse:
    about = _subject(edition, code)
    if about is None or not _is_asked(edition, about):
        raise Http404
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
        raise Http404
    if code and (moved := _moved(request, edition, code)):
        return moved
    about = _subject(edition, code)
    if about is None:
        raise Http404
    if asked.is_over and request.method == "POST":
        return _form_page(
            request, edition, about, FeedbackForm.keep(request.POST, is_of_all=not code), was_closed=True
        )
    if asked.is_over:
        return _results(request, edition)
    if not _is_asked(edition, about):
        return render(request, "contributions/feedback_later.html", {"edition": edition, "about": about})
    if request.method != "POST":
        return _form_page(request, edition, about, FeedbackForm(initial={"token": uuid.uuid4()}, is_of_all=not code))
    if "switch" in request.POST:
        return _typed(request, edition, code)
    form = FeedbackForm(request.POST, is_of_all=not code)
    if form.is_valid() and machines.seems_of_a_machine(request.POST):
        return _form_page(request, edition, about, form, seems_of_a_machine=True)
    if not form.is_valid():
        return _form_page(request, edition, about, form)
    attempts.count(edition, (SENDINGS, visitor_of(request)))
    language = get_language() or ""
    rules.keep(edition, about, token=form.cleaned_data["token"], language=language, answers=form.answers())
    return redirect(f"{request.path}?thanks=1")


def _subject(edition: Edition, code: str) -> Subject | None:
    return rules.subject(edition, versions.published(edition), code)


def _is_asked(edition: Edition, about: Subject) -> bool:
    asked = rules.round_of(edition)
    return asked is not None and asked.is_open and about.has_begun


def _moved(request: HttpRequest, edition: Edition, code: str) -> HttpResponse | None:
    """The code of a session on paper may be one that it had in an earlier version."""
    programme = versions.published(edition)
    now = None if code in programme.places else versions.code_now(edition, code, programme)
    return redirect("contributions:session_feedback", edition.year, now) if now else None


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
