"""The page "now and next": for a phone; and for a screen in the hall, larger and in both languages in turn."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agenda.programme.now import now_and_next
from agenda.publishing import versions
from conference import clock
from conference.caching import public_page_reading
from conference.editions import for_edition
from conference.models import Edition

SECONDS = 60  # after which the page loads itself anew, without script
TURN_SECONDS = 20  # after which the screen in the hall shows the other language


@public_page_reading(flags=["screen", "still"])
@for_edition
def now(request: HttpRequest, edition: Edition) -> HttpResponse:
    moment = timezone.localtime(clock.now()).replace(tzinfo=None)  # Phnom Penh, where the hall is
    is_for_hall = "screen" in request.GET
    context = {
        "edition": edition,
        "moment": moment,
        "found": now_and_next(versions.published(edition), moment),
        "seconds": 0 if "still" in request.GET else TURN_SECONDS if is_for_hall else SECONDS,
    }
    return render(request, "agenda/screen.html" if is_for_hall else "agenda/now.html", context)
