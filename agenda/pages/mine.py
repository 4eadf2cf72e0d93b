"""My agenda without an account: plain pages whose address says which sessions a reader marked.

They are not among the pages that are kept: there are as many of them as there are choices.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from agenda import mine
from agenda.feeds import ical
from agenda.feeds.stamp import stamped
from agenda.mine import Selection
from agenda.pages.downloads import as_file
from agenda.pages.now import running
from agenda.programme.value import Day, Programme, Session
from agenda.publishing import versions
from conference.models import Edition
from conference.serving.editions import for_edition


@require_safe
@cache_control(private=True, no_cache=True)
@for_edition
def page(request: HttpRequest, edition: Edition) -> HttpResponse:
    codes = mine.codes_in(request.GET.getlist(mine.PARAMETER))
    query = f"{mine.PARAMETER}={mine.in_address(codes)}" if codes else ""
    if request.META["QUERY_STRING"] != query:  # one spelling, to be shared
        return redirect(f"{request.path}?{query}" if query else request.path)
    shown = versions.shown(edition)
    selection = _selection(edition, shown.programme, codes)
    query = f"?{mine.PARAMETER}={selection.in_address}"
    context = {
        "edition": edition,
        "selection": selection,
        "choices": _choices(shown.programme, selection),
        "address": request.build_absolute_uri(request.path + query),
        "calendar": reverse("agenda:mine.ics", args=[edition.year]) + query,
        "running": running(shown.programme),
        "moves": shown.moves,
        "version": shown,
    }
    return render(request, "agenda/mine.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
@for_edition
def calendar(request: HttpRequest, edition: Edition) -> HttpResponse:
    programme, stamp = stamped(edition, f"{request.scheme}://{request.get_host()}")
    selection = _selection(edition, programme, mine.codes_in(request.GET.getlist(mine.PARAMETER)))
    if not selection.codes:
        return redirect("agenda:mine", edition.year)
    made = ical.calendar(programme, edition, stamp, ical.of_sessions(programme, selection.codes))
    return as_file(made, ical.TYPE, edition.year, "my-agenda.ics")


def _selection(edition: Edition, programme: Programme, codes: list[str]) -> Selection:
    unknown = [code for code in codes if code not in programme.places]
    return mine.selected(programme, codes, versions.codes_now(edition, unknown, programme))


def _choices(programme: Programme, selection: Selection) -> list[tuple[Day, list[tuple[Session, bool, bool]]]]:
    """For each day what can be marked: the session, whether it stands under another, whether it is marked."""
    found = []
    for day in programme.days:
        places = [place for place in programme.places.values() if place.day is day and place.session.has_page]
        rows = [
            (mine.as_held(programme, place), place.parent is not None, place.session.code in selection.codes)
            for place in places
            if place.session.title
        ]
        found.append((day, rows))
    return [(day, rows) for day, rows in found if rows]
