"""What is different between two programmes, as a value. Pure: `apply(old, differences(old, new)) == new`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from agenda.programme.value import Day, Organisation, Person, Programme, Session


@dataclass(frozen=True)
class Node:
    """A session in the order of the programme: only who it is, and what stands under it."""

    uuid: str
    children: tuple["Node", ...]

    def walk(self, parent: "Node | None" = None) -> Iterator[tuple["Node", "Node | None"]]:
        yield self, parent
        for child in self.children:
            yield from child.walk(self)


@dataclass(frozen=True)
class DayShape:
    day: Day  # without its sessions
    nodes: tuple[Node, ...]


class Position(NamedTuple):
    """On which date a session is, and under which session."""

    date: date
    under: str | None  # uuid


@dataclass(frozen=True)
class Shape:
    """The order of a programme: its days, and which session stands where. And what is said about who appears."""

    year: int
    days: tuple[DayShape, ...]
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()

    def places(self) -> dict[str, Position]:
        """uuid -> its position; in the order of the programme."""
        found = {}
        for one in self.days:
            for top in one.nodes:
                for node, parent in top.walk():
                    found[node.uuid] = Position(one.day.date, parent.uuid if parent else None)
        return found


@dataclass(frozen=True)
class Change:
    """A session says something else, or it is on another day or under another session."""

    before: Session
    after: Session


@dataclass(frozen=True)
class Differences:
    """The sessions here are without what stands under them: that is in the shapes."""

    before: Shape
    after: Shape
    added: tuple[Session, ...]
    removed: tuple[Session, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.before != self.after or self.added or self.removed or self.changed)


def differences(old: Programme, new: Programme) -> Differences:
    """A session of both programmes is known by its uuid."""
    was, now = _sessions(old), _sessions(new)
    before, after = _shape(old), _shape(new)
    place_was, place_now = before.places(), after.places()
    both = [uuid for uuid in now if uuid in was]
    return Differences(
        before,
        after,
        added=tuple(one for uuid, one in now.items() if uuid not in was),
        removed=tuple(one for uuid, one in was.items() if uuid not in now),
        changed=tuple(
            Change(was[uuid], now[uuid])
            for uuid in both
            if (was[uuid], place_was[uuid]) != (now[uuid], place_now[uuid])
        ),
    )


def apply(old: Programme, differences: Differences) -> Programme:
    sessions = _sessions(old)
    for one in differences.removed:
        del sessions[one.uuid]
    sessions |= {change.after.uuid: change.after for change in differences.changed}
    sessions |= {one.uuid: one for one in differences.added}

    def build(node: Node) -> Session:
        return replace(sessions[node.uuid], children=tuple(map(build, node.children)))

    shape = differences.after
    days = [replace(one.day, sessions=tuple(map(build, one.nodes))) for one in shape.days]
    return Programme(shape.year, tuple(days), shape.people, shape.organisations)


def _sessions(programme: Programme) -> dict[str, Session]:
    """uuid -> the session, without what stands under it."""
    found = (session for day in programme.days for top in day.sessions for session in top.walk())
    return {session.uuid: replace(session, children=()) for session in found}


def _shape(programme: Programme) -> Shape:
    days = tuple(DayShape(replace(day, sessions=()), tuple(map(_node, day.sessions))) for day in programme.days)
    return Shape(programme.year, days, programme.people, programme.organisations)


def _node(session: Session) -> Node:
    return Node(session.uuid, tuple(map(_node, session.children)))
