"""An agenda that stands twice in a document, in English and in Khmer, is one agenda in two languages. Pure."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.importing.recognising.proposal import Proposed
from conference.language.translated import Text

_MOST_LEFT = 0.34  # of the sessions of a language may have no other at their time
Times = tuple[object, object, object]


def joined(sessions: Sequence[Proposed], tables: Collection[int]) -> list[Proposed]:
    """Sessions of one table with the sessions at the same times of another table in the other language.

    `tables` are the blocks that are tables. Where their times do not agree, staff look at the Khmer ones.
    """
    english, khmer = ([one for one in sessions if _only(one, language)] for language in ("en", "km"))
    pairs = _pairs(english, khmer)
    blocks = [{one.block if one.block in tables else -1 for one in side} for side in (english, khmer)]
    dates = [{one.date for one in side} for side in (english, khmer)]
    smaller = min(len(english), len(khmer))
    if blocks[0] & blocks[1] or not dates[0] & dates[1] or smaller < 2:
        return list(sessions)
    if len(pairs) < smaller * (1 - _MOST_LEFT):
        said = _("An agenda in the other language holds this day too, with other times. Is it the same one?")
        doubtful = {id(one) for one in khmer if one.date in dates[0]}
        return [replace(one, doubt=f"{one.doubt} {said}".strip()) if id(one) in doubtful else one for one in sessions]
    gone = {id(other) for other in pairs.values()}
    return [_join(one, pairs[id(one)]) if id(one) in pairs else one for one in sessions if id(one) not in gone]


def _only(one: Proposed, language: str) -> bool:
    return bool(getattr(one.title, language)) and not getattr(one.title, "km" if language == "en" else "en")


def _pairs(english: list[Proposed], khmer: list[Proposed]) -> dict[int, Proposed]:
    """By the identity of the English session. Several at one time are paired in their order, if they are as many."""
    by_times: dict[Times, tuple[list[Proposed], list[Proposed]]] = defaultdict(lambda: ([], []))
    for side, ones in enumerate((english, khmer)):
        for one in ones:
            by_times[one.date, one.starts_at, one.ends_at][side].append(one)
    return {
        id(one): other
        for mine, theirs in by_times.values()
        if len(mine) == len(theirs)
        for one, other in zip(mine, theirs, strict=True)
    }


def _join(one: Proposed, other: Proposed) -> Proposed:
    def both(name: str) -> Text:
        return Text(getattr(one, name).en, getattr(other, name).km or getattr(one, name).km)

    return replace(
        one,
        title=both("title"),
        label=both("label"),
        description=both("description"),
        people=one.people or other.people,
        room=one.room or other.room,
        track=one.track or other.track,
        is_to_be_confirmed=one.is_to_be_confirmed or other.is_to_be_confirmed,
        doubt=" ".join(filter(None, (one.doubt, other.doubt))),
    )
