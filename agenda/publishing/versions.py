"""Draft and published: staff edit the tables, the public sees the last published version."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise, zip_longest

from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.utils import timezone

from agenda.models import ProgrammeVersion
from agenda.programme import stored, value
from agenda.programme.differences import apply, differences
from agenda.programme.retiming import at_other_times
from agenda.programme.value import Programme
from agenda.publishing.telling import Spot, ToldChange, moves, tell
from conference.translated import Text

__all__ = ["apply", "changes", "differences", "draft", "forget_people", "publish", "published", "shown", "unpublished"]

VERSIONS_A_PAGE = 10
REMOVED_NAME = Text(en="(name removed)", km="(បានដកឈ្មោះចេញ)")


class NotPublished(Exception):
    """The draft, or what is published, is no longer what the person who publishes has seen; or nothing changed."""


@dataclass(frozen=True)
class Shown:
    """A programme as a page shows it, with where its sessions were before they moved."""

    programme: Programme
    moves: dict[str, Spot]
    version: int | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class Unpublished:
    """What a publication would change now."""

    edition: object
    latest: ProgrammeVersion | None
    draft: Programme
    lines: list[ToldChange]

    @property
    def seen(self):
        """Changes when anything here does: nobody publishes what they have not read."""
        content = json.dumps(stored.to_json(self.draft), sort_keys=True)
        return sha256(f"{self.latest and self.latest.number} {content}".encode()).hexdigest()[:16]

    @property
    def takes_out(self):
        """Something that the public knows would disappear."""
        return any(line.what == "removed" for line in self.lines)


def draft(edition) -> Programme:
    return value.from_tables(edition)


def published(edition) -> Programme:
    return shown(edition).programme


def shown(edition) -> Shown:
    """What this reader is to see: the last published version in one query; before there is one, the tables."""
    latest = ProgrammeVersion.objects.latest_of(edition)
    if edition.previews_draft or latest is None:
        now = draft(edition)
        return Shown(now, _moves_with(latest, now) if latest else {})
    return show(latest, edition)


def show(version, edition) -> Shown:
    kept = {} if _is_past(edition, version) else _spots(version)
    return Shown(stored.from_json(version.data), kept, version.number, version.published_at)


def unpublished(edition) -> Unpublished:
    latest, now = ProgrammeVersion.objects.latest_of(edition), draft(edition)
    lines = tell(differences(stored.from_json(latest.data), now)) if latest else []
    return Unpublished(edition, latest, now, lines)


def publish(edition, by, note=None, seen=None) -> ProgrammeVersion:
    """Makes the draft public as the next version. With `seen` only if it is what that reader has seen."""
    pending = unpublished(edition)
    latest = pending.latest
    if (latest and not pending.lines) or (seen is not None and seen != pending.seen):
        raise NotPublished
    return _add_version(edition, latest, pending.draft, by, note)


def publish_times(edition, times, by, note):
    """Other times for some sessions (retiming), at once; whatever else is in the draft stays there.

    Where nothing was published yet, the public sees the tables anyway.
    """
    latest = ProgrammeVersion.objects.latest_of(edition)
    if latest:
        now = at_other_times(stored.from_json(latest.data), times)
        _add_version(edition, latest, now, by, note)


def _add_version(edition, latest, now, by, note):
    kept = _moves_with(latest, now) if latest else {}
    note = note or Text()
    try:
        with transaction.atomic():
            return ProgrammeVersion.objects.create(
                edition=edition,
                number=latest.number + 1 if latest else 1,
                data=stored.to_json(now),
                moves={uuid: stored.plain(spot) for uuid, spot in kept.items()},
                note_en=note.en,
                note_km=note.km,
                published_by=by,
            )
    except IntegrityError as taken:  # somebody else published this number meanwhile
        raise NotPublished from taken


def publish_first(edition):
    """The site goes on showing what it showed, from now on as a version."""
    if ProgrammeVersion.objects.latest_of(edition) is None:
        publish(edition, by=None)


def restoring_changes(version) -> list[ToldChange]:
    """What restoring it would do to the draft."""
    return tell(differences(draft(version.edition), stored.from_json(version.data)))


def changes(edition, number=1):
    """A page of versions, newest first, and each with what it changed: none for the first of all."""
    versions = ProgrammeVersion.objects.of(edition).newest_first()
    page = Paginator(versions, VERSIONS_A_PAGE).get_page(number)
    start = max(page.start_index() - 1, 0)
    cut = list(versions[start : start + VERSIONS_A_PAGE + 1])  # with the one that the oldest is compared with
    programmes = [stored.from_json(version.data) for version in cut]
    lines = [tell(differences(old, new)) for new, old in pairwise(programmes)]
    return page, list(zip_longest(cut, lines, fillvalue=()))[:VERSIONS_A_PAGE]


def forget_people(pks):
    """Takes the names of people out of every version: whoever is deleted here is not kept in the archive."""
    for version in ProgrammeVersion.objects.all():
        if _forget(version.data["days"], set(pks)):
            version.save(update_fields=["data"])


def _forget(nodes, pks):
    """Walks the JSON of days and sessions; True if a name was in it."""
    found = False
    for node in nodes:
        for one in node.get("appearances", []):
            if one.get("speaker") in pks:
                one |= {"name": stored.plain(REMOVED_NAME), "speaker": None, "is_person": False}
                found = True
        found |= _forget(node.get("sessions", node.get("children", [])), pks)
    return found


def _moves_with(latest, now):
    """Where sessions were: what is kept from the last version, and what this one moves. Back home is no move."""
    found = _spots(latest) | moves(differences(stored.from_json(latest.data), now))
    there = {place.session.uuid: place for place in now.places.values()}
    return {uuid: spot for uuid, spot in found.items() if uuid in there and spot.is_moved_to(_spot(there[uuid]))}


def _spot(place):
    return Spot(place.day.date, place.session.starts_at, place.session.ends_at, place.session.room)


def _spots(version):
    """What is kept of moves, read as tolerantly as the programme (stored). Without a date there is no spot to show."""
    return {
        uuid: stored.opened(
            Spot,
            data,
            date=date.fromisoformat,
            starts_at=stored.time_from,
            ends_at=stored.time_from,
            room=stored.text_from,
        )
        for uuid, data in version.moves.items()
        if "date" in data
    }


def _is_past(edition, version):
    """After the end nobody needs to know what was planned elsewhere; but who tries out a past edition sees it."""
    return timezone.localdate() > edition.ends_on >= timezone.localdate(version.published_at)
