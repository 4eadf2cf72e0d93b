"""Loads an edition, with its programme, from a file of bilingual content (agenda/data/)."""

import json
import uuid
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Day, Room, Session, Track
from conference.models import (
    AudienceGroup,
    Edition,
    EditionOrganisation,
    Milestone,
    Organisation,
    OtherEvent,
    Purpose,
    Reference,
)
from conference.rooms_above import rooms_above

DATA = Path(__file__).parents[1] / "data"

Entry = dict[str, Any]  # a piece of the file
_Siblings = tuple[Day, Session | None, list[Entry]]  # what stands under one session of a day, or under none
_Row = TypeVar("_Row", bound=models.Model)


def load_edition(year: int) -> bool:
    """Loads the edition of a year, unless it is there already. True if it was loaded."""
    if Edition.objects.filter(year=year).exists():
        return False
    content = json.loads((DATA / f"edition-{year}.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        loader = _Loader(content)
        loader.load()
        for room in rooms_above():
            room.loaded(loader.edition)
    return True


def _columns(entry: Entry, *without: str, lists: tuple[str, ...] = ()) -> dict[str, Any]:
    """{"title": {"en": .., "km": ..}, "year": ..} as columns: title_en, title_km, year.

    Lists are rows of other tables and left out, but for those that are named.
    """
    columns: dict[str, Any] = {}
    for name, value in entry.items():
        if name in without or (isinstance(value, list) and name not in lists):
            continue
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": text for language, text in value.items()}
        elif name.endswith("_on") or name in ("date", "deadline"):
            columns[name] = date.fromisoformat(value)
        elif name.endswith("_at"):
            columns[name] = time.fromisoformat(value)
        else:
            columns[name] = value
    return columns


class _Loader:
    def __init__(self, content: Entry) -> None:
        self.content = content
        self.checked = {"khmer_checked": content["khmer_checked"]}

    def load(self) -> None:
        content = self.content
        self.edition = Edition.objects.create(is_public=True, **_columns(content["edition"]), **self.checked)
        self.organisations = self._organisations()
        self._in_order(Purpose, [_columns({"text": text}) for text in content["purposes"]])
        self._in_order(AudienceGroup, [_columns({"name": name}) for name in content["audience_groups"]])
        for entry in content["references"]:
            author = self.organisations.get(entry.get("organisation", ""))
            columns = _columns(entry, "organisation")
            Reference.objects.create(edition=self.edition, organisation=author, **columns, **self.checked)
        EditionOrganisation.objects.bulk_create(
            EditionOrganisation(
                edition=self.edition,
                organisation=self.organisations[entry["organisation"]],
                role=entry["role"],
                through=self.organisations.get(entry.get("through", "")),
                position=position,
            )
            for position, entry in enumerate(content["organisers"])
        )
        self._other_events()
        self._programme()

    def _organisations(self) -> dict[str, Organisation]:
        """Organisations outlive an edition: one that is there already stays as it is."""
        entries = {entry["id"]: entry for entry in self.content["organisations"]}
        there = Organisation.objects.in_bulk(list(entries), field_name="slug")
        new = []
        for slug, entry in entries.items():
            if slug not in there:
                short_name = _columns({"short_name": entry["short"]} if "short" in entry else {})
                new.append(Organisation(slug=slug, **_columns(entry, "id", "short"), **short_name, **self.checked))
        rows = there | {row.slug: row for row in Organisation.objects.bulk_create(new)}
        for slug, entry in entries.items():
            if "parents" in entry:
                rows[slug].part_of.add(*(rows[parent] for parent in entry["parents"]))
        return rows

    def _other_events(self) -> None:
        entries = self.content["other_events"]
        columns = [
            {"slug": entry["id"]} | _columns(entry, "id", "milestones", lists=("languages",)) for entry in entries
        ]
        events = self._in_order(OtherEvent, columns)
        Milestone.objects.bulk_create(
            Milestone(event=event, **_columns(milestone), **self.checked)
            for event, entry in zip(events, entries, strict=True)
            for milestone in entry.get("milestones", [])
        )

    def _programme(self) -> None:
        self.tracks = self._named(Track, "tracks")
        self.rooms = self._named(Room, "rooms")
        entries = self.content["days"]
        days = Day.objects.bulk_create(
            Day(edition=self.edition, **_columns(entry), **self.checked) for entry in entries
        )
        rows: list[_Siblings] = [(day, None, entry["sessions"]) for day, entry in zip(days, entries, strict=True)]
        Appearance.objects.bulk_create(
            Appearance(
                session=session,
                organisation=self.organisations.get(one.get("organisation", "")),
                state=one.get("state", AppearanceState.CONFIRMED),
                position=position,
                **_columns(one, "organisation", "state"),
                **self.checked,
            )
            for session, entry in self._sessions(rows)
            for position, one in enumerate(entry.get("appearances", []))
        )

    def _named(self, model: type[_Row], name: str) -> dict[str, _Row]:
        """Tracks or rooms, by their id in the file."""
        entries = self.content[name]
        rows = self._in_order(model, [_columns(entry, "id") for entry in entries])
        return {entry["id"]: row for entry, row in zip(entries, rows, strict=True)}

    def _in_order(self, model: type[_Row], rows: list[dict[str, Any]]) -> list[_Row]:
        return model._default_manager.bulk_create(
            model(edition=self.edition, position=position, **columns, **self.checked)
            for position, columns in enumerate(rows)
        )

    def _sessions(self, groups: list[_Siblings]) -> list[tuple[Session, Entry]]:
        """All of one level at once, then what stands under them: pairs of a session and its entry."""
        if not groups:
            return []
        pairs = [
            (self._session(day, parent, position, entry), entry)
            for day, parent, entries in groups
            for position, entry in enumerate(entries)
        ]
        Session.objects.bulk_create(session for session, _entry in pairs)
        below: list[_Siblings] = [
            (session.day, session, entry["children"]) for session, entry in pairs if "children" in entry
        ]
        return pairs + self._sessions(below)

    def _session(self, day: Day, parent: Session | None, position: int, entry: Entry) -> Session:
        return Session(
            day=day,
            parent=parent,
            # The same in every database that loads this file, so that a calendar knows a session again.
            uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"/{self.edition.year}/agenda/{entry['id']}/"),
            code=entry["id"],
            starts_at=time.fromisoformat(entry["starts"]) if "starts" in entry else None,
            ends_at=time.fromisoformat(entry["ends"]) if "ends" in entry else None,
            track=self.tracks.get(entry.get("track", "")),
            room=self.rooms.get(entry.get("room", "")),
            state=entry.get("state", SessionState.CONFIRMED),
            position=position,
            **_columns(entry, "id", "starts", "ends", "track", "room", "state"),
            **self.checked,
        )
