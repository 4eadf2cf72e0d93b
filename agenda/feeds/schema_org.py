"""The conference and its sessions for search engines: schema.org's Event, as JSON-LD, in the language of the page.

It stands in the page as a block of data: no browser runs it, and the policy against scripts in pages lets it stand.
"""

import json

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from agenda.feeds import inherited, shared_link, words
from agenda.programme.value import Place, Programme
from conference.models import Edition
from conference.words import comma

Json = dict[str, object]
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
HELD, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"


def data_block(value: Json) -> SafeString:
    """As a part of a page. No text of staff can end the block."""
    said = json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(said))  # noqa: S308 -- escaped


def event(programme: Programme, edition: Edition, site: str) -> Json:
    """The conference with its sessions. `site` is the beginning of every address: https://conference.example.org."""
    places = [place for place in inherited.with_times(programme) if place.session.has_page]
    return conference(edition, site) | {"subEvent": [_session(programme, place, edition, site) for place in places]}


def conference(edition: Edition, site: str) -> Json:
    home = site + reverse("conference:home", args=[edition.year])
    return {
        "@context": "https://schema.org",
        **_described(str(edition.title), home, edition),
        "description": str(edition.summary),
        "startDate": edition.starts_on.isoformat(),
        "endDate": edition.ends_on.isoformat(),
        "eventStatus": HELD,
        "isAccessibleForFree": True,
        "image": site + shared_link.address(edition),
    }


def session_event(programme: Programme, place: Place, edition: Edition, site: str) -> Json:
    """A session by itself, as part of the conference."""
    above = conference(edition, site)
    del above["@context"]
    return {
        "@context": "https://schema.org",
        **_session(programme, place, edition, site),
        "description": words.description(place.session),
        "image": site + shared_link.address(edition, place),
        "superEvent": above,
    }


def _session(programme: Programme, place: Place, edition: Edition, site: str) -> Json:
    is_cancelled = inherited.is_cancelled(programme, place)
    address = site + words.address(programme, place.session)
    said: Json = {
        **_described(words.with_status(place.session.heading, words.status(place.session)), address, edition),
        "eventStatus": CANCELLED if is_cancelled else HELD,
    }
    if inherited.has_times(programme, place):
        begins, ends = inherited.moments(programme, place)
        said |= {"startDate": begins.isoformat(), "endDate": ends.isoformat()}
    return said


def _described(name: str, address: str, edition: Edition) -> Json:
    place: Json = {
        "@type": "Place",
        "name": str(edition.venue or edition.city or edition.title),
        "address": comma().join(str(part) for part in (edition.address, edition.city, edition.country) if part),
    }
    if edition.coordinates:
        latitude, longitude = map(float, edition.latitude_and_longitude)
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {
        "@type": "Event",
        "name": name,
        "url": address,
        "inLanguage": get_language(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place,
    }
