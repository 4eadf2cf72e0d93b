"""A whole list looked at: each row is new, here already, twice in the list, in doubt, not readable, or no person."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from conference.models import Edition
from conference.words import comma, digits
from registration.bringing_in.asked import Asked
from registration.bringing_in.headings import asked_by
from registration.bringing_in.own_questions import is_private
from registration.bringing_in.people import NotSaid, Reader, Row
from registration.bringing_in.sheets import Line, Sheet
from registration.bringing_in.waiting import Waiting
from registration.choices import Status
from registration.duplicates.many import Alike, Known
from registration.models import ExtraQuestion, Registration

_NO_NAMES = gettext_lazy("No column with names was found in this table.")
_TOTAL = re.compile(r"(?:(?:grand|sub)[\s-]?)?total\b|សរុប|ចំនួនសរុប|សរុបរួម", re.IGNORECASE)
_A_DAY = gettext_lazy("A day: the rows below come on it.")
_TITLE = gettext_lazy("It stands above the headings.")


class Found(TextChoices):
    NEW = "new", gettext_lazy("new")
    HERE = "here", gettext_lazy("here already")
    TWICE = "twice", gettext_lazy("twice in the list")
    DOUBT = "doubt", gettext_lazy("in doubt")
    UNREAD = "unread", gettext_lazy("not readable")


@dataclass(frozen=True)
class Looked:
    row: Row
    found: Found
    reasons: tuple[str, ...]

    @property
    def is_ticked(self) -> bool:
        """At first: what is in doubt is brought in only where staff say so."""
        return self.found == Found.NEW

    @property
    def may(self) -> bool:
        return self.found != Found.UNREAD


@dataclass
class Look:
    people: list[Looked] = field(default_factory=list)
    passed: list[tuple[str, str, str]] = field(default_factory=list)  # rows that are no people: where, text, reason
    columns_left_out: list[tuple[str, str]] = field(default_factory=list)  # heading, reason
    rows: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(one.found.value for one in self.people)

    def of(self, *kinds: Found) -> list[Looked]:
        return [one for one in self.people if one.found in kinds]


def look(
    waiting: Waiting,
    edition: Edition,
    not_said: NotSaid,
    days: Sequence[Day],
    *,
    sees_answers: bool,
    questions: Sequence[ExtraQuestion] = (),
) -> Look:
    looked = Look()
    known, listed = Known.of(edition), Known()
    gone = Known.of(edition, Registration.objects.filter(status=Status.CANCELLED))
    for at, sheet in enumerate(waiting.sheets):
        looked.rows += len(sheet.lines) + len(sheet.above) + (sheet.heading_row is not None)
        where = _("sheet “%(name)s”") % {"name": sheet.part} if sheet.part else ""
        if not sheet.has_names:
            looked.passed += [
                (_place(where, line), _shown(line, sheet), str(_NO_NAMES)) for line in (*sheet.above, *sheet.lines)
            ]
            continue
        above = [(_place(where, line), " · ".join(line.filled)[:80], str(_TITLE)) for line in sheet.above]
        looked.passed += above
        looked.columns_left_out += _left_out(sheet, where, sees_answers=sees_answers)
        reader = Reader(sheet, at, not_said, days, sees_answers=sees_answers, questions=questions)
        for line in sheet.above:
            reader.not_said = replace(not_said, days=reader.days_said(line) or reader.not_said.days)
        for line in sheet.lines:
            if said := reader.days_said(line):
                reader.not_said = replace(not_said, days=said)
                looked.passed.append((_place(where, line), _shown(line, sheet), str(_A_DAY)))
            elif reason := _no_person(line, sheet):
                looked.passed.append((_place(where, line), _shown(line, sheet), reason))
            else:
                looked.people.append(_judged(reader.row(line), where, known, listed, gone))
    return looked


def _place(where: str, line: Line) -> str:
    return comma().join(filter(None, [where, _("row %(number)s") % {"number": digits(line.number)}]))


def _shown(line: Line, sheet: Sheet) -> str:
    hidden = {Asked.IGNORED} if sheet.has_names else set()
    pairs = zip(line.cells, sheet.columns, strict=True)
    cells = [cell for cell, asked in pairs if cell and asked not in hidden and not is_private(asked)]
    return " · ".join(cells)[:80]


def _no_person(line: Line, sheet: Sheet) -> str:
    """Why a row is passed over, or ""."""
    if sheet.heading_row is not None and line.cells == sheet.headings:
        return _("The headings once more.")
    filled = [(cell, asked) for cell, asked in zip(line.cells, sheet.columns, strict=True) if cell]
    if all(asked == Asked.NUMBER for _cell, asked in filled):
        return _("Only a number stands in it.")
    if (
        len(filled) == 1
        and len(sheet.columns) > 2
        and filled[0][1] not in (Asked.NAME, Asked.NAME_KM, Asked.NAME_LATIN)
    ):
        return _("Only one cell is filled in: a heading, or a note.")
    if len(filled) <= 3 and any(_TOTAL.match(cell) for cell, _asked in filled):
        return _("A total of the rows above.")
    names = [cell for cell, asked in filled if asked in (Asked.NAME, Asked.NAME_KM, Asked.NAME_LATIN)]
    if len(filled) > 2 and names and all(asked_by(cell, is_doubtful=True) for cell, _asked in filled):
        return _("The headings once more.")
    return ""


def _left_out(sheet: Sheet, where: str, *, sees_answers: bool) -> list[tuple[str, str]]:
    found = []
    for at, asked in enumerate(sheet.columns):
        is_empty = not any(line.cells[at] for line in sheet.lines)
        heading = sheet.headings[at] or _("column %(number)s") % {"number": digits(at + 1)}
        heading = comma().join(filter(None, [where, heading]))
        if asked == Asked.IGNORED and not is_empty:
            found.append((heading, _("The form does not ask this, or it is not known what it is.")))
        elif is_private(asked) and not sees_answers:
            found.append((heading, _("Only officers who may see such answers can bring them in.")))
    return found


def _judged(row: Row, where: str, known: Known, listed: Known, gone: Known) -> Looked:
    """`where` is the sheet, `gone` who has cancelled: they are not signed up anew without a word."""
    person = cast(Mapping[str, str], row.person)
    here, twice = known.alike(person), listed.alike(person)
    if row.names:
        number = _("row %(number)s") % {"number": digits(row.number)}
        listed.add(comma().join(filter(None, [where, number])), person)
    cancelled = [
        f"{one.who}{_(':')} {Status.CANCELLED.label}" for one in gone.alike(person) if one.is_same and not here
    ]
    reasons = (*row.problems, *row.doubts, *cancelled, *(_said(one) for one in here), *(_said(one) for one in twice))
    if row.problems:
        found = Found.UNREAD
    elif here:
        found = Found.HERE
    elif any(one.is_same for one in twice):
        found = Found.TWICE
    elif twice or row.doubts or cancelled:
        found = Found.DOUBT
    else:
        found = Found.NEW
    return Looked(row, found, reasons)


def _said(alike: Alike) -> str:
    return f"{alike.who}{_(':')} {comma().join(str(one) for one in alike.reasons)}"
