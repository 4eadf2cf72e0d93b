"""Excel workbooks (.xlsx): every sheet that is shown, as it is shown.

Read from the XML itself: openpyxl either has no merged cells and hidden rows, or makes an object of every cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.flow import BOLD, ITALIC, Line
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.number_formats import code_of, shown
from agenda.importing.reading.package import Package, attribute, child, children, local
from agenda.importing.reading.sheets import Sheet, letters
from conference.files import limits

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_CODED = re.compile(r"_x(00[0-9A-F]{2})_")
_IN_HEADER = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]+|[A-Za-z])')
_ASIDE = re.compile(r"xl/(comments|threadedComments/threadedComment|drawings/drawing)\d*\.xml")


def read_excel(content: bytes, found: Gathering) -> None:
    with Package(content) as package:
        _read(package, found)


def _read(package: Package, found: Gathering) -> None:
    name = package.related("")["officeDocument"]
    related = package.related(name)
    root = package.xml(name)
    cells = _Cells(package, related, root)
    for entry in children(root, "sheets"):
        path, title = related.get(attribute(entry, "id") or "", ""), entry.get("name", "")
        where = _("Sheet “%(name)s”") % {"name": title}
        if path not in package.names:
            found.leave_out(where, "", _("There is nothing in the file for it."))
            continue
        sheet = package.xml(path)
        if entry.get("state", "visible") != "visible":
            if any(True for _cell in _filled(sheet)):
                found.leave_out(where, cells.beginning(sheet), _("The sheet is hidden: it is not read."))
        elif local(sheet) != "worksheet":
            found.leave_out(where, "", _("It holds no table but a chart: it is not read."))
        else:
            _read_sheet(sheet, title, cells, found)
    _aside(package, found)


def _filled(sheet: Any) -> Iterator[Any]:
    return (cell for row in children(sheet, "sheetData") for cell in row if len(cell))


def _aside(package: Package, found: Gathering) -> None:
    for name in sorted(package.names):
        if kind := _ASIDE.fullmatch(name):
            where = _("text box") if "drawing" in kind[1] else _("comment")
            for entry in package.xml(name).iter():
                if local(entry) in ("comment", "threadedComment", "txBody"):
                    text = " ".join(part.text or "" for part in entry.iter() if local(part) in ("t", "text"))
                    if text.strip():
                        found.leave_out(where, text, _("It stands outside the cells: it is not read."))


class _Cells:
    """What a cell says: by its kind, its format and the texts that all sheets share."""

    def __init__(self, package: Package, related: dict[str, str], workbook: Any) -> None:
        strings, styles = related.get("sharedStrings"), related.get("styles")
        self._strings = list(package.xml(strings)) if strings in package.names else []
        self._texts: dict[int, tuple[str, str]] = {}
        settings, calculation = child(workbook, "workbookPr"), child(workbook, "calcPr")
        self._shift = 1462 if settings is not None and settings.get("date1904") in ("1", "true") else 0
        # Programs that cannot calculate write 0 for every formula, and ask Excel to work it out at once.
        self._is_uncalculated = calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")
        self._codes: list[str] = []
        self._struck: list[bool] = []
        if styles in package.names:
            self._read_styles(package.xml(styles))

    def _read_styles(self, root: Any) -> None:
        own = {_int(one.get("numFmtId")): one.get("formatCode", "") for one in children(root, "numFmts")}
        fonts = [_is_on(child(font, "strike")) for font in children(root, "fonts")]
        for look in children(root, "cellXfs"):
            font = _int(look.get("fontId"))
            self._codes.append(code_of(_int(look.get("numFmtId")), own))
            self._struck.append(font < len(fonts) and fonts[font])

    def text(self, cell: Any) -> tuple[str, str, str]:
        """(what it shows, what is not taken, the reason)"""
        kind, value, formula = cell.get("t", "n"), "", None
        inline = None
        for part in cell:
            name = local(part)
            if name == "v":
                value = part.text or ""
            elif name == "f":
                formula = part.text or "…"
            elif name == "is":
                inline = part
        text, left, reason = "", "", _("It is struck out.")
        if formula is not None and (not value or (self._is_uncalculated and value == "0")):
            return (
                "",
                f"={formula}",
                _("The file has no value for this formula. Open it in Excel, save it, send it again."),
            )
        if kind == "s" and value:
            text, left = self._shared(int(value))
        elif kind == "inlineStr" and inline is not None:
            text, left = _rich(inline)
        elif kind == "e":
            return "", value, _("The formula gives an error.")
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        elif kind == "n" and value:
            text = self._number(float(value), _int(cell.get("s")))
        else:
            text = value.replace("T00:00:00", "") if kind == "d" else value
        style = _int(cell.get("s"))
        if style < len(self._struck) and self._struck[style]:
            return "", f"{text}{left}", reason
        return text, left, reason

    def beginning(self, sheet: Any) -> str:
        texts = []
        for cell, _place in zip(_filled(sheet), range(10), strict=False):
            texts.append(self.text(cell)[0])
        return " ".join(texts)

    def _number(self, number: float, style: int) -> str:
        code = self._codes[style] if style < len(self._codes) else "General"
        return shown(number + self._shift if self._shift and number >= 1 else number, code)

    def _shared(self, place: int) -> tuple[str, str]:
        if place not in self._texts:
            self._texts[place] = _rich(self._strings[place])
        return self._texts[place]


@dataclass
class _Range:
    column: int
    row: int
    columns: int
    rows: int


def _read_sheet(root: Any, title: str, cells: _Cells, found: Gathering) -> None:
    sheet = Sheet(title, found, _hidden_columns(root))
    merged = {(one.row, one.column): one for one in _ranges(children(root, "mergeCells"))}
    sheet.put(_rows(root, merged, cells, sheet))
    for part in children(root, "headerFooter"):
        text = _IN_HEADER.sub(" ", part.text or "")
        if any(letter.isalpha() for letter in text):
            sheet.leave_out(_("header"), text, _("It stands outside the cells: it is not read."))


def _hidden_columns(root: Any) -> set[int]:
    hidden: set[int] = set()
    for column in children(root, "cols"):
        if column.get("hidden") in ("1", "true"):
            first, last = _int(column.get("min")) - 1, _int(column.get("max"))
            hidden.update(range(max(first, 0), min(last, limits.COLUMNS)))
    return hidden


def _rows(
    root: Any, merged: dict[tuple[int, int], _Range], cells: _Cells, sheet: Sheet
) -> Iterator[tuple[int, list[Cell], bool]]:
    settings = child(root, "sheetFormatPr")
    are_hidden = settings is not None and settings.get("zeroHeight") in ("1", "true")
    number = 0
    for row in children(root, "sheetData"):
        number = _int(row.get("r")) or number + 1
        said = row.get("hidden")
        is_hidden = said in ("1", "true") or (are_hidden and said is None)
        yield number, list(_row(row, number, merged, cells, sheet)), is_hidden


def _row(row: Any, number: int, merged: dict[tuple[int, int], _Range], cells: _Cells, sheet: Sheet) -> Iterator[Cell]:
    column = -1
    for cell in row:
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        if not len(cell):
            continue
        text, left, reason = cells.text(cell)
        if left.strip():
            sheet.leave_out(f"{letters(column)}{number}", left, reason)
        if text:
            over = merged.get((number, column))
            yield Cell(text, column, over.columns, over.rows) if over else Cell(text, column)


def _rich(text: Any) -> tuple[str, str]:
    """(the words, those that are struck out)"""
    line = Line()
    struck: list[str] = []
    for part in text:
        name = local(part)
        if name == "t":
            line.pieces.append((part.text or "", 0))
        elif name == "r":
            look, words = child(part, "rPr"), child(part, "t")
            said = (words.text or "") if words is not None else ""
            if _is_on(child(look, "strike")):
                struck.append(said)
            else:
                bold, italic = _is_on(child(look, "b")), _is_on(child(look, "i"))
                line.pieces.append((said, (BOLD if bold else 0) | (ITALIC if italic else 0)))
    # Excel writes signs that XML does not have by their number: "_x000D_" is the end of a line.
    return _CODED.sub(lambda sign: chr(int(sign[1], 16)), line.text), "".join(struck)


def _ranges(entries: list[Any]) -> Iterator[_Range]:
    for entry in entries:
        corners = [_REFERENCE.fullmatch(corner) for corner in entry.get("ref", "").split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            left, top = _column(corners[0][1]), int(corners[0][2])
            right, bottom = _column(corners[1][1]), int(corners[1][2])
            if right >= left and bottom >= top:
                yield _Range(left, top, min(right - left + 1, limits.COLUMNS + 1), bottom - top + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _is_on(setting: Any) -> bool:
    return setting is not None and attribute(setting, "val") not in ("0", "false", "off")


def _int(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 9 else 0
