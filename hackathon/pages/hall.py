"""The screen in the hall: who presents, how much time is left, who comes next; in both languages at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.models import Edition
from conference.serving.editions import for_edition
from hackathon.pages.call import published_or_404
from hackathon.pitching.stage import stage_of

SECONDS = 5  # after which the page loads itself anew


@never_cache  # the time that is left would be some seconds old
@require_safe
@for_edition
def hall(request: HttpRequest, edition: Edition) -> HttpResponse:
    hackathon = published_or_404(edition)
    is_still = "still" in request.GET
    context = {
        "edition": edition,
        "hackathon": hackathon,
        "stage": stage_of(hackathon),
        "seconds": 0 if is_still else SECONDS,
    }
    return render(request, "hackathon/hall.html", context)
