"""Next year's edition from this year's: its structure, without what was true of one year only."""

import uuid
from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Day, Session, new_session_id
from conference import clock
from conference.language.khmer import khmer_digits
from conference.models import Edition
from conference.rooms_above import rooms_above

_Row = TypeVar("_Row", bound=models.Model)


class YearIsTaken(Exception):
    """There is an edition of that year already."""


def copy_edition(edition: Edition, first_day: date) -> Edition:
    """A draft with the same days, sessions, tracks, rooms and organisations, all of it to be confirmed anew."""
    if Edition.objects.filter(year=first_day.year).exists():
        raise YearIsTaken
    with transaction.atomic():
        new = _Copy(edition, first_day).new
        for room in rooms_above():
            room.copied(edition, new)
        return new


def _copied(row: _Row, **changes: Any) -> _Row:
    """The same row once more, with a key of its own."""
    new = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    return new


class _Copy:
    def __init__(self, old: Edition, first_day: date) -> None:
        year, later = first_day.year, first_day - old.starts_on
        titles = {}  # two editions of one name could not be told apart; the year stands there in either digits
        for name in ("title_en", "title_km"):
            title = getattr(old, name).replace(str(old.year), str(year))
            titles[name] = title.replace(khmer_digits(old.year), khmer_digits(year))
        self.new = _copied(old, year=year, is_public=False, starts_on=first_day, ends_on=old.ends_on + later, **titles)
        # Pages that staff wrote come along as drafts: the public sees each when it is published for the new year.
        for rows in (old.purposes, old.audience_groups, old.references, old.organisers, old.pages):
            self._all(rows.all())
        self.tracks, self.rooms = self._all(old.tracks.all()), self._all(old.rooms.all())
        for day in old.days.all():
            children: dict[int | None, list[Session]] = defaultdict(list)
            for row in day.sessions.prefetch_related("appearances").in_order():
                children[row.parent_id].append(row)
            self._sessions(_copied(day, edition_id=self.new.pk, date=day.date + later), children, None, None)

    def _all(self, rows: "models.QuerySet[Any]") -> dict[int | None, int]:
        """old key -> new key"""
        return {row.pk: _copied(row, edition_id=self.new.pk).pk for row in rows}

    def _sessions(
        self, day: Day, children: dict[int | None, list[Session]], old_parent: int | None, new_parent: int | None
    ) -> None:
        """Copies what stands under one session; under none: the rows of the day."""
        for row in children[old_parent]:
            is_draft = row.state == SessionState.DRAFT
            new = _copied(
                row,
                day_id=day.pk,
                parent_id=new_parent,
                uuid=uuid.uuid4(),
                code=new_session_id(),
                track_id=self.tracks.get(row.track_id),
                room_id=self.rooms.get(row.room_id),
                state=SessionState.DRAFT if is_draft else SessionState.TO_BE_CONFIRMED,
                noted_on=clock.today(),
            )
            for one in row.appearances.all():
                _copy_appearance(one, new)
            self._sessions(day, children, row.pk, new.pk)


def _copy_appearance(one: Appearance, session: Session) -> None:
    """An organisation or a group is asked again; a person is invited anew, by name, when it is known who."""
    words = {"label_en": "", "label_km": ""} if one.speaker_id else {}
    is_group = not one.speaker_id and one.label
    if one.state == AppearanceState.DECLINED or not (one.organisation_id or is_group):
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
        noted_on=clock.today(),
        **words,
    )
