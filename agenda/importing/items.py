"""The proposed sessions as one list, each with the place of what it stands under. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from agenda.importing.recognising.proposal import Proposed


@dataclass(frozen=True)
class Item:
    """A proposed session, at any depth, and the item under which it stands."""

    proposed: Proposed
    above: int | None


def items(sessions: Iterable[Proposed]) -> list[Item]:
    flat: list[Item] = []

    def note(session: Proposed, above: int | None) -> None:
        flat.append(Item(session, above))
        here = len(flat) - 1
        for child in session.children:
            note(child, here)

    for session in sessions:
        note(session, None)
    return flat
