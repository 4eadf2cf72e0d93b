"""What the programme works with: handbooks, surveys, studies."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agenda.choices import LICENCE_TEXTS
from agenda.programme.value import Place
from agenda.publishing import versions
from conference.keeping.caching import public_page
from conference.models import Edition, Language
from conference.serving.editions import for_edition
from contributions.models import Resource


@dataclass(frozen=True)
class Shown:
    row: Resource
    places: list[Place]  # as they are published

    @property
    def languages(self) -> list[str]:
        return [str(language.label) for language in Language if language in self.row.languages]

    @property
    def licence_address(self) -> str:
        return LICENCE_TEXTS.get(self.row.licence, "")


@public_page
@for_edition
def resources(request: HttpRequest, edition: Edition) -> HttpResponse:
    rows = list(Resource.objects.filter(edition=edition).prefetch_related("sessions"))
    if not rows:
        raise Http404
    places = {place.session.uuid: place for place in versions.published(edition).places.values()}
    shown = [
        Shown(row, [places[str(one.uuid)] for one in row.sessions.all() if str(one.uuid) in places]) for row in rows
    ]
    return render(request, "contributions/resources.html", {"edition": edition, "shown": shown})
