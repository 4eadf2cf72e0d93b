"""Next year's edition from this year's: its structure, without what was true of one year only."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Day, Session, new_session_id
from conference.khmer import khmer_digits
from conference.models import Edition


class YearIsTaken(Exception):
    """There is an edition of that year already."""


def copy_edition(edition: Edition, first_day: date) -> Edition:
    """A draft with the same days, sessions, tracks, rooms and organisations, all of it to be confirmed anew."""
    if Edition.objects.filter(year=first_day.year).exists():
        raise YearIsTaken
    with transaction.atomic():
        return _Copy(edition, first_day).made()


def _copied(row, **changes):
    """The same row once more, with a key of its own."""
    new = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    return new


def _in_year(title, old, new):
    """Two editions of one name could not be told apart; the year stands there in either digits."""
    return title.replace(str(old), str(new)).replace(khmer_digits(old), khmer_digits(new))


class _Copy:
    def __init__(self, edition, first_day):
        self.old = edition
        self.first_day = first_day
        self.later = first_day - edition.starts_on

    def made(self):
        old, year = self.old, self.first_day.year
        titles = {name: _in_year(getattr(old, name), old.year, year) for name in ("title_en", "title_km")}
        days = {"starts_on": self.first_day, "ends_on": old.ends_on + self.later}
        self.new = _copied(old, year=year, is_public=False, **days, **titles)
        for rows in (old.purposes, old.audience_groups, old.references, old.organisers):
            self._all(rows)
        self.tracks, self.rooms = self._all(old.tracks), self._all(old.rooms)
        for day in old.days.all():
            self._day(day)
        return self.new

    def _all(self, rows):
        """old key -> new key"""
        return {row.pk: _copied(row, edition_id=self.new.pk).pk for row in rows.all()}

    def _day(self, day):
        new = _copied(day, edition_id=self.new.pk, date=day.date + self.later)
        under = {}
        for row in day.sessions.prefetch_related("appearances").in_order():
            under.setdefault(row.parent_id, []).append(row)
        self._sessions(new, under, None, None)

    def _sessions(self, day, under, old_parent, new_parent):
        for row in under.get(old_parent, []):
            new = self._session(day, row, new_parent)
            for one in row.appearances.all():
                self._appearance(new, one)
            self._sessions(day, under, row.pk, new.pk)

    def _session(self, day: Day, row: Session, parent):
        is_draft = row.state == SessionState.DRAFT
        return _copied(
            row,
            day_id=day.pk,
            parent_id=parent,
            uuid=uuid.uuid4(),
            code=new_session_id(),
            track_id=self.tracks.get(row.track_id),
            room_id=self.rooms.get(row.room_id),
            state=SessionState.DRAFT if is_draft else SessionState.TO_BE_CONFIRMED,
            noted_on=timezone.localdate(),
        )

    def _appearance(self, session, one: Appearance):
        """An organisation or a group is asked again; a person is invited anew, by name, when it is known who."""
        words = {"label_en": "", "label_km": ""} if one.speaker_id else {}
        has_words = not one.speaker_id and (one.label_en or one.label_km)
        if one.state == AppearanceState.DECLINED or not (one.organisation_id or has_words):
            return
        _copied(
            one,
            session_id=session.pk,
            speaker_id=None,
            state=AppearanceState.TO_BE_CONFIRMED,
            ask="",
            confirmed_by="",
            confirmed_on=None,
            confirmed_how="",
            noted_on=timezone.localdate(),
            **words,
        )
