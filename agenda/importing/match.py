"""Which proposed session is which of those that stand there already. Pure."""

from collections import defaultdict
from dataclasses import dataclass

from agenda.choices import PLAIN_KINDS, Kind
from agenda.importing.existing import ExistingSession
from agenda.importing.recognising.proposal import Proposed
from conference.khmer import match_key


@dataclass(frozen=True)
class Item:
    """A proposed session, at any depth, and the item under which it stands."""

    proposed: Proposed
    above: int | None


def items(sessions) -> list[Item]:
    flat = []

    def note(session, above):
        flat.append(Item(session, above))
        here = len(flat) - 1
        for child in session.children:
            note(child, here)

    for session in sessions:
        note(session, None)
    return flat


def match(flat: list[Item], there: list[ExistingSession]) -> dict[int, ExistingSession]:
    """{place of the item: the session it is}. By time and title, then by either, then by what stands inside."""
    found = {}
    timed = [at for at, item in enumerate(flat) if item.proposed.starts_at]
    left = [one for one in there if one.starts_at]
    for key in (_time_and_title, _beginning_and_title, _day_and_title, _time, _title):
        left = _pair(flat, timed, left, key, found)
    for at, item in enumerate(flat):
        if not item.proposed.starts_at and item.above in found:
            _pair_inside(flat, at, item.above, there, found)
    return found


def _pair(flat, places, left, key, found):
    """Pairs what has the same key, in order; what is left over stands for the next, weaker key."""
    waiting = defaultdict(list)
    for one in left:
        for value in key(one):
            waiting[value].append(one)
    taken = set()
    for at in places:
        if at in found:
            continue
        choices = (one for value in key(flat[at].proposed) for one in waiting[value] if one.pk not in taken)
        one = next(choices, None)
        if one:
            found[at] = one
            taken.add(one.pk)
    return [one for one in left if one.pk not in taken]


def titles(one):
    """A session is known by its title in either language; bare marks and spaces do not count."""
    return [match_key(text) for text in (one.title.en, one.title.km) if match_key(text)]


def _time_and_title(one):
    return [(one.date, one.starts_at, one.ends_at, title) for title in titles(one)]


def _beginning_and_title(one):
    return [(one.date, one.starts_at, title) for title in titles(one)]


def _day_and_title(one):
    return [(one.date, title) for title in titles(one)]


def _time(one):
    """A row at the same time is the same row under a new title, unless it is another kind of thing altogether."""
    plain = one.kind if one.kind in PLAIN_KINDS else ""
    return [(one.date, one.starts_at, one.ends_at, plain)]


def _title(one):
    """Moved to another day. Every day has a lunch."""
    return [] if one.kind in PLAIN_KINDS | {Kind.RECAP} else titles(one)


def _pair_inside(flat, at, above, there, found):
    """Themes, rooms and topics by title, then by label, then one topic without a title for another."""
    proposed, taken = flat[at].proposed, {one.pk for one in found.values()}
    inside = [one for one in there if one.parent_pk == found[above].pk and not one.starts_at and one.pk not in taken]
    by_title = [one for one in inside if set(titles(one)) & set(titles(proposed))]
    by_label = [one for one in inside if _labels(one) & _labels(proposed)]
    untitled = [one for one in inside if one.kind == proposed.kind == Kind.TOPIC and not proposed.title]
    one = next(iter([*by_title, *by_label, *untitled]), None)
    if one:
        found[at] = one


def _labels(one):
    return {match_key(text) for text in (one.label.en, one.label.km) if text}
