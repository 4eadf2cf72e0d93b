"""What staff pasted and answered, while they look at it and bring it in: one encrypted text in the row of the list."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Document
from conference.words import digits
from registration.bringing_in.asked import Asked
from registration.bringing_in.sheets import Line, Sheet, lines_outside, sheets_of

MOST_PEOPLE = 2000


@dataclass
class Said:
    """What staff answered for all of whom the list does not say it."""

    days: list[str] = field(default_factory=list)  # ISO dates
    language: str = "km"
    helper_name: str = ""
    helper_phone: str = ""


@dataclass
class Waiting:
    sheets: list[Sheet]
    left_out: list[tuple[str, str, str]] = field(default_factory=list)  # where, its beginning, the reason
    said: Said = field(default_factory=Said)
    todo: list[str] | None = None  # keys of rows that are still to be brought in; None: staff still look
    refused: list[tuple[str, str]] = field(default_factory=list)  # key of a row, the reason

    @classmethod
    def of(cls, document: Document, days: Sequence[datetime.date]) -> "Waiting":
        left = [(one.where, one.text[:80], one.reason) for one in document.left_out]
        for line in lines_outside(document):
            where = " ".join(filter(None, [line.part, _("line %(number)s") % {"number": digits(line.number)}]))
            left.append((where, line.text[:80], _("It stands outside of the table.")))
        said = Said(days=[day.isoformat() for day in days])
        return cls(sheets_of(document), left, said)

    def dumped(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loaded(cls, text: str) -> "Waiting":
        kept: Mapping[str, Any] = json.loads(text)
        return cls(
            sheets=[_sheet(one) for one in kept["sheets"]],
            left_out=[(where, said, why) for where, said, why in kept["left_out"]],
            said=Said(**kept["said"]),
            todo=kept["todo"],
            refused=[(key, reason) for key, reason in kept["refused"]],
        )


def _sheet(kept: Mapping[str, Any]) -> Sheet:
    return Sheet(
        part=kept["part"],
        headings=tuple(kept["headings"]),
        heading_row=kept["heading_row"],
        above=[_line(one) for one in kept["above"]],
        lines=[_line(one) for one in kept["lines"]],
        columns=[Asked(one) if one in Asked.values else one for one in kept["columns"]],
    )


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(kept["number"], tuple(kept["cells"]))
