"""Which of several readings of a table is meant: the best, if it is far ahead; otherwise staff are asked. Pure."""

from dataclasses import dataclass

from agenda.importing.recognising.account import Became, ColumnRole
from agenda.importing.recognising.entries import Found
from agenda.importing.recognising.layouts import TITLES, Reading
from agenda.importing.recognising.looks import Looks

NEAR = 0.75
_ENOUGH = 300  # entries of a long table that say how well it is read


@dataclass(frozen=True)
class Scored:
    reading: Reading
    found: Found
    score: float

    @property
    def name(self) -> str:
        """As an answer names it."""
        kind = "grid" if self.reading.columns(ColumnRole.SESSIONS) else "rows"
        if self.reading.is_inside:
            kind = "cells"
        if self.reading.is_further_left:
            kind = "rows-left"
        return f"{kind}-turned" if self.reading.grid.is_turned else kind


def score(reading: Reading, found: Found, looks: Looks) -> float:
    return (
        reading.evidence
        + 4 * _explained(reading, found)
        + 2 * _titles(found, looks)
        + (_as_grid(reading, looks) if reading.columns(ColumnRole.SESSIONS) else 0)
    )


def _explained(reading: Reading, found: Found) -> float:
    """The share of the rows that became something."""
    fates = [fate.became for fate in found.fates.values()]
    taken = sum(one in (Became.SESSION, Became.PART, Became.DAY) for one in fates)
    others = sum(one in (Became.UNREAD, Became.PASSED) for one in fates)
    return taken / (taken + others) if taken else 0


def _titles(found: Found, looks: Looks) -> float:
    """The share of the titles that look like titles: not like rooms, times, numbers, and not all the same."""
    titles = [entry.lines[0] for entry in found.entries[:_ENOUGH] if entry.lines]
    if not titles:
        return 0
    good = sum(looks(title).is_words and not looks(title).is_place for title in titles)
    return (good / len(titles) + len(set(titles)) / len(titles)) / 2


def _as_grid(reading: Reading, looks: Looks) -> float:
    """What speaks for a grid, or against it, beside the names of days, rooms and tracks."""
    grid, over = reading.grid, reading.over
    columns = reading.columns(ColumnRole.SESSIONS)
    slots = {slot for at in reading.body() for slot in grid.own(at) if slot.column in columns}
    merged = any(slot.last_column > slot.column and slot.last_column in columns for slot in slots)
    is_unknown = not any(one.day or one.room or (one.track and looks(one.track).is_track) for one in over.values())
    named = sum(reading.headings[at] != "" and looks(reading.headings[at]).role in TITLES for at in range(grid.width))
    if not is_unknown:
        return merged - 2 * named
    letters = [sum(min(len(slot.text), 120) for slot in grid.column(at)) for at in columns]
    unsaid = 0 if any(reading.headings[at] for at in columns) else 1.2  # without headings a grid is rare
    repeated = len(slots) - len({(slot.row, slot.text) for slot in slots})
    return 2 * merged + (repeated > 0) + (0.5 if min(letters) * 2 > max(letters) else -1) - 0.5 - 2 * named - unsaid
