"""Rows of the agenda's tables as slots of time, with what each takes over from the session it stands under."""

from dataclasses import dataclass

from agenda.choices import AppearanceState, SessionState
from agenda.clashes import Slot


@dataclass(frozen=True)
class Tree:
    """Sessions, each found by its key, so that nothing is asked of the database again."""

    by_pk: dict

    @classmethod
    def of(cls, sessions):
        return cls({row.pk: row for row in sessions})

    def line(self, row):
        """A session and what it stands under, the nearest first."""
        while row is not None:
            yield row
            row = self.by_pk.get(row.parent_id)

    def first_that_has(self, row, name):
        return next((value for one in self.line(row) if (value := getattr(one, name)) is not None), None)

    def is_held(self, row):
        """Neither a draft nor cancelled, itself or what it stands under."""
        return not any(one.state in (SessionState.DRAFT, SessionState.CANCELLED) for one in self.line(row))


def slot_of(row, tree, appearances=()):
    """The slot of a session, or None where nothing above it has a time either."""
    starts_at, ends_at = tree.first_that_has(row, "starts_at"), tree.first_that_has(row, "ends_at")
    if starts_at is None:
        return None
    coming = [one for one in appearances if one.state != AppearanceState.DECLINED]
    return Slot(
        key=row.pk,
        starts_at=starts_at,
        ends_at=ends_at,
        track=tree.first_that_has(row, "track_id"),
        room=row.room_id,
        people=frozenset(one.speaker_id for one in coming if one.speaker_id),
        above=frozenset(one.pk for one in tree.line(row)) - {row.pk},
        has_own_time=row.starts_at is not None,
        is_held=tree.is_held(row),
    )
