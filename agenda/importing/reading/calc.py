"""Spreadsheets of LibreOffice (.ods): every sheet that is shown, as it is shown."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.flow import Line, Note, Place
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.number_formats import clock_shown, day_shown
from agenda.importing.reading.opendocument import Look, Styles, TextReader, count, plain, rows_of
from agenda.importing.reading.package import Package, attribute, child, local
from agenda.importing.reading.sheets import Sheet, letters
from conference.files import limits

_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_HIDDEN = ("collapse", "filter")


def read_calc(content: bytes, found: Gathering) -> None:
    with Package(content) as package:
        root = package.xml("content.xml")
        styles = Styles(package, root)
        for table in child(child(root, "body"), "spreadsheet"):
            if local(table) == "table":
                _read_sheet(table, styles, found)


def _read_sheet(table: Any, styles: Styles, found: Gathering) -> None:
    sheet = Sheet(attribute(table, "name") or "", found, set(_hidden_columns(table)))
    if not styles.is_shown(attribute(table, "style-name")):
        text = plain(table)
        if text:
            sheet.leave_out("", text, _("The sheet is hidden: it is not read."))
        return
    reader = TextReader(styles, found)
    sheet.put(_rows(table, reader, styles, sheet))
    for drawing in table:
        if local(drawing) == "shapes" and plain(drawing):
            sheet.leave_out("", plain(drawing), _("It stands outside the cells: it is not read."))


def _hidden_columns(table: Any) -> Iterator[int]:
    at = 0
    for column in table.iter("{*}table-column"):
        wide = count(column, "number-columns-repeated")
        if attribute(column, "visibility") in _HIDDEN:
            yield from range(at, min(at + wide, limits.COLUMNS))
        at += wide


def _rows(table: Any, reader: TextReader, styles: Styles, sheet: Sheet) -> Iterator[tuple[int, list[Cell], bool]]:
    number = 1
    for row in rows_of(table):
        times = count(row, "number-rows-repeated")
        cells = list(_row(row, number, reader, styles, sheet))
        if cells:
            is_hidden = attribute(row, "visibility") in _HIDDEN
            for repeated in range(min(times, limits.ROWS + 1)):
                yield number + repeated, cells, is_hidden
        number += times


def _row(row: Any, number: int, reader: TextReader, styles: Styles, sheet: Sheet) -> Iterator[Cell]:
    column = 0
    for cell in row:
        name = local(cell)
        if name not in ("table-cell", "covered-table-cell"):
            continue
        times = count(cell, "number-columns-repeated")
        if name == "table-cell" and (len(cell) or attribute(cell, "value-type") or attribute(cell, "formula")):
            text = _text(cell, f"{letters(column)}{number}", reader, styles, sheet)
            if text:
                wide, high = count(cell, "number-columns-spanned"), count(cell, "number-rows-spanned")
                for repeated in range(min(times, limits.COLUMNS + 1)):
                    yield Cell(text, column + repeated, wide, high)
        column += times


def _text(cell: Any, place: str, reader: TextReader, styles: Styles, sheet: Sheet) -> str:
    kind, inside = attribute(cell, "value-type"), Place()
    look = styles.look("table-cell", attribute(cell, "style-name"), Look())
    for part in cell:
        if local(part) == "p":
            reader.paragraph(part, inside, look)
        elif local(part) == "annotation":
            sheet.leave_out(place, plain(part), _("It is a comment: it is not read."))
    for note in inside.flow:
        if isinstance(note, Note):
            sheet.leave_out(place, note.text, note.reason)
    text = "\n".join(line.text for line in inside.flow if isinstance(line, Line))
    formula = attribute(cell, "formula")
    if formula and _is_error(cell, text):
        sheet.leave_out(place, text or formula, _("The formula gives an error."))
        return ""
    if formula and not text and not kind:
        said = _("The file has no value for this formula. Open it in Excel, save it, send it again.")
        sheet.leave_out(place, formula, said)
    if kind == "time":
        return _time(attribute(cell, "time-value") or "") or text
    if kind == "date":
        value = attribute(cell, "date-value") or ""
        return _date(value, text or value) or text
    return text or attribute(cell, "string-value") or attribute(cell, "value") or ""


def _is_error(cell: Any, text: str) -> bool:
    kinds = {value for key, value in cell.attrib.items() if key.endswith("}value-type")}
    return "error" in kinds or bool(re.fullmatch(r"Err:\d+|#[A-Z/0!?]+", text))


def _time(said: str) -> str:
    found = _DURATION.fullmatch(said)
    return clock_shown(int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])) if found else ""


def _date(said: str, text: str) -> str:
    """The date behind a cell that shows one, with its year where the cell shows it; the time where it shows that."""
    try:
        moment = datetime.datetime.fromisoformat(said[:19])
    except ValueError:
        return ""
    if moment.year < 1901:
        return ""
    # A cell that shows the weekday alone means the date behind it.
    is_whole = f"{moment:%y}" in text or not re.search(r"\d", text)
    date = day_shown(moment.date(), with_day=True, with_year=is_whole)
    return f"{date} {moment:%H:%M}" if moment.time() != datetime.time() and ":" in text else date
