"""Columns of a list that answer a question of the edition's own: found by its words, read as the form would read them.

Such a column has a code beside those of `asked.Asked`. That of a sensitive question says so: whoever may not see its
answers reads nothing of it.
"""

import re
from collections.abc import Iterable, Sequence

from conference.language.khmer import match_key
from registration.bringing_in.asked import SENSITIVE, Asked
from registration.bringing_in.sheets import Sheet
from registration.bringing_in.spellings import key, scripts
from registration.choices import QuestionKind
from registration.forms.extra import LONGEST
from registration.models import ExtraQuestion

_PRIVATE = "private_"
_BETWEEN = re.compile(r"[,;\n|]|\s/\s|\s\+\s")


def code_of(question: ExtraQuestion) -> str:
    return f"{_PRIVATE}{question.code}" if question.is_sensitive else question.code


def is_private(column: str) -> bool:
    """Its answers are seen by the officers for them alone."""
    return column in SENSITIVE or column.startswith(_PRIVATE)


def find(sheets: Iterable[Sheet], questions: Sequence[ExtraQuestion]) -> None:
    """The heading is the question, in either language: that tells more than what a heading usually says."""
    codes = {
        match_key(label): code_of(one)
        for one in questions
        for label in (one.label.en, one.label.km)
        if match_key(label)
    }
    for sheet in sheets:
        for at, heading in enumerate(sheet.headings):
            said = [codes[spelt] for part in scripts(heading) if (spelt := match_key(part)) in codes]
            if said and said[0] not in sheet.columns:
                sheet.columns[at] = said[0]


def offered(questions: Sequence[ExtraQuestion]) -> list[tuple[str, str]]:
    """For staff who say themselves which question a column answers."""
    known = [(asked.value, str(asked.label)) for asked in Asked]
    return known + [(code_of(one), str(one)) for one in questions]


def answer_in(question: ExtraQuestion, cell: str) -> tuple[list[str], str]:
    """What the cell answers, and the words in it that are none of the options."""
    if question.kind == QuestionKind.TEXT:
        text = " ".join(cell.split())
        return ([text], "") if len(text) <= LONGEST else ([], text)
    options = {
        key(label): option["code"] for option in question.options if not option["is_gone"]
        for label in (option["en"], option["km"]) if label
    }  # fmt: skip
    if whole := _option(options, cell):
        return [whole], ""
    parts = [part.strip() for part in _BETWEEN.split(cell) if part.strip()]
    if question.kind == QuestionKind.CHOICE:
        return [], cell
    known = [(part, _option(options, part)) for part in parts]
    return [code for _part, code in known if code], ", ".join(part for part, code in known if not code)


def _option(options: dict[str, str], words: str) -> str:
    return next((options[spelt] for part in scripts(words) if (spelt := key(part)) in options), "")
