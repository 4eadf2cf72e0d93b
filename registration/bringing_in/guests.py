"""A list of guests as it is typed or pasted: with headings, or a line each, of which every part says what it is."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from agenda.importing.reading.sources import read_sources
from agenda.models import Day
from conference import clock
from conference.language.khmer import KHMER_LETTER
from registration.bringing_in.asked import Asked
from registration.bringing_in.people import NotSaid, Reader, Row
from registration.bringing_in.sheets import EMAIL, Line, Sheet, sheets_of
from registration.bringing_in.spellings import one_of
from registration.bringing_in.telephones import telephones
from registration.choices import BadgeRole, Part

MOST_GUESTS = 100  # at once: under the lock, sign-ups wait for each of them


def guest_rows(text: str, days: Sequence[Day], language: str) -> list[Row]:
    """Who stands in the list, as far as it can be read; what cannot is said in each row's problems and doubts."""
    not_said = NotSaid(list(days), language, clock.today())
    sheets = [sheet for sheet in sheets_of(read_sources(text, [])) if sheet.heading_row is not None]
    if not sheets:
        lines = [line for line in text.splitlines() if line.strip()]
        sheets = [_sheet_of(number, _parts(line)) for number, line in enumerate(lines, start=1)]
    readers = [Reader(sheet, at, not_said, days, sees_answers=False) for at, sheet in enumerate(sheets)]
    rows = [reader.row(line) for reader in readers for line in reader.sheet.lines]
    for row in rows:
        if row.names and not row.contacts:
            row.problems = [
                _("No telephone number, Telegram name or e-mail address stands here: add one to the line.")
            ]
    return rows


def _parts(line: str) -> tuple[str, ...]:
    """Between tabs, else semicolons, else commas."""
    mark = next((mark for mark in ("\t", ";", ",") if mark in line), "\t")
    parts = [re.sub(r"^\s*\d{1,3}[.)]\s+", "", part).strip() for part in line.split(mark)]
    return tuple(part for part in parts if part)


def _sheet_of(number: int, parts: tuple[str, ...]) -> Sheet:
    """One line as a table of its own: another line may have its parts in another order."""
    line = Line(number, parts)
    return Sheet("", ("",) * len(parts), None, [], [line], [*_columns(parts)])


def _columns(parts: Sequence[str]) -> list[Asked]:
    columns: list[Asked] = []
    for at, part in enumerate(parts):
        if EMAIL.fullmatch(part):
            columns.append(Asked.EMAIL)
        elif telephones(part) or part.startswith("@") or "t.me/" in part:
            columns.append(Asked.CONTACT)
        elif Asked.NAME in columns and (one_of(BadgeRole, part) or one_of(Part, part)):
            columns.append(Asked.PART)
        elif Asked.NAME not in columns or _is_name_once_more(parts, at, columns):
            columns.append(Asked.NAME)
        else:
            columns.append(Asked.POSITION if Asked.ORGANISATION in columns else Asked.ORGANISATION)
    return columns


def _is_name_once_more(parts: Sequence[str], at: int, columns: Sequence[Asked]) -> bool:
    """Right behind the name, in the other script."""
    is_behind = columns[-1] is Asked.NAME and columns.count(Asked.NAME) == 1
    return is_behind and bool(KHMER_LETTER.search(parts[at])) != bool(KHMER_LETTER.search(parts[at - 1]))
