import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from conference import clock
from conference.asking import Given, Prepared
from conference.keeping.caching import public_page
from conference.models import AudienceGroup, Edition, EditionOrganisation, Purpose
from conference.pages.tables import Page, PageVersion
from conference.rooms_above import for_pages
from conference.serving.editions import for_edition

_AUDIENCE_GROUPS = Prepared(lambda: AudienceGroup.objects.filter(edition=Given("edition")))
_ORGANISERS = Prepared(
    lambda: EditionOrganisation.objects.filter(edition=Given("edition")).select_related("organisation", "through")
)
_PURPOSES = Prepared(lambda: Purpose.objects.filter(edition=Given("edition")))


@vary_on_headers("Accept-Language", "Cookie")
def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the language that the browser asks for."""
    return redirect(f"/{get_language_from_request(request)}/")


@public_page
@for_edition
def home(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {
        "edition": edition,
        "audience_groups": _AUDIENCE_GROUPS.ask(edition=edition.pk),
        "purposes": _PURPOSES.ask(edition=edition.pk),
        "organisers": _ORGANISERS.ask(edition=edition.pk),
    }
    return render(request, "conference/home.html", context)


@public_page
@for_edition
def background(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {"edition": edition, "references": edition.references.all(), "purposes": edition.purposes.all()}
    return render(request, "conference/background.html", context)


@public_page
@for_edition
def organizers(request: HttpRequest, edition: Edition) -> HttpResponse:
    organisers = edition.organisers.select_related("organisation", "through")
    return render(request, "conference/organizers.html", {"edition": edition, "organisers": organisers})


@public_page
@for_edition
def participants(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {"edition": edition, "audience_groups": edition.audience_groups.all()}
    return render(request, "conference/participants.html", context)


@public_page
@for_edition
def other_events(request: HttpRequest, edition: Edition) -> HttpResponse:
    today = clock.today()
    events = list(edition.other_events.prefetch_related("milestones"))
    context = {
        "edition": edition,
        "coming": [event for event in events if not event.is_closed(today)],
        "past": [event for event in events if event.is_closed(today)],
    }
    return render(request, "conference/other_events.html", context)


@public_page
@for_edition
def page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    """One that staff wrote: as it was published, or the draft of it for staff."""
    if edition.previews_draft:
        shown: Page | PageVersion = get_object_or_404(edition.pages, slug=slug)
    else:
        shown = get_object_or_404(PageVersion.objects.shown_in(edition), page__slug=slug)
    return render(request, "conference/page.html", {"edition": edition, "shown": shown})


@public_page
def editions(request: HttpRequest) -> HttpResponse:
    """The archive: every edition that is on the site, the newest first."""
    public = list(for_pages(Edition.objects.public()).latest_first())
    if not public:
        raise Http404
    request.edition = public[0]  # type: ignore[attr-defined]  # for templates (context_processors)
    return render(request, "conference/editions.html", {"edition": public[0], "editions": public})


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site is called, and looks, among the apps of a phone: in the language of its address."""
    content = {
        "name": _("National Open Data Conference"),
        "lang": get_language(),
        "start_url": reverse("conference:current"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf8f1",
        "theme_color": "#fbf8f1",
        "icons": [
            {"src": static("img/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
            {"src": static("img/touch-icon.png"), "type": "image/png", "sizes": "180x180"},
        ],
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/manifest+json")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 while this process answers; a load balancer asks here. Public pages need no database to be answered."""
    return HttpResponse("ok", content_type="text/plain")
