"""The programme to take along: files, calendars, paper."""

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from agenda.feeds import ical, licence
from agenda.feeds.files import APP, CALENDAR, DATA, FILES, PAPER
from agenda.feeds.lines import in_languages
from agenda.feeds.stamp import Stamp, stamped
from agenda.pages.old_addresses import old_address
from agenda.programme.value import Programme
from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition


def _source(request: HttpRequest, edition: Edition) -> tuple[Programme, Edition, Stamp]:
    """What every file is made of."""
    programme, stamp = stamped(edition, f"{request.scheme}://{request.get_host()}")
    return programme, edition, stamp


def as_file(content: str | bytes, content_type: str, year: int, name: str) -> HttpResponse:
    """Scripts of other sites may read the file too: it is open data, and the same for all readers."""
    path = PurePath(name)
    response = HttpResponse(content, content_type=content_type)
    filename = f"nodc-{year}-{path.stem}-{get_language()}{path.suffix}"
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
@for_edition
def files(request: HttpRequest, edition: Edition) -> HttpResponse:
    source = _source(request, edition)
    context = {
        "edition": edition,
        "site_name": request.get_host(),
        "paper": [(file, file.size(*source)) for file in PAPER],
        "calendar": (CALENDAR, CALENDAR.size(*source)),
        "app": (APP, APP.size(*source)),
        "data": [(file, file.size(*source)) for file in DATA],
        "days": source[0].days,
        "licence": licence,
    }
    return render(request, "agenda/files.html", context)


@public_page
@for_edition
def file(request: HttpRequest, edition: Edition, name: str) -> HttpResponse:
    made = FILES[name].make(*_source(request, edition))
    return as_file(made, FILES[name].type, edition.year, name)


@public_page
@for_edition
def day_calendar(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    programme, edition, stamp = _source(request, edition)
    if number not in [day.number for day in programme.days]:
        raise Http404
    made = ical.calendar(programme, edition, stamp, ical.of_day(programme, number))
    return as_file(made, ical.TYPE, edition.year, f"day-{number}.ics")


@public_page
@for_edition
def session_calendar(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    programme, edition, stamp = _source(request, edition)
    if code not in programme.places:
        return old_address(request, edition, code, programme)
    made = ical.calendar(programme, edition, stamp, ical.of_session(programme, code))
    return as_file(made, ical.TYPE, edition.year, f"{code}.ics")


@public_page
@for_edition
def paper(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Both languages side by side; the reader's own leads."""
    programme, edition, stamp = _source(request, edition)
    languages = ["km", "en"] if get_language() == "km" else ["en", "km"]
    days = []
    for day in programme.days:
        rows = in_languages(day, languages)
        days.append((day, [(cells[0], list(zip(languages, cells, strict=True))) for cells in rows]))
    context = {"edition": edition, "days": days, "stamp": stamp, "languages": languages}
    return render(request, "agenda/paper.html", context)
