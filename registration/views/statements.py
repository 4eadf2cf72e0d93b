"""What the site promises its readers: how far it is accessible, and what becomes of what they tell us."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition
from registration.models import ExtraQuestion, Intake


@public_page
@for_edition
def accessibility(request: HttpRequest, edition: Edition) -> HttpResponse:
    return render(request, "registration/accessibility.html", {"edition": edition})


@public_page
@for_edition
def privacy(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Without an intake nothing is asked, and no day is set on which it is erased."""
    if Intake.of(edition) is None:
        raise Http404
    questions = ExtraQuestion.objects.of(edition).asked()
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    context = {"edition": edition, "questions": questions, "cookies": cookies}
    return render(request, "registration/privacy.html", context)
