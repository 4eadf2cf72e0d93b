"""The programme as JSON, and back again without loss: what a published version is kept as.

Versions outlive the code that wrote them. So a key that is missing takes the default of its field, and a key that is
not known is dropped. `FORMAT` changes only where this is not enough: where a key begins to mean something else.
"""

import dataclasses
import datetime
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

from agenda.programme.materials import Material
from agenda.programme.value import Appearance, Day, Organisation, Person, Programme, Session
from conference.language.translated import Text

FORMAT = 1


class UnknownFormat(Exception):
    """A later state of the site has written this version in a way that cannot be read here."""


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


_T = TypeVar("_T", bound=_Dataclass)
Json = dict[str, Any]  # what json.loads gives: any value may stand behind a key


def to_json(programme: Programme) -> Json:
    return {"format": FORMAT, **plain(programme)}


def plain(value: Any) -> Any:
    """A value of dataclasses, tuples, dates and times as JSON has it."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def from_json(data: Json) -> Programme:
    if data.get("format", 1) != FORMAT:  # the first versions do not say it
        raise UnknownFormat(data["format"])
    return opened(
        Programme,
        data,
        days=lambda days: tuple(map(_day, days)),
        people=lambda people: tuple(
            opened(Person, one, name=text_from, job_title=text_from, organisation=text_from, about=text_from)
            for one in people
        ),
        organisations=lambda organisations: tuple(map(_organisation, organisations)),
    )


@lru_cache(maxsize=16)
def from_text(text: str) -> Programme:
    """Opened once for all pages that show it: a programme is a value, which nothing changes."""
    return from_json(json.loads(text))


def opened(kind: type[_T], data: Json, **reads: Callable[[Any], Any]) -> _T:
    """A dataclass from its JSON. `reads` says how a field is read that JSON has in another shape."""
    known = [field.name for field in dataclasses.fields(kind) if field.name in data]
    return kind(**{name: reads[name](data[name]) if name in reads else data[name] for name in known})


def text_from(data: Json) -> Text:
    return opened(Text, data)


def time_from(value: str | None) -> datetime.time | None:
    return None if value is None else datetime.time.fromisoformat(value)


def _organisation(data: Json) -> Organisation:
    return opened(
        Organisation,
        data,
        name=text_from,
        short_name=text_from,
        part_of=lambda above: tuple(map(text_from, above)),
    )


def _day(data: Json) -> Day:
    return opened(
        Day,
        data,
        date=datetime.date.fromisoformat,
        intro=text_from,
        sessions=lambda sessions: tuple(map(_session, sessions)),
    )


def _session(data: Json) -> Session:
    return opened(
        Session,
        data,
        label=text_from,
        title=text_from,
        description=text_from,
        starts_at=time_from,
        ends_at=time_from,
        track=text_from,
        room=text_from,
        spoken_languages=tuple,
        interpretation=tuple,
        appearances=lambda found: tuple(opened(Appearance, one, name=text_from) for one in found),
        children=lambda found: tuple(map(_session, found)),
        materials=lambda found: tuple(opened(Material, one, title=text_from, languages=tuple) for one in found),
    )
