"""The page "now and next": for a phone; and for a screen in the hall, larger and in both languages in turn."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agenda.programme.now import Phase, now_and_next
from agenda.programme.value import Programme
from agenda.publishing import versions
from conference import clock
from conference.keeping.caching import public_page_reading
from conference.models import Edition
from conference.serving.editions import for_edition

SECONDS = 60  # after which the page loads itself anew, without script
TURN_SECONDS = 20  # after which the screen in the hall shows the other language


@public_page_reading(flags=["screen", "still"])
@for_edition
def now(request: HttpRequest, edition: Edition) -> HttpResponse:
    moment = _in_hall()
    is_for_hall = "screen" in request.GET
    found = now_and_next(versions.published(edition), moment)
    changes = found.phase in (Phase.RUNNING, Phase.OVERNIGHT)
    if found.phase == Phase.BEFORE and found.day:  # a screen that is set up the day before wakes by itself
        changes = found.day.date - moment.date() <= timedelta(days=1)
    context = {
        "edition": edition,
        "moment": moment,
        "found": found,
        "changes": changes,
        "seconds": 0 if "still" in request.GET or not changes else TURN_SECONDS if is_for_hall else SECONDS,
    }
    return render(request, "agenda/screen.html" if is_for_hall else "agenda/now.html", context)


def running(programme: Programme) -> set[str]:
    """The sessions that run at this moment, by their uuid."""
    return {one.session.uuid for one in now_and_next(programme, _in_hall()).now}


def _in_hall() -> datetime:
    """The date and the clock on the wall of the hall, in Phnom Penh."""
    return timezone.localtime(clock.now()).replace(tzinfo=None)
