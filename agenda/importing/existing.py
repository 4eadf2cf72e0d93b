"""The agenda as it stands in the tables, drafts and all, for comparing with what was pasted."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from agenda.importing.recognising.people import Known, KnownOrganisation
from agenda.models import Appearance, Material, Session
from conference.language.translated import Text
from conference.models import Edition, Organisation


@dataclass(frozen=True)
class ExistingPerson:
    """A person or organisation that appears, under every name that a table may use."""

    pk: int
    name: Text
    names: tuple[str, ...]
    organisation: str
    state: str
    role: str
    label: Text  # as it is printed, if otherwise than by its name


@dataclass(frozen=True)
class ExistingSession:
    pk: int
    uuid: str
    parent_pk: int | None
    date: datetime.date
    kind: str
    label: Text
    title: Text
    description: Text
    starts_at: datetime.time | None
    ends_at: datetime.time | None
    state: str
    open_call: bool
    room: Text
    track: Text
    languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    links: tuple[str, ...]  # addresses
    people: tuple[ExistingPerson, ...]


def known_organisations() -> Known:
    rows = Organisation.objects.order_by("pk")
    return Known(KnownOrganisation(row.slug, row.name, row.short_name) for row in rows)


def intros(edition: Edition) -> dict[datetime.date, Text]:
    return {day.date: day.intro for day in edition.days.all()}


def existing_sessions(edition: Edition) -> list[ExistingSession]:
    """Every session of an edition in the order of the agenda: three queries."""
    people = defaultdict(list)
    appearances = Appearance.objects.filter(session__day__edition=edition)
    for one in appearances.select_related("organisation", "speaker__organisation"):
        name, slug, names = one.label, "", [one.label.en, one.label.km]
        if one.speaker:
            name = name or one.speaker.name
            names += [one.speaker.name.en, one.speaker.name.km]
        if one.organisation:
            name, slug = name or one.organisation.name, one.organisation.slug
            known = KnownOrganisation(slug, one.organisation.name, one.organisation.short_name)
            names += [*known.printed(), one.organisation.name.en, one.organisation.name.km]
        people[one.session_id].append(
            ExistingPerson(one.pk, name, tuple(filter(None, names)), slug, one.state, one.role, one.label)
        )
    sessions = Session.objects.filter(day__edition=edition).select_related("day", "room", "track").in_order()
    links = defaultdict(list)
    for session, url in Material.objects.filter(session__day__edition=edition).values_list("session_id", "url"):
        links[session].append(url)
    return [
        ExistingSession(
            pk=row.pk,
            uuid=str(row.uuid),
            parent_pk=row.parent_id,
            date=row.day.date,
            kind=row.kind,
            label=row.label,
            title=row.title,
            description=row.description,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            state=row.state,
            open_call=row.open_call,
            room=row.room.name if row.room else Text(),
            track=row.track.name if row.track else Text(),
            languages=tuple(row.spoken_languages),
            interpretation=tuple(row.interpretation),
            links=tuple(filter(None, links[row.pk])),
            people=tuple(people[row.pk]),
        )
        for row in sessions
    ]
