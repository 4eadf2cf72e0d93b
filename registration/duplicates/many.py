"""Look-alikes of many people at once: those who stand in an edition are read in one query, then those of a list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from conference.language.khmer import match_key
from conference.models import Edition
from registration.duplicates.look_alikes import ALIKE, CASELESS, NAMES, standing
from registration.models.registration import KEY_LENGTH, RegistrationQuerySet, name_keys


@dataclass(frozen=True)
class Alike:
    who: str  # a reference number, or a row of the list
    reasons: tuple[str | Promise, ...]  # what both have in common
    is_same: bool  # a name and a contact, and nothing that differs


class Known:
    """By the rules of look_alikes. `who` names a person: what is found is named by it."""

    def __init__(self) -> None:
        self._people: dict[str, Mapping[str, str]] = {}
        self._by: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    @classmethod
    def of(cls, edition: Edition, rows: RegistrationQuerySet | None = None) -> "Known":
        """Who stands in the edition; or those of `rows` who are of it."""
        known = cls()
        columns = ["phone", "telegram", "email", "name_km", "name_latin"]
        rows = standing() if rows is None else rows
        for row in rows.filter(edition=edition).order_by("pk").only("code", *columns):
            known.add(row.spoken_code, {column: getattr(row, column) for column in columns})
        return known

    def add(self, who: str, person: Mapping[str, str]) -> None:
        self._people[who] = person
        for column in ALIKE:
            if value := _value(person, column):
                self._by[column, value].append(who)

    def alike(self, person: Mapping[str, str]) -> list[Alike]:
        reasons: defaultdict[str, list[str]] = defaultdict(list)
        for column in ALIKE:
            values = name_keys(person[NAMES[column]]) if column in NAMES else {_value(person, column)}
            for who in {who for value in values if value for who in self._by.get((column, value), ())}:
                reasons[who].append(column)
        return [
            Alike(who, tuple(ALIKE[column] for column in columns), self._is_same(who, person, columns))
            for who, columns in reasons.items()
        ]

    def _is_same(self, who: str, person: Mapping[str, str], columns: list[str]) -> bool:
        """A contact that only one of the two has does not speak against it, nor a name in one script alone."""
        if not set(columns) & NAMES.keys():
            return False
        other = self._people[who]
        differ = [
            column for column in ALIKE if column not in columns and _value(other, column) and _value(person, column)
        ]
        has_contact = bool(set(columns) - NAMES.keys())
        has_none = not any(person[column] for column in ALIKE.keys() - NAMES.keys())
        return not differ and (has_contact or has_none)


def _value(person: Mapping[str, str], column: str) -> str:
    if column in NAMES:
        return match_key(person[NAMES[column]])[:KEY_LENGTH]
    return person[column].lower() if column in CASELESS else person[column]
