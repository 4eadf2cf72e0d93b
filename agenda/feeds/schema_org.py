"""The conference, its sessions, who holds them and where, for search engines: schema.org's words, as JSON-LD, in the
language of the page.

It stands in the page as a block of data: no browser runs it, and the policy against scripts in pages lets it stand.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from agenda.choices import Role
from agenda.feeds import inherited, shared_link, words
from agenda.programme.value import Appearance, Place, Programme
from conference.models import Edition, EditionOrganisation, OtherEvent
from conference.words import comma

Json = dict[str, object]
_PART_OF_ROLE: dict[str, str] = {Role.ORGANISER: "organizer", Role.INTERPRETER: "translator"}  # all others perform
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
CONTEXT = "https://schema.org"
HELD, CANCELLED = f"{CONTEXT}/EventScheduled", f"{CONTEXT}/EventCancelled"
OFFLINE, ONLINE = f"{CONTEXT}/OfflineEventAttendanceMode", f"{CONTEXT}/OnlineEventAttendanceMode"
_PARTS: dict[str, str] = {
    EditionOrganisation.Role.ORGANISER: "organizer",
    EditionOrganisation.Role.PARTNER: "contributor",
    EditionOrganisation.Role.FUNDER: "funder",
}


def data_block(value: Json) -> SafeString:
    """As a part of a page. No text of staff can end the block."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(said))  # noqa: S308 -- escaped


def event(programme: Programme, edition: Edition, site: str) -> Json:
    """The conference with its sessions. `site` is the beginning of every address: https://conference.example.org.

    Where they are stands once, and each session refers to it: else half of what is said would be that.
    """
    return _with_sessions(conference(edition, site), programme, site)


def event_block(programme: Programme, edition: Edition, site: str) -> SafeString:
    """The same as a part of a page, put into words once for all who read it."""
    return _event_block(json.dumps(conference(edition, site)), programme, site, get_language())


@lru_cache(maxsize=8)
def _event_block(whole: str, programme: Programme, site: str, _language: str | None) -> SafeString:
    return data_block(_with_sessions(json.loads(whole), programme, site))


def _with_sessions(whole: Json, programme: Programme, site: str) -> Json:
    where: Json = {"@id": f"{whole['url']}#venue"}
    place_of_all = cast(Json, whole["location"])
    places = [place for place in inherited.with_times(programme) if place.session.has_page]
    return whole | {
        "location": where | place_of_all,
        "subEvent": [_session(programme, place, site) | {"location": where} for place in places],
    }


def conference(edition: Edition, site: str) -> Json:
    home = site + reverse("conference:home", args=[edition.year])
    return {
        "@context": CONTEXT,
        **_described(str(edition.title), home),
        "location": _place(edition),
        "description": str(edition.summary),
        "startDate": edition.starts_on.isoformat(),
        "endDate": edition.ends_on.isoformat(),
        "eventStatus": HELD,
        "isAccessibleForFree": True,
        "image": site + shared_link.address(edition),
    }


def with_organisers(said: Json, organisers: Iterable[EditionOrganisation], site: str) -> Json:
    """The conference, and who holds and pays for it."""
    parts: dict[str, list[Json]] = {}
    for one in organisers:
        if one.role in _PARTS:
            logo: Json = {"logo": site + one.organisation.logo.url} if one.organisation.logo else {}
            site_of: Json = {"url": one.organisation.url} if one.organisation.url else {}
            named = organisation(str(one.organisation.name), str(one.organisation.short_name))
            parts.setdefault(_PARTS[one.role], []).append(named | site_of | logo)
    return said | parts


def organisation(name: str, short_name: str = "") -> Json:
    other_name: Json = {"alternateName": short_name} if short_name else {}
    return {"@type": "Organization", "name": name, **other_name}


def venue(edition: Edition, site: str) -> Json:
    """Where the conference is, for the page that says how to get there."""
    address = f"{site}{reverse('conference:participants', args=[edition.year])}#venue"
    return {"@context": CONTEXT, **_place(edition), "url": address}


def other_events(events: Iterable[OtherEvent], edition: Edition, site: str) -> Json | None:
    """Those with a date: without one it is no event for search engines. None where there is none."""
    page = site + reverse("conference:other_events", args=[edition.year])
    said = [_other_event(one, f"{page}#{one.slug}") for one in events if one.starts_on]
    return {"@context": CONTEXT, "@graph": said} if said else None


def _other_event(event: OtherEvent, address: str) -> Json:
    said: Json = {
        "@type": "Event",
        "name": str(event.title),
        "url": address,
        "startDate": str(event.starts_on),
        "endDate": str(event.ends_on or event.starts_on),
        "eventStatus": HELD,
        "eventAttendanceMode": ONLINE if event.is_online else OFFLINE,
        "description": str(event.description),
    }
    if event.is_online:
        said["location"] = {"@type": "VirtualLocation", "url": event.registration_url or event.more_url or address}
    if event.host:
        said["organizer"] = organisation(str(event.host))
    return said


def session_event(programme: Programme, place: Place, edition: Edition, site: str) -> Json:
    """A session by itself, as part of the conference."""
    above = conference(edition, site)
    del above["@context"]
    return {
        "@context": CONTEXT,
        **_session(programme, place, site),
        "location": _place(edition),
        "description": words.description(place.session),
        "image": site + shared_link.address(edition, place),
        **_who(place.session.appearances),
        "superEvent": above,
    }


def _who(appearances: Iterable[Appearance]) -> Json:
    """Who is sure to come, and is known by name."""
    said: dict[str, list[Json]] = {}
    for one in appearances:
        if not one.is_to_be_confirmed and (one.is_person or one.organisation):
            part = _PART_OF_ROLE.get(one.role, "performer")
            kind = "Person" if one.is_person else "Organization"
            said.setdefault(part, []).append({"@type": kind, "name": str(one.name)})
    return dict(said)


def _session(programme: Programme, place: Place, site: str) -> Json:
    is_cancelled = inherited.is_cancelled(programme, place)
    address = site + words.address(programme, place.session)
    said: Json = {
        **_described(words.with_status(place.session.heading, words.status(place.session)), address),
        "eventStatus": CANCELLED if is_cancelled else HELD,
    }
    if inherited.has_times(programme, place):
        begins, ends = inherited.moments(programme, place)
        said |= {"startDate": begins.isoformat(), "endDate": ends.isoformat()}
    return said


def _described(name: str, address: str) -> Json:
    return {
        "@type": "Event",
        "name": name,
        "url": address,
        "inLanguage": get_language(),
        "eventAttendanceMode": OFFLINE,
    }


def _place(edition: Edition) -> Json:
    place: Json = {
        "@type": "Place",
        "name": str(edition.venue or edition.city or edition.title),
        "address": comma().join(str(part) for part in (edition.address, edition.city, edition.country) if part),
    }
    if edition.coordinates:
        latitude, longitude = map(float, edition.latitude_and_longitude)
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place
