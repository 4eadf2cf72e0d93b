"""Several people in one text, parted by commas, where nothing but their names says so. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.importing.recognising.account import short
from agenda.importing.recognising.likely_names import is_likely_name, is_origin
from agenda.importing.recognising.names import is_person
from agenda.importing.recognising.proposal import Person, Proposed
from agenda.importing.recognising.usual_names import has_usual_name

_COMMA = re.compile(r"\s*[,;/]\s*")
_FIRST_NAMES = re.compile(r"[A-Z][a-z]{2,}(?:,\s[A-Z][a-z]{2,})*,?\s(?:&|and|et)\s[A-Z][a-z]{2,}")  # "Thida & Mark"
_AND = re.compile(r"\s*(?:,\s*)?(?:\s(?:and|&|et|và|dan)\s|\s?និង\s?)\s*")


def with_single_people(sessions: Sequence[Proposed]) -> list[Proposed]:
    """Each of several people for themselves. "Anna Sample, Sample Vision" may be a person and an organisation: such a
    text is taken apart only if both stand for themselves elsewhere, or if no one comes from anywhere.
    """
    names = {person.name for top in sessions for one in top.walk() for person in one.people}
    with_comma = [name for name in names if "," in name]
    have_origins = any(not is_likely_name(part) for name in with_comma for part in _COMMA.split(name))
    are_lists = not have_origins and len(with_comma) < len(names)
    parted = [_with_single(one, names, are_lists) for one in sessions]
    pairs = {name for name in names if _is_pair(name)}
    if 2 * len(pairs) > len(names):  # everybody stands with an organisation
        return parted
    return [_with_doubt(one, pairs) for one in parted]


def _is_pair(name: str) -> bool:
    """Two names, or a name and an organisation of which nothing says that it is one."""
    parts = _COMMA.split(name)
    return len(parts) == 2 and all(is_likely_name(part) and not is_person(part) for part in parts)


def _with_doubt(one: Proposed, pairs: set[str]) -> Proposed:
    found = [person.name for person in one.people if person.name in pairs]
    children = tuple(_with_doubt(child, pairs) for child in one.children)
    said = _("“%(text)s” may be two people.") % {"text": short(found[0])} if found else ""
    return replace(one, children=children, doubt=f"{one.doubt} {said}".strip())


def _with_single(one: Proposed, alone: set[str], are_lists: bool) -> Proposed:
    people = tuple(_single(one.people, alone, are_lists))
    children = tuple(_with_single(child, alone, are_lists) for child in one.children)
    return replace(one, people=people, children=children)


def _single(people: Iterable[Person], alone: set[str], are_lists: bool) -> Iterator[Person]:
    for person in people:
        names = [name for part in _AND.split(person.name) for name in _COMMA.split(part)]
        if len(names) == 1:
            yield person
            continue
        is_known = alone.issuperset(names)
        are_usual = all(map(has_usual_name, names)) or not any(map(has_usual_name, names))
        is_list = len(names) > 2 or bool(_AND.search(person.name)) or (are_lists and are_usual) or is_known
        are_likely = all(is_likely_name(name) and not is_person(name) for name in names)
        are_names = (is_known and not any(map(is_origin, names))) or (is_list and are_likely)
        are_first_names = bool(_FIRST_NAMES.fullmatch(person.name))
        yield from (replace(person, name=name) for name in names) if are_names or are_first_names else [person]
