"""The agenda as it would be with what is ticked, as the value from which the public page is drawn. Pure."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from agenda.choices import SessionState
from agenda.importing import steps
from agenda.importing.existing import ExistingSession
from agenda.importing.recognising.proposal import Proposed
from agenda.importing.steps import Plan, Step
from agenda.programme.timetable import Part, parts_of_day, timetable
from agenda.programme.value import Appearance, Session
from conference.language.khmer import KHMER_LETTER
from conference.language.translated import Text

_Key = tuple[str, int]  # ("there", key of its row) or ("new", place among the items)


@dataclass(frozen=True)
class OutlookDay:
    date: datetime.date
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Standing:
    date: datetime.date
    above: _Key | None
    session: Session


def outlook(plan: Plan, there: list[ExistingSession], ticked: Collection[str]) -> list[OutlookDay]:
    standing: dict[_Key, _Standing] = {}
    for one in there:
        if one.state != SessionState.DRAFT:
            above = ("there", one.parent_pk) if one.parent_pk else None
            standing["there", one.pk] = _Standing(one.date, above, _existing(one))
    of_place = {step.place: step for step in plan.steps if step.place is not None}
    for at, item in enumerate(plan.items):
        above = _key(plan, item.above)
        step = of_place.get(at)
        if at not in plan.matched and _is_made(step, above, standing, ticked):
            standing["new", at] = _Standing(item.proposed.date, above, _proposed(item.proposed))
        elif step and step.what == steps.CHANGE and step.key in ticked and ("there", step.pk) in standing:
            standing[_key(plan, at) or ("new", at)] = _changed(standing["there", step.pk or 0], item.proposed)
    for step in plan.of(steps.REMOVE):
        if step.key in ticked and step.pk:
            standing.pop(("there", step.pk), None)
    return _days(standing)


def _key(plan: Plan, place: int | None) -> _Key | None:
    if place is None:
        return None
    return ("there", plan.matched[place].pk) if place in plan.matched else ("new", place)


def _is_made(step: Step | None, above: _Key | None, standing: dict[_Key, _Standing], ticked: Collection[str]) -> bool:
    """What has no step of its own is made with what it stands in."""
    if step:
        return step.what == steps.CREATE and step.key in ticked
    return above is not None and above[0] == "new" and above in standing


def _days(standing: dict[_Key, _Standing]) -> list[OutlookDay]:
    inside: dict[_Key, list[_Key]] = defaultdict(list)
    tops: dict[datetime.date, list[_Key]] = defaultdict(list)
    for key, one in standing.items():
        if one.above in standing and one.above is not None:
            inside[one.above].append(key)
        elif one.session.starts_at:
            tops[one.date].append(key)

    def whole(key: _Key) -> Session:
        return replace(standing[key].session, children=tuple(map(whole, inside[key])))

    return [OutlookDay(date, tuple(parts_of_day(timetable(map(whole, tops[date]))))) for date in sorted(tops)]


def _existing(one: ExistingSession) -> Session:
    return Session(
        uuid=one.uuid,
        code="",
        kind=one.kind,
        label=one.label,
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        room=one.room,
        state=one.state,
        appearances=tuple(Appearance(name=person.name, state=person.state) for person in one.people),
    )


def _proposed(one: Proposed) -> Session:
    return Session(
        uuid="",
        code="",
        kind=one.kind,
        label=one.label,
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        track=_text(one.track),
        room=_text(one.room),
        state=one.state,
        appearances=tuple(Appearance(name=_text(person.name), state=person.state) for person in one.people),
    )


def _changed(old: _Standing, new: Proposed) -> _Standing:
    was, wanted = old.session, _proposed(new)
    session = replace(
        was,
        title=_filled(wanted.title, was.title),
        label=_filled(wanted.label, was.label),
        starts_at=wanted.starts_at or was.starts_at,
        ends_at=wanted.ends_at or was.ends_at,
        room=wanted.room or was.room,
        appearances=wanted.appearances or was.appearances,
    )
    return replace(old, date=new.date, session=session)


def _filled(new: Text, old: Text) -> Text:
    return Text(new.en or old.en, new.km or old.km)


def _text(name: str) -> Text:
    return Text(km=name) if KHMER_LETTER.search(name) else Text(en=name)
