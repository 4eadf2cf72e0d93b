"""What staff answer on the page of the import: which column is what, where a day begins, and the questions. Pure."""

import datetime
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from agenda.importing.reading.carried import to_json
from agenda.importing.reading.document import Document, Table
from agenda.importing.recognising.account import Answers, ColumnRole, Question

_ROLES = {role.value for role in ColumnRole}
QUESTION, COLUMN, DAY = "question-", "column-", "day-"
MOST_LETTERS = 200
_COLUMN = re.compile(r"column-[0-9]{1,4}-[0-9]{1,2}")
_DAY = re.compile(r"day-[0-9]{1,4}-[0-9]{1,7}")


@dataclass(frozen=True)
class Answered:
    """What the page was drawn with. It comes back with each press, so that an answer cannot change unseen."""

    document: str = ""
    answers: Answers | None = None  # None: nothing was drawn yet

    @classmethod
    def of(cls, document: Document, answers: Answers) -> "Answered":
        return cls(hashlib.sha256(to_json(document).encode()).hexdigest()[:16], answers)

    @classmethod
    def from_json(cls, text: str) -> "Answered":
        try:
            given = json.loads(text)
            answers = {str(key): str(value) for key, value in given["answers"].items()}
            return cls(str(given["document"]), answers)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls()

    def to_json(self) -> str:
        return json.dumps({"document": self.document, "answers": self.answers or {}}, ensure_ascii=False)


def answers_in(post: Mapping[str, str], days: Collection[datetime.date]) -> Answers:
    """The fields of the page that are answered, with what can be an answer."""
    dates = {day.isoformat() for day in days}
    found = {}
    for name, value in post.items():
        if name.startswith(QUESTION) and value and len(name) + len(value) <= MOST_LETTERS:
            found[name.removeprefix(QUESTION)] = value
        elif (_COLUMN.fullmatch(name) and value in _ROLES) or (_DAY.fullmatch(name) and value in dates):
            found[name] = value
    return found


def still_true(answers: Answers, before: Answered, now: Answered, questions: Iterable[Question]) -> Answers:
    """After the source was changed, what was said of single rows is open again: they may be other rows now."""
    if not before.document or before.document == now.document:
        return answers
    of_rows = {question.key for question in questions if question.spot}
    return {name: value for name, value in answers.items() if not name.startswith(DAY) and name not in of_rows}


def column_name(block: int, column: int) -> str:
    return f"{COLUMN}{block}-{column}"


def shapes(document: Document) -> dict[int, str]:
    """Block of a table -> its shape: how wide it is, and the words of its first full row without a digit."""
    found = {}
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            width = max((cell.column + cell.columns for row in block.rows for cell in row.cells), default=0)
            said = f"{width} {_headings(block)}"
            found[at] = hashlib.sha256(said.encode()).hexdigest()[:32]
    return found


def _headings(table: Table) -> str:
    for row in table.rows:
        if len(row.cells) > 1 and not any(letter.isdigit() for letter in row.text):
            return "|".join(f"{cell.column}:{' '.join(cell.text.casefold().split())}" for cell in row.cells)
    return ""


def shape_of_all(document: Document) -> str:
    """Of the whole document: the shapes of its tables, however many there are of each."""
    return hashlib.sha256("".join(sorted(set(shapes(document).values()))).encode()).hexdigest()[:32]
