"""The people of one cell, as the tables of this site print them: a line for each role, then the panel."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from agenda.choices import HOSTING_ROLES, Kind, Role
from agenda.importing.exchange import texts
from agenda.importing.existing import ExistingPerson
from agenda.importing.recognising.names import take_to_be_confirmed
from agenda.importing.recognising.people import Known, loose
from agenda.importing.recognising.proposal import Person

_NUMBER = re.compile(r"^\s*[0-9០-៩]+\s*[.)]\s*")
_ROLE = re.compile(r"^\s*(?P<role>[^:៖]{2,40}?)\s*[:៖]\s*(?P<names>.*)$")


def in_both_languages() -> tuple[set[str], set[str]]:
    """(what stands above a panel, what stands between two names)."""
    above, between = set(), set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            above |= {_("Panelists are the representatives of:"), _("Panelists:")}
            between.add(pgettext("between two organisations", "&"))
    return {texts.line(one).rstrip(":៖ ") for one in above}, between | {"&"}


def people_in(cell: str, there: Iterable[ExistingPerson], known: Known, kind: str) -> tuple[Person, ...]:
    """Names that are there already are known whole: a name may have an "&" inside."""
    there = tuple(there)
    roles = texts.in_each_language({role.value: role.label for role in Role})
    above_panel, between = in_both_languages()
    found: list[Person] = []
    in_panel = False
    for line in texts.lines(texts.without_guard(cell)).split("\n"):
        if line.rstrip(":៖ ") in above_panel:
            in_panel = True
            continue
        if in_panel and (number := _NUMBER.match(line)):
            found.append(known.person(line[number.end() :], Role.PANELIST))
            continue
        in_panel = False
        match = _ROLE.match(line)
        role = texts.one_of(match["role"], roles) if match else ""
        names, waiting = take_to_be_confirmed(match["names"] if match and role else line)
        for name in _names(names, [name for one in there for name in one.names], between):
            person = known.person(name, role or _hosting(name, there, kind))
            found.append(replace(person, is_to_be_confirmed=person.is_to_be_confirmed or waiting))
    return tuple(person for person in found if person.name)


def _hosting(name: str, there: Iterable[ExistingPerson], kind: str) -> str:
    """Of a name without a role before it."""
    for one in there:
        if loose(name) in map(loose, one.names) and one.role in HOSTING_ROLES:
            return one.role
    return Role.ORGANISER if kind in (Kind.HACKATHON, Kind.AWARD) else Role.SPEAKER


def _names(text: str, whole: Iterable[str], between: Iterable[str]) -> list[str]:
    """A list of names cut between them, but never inside one that is known."""
    any_known = "|".join(re.escape(name) for name in sorted(set(whole), key=len, reverse=True))
    sign = "|".join(re.escape(one) for one in between)
    name = rf"(?:{any_known})(?=\s+(?:{sign})\s|\s*$)|.+?" if any_known else ".+?"
    return [match["name"].strip() for match in re.finditer(rf"(?P<name>{name})(?:\s+(?:{sign})\s+|\s*$)", text)]
