"""The public pages: the call, the projects, the order and how it was drawn."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition
from hackathon.models import Hackathon
from hackathon.submitting.projects import shown, submitted


@public_page
@for_edition
def call(request: HttpRequest, edition: Edition) -> HttpResponse:
    hackathon = published_or_404(edition)
    context = {
        "edition": edition,
        "hackathon": hackathon,
        "themes": hackathon.themes.all(),
        "data_sets": hackathon.data_sets.all(),
        "mentors": hackathon.mentors.all(),
        "projects": shown(hackathon),
        "has_order": hackathon.draws.exists(),
    }
    return render(request, "hackathon/call.html", context)


@public_page
@for_edition
def project(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """One that does not exist, one that is not shown and one that the team took away get the same answer."""
    hackathon = published_or_404(edition)
    found = next((one for one in shown(hackathon) if one.number == number), None)
    if found is None:
        raise Http404
    return render(request, "hackathon/project.html", {"edition": edition, "hackathon": hackathon, "project": found})


@public_page
@for_edition
def order(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The names of teams alone: their projects are shown once staff press."""
    hackathon = published_or_404(edition)
    draws = list(hackathon.draws.all())
    if not draws:
        raise Http404
    context = {
        "edition": edition,
        "hackathon": hackathon,
        "order": [one for one in submitted(hackathon) if one.pitch_no is not None],
        "draw": draws[-1],
        "earlier": draws[:-1],
    }
    return render(request, "hackathon/order.html", context)


def published_or_404(edition: Edition) -> Hackathon:
    hackathon = Hackathon.objects.published(edition)
    if hackathon is None:
        raise Http404
    return hackathon
