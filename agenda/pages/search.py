"""Looking for words in the published agenda and in the texts of the other pages. The address can be sent on."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.pages.bylines import Byline, bylines
from agenda.programme.searching import LONGEST, Words, sessions_with
from agenda.publishing import versions
from conference.language.translated import Text
from conference.models import Edition
from conference.pages.tables import PageVersion
from conference.serving.editions import for_edition

Page = tuple[str | Promise, str, list[Text]]  # its name, its address, its texts


@never_cache
@require_safe
@for_edition
def search(request: HttpRequest, edition: Edition) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST].strip()
    words = Words.of(typed)
    context = {
        "edition": edition,
        "typed": typed,
        "is_too_short": bool(typed and not words.keys),
        "sessions": sessions_with(versions.published(edition), words) if words.keys else [],
        "names": _names(edition, words) if words.keys else [],
        "pages": [page for page in _pages(edition) if words.are_in(page[2])] if words.keys else [],
    }
    return render(request, "agenda/search.html", context)


def _names(edition: Edition, words: Words) -> list[Byline]:
    found = bylines(edition)
    return [one for one in (*found.people, *found.organisations, *found.groups) if words.are_in([one.name])]


def _pages(edition: Edition) -> Iterator[Page]:
    yield _page(_("Background"), "background", edition, edition.background_in_brief, edition.background)
    who = [group.name for group in edition.audience_groups.all()]
    names = ("venue", "address", "city", "way", "entrance", "step_free", "toilets", "access")
    where = [getattr(edition, name) for name in names]
    yield _page(
        _("For participants"), "participants", edition, edition.participants, edition.travel_note, *who, *where
    )
    holders = [row.organisation for row in edition.organisers.select_related("organisation")]
    texts = [text for one in holders for text in (one.name, one.short_name, one.about)]
    yield _page(_("Organizers"), "organizers", edition, edition.organisers_in_brief, edition.disclaimer, *texts)
    for version in PageVersion.objects.shown_in(edition).in_order():
        address = reverse("conference:page", args=[edition.year, version.page.slug])
        yield str(version.title), address, [version.title, version.text]
    for event in edition.other_events.all():
        _name, address, _texts = _page("", "other_events", edition)
        yield str(event.title), f"{address}#{event.slug}", [event.title, event.host, event.theme, event.description]


def _page(name: str | Promise, view: str, edition: Edition, *texts: Text) -> Page:
    return name, reverse(f"conference:{view}", args=[edition.year]), list(texts)
