"""A published version becomes the draft again. Nothing that participants may have chosen is deleted by it."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Day, Room, Session, Speaker, Track, new_session_id
from agenda.programme import stored
from agenda.programme.value import printed_name
from conference.models import Organisation


@transaction.atomic
def restore(version):
    """Writes the tables so that `value.from_tables` gives this version again; ids in addresses stay as they were.

    What came later becomes a draft: participants may have chosen it, and staff can still delete it by hand.
    """
    _Restoring(version.edition, stored.from_json(version.data)).restore()


class _Restoring:
    def __init__(self, edition, wanted):
        self.edition, self.wanted = edition, wanted
        self.rows = {str(row.uuid): row for row in Session.objects.of_edition(edition)}
        self.tracks, self.rooms = list(edition.tracks.all()), list(edition.rooms.all())
        self.speakers = Speaker.objects.in_bulk()
        self.organisations = Organisation.objects.in_bulk(field_name="slug")
        self.appearances = defaultdict(list)
        for row in Appearance.objects.of_edition(edition):
            self.appearances[row.session_id].append(row)

    def restore(self):
        days = self._days()
        self._put_aside({place.session.uuid: code for code, place in self.wanted.places.items()})
        for day in self.wanted.days:
            self._sessions(day.sessions, days[day.date], None)

    def _days(self):
        """The same date is the same day; of the others the first becomes the first, so that a moved day moves back."""
        rows = {row.date: row for row in self.edition.days.all()}
        dates = {day.date for day in self.wanted.days}
        spare = [rows.pop(date) for date in sorted(rows.keys() - dates)]
        for day in self.wanted.days:
            row = rows.get(day.date) or (spare.pop(0) if spare else Day(edition=self.edition))
            row.date, row.intro_en, row.intro_km = day.date, day.intro.en, day.intro.km
            row.save()
            rows[day.date] = row
        if spare:
            raise ValidationError(_("That version has fewer days. Delete a day first, if nobody needs it any more."))
        return rows

    def _put_aside(self, wanted):
        for uuid, row in self.rows.items():
            if uuid not in wanted:
                row.state = SessionState.DRAFT
            if uuid not in wanted or row.code != wanted[uuid]:  # its id in the address may be another's
                row.code = new_session_id() if row.code in wanted.values() else row.code
                row.save()

    def _sessions(self, sessions, day, parent):
        for position, one in enumerate(sessions):
            row = self.rows.get(one.uuid) or Session(uuid=one.uuid)
            before = _columns_of(row)
            for name in ("code", "kind", "starts_at", "ends_at", "state", "open_call"):
                setattr(row, name, getattr(one, name))
            for name in ("label", "title", "description"):
                _write(row, name, getattr(one, name))
            row.spoken_languages, row.interpretation = list(one.spoken_languages), list(one.interpretation)
            row.track = self._named(Track, self.tracks, one.track)
            row.room = self._named(Room, self.rooms, one.room)
            row.day, row.parent, row.position = day, parent, position
            _save(row, before)
            self._appear(row, one.appearances)
            self._sessions(one.children, day, row)

    def _named(self, model, rows, name):
        if not name:
            return None
        for row in rows:
            if row.name == name:
                return row
        row = next((row for row in rows if _same_name(row.name, name)), None)
        if row is None:
            row = model(edition=self.edition, position=len(rows))
            rows.append(row)
        _write(row, "name", name)
        row.save()
        return row

    def _appear(self, session, appearances):
        there = self.appearances[session.pk]
        for position, one in enumerate(appearances):
            row = next((row for row in there if _who(row) == _wanted(one)), None)
            if row:
                there.remove(row)
            else:
                row = Appearance(session=session)
            self._write_appearance(row, one, position)
        for row in there:
            if row.state != AppearanceState.DECLINED:
                row.delete()

    def _write_appearance(self, row, one, position):
        """As it was printed; also where the person or the organisation is no longer known here."""
        before = _columns_of(row)
        row.role, row.state, row.position = one.role, one.state, position
        row.organisation = self.organisations.get(one.organisation)
        row.speaker = self.speakers.get(one.speaker)
        if row.label != one.name:
            row.label_en = row.label_km = ""
            if not (row.organisation or row.speaker) or printed_name(row) != one.name:
                _write(row, "label", one.name)
        _save(row, before)


def _columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _save(row, before):
    """Most rows are as they were: of a long programme only what differs is written."""
    if row.pk is None or _columns_of(row) != before:
        row.save()


def _write(row, name, text):
    setattr(row, f"{name}_en", text.en)
    setattr(row, f"{name}_km", text.km)


def _same_name(one, other):
    return bool((one.en and one.en == other.en) or (one.km and one.km == other.km))


def _who(row):
    """The speaker, the organisation, and, where neither is known, the printed name."""
    slug = row.organisation.slug if row.organisation else ""
    return (row.speaker_id, slug, "" if row.speaker_id or slug else row.label)


def _wanted(one):
    return (one.speaker, one.organisation, "" if one.speaker or one.organisation else one.name)
