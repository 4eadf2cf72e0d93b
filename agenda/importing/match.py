"""Which proposed session is which of those that stand there already. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from agenda.choices import PLAIN_KINDS, Kind
from agenda.importing.existing import ExistingSession
from agenda.importing.items import Item
from agenda.importing.other_language import fills, left_over, speaks
from agenda.importing.recognising.proposal import Proposed
from conference.language.khmer import match_key


def titles(one: Proposed | ExistingSession) -> list[str]:
    """A session is known by its title in either language; bare marks and spaces do not count."""
    return [match_key(text) for text in (one.title.en, one.title.km) if match_key(text)]


def _in_other_language(one: Proposed | ExistingSession) -> list[Hashable]:
    """At the same time, and in the language that the other one lacks."""
    said = speaks(one.title)
    if isinstance(one, ExistingSession):
        said = {"en": "km", "km": "en", "": ""}[said]
    return [(one.date, one.starts_at, one.ends_at, said)] if said else []


# Two sessions without a common uuid are the same if one of these is the same. The strongest stands first.
_KEYS: list[Callable[[Proposed | ExistingSession], Sequence[Hashable]]] = [
    lambda one: [(one.date, one.starts_at, one.ends_at, title) for title in titles(one)],
    lambda one: [(one.date, one.starts_at, title) for title in titles(one)],
    lambda one: [(one.date, title) for title in titles(one)],
    lambda one: _in_other_language(one),
    # A row at the same time is the same row under a new title, unless it is another kind of thing altogether.
    lambda one: [(one.date, one.starts_at, one.ends_at, one.kind if one.kind in PLAIN_KINDS else "")],
    # It may have moved to another day. But every day has a lunch.
    lambda one: [] if one.kind in PLAIN_KINDS | {Kind.RECAP} else titles(one),
]


def match(flat: list[Item], there: list[ExistingSession]) -> dict[int, ExistingSession]:
    """Place of an item -> the session that it is."""
    if not there:
        return {}
    by_uuid = {one.uuid: one for one in there}
    found: dict[int, ExistingSession] = {}
    for at, item in enumerate(flat):
        if same := by_uuid.pop(item.proposed.uuid, None):
            found[at] = same
    for keys in _KEYS:
        taken = {one.pk for one in found.values()}
        waiting = defaultdict(list)
        for one in there:
            if one.starts_at and one.pk not in taken:
                for key in keys(one):
                    waiting[key].append(one)
        for at, item in enumerate(flat):
            if item.proposed.starts_at and at not in found:
                free = (one for key in keys(item.proposed) for one in waiting[key] if one.pk not in taken)
                if same := next(free, None):
                    found[at] = same
                    taken.add(same.pk)
    found |= left_over(flat, found, there)
    for at, item in enumerate(flat):
        if at not in found and not item.proposed.starts_at and item.above in found:
            taken = {one.pk for one in found.values()}
            inside = [one for one in there if one.parent_pk == found[item.above].pk and one.pk not in taken]
            if same := _same_inside(item.proposed, [one for one in inside if not one.starts_at]):
                found[at] = same
    return found


def _same_inside(proposed: Proposed, inside: list[ExistingSession]) -> ExistingSession | None:
    """Themes, rooms and topics by title, then by label, then by order: one topic without a title for another, or what
    stands there in the other language only.
    """
    by_title = [one for one in inside if set(titles(one)) & set(titles(proposed))]
    by_label = [one for one in inside if _labels(one) & _labels(proposed)]
    untitled = [one for one in inside if one.kind == proposed.kind == Kind.TOPIC and not proposed.title]
    filled = [one for one in inside if one.kind == proposed.kind and fills(proposed, one)]
    return next(iter([*by_title, *by_label, *untitled, *filled]), None)


def _labels(one: Proposed | ExistingSession) -> set[str]:
    return {match_key(text) for text in (one.label.en, one.label.km) if text}
