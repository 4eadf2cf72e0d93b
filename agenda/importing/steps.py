"""What an import would do, step by step: each can be ticked or left. Pure."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.importing.existing import ExistingSession
from agenda.importing.match import Item, items, match
from agenda.importing.recognising.people import loose
from agenda.importing.recognising.proposal import Proposal
from conference import words
from conference.translated import Text

DAY, CREATE, CHANGE, SAME, REMOVE, REMOVE_PERSON = "day", "create", "change", "same", "remove", "remove_person"
TEXTS = ("label", "title", "description")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class Change:
    field: str  # "title_en", "times", "people", ...
    name: str  # for reading
    old: str
    new: str


@dataclass(frozen=True)
class Step:
    what: str
    title: Text
    row: int | None = None
    date: object = None
    times: str = ""
    place: int | None = None  # of the item among the proposed
    pk: int | None = None  # of the session, or of the appearance that goes
    changes: tuple[Change, ...] = ()

    @property
    def key(self):
        """Names the step in the form; a step that has become another one in the meantime has another key."""
        said = repr((self.what, self.title, self.date, self.times, self.place, self.pk, self.changes))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def is_removal(self):
        return self.what in (REMOVE, REMOVE_PERSON)


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    items: tuple[Item, ...]
    matched: dict[int, ExistingSession]

    def of(self, *kinds):
        return [step for step in self.steps if step.what in kinds]


def plan(proposal: Proposal, there: list[ExistingSession], intros: dict) -> Plan:
    flat = items(proposal.sessions)
    matched = match(flat, there)
    steps = [*_days(proposal.days, intros)]
    for at, item in enumerate(flat):
        if at in matched:
            steps.append(_compared(at, item, matched, there))
            steps += _people_gone(item, matched[at])
        elif item.above is None or item.proposed.starts_at or item.above in matched:
            steps.append(_step(CREATE, item.proposed, place=at, changes=tuple(_new(item.proposed))))
    kept = {one.pk for one in matched.values()}
    if flat:
        steps += [_step(REMOVE, one, pk=one.pk) for one in there if one.pk not in kept]
    return Plan(tuple(steps), tuple(flat), matched)


def clock(one):
    return f"{words.clock(one.starts_at)} – {words.clock(one.ends_at)}" if one.starts_at else ""


def _step(what, one, **fields):
    return Step(what, one.title or one.label, getattr(one, "row", None), one.date, clock(one), **fields)


def _days(days, intros):
    for day in days:
        changes = tuple(_changed_texts(day, intros.get(day.date, Text()), [("intro", _("introduction"))]))
        if changes or day.date not in intros:
            yield Step(DAY, Text(), day.row, day.date, changes=changes)


def same_text(one, other):
    """Quotes, dashes and spaces that Word puts in for others are no difference."""
    plain = [re.sub(r"\s+", " ", text.translate(_SIGNS)).strip() for text in (one, other)]
    return plain[0] == plain[1]


def _changed_texts(new, old, names):
    """A language that the table does not have says nothing about the text that is there."""
    for field, name in names:
        there = old if isinstance(old, Text) else getattr(old, field)
        for language in ("en", "km"):
            text, was = getattr(getattr(new, field), language), getattr(there, language)
            if text and not same_text(text, was):
                yield Change(f"{field}_{language}", name, was, text)


def _new(proposed):
    """What a new session says beside its title and time."""
    if proposed.label:
        yield Change("label", _("label"), "", str(proposed.label))
    if proposed.description:
        yield Change("description", _("description"), "", str(proposed.description))
    if proposed.is_to_be_confirmed:
        yield Change("state", _("state"), "", str(SessionState.TO_BE_CONFIRMED.label))
    if proposed.room:
        yield Change("room", _("room"), "", proposed.room)
    if proposed.people:
        yield Change("people", _("who appears"), "", "; ".join(map(said, proposed.people)))
    inside = [child for child in proposed.children if not child.starts_at]
    if inside:
        texts = [str(child.title or child.label) + _topics(child) for child in inside]
        yield Change("inside", _("inside it"), "", "; ".join(texts))


def _topics(child):
    return f" ({len(child.children)})" if child.children else ""


def said(person):
    state = f" ({AppearanceState.TO_BE_CONFIRMED.label})" if person.is_to_be_confirmed else ""
    return f"{person.name}{state}"


def _compared(at, item, matched, there):
    new, old = item.proposed, matched[at]
    names = [("label", _("label")), ("title", _("title")), ("description", _("description"))]
    changes = [*_changed_texts(new, old, names), *_changed_facts(item, old, matched), *_changed_people(new, old)]
    return _step(CHANGE if changes else SAME, new, place=at, pk=old.pk, changes=tuple(changes))


def _changed_facts(item, old, matched):
    new = item.proposed
    if new.starts_at and clock(new) != clock(old):
        yield Change("times", _("time"), clock(old), clock(new))
    if new.date != old.date:
        yield Change("day", _("day"), words.date_only(old.date), words.date_only(new.date))
    above = matched.get(item.above)
    if item.above is not None and (above is None or above.pk != old.parent_pk):
        yield Change("parent", _("stands under"), "", str(above.title) if above else "")
    state = SessionState.TO_BE_CONFIRMED if new.is_to_be_confirmed else SessionState.CONFIRMED
    if old.state in (SessionState.TO_BE_CONFIRMED, SessionState.CONFIRMED) and state != old.state:
        yield Change("state", _("state"), str(SessionState(old.state).label), str(state.label))
    if new.open_call and not old.open_call:
        yield Change("open_call", _("speakers are still sought"), "", "✓")
    if new.room and match_room(new.room, old.room) is False:
        yield Change("room", _("room"), str(old.room), new.room)


def match_room(name, room):
    return loose(name) in (loose(room.en), loose(room.km))


def paired_people(new, old):
    """[(proposed person, who is there or None)], and those there whom the table does not name."""
    left, pairs = list(old.people), {}
    for same in (_same_name, _same_organisation):
        for at, person in enumerate(new.people):
            seen = next((one for one in left if same(person, one)), None) if at not in pairs else None
            if seen:
                pairs[at] = seen
                left.remove(seen)
    return [(person, pairs.get(at)) for at, person in enumerate(new.people)], left


def _same_name(person, seen):
    return loose(person.name) in {loose(name) for name in seen.names}


def _same_organisation(person, seen):
    return bool(person.organisation) and person.organisation == seen.organisation


def state_of(person):
    return AppearanceState.TO_BE_CONFIRMED if person.is_to_be_confirmed else AppearanceState.CONFIRMED


def _changed_people(new, old):
    for person, seen in paired_people(new, old)[0]:
        if seen is None:
            yield Change("people", _("who appears"), "", said(person))
        elif seen.state != AppearanceState.DECLINED and seen.state != state_of(person):
            was, now = AppearanceState(seen.state).label, state_of(person).label
            yield Change("people", str(seen.name), str(was), str(now))


def _people_gone(item, old):
    for seen in paired_people(item.proposed, old)[1]:
        if seen.state != AppearanceState.DECLINED:
            change = Change("people", _("who appears"), str(seen.name), "")
            yield _step(REMOVE_PERSON, item.proposed, pk=seen.pk, changes=(change,))
