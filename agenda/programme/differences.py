"""What is different between two programmes, as a value: `apply(old, differences(old, new)) == new`. Pure."""

from dataclasses import dataclass, replace

from agenda.programme.value import Day, Programme, Session


@dataclass(frozen=True)
class Node:
    """Where a session stands among others, without what it says."""

    uuid: str
    children: tuple["Node", ...]

    def walk(self, parent=None):
        yield self, parent
        for child in self.children:
            yield from child.walk(self)


@dataclass(frozen=True)
class DayShape:
    day: Day  # without its sessions
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Shape:
    """The order of a programme: its days, and which session stands where."""

    year: int
    days: tuple[DayShape, ...]

    def places(self):
        """uuid -> on which date, and under which session; in the order of the programme."""
        nodes = ((one.day, *pair) for one in self.days for top in one.nodes for pair in top.walk())
        return {node.uuid: (day.date, parent and parent.uuid) for day, node, parent in nodes}


@dataclass(frozen=True)
class Change:
    """Of a session, or of its day, or of what it stands under."""

    before: Session
    after: Session


@dataclass(frozen=True)
class Differences:
    """Sessions stand here each for itself, without what stands under it: that is in the shapes."""

    before: Shape
    after: Shape
    added: tuple[Session, ...]
    removed: tuple[Session, ...]
    changed: tuple[Change, ...]

    def __bool__(self):
        return bool(self.before != self.after or self.added or self.removed or self.changed)


def differences(old, new) -> Differences:
    """Sessions are known again by their uuid."""
    was, now = _sessions(old), _sessions(new)
    shapes = _shape(old), _shape(new)
    place_was, place_now = (shape.places() for shape in shapes)
    both = [uuid for uuid in now if uuid in was]
    return Differences(
        *shapes,
        added=tuple(one for uuid, one in now.items() if uuid not in was),
        removed=tuple(one for uuid, one in was.items() if uuid not in now),
        changed=tuple(
            Change(was[uuid], now[uuid])
            for uuid in both
            if (was[uuid], place_was[uuid]) != (now[uuid], place_now[uuid])
        ),
    )


def apply(old, differences) -> Programme:
    sessions = _sessions(old)
    for one in differences.removed:
        del sessions[one.uuid]
    sessions |= {change.after.uuid: change.after for change in differences.changed}
    sessions |= {one.uuid: one for one in differences.added}

    def build(node):
        return replace(sessions[node.uuid], children=tuple(build(child) for child in node.children))

    shape = differences.after
    return Programme(
        shape.year, tuple(replace(one.day, sessions=tuple(build(node) for node in one.nodes)) for one in shape.days)
    )


def _sessions(programme):
    found = (session for day in programme.days for top in day.sessions for session in top.walk())
    return {session.uuid: replace(session, children=()) for session in found}


def _shape(programme):
    days = tuple(DayShape(replace(day, sessions=()), tuple(map(_node, day.sessions))) for day in programme.days)
    return Shape(programme.year, days)


def _node(session):
    return Node(session.uuid, tuple(map(_node, session.children)))
