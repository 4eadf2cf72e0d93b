"""All tables that staff may open, by what they are for, in the order of a year's work: the same in each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.rooms_above import rooms_above

SHELVES: list[tuple[Promise | str, str]] = [
    (_("The conference"), "Edition Organisation Page OtherEvent"),
    (_("Agenda"), "Session Day Speaker Track Room Photograph Recording ProgrammeVersion"),
    (_("Sign-up"), "Intake ExtraQuestion Registration BringingIn Invitation ChangeRequest GuardianCall Helper"),
    (_("Needs and travel"), "Arrangement InclusionAnswers TravelRequest TravelBudget Hotel"),
    (_("Messages"), "Message MessageText PlannedLetter Letter"),
    (_("Accounts"), "User Group AccessLog"),
]


@dataclass(frozen=True)
class Shelf:
    name: str
    tables: list[dict[str, Any]]  # as the admin describes them: name, admin_url, add_url, object_name


def shelves(apps: Iterable[dict[str, Any]]) -> list[Shelf]:
    """`apps` is what the admin found that this person may see. A table that no shelf names stands on the last one."""
    tables = {table["object_name"]: table for app in apps for table in app["models"]}
    found = []
    for name, wanted in all_shelves():
        of_shelf = [tables.pop(one) for one in wanted.split() if one in tables]
        if of_shelf:
            found.append(Shelf(str(name), of_shelf))
    if tables:
        found.append(Shelf(str(_("Other tables")), list(tables.values())))
    return found


def all_shelves() -> list[tuple[Promise | str, str]]:
    """With those of apps on top before the last one: rooms that name the same shelf share it."""
    found: dict[str, str] = {}
    for room in rooms_above():
        if room.tables:
            found[str(room.shelf)] = f"{found.get(str(room.shelf), '')} {room.tables}"
    return [*SHELVES[:-1], *found.items(), SHELVES[-1]]
