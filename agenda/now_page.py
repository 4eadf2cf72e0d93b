"""The page "now and next", for a phone and, larger and in both languages, for a screen in the hall."""

from django.shortcuts import render
from django.utils import timezone

from agenda import publishing
from agenda.now import now_and_next
from conference.caching import public_page
from conference.editions import for_edition

SECONDS = 60  # after which the page loads itself anew, without script


@public_page
@for_edition
def now(request, edition):
    moment = timezone.localtime().replace(tzinfo=None)  # Phnom Penh, where the hall is
    context = {
        "edition": edition,
        "moment": moment,
        "found": now_and_next(publishing.published(edition), moment),
        "seconds": 0 if "still" in request.GET else SECONDS,
    }
    return render(request, "agenda/screen.html" if "screen" in request.GET else "agenda/now.html", context)
