"""Rows of the agenda's tables as slots of time, with what each takes over from the session it stands under."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Session
from agenda.timing.clashes import Slot


@dataclass(frozen=True)
class Tree:
    """Sessions, each found by its key, so that nothing is asked of the database again."""

    by_pk: dict[int, Session]

    @classmethod
    def of(cls, sessions: Iterable[Session]) -> "Tree":
        return cls({row.pk: row for row in sessions})

    def line(self, row: Session) -> Iterator[Session]:
        """A session and what it stands under, the nearest first."""
        above: Session | None = row
        while above is not None:
            yield above
            above = self.by_pk.get(above.parent_id) if above.parent_id else None

    def inherited(self, row: Session, name: str) -> Any:
        """The session's own value of a column, else that of the nearest session above that has one."""
        return next((value for one in self.line(row) if (value := getattr(one, name)) is not None), None)

    def is_held(self, row: Session) -> bool:
        """Neither a draft nor cancelled, itself or what it stands under."""
        return not any(one.state in (SessionState.DRAFT, SessionState.CANCELLED) for one in self.line(row))


def slot_of(row: Session, tree: Tree, appearances: Iterable[Appearance] = ()) -> Slot | None:
    """The slot of a session, or None where nothing above it has a time either."""
    starts_at, ends_at = tree.inherited(row, "starts_at"), tree.inherited(row, "ends_at")
    if starts_at is None:
        return None
    coming = [one for one in appearances if one.state != AppearanceState.DECLINED]
    return Slot(
        key=row.pk,
        starts_at=starts_at,
        ends_at=ends_at,
        track=tree.inherited(row, "track_id"),
        room=row.room_id,
        people=frozenset(one.speaker_id for one in coming if one.speaker_id),
        above=frozenset(one.pk for one in tree.line(row)) - {row.pk},
        has_own_time=row.starts_at is not None,
        is_held=tree.is_held(row),
    )
