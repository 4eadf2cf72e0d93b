"""Loads an edition, with its programme, from a file of bilingual content (agenda/data/)."""

import json
import uuid
from datetime import date, time
from pathlib import Path

from django.db import transaction

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

DATA = Path(__file__).parent / "data"


def load_edition(year) -> bool:
    """Loads the edition of a year, unless it is there already. True if it was loaded."""
    if Edition.objects.filter(year=year).exists():
        return False
    content = json.loads((DATA / f"edition-{year}.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        _Loader(content).load()
    return True


def _columns(entry, *also):
    """{"title": {"en": .., "km": ..}, "year": ..} as columns: title_en, title_km, year."""
    columns = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": text for language, text in value.items()}
        elif not isinstance(value, list) or name in also:
            columns[name] = _typed(name, value)
    return columns


def _typed(name, value):
    if name.endswith("_on") or name in ("date", "deadline"):
        return date.fromisoformat(value)
    if name.endswith("_at"):
        return time.fromisoformat(value)
    return value


def _without(entry, *names):
    return {name: value for name, value in entry.items() if name not in names}


class _Loader:
    def __init__(self, content):
        self.content = content
        self.checked = {"khmer_checked": content["khmer_checked"]}

    def load(self):
        self.edition = Edition.objects.create(is_public=True, **_columns(self.content["edition"]), **self.checked)
        self.organisations = self._organisations()
        self._about_the_event()
        self._other_events()
        self.tracks = self._named(Track, "tracks")
        self.rooms = self._named(Room, "rooms")
        for entry in self.content["days"]:
            day = Day.objects.create(edition=self.edition, **_columns(entry), **self.checked)
            self._sessions(day, None, entry["sessions"])

    def _organisations(self):
        """Organisations outlive an edition: one that is there already stays as it is."""
        rows = {}
        for entry in self.content["organisations"]:
            defaults = _columns(_without(entry, "id", "short")) | self.checked
            defaults |= _columns({"short_name": entry["short"]}) if "short" in entry else {}
            rows[entry["id"]], _created = Organisation.objects.get_or_create(slug=entry["id"], defaults=defaults)
        for entry in self.content["organisations"]:
            rows[entry["id"]].part_of.add(*(rows[parent] for parent in entry.get("parents", [])))
        return rows

    def _about_the_event(self):
        edition = self.edition
        for position, text in enumerate(self.content["purposes"]):
            Purpose.objects.create(edition=edition, position=position, **_columns({"text": text}), **self.checked)
        for position, name in enumerate(self.content["audience_groups"]):
            AudienceGroup.objects.create(
                edition=edition, position=position, **_columns({"name": name}), **self.checked
            )
        for entry in self.content["references"]:
            author = self.organisations.get(entry.get("organisation"))
            columns = _columns(_without(entry, "organisation"))
            Reference.objects.create(edition=edition, organisation=author, **columns, **self.checked)
        for position, entry in enumerate(self.content["organisers"]):
            EditionOrganisation.objects.create(
                edition=edition,
                organisation=self.organisations[entry["organisation"]],
                role=entry["role"],
                through=self.organisations.get(entry.get("through")),
                position=position,
            )

    def _other_events(self):
        for position, entry in enumerate(self.content["other_events"]):
            columns = _columns(_without(entry, "id"), "languages") | {"position": position}
            columns.pop("milestones", None)
            event = OtherEvent.objects.create(edition=self.edition, slug=entry["id"], **columns, **self.checked)
            for milestone in entry.get("milestones", []):
                Milestone.objects.create(event=event, **_columns(milestone), **self.checked)

    def _named(self, model, name):
        rows = {}
        for position, entry in enumerate(self.content[name]):
            columns = _columns(_without(entry, "id"))
            rows[entry["id"]] = model.objects.create(
                edition=self.edition, position=position, **columns, **self.checked
            )
        return rows

    def _sessions(self, day, parent, entries):
        for position, entry in enumerate(entries):
            columns = _columns(_without(entry, "id", "starts", "ends", "track", "room", "state"))
            session = Session.objects.create(
                day=day,
                parent=parent,
                # The same in every database that loads this file, so that a calendar knows a session again.
                uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"/{self.edition.year}/agenda/{entry['id']}/"),
                code=entry["id"],
                starts_at=time.fromisoformat(entry["starts"]) if "starts" in entry else None,
                ends_at=time.fromisoformat(entry["ends"]) if "ends" in entry else None,
                track=self.tracks.get(entry.get("track")),
                room=self.rooms.get(entry.get("room")),
                state=entry.get("state", SessionState.CONFIRMED),
                position=position,
                **columns,
                **self.checked,
            )
            self._appearances(session, entry.get("appearances", []))
            self._sessions(day, session, entry.get("children", []))

    def _appearances(self, session, entries):
        for position, entry in enumerate(entries):
            Appearance.objects.create(
                session=session,
                organisation=self.organisations.get(entry.get("organisation")),
                state=entry.get("state", AppearanceState.CONFIRMED),
                position=position,
                **_columns(_without(entry, "organisation", "state")),
                **self.checked,
            )
