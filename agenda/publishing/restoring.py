"""A published version becomes the draft again. Nothing that participants may have chosen is deleted by it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Day, Material, ProgrammeVersion, Room, Session, Speaker, Track, new_session_id
from agenda.programme import materials, stored, value
from agenda.programme.value import Programme, printed_name
from conference.language.translated import Text
from conference.models import Edition, Organisation

_Named = TypeVar("_Named", Track, Room)


@transaction.atomic
def restore(version: ProgrammeVersion) -> None:
    """Writes the tables so that `value.from_tables` gives this version again; ids in addresses stay as they were.

    A session that came later becomes a draft: participants may have chosen it, and staff can still delete it by hand.
    """
    _Restoring(version.edition, stored.from_json(version.data)).restore()


class _Restoring:
    def __init__(self, edition: Edition, wanted: Programme) -> None:
        self.edition, self.wanted = edition, wanted
        self.rows = {str(row.uuid): row for row in Session.objects.of_edition(edition)}
        self.tracks, self.rooms = list(edition.tracks.all()), list(edition.rooms.all())
        self.speakers = Speaker.objects.in_bulk()
        self.organisations = Organisation.objects.prefetch_related("part_of").in_bulk(field_name="slug")
        self.appearances: dict[int, list[Appearance]] = defaultdict(list)
        for row in Appearance.objects.of_edition(edition):
            self.appearances[row.session_id].append(row)
        self.materials: dict[int, dict[str, Material]] = defaultdict(dict)
        for material in Material.objects.filter(session__day__edition=edition):
            self.materials[material.session_id][material.file.name or material.url] = material

    def restore(self) -> None:
        self._describe()
        days = self._days()
        wanted = {place.session.uuid: code for code, place in self.wanted.places.items()}
        for uuid, row in self.rows.items():
            if uuid not in wanted:
                row.state = SessionState.DRAFT
            if uuid not in wanted or row.code != wanted[uuid]:  # another session may need this id in the address
                row.code = new_session_id() if row.code in wanted.values() else row.code
                row.save()
        for day in self.wanted.days:
            self._sessions(day.sessions, days[day.date], None)

    def _describe(self) -> None:
        """What is said about people and organisations. An organisation is the same in all editions."""
        known = [(self.organisations.get(one.slug), one) for one in self.wanted.organisations]
        for row, one in known:
            if row is not None:
                before = _columns_of(row)
                _write(row, "name", one.name)
                _write(row, "short_name", one.short_name)
                _save(row, before)
        by_name = {row.name: row for row in self.organisations.values()}
        for row, one in known:
            if row is not None and tuple(above.name for above in row.part_of.all()) != one.part_of:
                row.part_of.set(by_name[name] for name in one.part_of if name in by_name)
        for person in self.wanted.people:
            if speaker := self.speakers.get(person.key):
                before = _columns_of(speaker)
                for name in ("name", "job_title", "about"):
                    _write(speaker, name, getattr(person, name))
                speaker.organisation = by_name.get(person.organisation)
                _save(speaker, before)

    def _days(self) -> dict[datetime.date, Day]:
        """Registrations point to the row of a day: it gets the date that it has in this version."""
        known = list(self.edition.days.all())
        found = self._rows_of_days(known)
        rows = [(day, found.get(day.date) or Day(edition=self.edition)) for day in self.wanted.days]
        if len(found) < len(known):
            raise ValidationError(
                _("The draft has a day that is not in that version. Delete it first, if it is no longer needed.")
            )
        moved = [row.pk for day, row in rows if row.pk and row.date != day.date]
        for number, pk in enumerate(moved):  # aside: no two days have one date, also while days change places
            Day.objects.filter(pk=pk).update(date=datetime.date.max - datetime.timedelta(days=number))
        for day, row in rows:
            row.date = day.date
            _write(row, "intro", day.intro)
            row.save()
        return {day.date: row for day, row in rows}

    def _rows_of_days(self, rows: list[Day]) -> dict[datetime.date, Day]:
        """By the date in this version, the row that is this day: that of its key, else one of the same date.

        A version from before the keys were kept has dates alone. Of what is left there the first is the first, so that
        a moved day moves back.
        """
        days = self.wanted.days
        has_keys = all(day.key is not None for day in days)
        by_key = {row.pk: row for row in rows}
        found = {day.date: by_key.pop(day.key) for day in days if has_keys and day.key in by_key}
        missing = [day.date for day in days if day.date not in found]
        found |= {row.date: by_key.pop(row.pk) for row in rows if row.pk in by_key and row.date in missing}
        if has_keys:
            return found
        return found | dict(zip([date for date in missing if date not in found], by_key.values(), strict=False))

    def _sessions(self, sessions: Iterable[value.Session], day: Day, parent: Session | None) -> None:
        for position, one in enumerate(sessions):
            row = self.rows.get(one.uuid) or Session(uuid=one.uuid)
            before = _columns_of(row)
            for name in ("code", "kind", "starts_at", "ends_at", "state", "open_call"):
                setattr(row, name, getattr(one, name))
            for name in ("label", "title", "description"):
                _write(row, name, getattr(one, name))
            row.spoken_languages, row.interpretation = list(one.spoken_languages), list(one.interpretation)
            row.track = self._named(Track, self.tracks, one.track, one.track_key)
            row.room = self._named(Room, self.rooms, one.room, one.room_key)
            if row.track and row.track.pk == one.track_key and row.track.position != one.track_position:
                row.track.position = one.track_position
                row.track.save()
            row.day, row.parent, row.position = day, parent, position
            _save(row, before)
            self._appear(row, one.appearances)
            self._give(row, one.materials)
            self._sessions(one.children, day, row)

    def _named(self, model: type[_Named], rows: list[_Named], name: Text, key: int | None) -> _Named | None:
        """The row of that name; else that of this key, under its name of then; else another."""
        if not name:
            return None
        row = next((one for one in rows if one.pk == key), None)
        row = row or next((one for one in rows if one.name == name), None)
        row = row or next((one for one in rows if _is_alike(one.name, name)), None)
        if row is None:
            row = model(edition=self.edition, position=len(rows))
            rows.append(row)
        if row.name != name:
            _write(row, "name", name)
            row.save()
        return row

    def _appear(self, session: Session, appearances: Iterable[value.Appearance]) -> None:
        """As it was printed; also where the person or the organisation is no longer known here."""
        there = self.appearances[session.pk]
        for position, one in enumerate(appearances):
            wanted = (one.speaker, one.organisation, "" if one.speaker or one.organisation else one.name)
            for row in there:
                # The speaker and the organisation; where neither is known, the printed name.
                slug = row.organisation.slug if row.organisation else ""
                if (row.speaker_id, slug, "" if row.speaker_id or slug else row.label) == wanted:
                    there.remove(row)
                    break
            else:
                row = Appearance(session=session)
            before = _columns_of(row)
            row.role, row.state, row.position = one.role, one.state, position
            row.organisation = self.organisations.get(one.organisation)
            row.speaker = self.speakers.get(one.speaker) if one.speaker else None
            if row.label != one.name:
                _write(row, "label", Text())
                if not (row.organisation or row.speaker) or printed_name(row) != one.name:
                    _write(row, "label", one.name)
            _save(row, before)
        for row in there:
            if row.state != AppearanceState.DECLINED:
                row.delete()

    def _give(self, session: Session, wanted: Iterable[materials.Material]) -> None:
        """The materials of then, but for files that were deleted since."""
        there = self.materials[session.pk]
        for position, one in enumerate(wanted):
            row = there.pop(one.file or one.url, None)
            if row is None and one.file and not default_storage.exists(one.file):
                continue
            row = row or Material(session=session, file=one.file, url=one.url)
            before = _columns_of(row)
            _write(row, "title", one.title)
            row.languages, row.licence, row.position = list(one.languages), one.licence, position
            _save(row, before)
        for row in there.values():
            row.delete()


def _is_alike(one: Text, other: Text) -> bool:
    """The same in one language."""
    return bool(one.en and one.en == other.en) or bool(one.km and one.km == other.km)


def _columns_of(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _save(row: models.Model, before: dict[str, Any]) -> None:
    """Writes only a row that differs: most rows of a long programme are as they were."""
    if row.pk is None or _columns_of(row) != before:
        row.save()


def _write(row: models.Model, name: str, text: Text) -> None:
    setattr(row, f"{name}_en", text.en)
    setattr(row, f"{name}_km", text.km)
