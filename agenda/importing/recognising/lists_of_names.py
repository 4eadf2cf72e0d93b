"""Several people in one text, parted by commas, where nothing but their names says so. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from agenda.importing.recognising.likely_names import is_likely_name
from agenda.importing.recognising.names import is_person
from agenda.importing.recognising.proposal import Person, Proposed

_COMMA = re.compile(r"\s*[,;/]\s*")
_AND = re.compile(r"\s*(?:,\s*)?(?:\s(?:and|&|et|và|dan)\s|\s?និង\s?)\s*")


def with_single_people(sessions: Sequence[Proposed]) -> list[Proposed]:
    """Each of several people for themselves. "Anna Sample, Sample Vision" may be a person and an organisation: such a
    text is taken apart only if both stand for themselves elsewhere, or if no one comes from anywhere.
    """
    names = {person.name for top in sessions for one in top.walk() for person in one.people}
    with_comma = [name for name in names if "," in name]
    have_origins = any(not is_likely_name(part) for name in with_comma for part in _COMMA.split(name))
    alone = names if have_origins or len(with_comma) == len(names) else None
    return [_with_single(one, alone) for one in sessions]


def _with_single(one: Proposed, alone: set[str] | None) -> Proposed:
    people = tuple(_single(one.people, alone))
    children = tuple(_with_single(child, alone) for child in one.children)
    return replace(one, people=people, children=children)


def _single(people: Iterable[Person], alone: set[str] | None) -> Iterator[Person]:
    for person in people:
        names = [name for part in _AND.split(person.name) for name in _COMMA.split(part)]
        is_list = len(names) > 2 or bool(_AND.search(person.name)) or alone is None or alone.issuperset(names)
        are_names = is_list and len(names) > 1 and all(is_likely_name(name) and not is_person(name) for name in names)
        yield from (replace(person, name=name) for name in names) if are_names else [person]
