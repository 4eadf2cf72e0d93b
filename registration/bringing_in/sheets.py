"""The tables of a document as lists of people: which row has the headings, and what stands in each column."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from agenda.importing.reading.document import Document, Paragraph, Table
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, ascii_digits
from registration.bringing_in.asked import NAMES, SEVERAL, Asked
from registration.bringing_in.headings import asked_by
from registration.bringing_in.spellings import is_nothing, one_of, province_of
from registration.bringing_in.telephones import telephones
from registration.choices import Gender, Part, Sector

FIRST_ROWS = 20  # in which the headings stand
MOST = 0.6  # of the cells of a column, to say what it is
NEARLY_ALL = 0.8
FEWEST_DIGITS = 6  # of a telephone
FEW = 0.3  # of them: less contradicts the heading
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOMENT = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]\d{4}")
OF_AN_ORGANISATION = re.compile(
    r"\b(ministry|university|institute|association|organi[sz]ation|ngo|company|department|foundation|network|school|"
    r"college|group|co\.|ltd|centre|center|commission|council|authority|bank|media|news)\b|"
    "ក្រសួង|អង្គការ|សាកលវិទ្យាល័យ|សមាគម|វិទ្យាស្ថាន|ក្រុមហ៊ុន|មន្ទីរ|នាយកដ្ឋាន|សហគមន៍|មូលនិធិ|បណ្តាញ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    number: int  # of the row, as the person counts who looks at the list
    cells: tuple[str, ...]  # as many as there are columns

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


@dataclass
class Sheet:
    """A table with people in it."""

    part: str  # the name of the sheet, or ""
    headings: tuple[str, ...]  # "" over a column without one
    heading_row: int | None
    above: list[Line]  # title rows over the headings
    lines: list[Line]
    columns: list[str] = field(default_factory=list)  # each an Asked, or a question of our own (own_questions)

    def column(self, asked: str) -> list[int]:
        return [at for at, one in enumerate(self.columns) if one == asked]

    @property
    def has_names(self) -> bool:
        return bool(NAMES & set(self.columns))


def sheets_of(document: Document) -> list[Sheet]:
    """Every table, with or without people in it. Without any: the lines that are people, as they stand in a chat."""
    tables = [_sheet(block) for block in document.blocks if isinstance(block, Table) and block.rows]
    if tables or not (people := _people_line_by_line(document)):
        return tables
    width = max(len(cells) for cells in people.values())
    lines = [Line(number, (*cells, *[""] * (width - len(cells)))) for number, cells in people.items()]
    return [Sheet("", ("",) * width, None, [], lines, [*columns_of(("",) * width, lines)])]


def lines_outside(document: Document) -> list[Paragraph]:
    """Lines that are no people."""
    has_tables = any(isinstance(block, Table) and block.rows for block in document.blocks)
    people = {} if has_tables else _people_line_by_line(document)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [one for one in paragraphs if one.text.strip() and one.number not in people]


def _people_line_by_line(document: Document) -> dict[int, tuple[str, ...]]:
    """“1. Sample Name - Sample NGO - 012 345 678”: the number of each such line, and its parts."""
    found = {}
    for one in document.blocks:
        if isinstance(one, Paragraph):
            said = re.sub(r"^\s*\d{1,3}\s?[.)-]\s+", "", ascii_digits(one.text))
            parts = tuple(part for part in re.split(r"\s+[-–—|]\s+|\s*[;,|]\s*", said) if part)
            if len(parts) > 1 and any(EMAIL.fullmatch(part) or telephones(part) for part in parts):
                found[one.number] = parts
    return found


def _sheet(table: Table) -> Sheet:
    width = max(cell.column + 1 for row in table.rows for cell in row.cells) if table.rows else 0
    lines = []
    for row in table.rows:
        cells = [""] * width
        for cell in row.cells:
            cells[cell.column] = "" if cell.text.strip() in ("anonymous", "Anonymous") else cell.text.strip()
        if any(cells):
            lines.append(Line(row.number, tuple(cells)))
    at = _heading_row(lines)
    headings = tuple(one.replace("\n", " ") for one in lines[at].cells) if at is not None else ("",) * width
    sheet = Sheet(
        table.part,
        headings,
        lines[at].number if at is not None else None,
        lines[:at] if at is not None else [],
        lines[at + 1 :] if at is not None else lines,
    )
    sheet.columns = [*columns_of(headings, sheet.lines)]
    return sheet


def _heading_row(lines: Sequence[Line]) -> int | None:
    """The row of which most cells are headings that we know; two of them at least, or the only filled one."""
    best: tuple[int, int] | None = None
    for at, line in enumerate(lines[:FIRST_ROWS]):
        filled = line.filled
        if any(EMAIL.fullmatch(cell) or telephones(cell) for cell in filled):
            continue  # a person
        known = Counter(asked_by(cell, is_doubtful=True) for cell in filled if len(cell) < 300)
        number = sum(1 for asked in known if asked is not None)
        is_alone = len(filled) == 1 and len(line.cells) == 1 and number == 1
        if (number >= 2 or is_alone) and (best is None or number > best[0]):
            best = (number, at)
    return best[1] if best else None


def columns_of(headings: Sequence[str], lines: Sequence[Line]) -> list[Asked]:
    """By the heading, where the cells do not contradict it; else by the cells alone."""
    cells = [[line.cells[at] for line in lines if not is_nothing(line.cells[at])] for at in range(len(headings))]
    columns: list[Asked] = []
    for heading, of_column in zip(headings, cells, strict=True):
        asked = asked_by(heading) if heading else None
        if asked in _UNDER_HEADING and _share(of_column, _UNDER_HEADING[asked]) < FEW and of_column:
            asked = None
        if asked is Asked.IGNORED:
            columns.append(asked)
            continue
        columns.append(asked or _by_cells(of_column, has_heading=bool(heading)))
    if not NAMES & set(columns):
        _find_the_name(columns, cells, headings)
    for asked in set(columns) - SEVERAL:  # of two that say the same the one with more in it
        same = [at for at, one in enumerate(columns) if one == asked]
        best = max(same, key=lambda at: len(cells[at]))
        for at in same:
            columns[at] = asked if at == best else Asked.IGNORED
    return columns


def _share(cells: Sequence[str], is_so: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if is_so(cell)) / len(cells) if cells else 0.0


def _is_name(cell: str) -> bool:
    words = cell.split()
    letters = KHMER_LETTER.search(cell) or LATIN_LETTER.search(cell)
    return bool(letters) and len(cell) <= 60 and len(words) <= 6 and not re.search(r"[\d@:?]", ascii_digits(cell))


def _is_whole_name(cell: str) -> bool:
    return _is_name(cell) and len(cell.split()) > 1


def is_position(cell: str) -> bool:
    return bool(
        re.search(r"(?i)\b(director|manager|officer|head|chief|assistant|secretary|president)\b|នាយក|ប្រធាន|មន្ត្រី", cell)
    )


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\d{1,4}[.)]?", ascii_digits(cell)))


_SHAPES: dict[Asked, Callable[[str], object]] = {
    Asked.EMAIL: EMAIL.search,
    Asked.PHONE: telephones,
    Asked.PROVINCE: province_of,
    Asked.NAME: _is_name,
    Asked.NAME_KM: KHMER_LETTER.search,
    Asked.NAME_LATIN: LATIN_LETTER.search,
    Asked.GIVEN_ON: _MOMENT.search,
    Asked.GENDER: lambda cell: one_of(Gender, cell),
}
# Where a heading asks for a telephone, an address may stand beside it.
_UNDER_HEADING = _SHAPES | {Asked.PHONE: lambda cell: len(re.findall(r"\d", ascii_digits(cell))) >= FEWEST_DIGITS}
_TELLING = [Asked.EMAIL, Asked.PHONE, Asked.PROVINCE, Asked.GIVEN_ON, Asked.GENDER]


def _by_cells(cells: Sequence[str], *, has_heading: bool) -> Asked:
    if not cells:
        return Asked.IGNORED
    for asked in _TELLING:
        if _share(cells, _SHAPES[asked]) >= MOST:
            return asked
    if has_heading:
        return Asked.IGNORED  # a question that we do not know: its answers may look like any others
    if _share(cells, _is_number) >= MOST and len(set(cells)) == len(cells):
        return Asked.NUMBER
    for choices, asked in ((Sector, Asked.SECTOR), (Part, Asked.PART)):
        if _share(cells, partial(one_of, choices)) >= MOST:
            return asked
    if _share(cells, OF_AN_ORGANISATION.search) >= FEW:
        return Asked.ORGANISATION
    if _share(cells, is_position) >= FEW:
        return Asked.POSITION
    return Asked.IGNORED


def _find_the_name(columns: list[Asked], cells: Sequence[Sequence[str]], headings: Sequence[str]) -> None:
    """No heading says which column it is: the first in which nearly every cell may be a whole name, and differs."""
    for at, of_column in enumerate(cells):
        if columns[at] != Asked.IGNORED or headings[at] or not of_column:
            continue
        may_be_names = _share(of_column, _is_whole_name) >= NEARLY_ALL and len(set(of_column)) >= NEARLY_ALL * len(
            of_column
        )
        if may_be_names and _share(of_column, OF_AN_ORGANISATION.search) < FEW:
            columns[at] = Asked.NAME
            return
