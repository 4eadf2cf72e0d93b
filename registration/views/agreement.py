"""The words that people agreed to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition
from registration import wordings
from registration.choices import Subject


@public_page
@for_edition
def wording(request: HttpRequest, edition: Edition, version: str) -> HttpResponse:
    texts = wordings.VERSIONS.get(version)
    if texts is None:
        raise Http404
    language = get_language()
    questions = [(Subject(subject).label, words[language]) for subject, words in texts.items()]
    context = {"edition": edition, "version": version, "questions": questions}
    return render(request, "registration/wording.html", context)
