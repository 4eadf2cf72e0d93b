"""A day that stands in two tables of a document: twice the same, or a draft and its final form. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.choices import PLAIN_KINDS
from agenda.importing.recognising.proposal import Proposed
from conference.language.khmer import match_key

_ALIKE = 0.5  # of the sessions of the smaller table: then the two are forms of one agenda
Key = tuple[object, ...]


def without_repeats(sessions: Sequence[Proposed]) -> tuple[list[Proposed], list[Proposed]]:
    """(the sessions; those that stand in a table above already). Where two tables are only alike, staff choose."""
    tables: dict[tuple[object, int], list[Proposed]] = defaultdict(list)
    for one in sessions:
        tables[one.date, one.block].append(one)
    repeated: set[tuple[object, int]] = set()
    doubtful: set[tuple[object, int]] = set()
    places = [place for place, there in tables.items() if len(there) > 1]
    for at, place in enumerate(places):
        for other in places[:at]:
            if other[0] != place[0] or other in repeated:
                continue
            if _whole(tables[place]) <= _whole(tables[other]):
                repeated.add(place)
            elif _are_alike(tables[place], tables[other]):
                doubtful |= {place, other}
    kept = [one for one in sessions if (one.date, one.block) not in repeated]
    gone = [one for one in sessions if (one.date, one.block) in repeated]
    said = _("Two tables of the document hold this day. Tick those of the valid one.")
    marked = [
        replace(one, doubt=f"{one.doubt} {said}".strip()) if (one.date, one.block) in doubtful else one for one in kept
    ]
    return marked, gone


def _whole(sessions: Sequence[Proposed]) -> set[Key]:
    return {(one.starts_at, one.ends_at, one.room, one.track, *_titles(one)) for one in sessions}


def _are_alike(sessions: Sequence[Proposed], others: Sequence[Proposed]) -> bool:
    """Half of the talks have the same titles, in the same room. Every day has a lunch."""
    mine, theirs = (
        {(one.room, one.track, *_titles(one)) for one in side if one.kind not in PLAIN_KINDS}
        for side in (sessions, others)
    )
    smaller = min(len(mine), len(theirs))
    return smaller > 1 and len(mine & theirs) >= smaller * _ALIKE


def _titles(one: Proposed) -> tuple[str, str]:
    return match_key(one.title.en), match_key(one.title.km)
