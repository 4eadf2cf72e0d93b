"""All that is public about an edition in one JSON file, in both languages, for people who build something from it.

People who may be called are left out: they stand on the pages, where they can be taken away again.
"""

import datetime

from django.urls import reverse

from agenda.feeds import licence, words
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Programme, Session
from conference.language.translated import Text
from conference.models import Edition, Organisation, OtherEvent
from conference.words import to_the_second

Json = dict[str, object]

_EDITION_TEXTS = [
    "title",
    "subtitle",
    "summary",
    "venue",
    "address",
    "city",
    "country",
    "way",
    "entrance",
    "step_free",
    "toilets",
    "access",
    "background_in_brief",
    "background",
    "organisers_in_brief",
    "participants",
    "travel_note",
    "programme_note",
    "disclaimer",
]


def open_data(programme: Programme, edition: Edition, stamp: Stamp) -> Json:
    """Nine queries, however long the programme is."""
    return {
        "licence": {"name": licence.NAME, "url": licence.URL, "text": _both(licence.LINE)},
        "source": stamp.site + reverse("conference:home", args=[programme.year]),
        "version": stamp.version,
        "changed_at": to_the_second(stamp.changed_at),
        "edition": {
            "year": edition.year,
            "starts_on": _iso(edition.starts_on),
            "ends_on": _iso(edition.ends_on),
            "opens_at": _clock(edition.opens_at),
            "closes_at": _clock(edition.closes_at),
            "expected_participants": edition.expected_participants,
            "coordinates": [float(part) for part in edition.latitude_and_longitude] or None,
            **_texts(edition, _EDITION_TEXTS),
        },
        "organisers": [
            {
                "role": row.role,
                **_organisation(row.organisation),
                "about": _both(row.organisation.about),
                "through": _organisation(row.through) if row.through else None,
            }
            for row in edition.organisers.select_related("organisation", "through")
        ],
        "purposes": [_both(row.text) for row in edition.purposes.all()],
        "audience": [_both(row.name) for row in edition.audience_groups.all()],
        "references": [
            {
                "number": row.marker,
                **_texts(row, ["author", "title"]),
                "organisation": _both(row.organisation.name if row.organisation else Text()),
                "published_on": _iso(row.published_on),
                "url": row.url,
            }
            for row in edition.references.select_related("organisation")
        ],
        "days": [
            {
                "number": day.number,
                "date": _iso(day.date),
                "intro": _both(day.intro),
                "sessions": [_session(programme, stamp, session) for session in day.sessions],
            }
            for day in programme.days
        ],
        "other_events": [_other_event(row) for row in edition.other_events.prefetch_related("milestones")],
    }


def _both(text: Text) -> Json:
    return {"en": text.en, "km": text.km}


def _texts(row: object, names: list[str]) -> Json:
    return {name: _both(getattr(row, name)) for name in names}


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _clock(time: datetime.time | None) -> str | None:
    return f"{time:%H:%M}" if time else None


def _organisation(row: Organisation) -> Json:
    return {"id": row.slug, "kind": row.kind, **_texts(row, ["name", "short_name"])}


def _session(programme: Programme, stamp: Stamp, session: Session) -> Json:
    return {
        "uuid": session.uuid,
        "id": session.code,
        "kind": session.kind,
        "state": session.state,
        **_texts(session, ["label", "title", "description", "track", "room"]),
        "starts_at": _clock(session.starts_at),
        "ends_at": _clock(session.ends_at),
        "spoken_languages": list(session.spoken_languages),
        "interpretation": list(session.interpretation),
        "open_call": session.open_call,
        "appearances": [
            {
                "role": one.role,
                "name": _both(one.name),
                "organisation": one.organisation,
                "is_person": one.is_person,
                "state": one.state,
            }
            for one in session.appearances
        ],
        "materials": [
            {
                "title": _both(one.title),
                "languages": list(one.languages),
                "address": stamp.site + one.address if one.file else one.url,
                "size": one.size or None,
                "licence": one.licence or None,
            }
            for one in session.materials
        ],
        "address": stamp.site + words.address(programme, session),
        "inside": [_session(programme, stamp, child) for child in session.children],
    }


def _other_event(row: OtherEvent) -> Json:
    return {
        "id": row.slug,
        "kind": row.kind,
        **_texts(row, ["title", "host", "theme", "description", "condition", "inclusion_note"]),
        "starts_on": _iso(row.starts_on),
        "ends_on": _iso(row.ends_on),
        "deadline": _iso(row.deadline),
        "is_online": row.is_online,
        "languages": list(row.languages),
        "registration_url": row.registration_url,
        "more_url": row.more_url,
        "milestones": [
            {"starts_on": _iso(one.starts_on), "ends_on": _iso(one.ends_on), "text": _both(one.text)}
            for one in row.milestones.all()
        ],
    }
