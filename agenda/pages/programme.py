from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.models import ProgrammeVersion
from agenda.pages.bylines import bylines
from agenda.pages.changes_feed import feed_of
from agenda.programme.timetable import timetable
from agenda.publishing import versions
from conference.caching import public_page
from conference.editions import for_edition


@public_page
@for_edition
def agenda(request, edition):
    return _agenda(request, edition, versions.shown(edition))


@never_cache
@require_safe
@for_edition
def version(request, edition, number):
    """What was published once, for staff."""
    found = get_object_or_404(ProgrammeVersion, edition=edition, number=number)
    return _agenda(request, edition, versions.show(found, edition), old_version=found)


def _agenda(request, edition, shown, **more):
    days = [(day, timetable(day.sessions)) for day in shown.programme.days]
    context = {"edition": edition, "days": days, "version": shown, "moves": shown.moves, **more}
    return render(request, "agenda/agenda.html", context)


@public_page
@for_edition
def session(request, edition, code):
    shown = versions.shown(edition)
    place = shown.programme.places.get(code)
    if place is None:
        raise Http404
    context = {"edition": edition, "place": place, "session": place.session, "version": shown, "moves": shown.moves}
    return render(request, "agenda/session.html", context)


@public_page
@for_edition
def speakers(request, edition):
    return render(request, "agenda/speakers.html", {"edition": edition, "bylines": bylines(edition)})


@public_page
@for_edition
def changes(request, edition):
    page, entries = versions.changes(edition, request.GET.get("page"))
    codes = versions.published(edition).places  # a session that is gone has no page to lead to
    context = {"edition": edition, "page": page, "entries": entries, "codes": codes}
    return render(request, "agenda/changes.html", context)


@public_page
@for_edition
def changes_feed(request, edition):
    return feed_of(request, edition)
