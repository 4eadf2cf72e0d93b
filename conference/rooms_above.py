"""What apps on top of the others give to their pages and to their rules, and which apps there are.

conference, agenda and registration name none of them and import nothing of them: the site is whole without them. An
app on top has a module `above` with ROOMS: one `RoomAbove` for each of its capabilities. What a capability does not
give stays empty.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from conference.asking import asked_at_once
from conference.models import Edition, EditionQuerySet

MODULE = "above"


@dataclass(frozen=True)
class Link:
    text: str
    address: str


@dataclass(frozen=True)
class Block:
    """A piece of a page: a template, and what it is drawn with beside the context of the page."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """Rows of a list in the admin that wait for staff who have the permission. Without any there is no tile."""

    name: str
    permission: str
    rows: Callable[[], QuerySet[Any]]
    text: Promise  # of `count`, which chooses the plural, and `number`, the same in words
    list_name: str  # of the list, as in admin:LIST_NAME
    query: str = ""
    is_urgent: bool = False


def _delete(rows: QuerySet[Any]) -> object:
    return rows.delete()


@dataclass(frozen=True)
class Erased:
    """Rows that are erased on one of the two dates of an edition. Their columns have words in data/retention.toml."""

    what: str  # as the daily run says it: "proposals"
    rows: Callable[[int], QuerySet[Any]]  # of an edition, by its key; without those that are erased already
    erase: Callable[[QuerySet[Any]], object] = _delete  # or it empties what is of a person
    is_sensitive: bool = False  # it goes on the first date


@dataclass(frozen=True)
class Asked:
    """What people send to a room, for the page about their data: what it is, and why, who sees it, when it goes."""

    what: str | Promise
    said: tuple[str | Promise, ...]  # one sentence or a few each


def _no_links(*_asked: object) -> list[Link]:
    return []


def _no_blocks(*_asked: object) -> list[Block]:
    return []


def _no_rows(*_asked: object) -> list[Any]:
    return []


def _nothing(*_asked: object) -> None:
    return None


@dataclass(frozen=True)
class RoomAbove:
    """One capability of an app on top.

    Functions that are given an edition see in `edition.previews_draft` whether staff look at the draft. Public pages
    call `menu`, `home` and `session` for each visitor who does not get a kept page, where `has` finds a row: whether
    it does comes with the edition.
    """

    # Public pages
    # Rows of an edition, by its key; without one there is nothing to show. None: each page asks.
    has: Callable[[Any], QuerySet[Any]] | None = None
    menu: Callable[[Edition], list[Link]] = _no_links  # while something is open
    home: Callable[[Edition], list[Block]] = _no_blocks
    session: Callable[[Edition, str], list[Block]] = _no_blocks  # of the session with this code
    asked: tuple[Asked, ...] = ()  # on the page about the data of visitors, where `has` finds a row
    # The own page of a participant. `registration` is registration.models.Registration, which has no name here.
    own_page: Callable[[Any], list[Block]] = _no_blocks
    own_data: Callable[[Any], list[dict[str, str]]] = _no_rows  # all that is kept: {"question": …, "answer": …}
    forget: Callable[[Any], None] = _nothing  # before the row of one who wishes to be erased is gone
    # Before two registrations of a person become one: the one that stays, the other. Rows that point to a registration
    # go over by themselves, but for a row of which each person has one and both have it.
    merged: Callable[[Any, Any], None] = _nothing
    # Staff
    waiting: tuple[Waiting, ...] = ()  # tiles of the first page
    further: Callable[[HttpRequest, Edition | None], list[Link]] = _no_links  # pages that belong to no list
    shelf: str | Promise = ""  # where tables stand on the first page; rooms may share a shelf
    tables: str = ""  # on it, as names of models: "Call Proposal"
    groups: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)  # as GROUPS of registration.staff
    guide: dict[str, str] = field(default_factory=dict)  # as PLACES of conference.staff.guide
    # What a line of the access log is about, as it begins in English: {"proposal": _("proposal")}
    log_words: dict[str, str | Promise] = field(default_factory=dict)
    # Folders of files, and which of these files rows need: the others go a day later.
    folders: dict[str, Callable[[], Collection[str]]] = field(default_factory=dict)
    # Time
    erased: tuple[Erased, ...] = ()
    # Of tables that are about people: the rows of all other editions. The admin log forgets lines about any other row.
    of_other_editions: Callable[[int], list[QuerySet[Any]]] = _no_rows
    loaded: Callable[[Edition], None] = _nothing  # after an edition was loaded from the file of its year
    copied: Callable[[Edition, Edition], None] = _nothing  # after an edition was copied: the old one, the new one
    tend: Callable[[], object] = _nothing  # four times a minute, beside the web: what is due


@cache
def apps_above() -> tuple[str, ...]:
    """The names of the installed apps that stand on top, each with its `urls`."""
    configs = apps.get_app_configs()
    return tuple(one.name for one in configs if one.module and module_has_submodule(one.module, MODULE))


@cache
def rooms_above() -> tuple[RoomAbove, ...]:
    return tuple(room for app in apps_above() for room in import_module(f"{app}.{MODULE}").ROOMS)


def for_pages(editions: EditionQuerySet) -> EditionQuerySet:
    """The editions with what each public page asks of them: whether staff have published pages of their own, and which
    rooms have rows (room_0, room_1 …)."""
    has = {f"room_{number}": room.has for number, room in enumerate(rooms_above())}
    known = {name: Exists(rows(OuterRef("pk"))) for name, rows in has.items() if rows}
    return editions.knowing_pages().annotate(**known)


def with_rows(rooms: tuple[RoomAbove, ...], edition: Edition) -> list[RoomAbove]:
    """The rooms that may have something for the pages of this edition. One query, where it came without them."""
    has = {f"room_{number}": room.has for number, room in enumerate(rooms) if room.has}
    if has.keys() - vars(edition).keys():
        vars(edition).update(asked_at_once({name: Exists(rows(edition.pk)) for name, rows in has.items()}))
    return [room for number, room in enumerate(rooms) if vars(edition).get(f"room_{number}", True)]
