from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.feeds.schema_org import data_block, event_block, session_event
from agenda.mine import as_held
from agenda.models import ProgrammeVersion
from agenda.pages.bylines import as_data, bylines
from agenda.pages.changes_feed import feed_of
from agenda.pages.filters import Filters
from agenda.pages.now import running
from agenda.pages.old_addresses import old_address
from agenda.programme.around import around
from agenda.programme.narrowing import is_interpreted, narrowed, tracks
from agenda.publishing import versions
from conference.keeping.caching import is_up_to, public_page, public_page_reading
from conference.models import Edition
from conference.serving.editions import for_edition


@public_page_reading(flags=["open", "interpretation"], numbers=["track"])
@for_edition
def agenda(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = versions.shown(edition)
    filters = Filters.of(request.GET, tracks(shown.programme))
    return is_up_to(_agenda(request, edition, shown, filters), track=len(filters.tracks))


@never_cache
@require_safe
@for_edition
def version(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """What was published once, for staff."""
    found = get_object_or_404(ProgrammeVersion, edition=edition, number=number)
    return _agenda(request, edition, versions.show(found, edition), Filters(), old_version=found)


def _agenda(
    request: HttpRequest,
    edition: Edition,
    shown: versions.Shown,
    filters: Filters,
    old_version: ProgrammeVersion | None = None,
) -> HttpResponse:
    programme = shown.programme
    now = set() if old_version else running(programme)
    context = {
        "edition": edition,
        "days": narrowed(programme.days, filters.keep) if filters.are_set else programme.days,
        "filters": filters,
        "has_interpretation": any(is_interpreted(one) for day in programme.days for one in day.sessions),
        "running": now,
        "version": shown,
        # What is drawn of the days is kept while all that it is drawn from stays the same.
        "days_kept_seconds": 0 if filters.are_set else shown.kept_seconds,
        "drawn_from": (shown.mark, get_language(), edition.year, edition.contact_email, sorted(now)),
        "moves": shown.moves,
        "old_version": old_version,
        "event": event_block(programme, edition, f"{request.scheme}://{request.get_host()}"),
    }
    return render(request, "agenda/agenda.html", context)


@public_page
@for_edition
def session(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    shown = versions.shown(edition)
    place = shown.programme.places.get(code)
    if place is None:
        return old_address(request, edition, code, shown.programme)
    site = f"{request.scheme}://{request.get_host()}"
    context = {
        "edition": edition,
        "event": data_block(session_event(shown.programme, place, edition, site)),
        "place": place,
        "session": as_held(shown.programme, place),
        "around": around(place),
        "running": running(shown.programme),
        "version": shown,
        "moves": shown.moves,
    }
    return render(request, "agenda/session.html", context)


@public_page
@for_edition
def speakers(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = bylines(edition)
    people = data_block(as_data(shown, edition, f"{request.scheme}://{request.get_host()}"))
    return render(request, "agenda/speakers.html", {"edition": edition, "bylines": shown, "people": people})


@public_page_reading(numbers=["page"])
@for_edition
def changes(request: HttpRequest, edition: Edition) -> HttpResponse:
    page, entries = versions.changes(edition, request.GET.get("page"))
    codes = versions.published(edition).places  # a session that is gone has no page to lead to
    context = {"edition": edition, "page": page, "entries": entries, "codes": codes}
    return is_up_to(render(request, "agenda/changes.html", context), page=page.paginator.num_pages)


@public_page
@for_edition
def changes_feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    return feed_of(request, edition)
