"""Who appears in the programme, and in which sessions: people first, then organisations, then groups not yet named."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models.fields.files import ImageFieldFile
from django.urls import reverse

from agenda.feeds.schema_org import CONTEXT, Json, organisation
from agenda.models import Speaker
from agenda.programme.value import Appearance, Organisation, Person, Session
from agenda.publishing import versions
from conference.language.translated import Text
from conference.models import Edition

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


def as_data(shown: Bylines, edition: Edition, site: str) -> Json:
    """People and organisations for search engines."""
    page = site + reverse("agenda:speakers", args=[edition.year])
    said = [_person(one, site) | {"url": f"{page}#{one.anchor}"} for one in shown.people]
    for one in shown.organisations:
        short_name = str(one.about.short_name) if isinstance(one.about, Organisation) else ""
        said.append(organisation(str(one.name), short_name) | {"url": f"{page}#{one.anchor}"})
    return {"@context": CONTEXT, "@graph": said}


def _person(one: Byline, site: str) -> Json:
    about = one.about if isinstance(one.about, Person) else Person(0)
    said: Json = {"@type": "Person", "name": str(one.name)}
    if about.job_title:
        said["jobTitle"] = str(about.job_title)
    if about.organisation:
        said["affiliation"] = organisation(str(about.organisation))
    if about.about:
        said["description"] = str(about.about)
    if one.photo:
        said["image"] = site + one.photo.url
    return said
