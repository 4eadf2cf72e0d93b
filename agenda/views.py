from django.http import Http404
from django.shortcuts import render

from agenda import programme
from agenda.bylines import bylines
from agenda.timetable import timetable
from conference.caching import public_page
from conference.editions import for_edition


@public_page
@for_edition
def agenda(request, edition):
    days = [(day, timetable(day.sessions)) for day in programme.load(edition).days]
    return render(request, "agenda/agenda.html", {"edition": edition, "days": days})


@public_page
@for_edition
def session(request, edition, code):
    place = programme.load(edition).places.get(code)
    if place is None:
        raise Http404
    return render(request, "agenda/session.html", {"edition": edition, "place": place, "session": place.session})


@public_page
@for_edition
def speakers(request, edition):
    return render(request, "agenda/speakers.html", {"edition": edition, "bylines": bylines(edition)})
