"""Draft and published: staff edit the tables, the public sees the last published version."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.utils import timezone

from agenda.hours import Times
from agenda.models import ProgrammeVersion
from agenda.programme import stored
from agenda.programme.differences import differences
from agenda.programme.retiming import at_other_times
from agenda.programme.value import Programme, from_tables
from agenda.publishing.materials import delete_what_is_gone
from agenda.publishing.telling import Spot, ToldChange, moves, tell
from conference.language.translated import Text
from conference.models import Edition

VERSIONS_A_PAGE = 10
DRAWN_KEPT_SECONDS = 3600
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
    # Tells it from every other content. "" of a draft, of which nothing that was drawn is kept.
    mark: str = ""

    @property
    def kept_seconds(self) -> int:
        """For so long is kept what is drawn of it and of nothing else."""
        return DRAWN_KEPT_SECONDS if self.mark else 0


@dataclass(frozen=True)
class Unpublished:
    """What a publication would change now."""

    edition: Edition
    latest: ProgrammeVersion | None
    draft: Programme
    lines: list[ToldChange]

    @property
    def seen(self) -> str:
        """Differs as soon as anything here does: so staff publish only what they have read."""
        content = json.dumps(stored.to_json(self.draft), sort_keys=True)
        return sha256(f"{self.latest and self.latest.number} {content}".encode()).hexdigest()[:16]

    @property
    def takes_out(self) -> bool:
        """A session that the public knows would disappear."""
        return any(line.what == "removed" for line in self.lines)


def published(edition: Edition) -> Programme:
    return shown(edition).programme


def shown(edition: Edition) -> Shown:
    """What this reader is to see: the last published version in one query; before there is one, the tables."""
    if edition.previews_draft:
        now = from_tables(edition)
        return Shown(now, _moves_with(ProgrammeVersion.objects.latest_of(edition), now))
    latest = ProgrammeVersion.objects.latest_as_text(edition)
    if latest is None:
        return Shown(from_tables(edition), {})
    return _shown(latest, edition, latest.text)


def show(version: ProgrammeVersion, edition: Edition) -> Shown:
    return _shown(version, edition, json.dumps(version.data))


def _shown(version: ProgrammeVersion, edition: Edition, content: str) -> Shown:
    """After its end an edition no longer shows what was planned elsewhere.

    A version that was published after the end still does, for staff who try the site out with a past edition.
    """
    is_past = edition.is_over and edition.ends_on >= timezone.localdate(version.published_at)
    kept = {} if is_past else _spots(version)
    mark = sha256(f"{content} {kept}".encode()).hexdigest()
    return Shown(stored.from_text(content), kept, version.number, version.published_at, mark)


def code_now(edition: Edition, code: str, programme: Programme) -> str | None:
    """The id in the address that a session has today which was published under another; None where it is gone."""
    return codes_now(edition, [code], programme).get(code)


def codes_now(edition: Edition, codes: Iterable[str], programme: Programme) -> dict[str, str]:
    """The same for several ids, read from the versions in one go. Those of sessions that are gone are left out."""
    uuids = {place.session.uuid: now for now, place in programme.places.items()}
    searched, found = set(codes), dict[str, str]()
    versions = ProgrammeVersion.objects.newest_first_of(edition).values_list("data", flat=True)
    for data in versions.iterator() if searched else ():
        places = stored.from_json(data).places
        known = searched & places.keys()
        found |= {code: uuids[uuid] for code in known if (uuid := places[code].session.uuid) in uuids}
        searched -= known
        if not searched:
            break
    return found


def unpublished(edition: Edition) -> Unpublished:
    latest, now = ProgrammeVersion.objects.latest_of(edition), from_tables(edition)
    lines = tell(differences(stored.from_json(latest.data), now)) if latest else []
    return Unpublished(edition, latest, now, lines)


def publish(edition: Edition, by: User | None, note: Text | None = None, seen: str | None = None) -> ProgrammeVersion:
    """Makes the draft public as the next version. With `seen` only if it is what that reader has seen."""
    pending = unpublished(edition)
    latest = pending.latest
    if (latest and not pending.lines) or (seen is not None and seen != pending.seen):
        raise NotPublished
    return _add_version(edition, latest, pending.draft, by, note or Text())


def publish_times(edition: Edition, times: Mapping[str, Times], by: User | None, note: Text) -> None:
    """Other times for some sessions (retiming), at once; everything else in the draft stays there.

    Where nothing was published yet, the public sees the tables anyway. Where another person publishes at the same
    moment, the times are those of the version of that person.
    """
    latest = ProgrammeVersion.objects.latest_of(edition)
    if latest:
        try:
            _add_version(edition, latest, at_other_times(stored.from_json(latest.data), times), by, note)
        except NotPublished:
            if ProgrammeVersion.objects.latest_of(edition) == latest:
                raise
            publish_times(edition, times, by, note)


def _add_version(
    edition: Edition, latest: ProgrammeVersion | None, now: Programme, by: User | None, note: Text
) -> ProgrammeVersion:
    try:
        with transaction.atomic():
            made = ProgrammeVersion.objects.create(
                edition=edition,
                number=latest.number + 1 if latest else 1,
                data=stored.to_json(now),
                moves={uuid: stored.plain(spot) for uuid, spot in _moves_with(latest, now).items()},
                note_en=note.en,
                note_km=note.km,
                published_by=by,
            )
            if latest:
                delete_what_is_gone(latest)
            return made
    except IntegrityError as taken:  # another person published this number meanwhile
        raise NotPublished from taken


def publish_first(edition: Edition) -> None:
    """Where nothing is published yet, what the site shows from the tables becomes the first version."""
    if ProgrammeVersion.objects.latest_of(edition) is None:
        publish(edition, by=None)


def restoring_changes(version: ProgrammeVersion) -> list[ToldChange]:
    """What restoring this version would do to the draft."""
    return tell(differences(from_tables(version.edition), stored.from_json(version.data)))


def changes(
    edition: Edition, number: int | str | None = 1
) -> tuple[Page[ProgrammeVersion], list[tuple[ProgrammeVersion, list[ToldChange]]]]:
    """A page of versions, newest first, and each with what it changed: none for the first of all."""
    versions = ProgrammeVersion.objects.newest_first_of(edition)
    page = Paginator(versions, VERSIONS_A_PAGE).get_page(number)
    start = max(page.start_index() - 1, 0)
    cut = list(versions[start : start + VERSIONS_A_PAGE + 1])  # with the one that the oldest is compared with
    programmes = [stored.from_json(version.data) for version in cut]
    lines = [tell(differences(old, new)) for new, old in pairwise(programmes)]
    entries = list(zip(cut, [*lines, []], strict=False))  # the first of all changed nothing
    return page, entries[:VERSIONS_A_PAGE]


def forget_people(pks: Collection[int]) -> None:
    """Takes the names of people out of every version, so that a person who is deleted is in no old version either."""
    for version in ProgrammeVersion.objects.all():
        people = version.data.get("people", [])
        kept = [one for one in people if one["key"] not in pks]
        if _forget(version.data.get("days", []), set(pks)) or kept != people:
            version.data["people"] = kept
            version.save(update_fields=["data"])


def _forget(nodes: list[dict[str, Any]], pks: set[int]) -> bool:
    """Walks the JSON of days and sessions; True if a name was in it."""
    found = False
    for node in nodes:
        for one in node.get("appearances", []):
            if one.get("speaker") in pks:
                one |= {"name": stored.plain(REMOVED_NAME), "speaker": None, "is_person": False}
                found = True
        found |= _forget(node.get("sessions", node.get("children", [])), pks)
    return found


def _moves_with(latest: ProgrammeVersion | None, now: Programme) -> dict[str, Spot]:
    """Where sessions were: what is kept of the last version, and what this programme moves. Back home is no move."""
    if latest is None:
        return {}
    found = _spots(latest) | moves(differences(stored.from_json(latest.data), now))
    there = {place.session.uuid: Spot.of(place.session, place.day.date) for place in now.places.values()}
    return {uuid: spot for uuid, spot in found.items() if uuid in there and spot.is_moved_to(there[uuid])}


def _spots(version: ProgrammeVersion) -> dict[str, Spot]:
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
