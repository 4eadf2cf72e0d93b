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

DATA = Path(__file__).parents[1] / "data"


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
        entries = self.content["days"]
        days = Day.objects.bulk_create(
            Day(edition=self.edition, **_columns(entry), **self.checked) for entry in entries
        )
        sessions = self._sessions([(day, None, entry["sessions"]) for day, entry in zip(days, entries, strict=True)])
        self._appearances(sessions)

    def _organisations(self):
        """Organisations outlive an edition: one that is there already stays as it is."""
        entries = {entry["id"]: entry for entry in self.content["organisations"]}
        there = Organisation.objects.in_bulk(entries, field_name="slug")
        new = [self._organisation(slug, entry) for slug, entry in entries.items() if slug not in there]
        rows = there | {row.slug: row for row in Organisation.objects.bulk_create(new)}
        for slug, entry in entries.items():
            if "parents" in entry:
                rows[slug].part_of.add(*(rows[parent] for parent in entry["parents"]))
        return rows

    def _organisation(self, slug, entry):
        columns = _columns(_without(entry, "id", "short")) | self.checked
        columns |= _columns({"short_name": entry["short"]}) if "short" in entry else {}
        return Organisation(slug=slug, **columns)

    def _about_the_event(self):
        content = self.content
        self._in_order(Purpose, [_columns({"text": text}) for text in content["purposes"]])
        self._in_order(AudienceGroup, [_columns({"name": name}) for name in content["audience_groups"]])
        for entry in content["references"]:
            author = self.organisations.get(entry.get("organisation"))
            columns = _columns(_without(entry, "organisation"))
            Reference.objects.create(edition=self.edition, organisation=author, **columns, **self.checked)
        EditionOrganisation.objects.bulk_create(
            EditionOrganisation(
                edition=self.edition,
                organisation=self.organisations[entry["organisation"]],
                role=entry["role"],
                through=self.organisations.get(entry.get("through")),
                position=position,
            )
            for position, entry in enumerate(content["organisers"])
        )

    def _other_events(self):
        entries = self.content["other_events"]
        columns = [_columns(_without(entry, "id", "milestones"), "languages") for entry in entries]
        events = self._in_order(
            OtherEvent, [one | {"slug": entry["id"]} for one, entry in zip(columns, entries, strict=True)]
        )
        Milestone.objects.bulk_create(
            Milestone(event=event, **_columns(milestone), **self.checked)
            for event, entry in zip(events, entries, strict=True)
            for milestone in entry.get("milestones", [])
        )

    def _named(self, model, name):
        entries = self.content[name]
        rows = self._in_order(model, [_columns(_without(entry, "id")) for entry in entries])
        return {entry["id"]: row for entry, row in zip(entries, rows, strict=True)}

    def _in_order(self, model, rows):
        return model.objects.bulk_create(
            model(edition=self.edition, position=position, **columns, **self.checked)
            for position, columns in enumerate(rows)
        )

    def _sessions(self, groups):
        """All of one level at once, then what stands under them: pairs of a session and its entry."""
        if not groups:
            return []
        pairs = [
            (self._session(day, parent, position, entry), entry)
            for day, parent, entries in groups
            for position, entry in enumerate(entries)
        ]
        Session.objects.bulk_create(session for session, _entry in pairs)
        below = [(session.day, session, entry["children"]) for session, entry in pairs if "children" in entry]
        return pairs + self._sessions(below)

    def _session(self, day, parent, position, entry):
        return Session(
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
            **_columns(_without(entry, "id", "starts", "ends", "track", "room", "state")),
            **self.checked,
        )

    def _appearances(self, sessions):
        Appearance.objects.bulk_create(
            Appearance(
                session=session,
                organisation=self.organisations.get(one.get("organisation")),
                state=one.get("state", AppearanceState.CONFIRMED),
                position=position,
                **_columns(_without(one, "organisation", "state")),
                **self.checked,
            )
            for session, entry in sessions
            for position, one in enumerate(entry.get("appearances", []))
        )
