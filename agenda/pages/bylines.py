"""Who appears in the programme, and in which sessions: people first, then organisations, then groups not yet named."""

from collections import defaultdict
from dataclasses import dataclass

from agenda.models import Speaker
from agenda.programme.value import Appearance, Session
from agenda.publishing import versions
from conference.models import Edition, Organisation
from conference.translated import Text

Seen = tuple[Session, Appearance]  # an appearance, and the session in which it is


@dataclass(frozen=True)
class Byline:
    anchor: str
    name: Text
    row: Speaker | Organisation | None
    appearances: tuple[Seen, ...]


@dataclass(frozen=True)
class Bylines:
    people: list[Byline]
    organisations: list[Byline]
    groups: list[Byline]


def bylines(edition: Edition) -> Bylines:
    """One byline a person, organisation or label, in the order in which they first appear. Six queries at most."""
    people: dict[int, list[Seen]] = defaultdict(list)
    organisations: dict[str, list[Seen]] = defaultdict(list)
    groups: dict[Text, list[Seen]] = defaultdict(list)
    for place in versions.published(edition).places.values():
        for one in place.session.appearances:
            seen = (place.session, one)
            if one.speaker:
                people[one.speaker].append(seen)
            if one.organisation:
                organisations[one.organisation].append(seen)
            if not one.speaker and not one.organisation:
                groups[one.name].append(seen)
    speakers = Speaker.objects.select_related("organisation").in_bulk(people)
    rows = Organisation.objects.prefetch_related("part_of").in_bulk(organisations, field_name="slug")
    return Bylines(
        [_byline(f"person-{pk}", speakers.get(pk), seen) for pk, seen in people.items()],
        [_byline(slug, rows.get(slug), seen) for slug, seen in organisations.items()],
        [Byline(f"group-{i}", name, None, tuple(seen)) for i, (name, seen) in enumerate(groups.items(), start=1)],
    )


def _byline(anchor: str, row: Speaker | Organisation | None, seen: list[Seen]) -> Byline:
    """The name as it was printed where there is no row: staff may take a person out after publishing."""
    return Byline(anchor, row.name if row else seen[0][1].name, row, tuple(seen))
