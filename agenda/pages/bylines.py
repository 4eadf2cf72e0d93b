"""Who appears in the programme, and in which sessions: people first, then organisations, then groups not yet named."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models.fields.files import ImageFieldFile

from agenda.models import Speaker
from agenda.programme.value import Appearance, Organisation, Person, Session
from agenda.publishing import versions
from conference.models import Edition
from conference.translated import Text

Seen = tuple[Session, Appearance]  # an appearance, and the session in which it is


@dataclass(frozen=True)
class Byline:
    anchor: str
    name: Text
    about: Person | Organisation | None  # as published; None where the version says nothing of them
    photo: ImageFieldFile | None
    appearances: tuple[Seen, ...]


@dataclass(frozen=True)
class Bylines:
    people: list[Byline]
    organisations: list[Byline]
    groups: list[Byline]


def bylines(edition: Edition) -> Bylines:
    """One byline a person, organisation or label, in the order in which they first appear."""
    people: dict[int, list[Seen]] = defaultdict(list)
    organisations: dict[str, list[Seen]] = defaultdict(list)
    groups: dict[Text, list[Seen]] = defaultdict(list)
    programme = versions.published(edition)
    for place in programme.places.values():
        for one in place.session.appearances:
            seen = (place.session, one)
            if one.speaker:
                people[one.speaker].append(seen)
            if one.organisation:
                organisations[one.organisation].append(seen)
            if not one.speaker and not one.organisation:
                groups[one.name].append(seen)
    persons = {person.key: person for person in programme.people}
    bodies = {organisation.slug: organisation for organisation in programme.organisations}
    photos = {row.pk: row.photo for row in Speaker.objects.filter(pk__in=people)}  # public as soon as it is saved
    return Bylines(
        [_byline(f"person-{key}", persons.get(key), seen, photos.get(key)) for key, seen in people.items()],
        [_byline(slug, bodies.get(slug), seen) for slug, seen in organisations.items()],
        [
            Byline(f"group-{i}", name, None, None, tuple(seen))
            for i, (name, seen) in enumerate(groups.items(), start=1)
        ],
    )


def _byline(
    anchor: str, about: Person | Organisation | None, seen: list[Seen], photo: ImageFieldFile | None = None
) -> Byline:
    """The name as it was printed where the version says nothing else of them: staff may have deleted a person."""
    return Byline(anchor, about.name if about else seen[0][1].name, about, photo, tuple(seen))
