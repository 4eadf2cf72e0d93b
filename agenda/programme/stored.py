"""The programme as JSON, and back again without loss: what a published version is kept as."""

import dataclasses
import datetime

from agenda.programme.value import Appearance, Day, Programme, Session
from conference.translated import Text


def to_json(programme) -> dict:
    return _plain(programme)


def _plain(value):
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def from_json(data) -> Programme:
    return Programme(**data | {"days": tuple(_day(day) for day in data["days"])})


def _day(data):
    changed = {
        "date": datetime.date.fromisoformat(data["date"]),
        "intro": Text(**data["intro"]),
        "sessions": tuple(_session(session) for session in data["sessions"]),
    }
    return Day(**data | changed)


def _session(data):
    texts = {name: Text(**data[name]) for name in ("label", "title", "description", "track", "room")}
    times = {name: time_from(data[name]) for name in ("starts_at", "ends_at")}
    lists = {name: tuple(data[name]) for name in ("spoken_languages", "interpretation")}
    return Session(
        **data
        | texts
        | times
        | lists
        | {"appearances": tuple(Appearance(**one | {"name": Text(**one["name"])}) for one in data["appearances"])}
        | {"children": tuple(_session(child) for child in data["children"])}
    )


def time_from(value):
    return None if value is None else datetime.time.fromisoformat(value)
