"""A document as a text, which the page carries from one press of a button to the next, and back."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Block, Cell, Document, LeftOut, Paragraph, Row, Table
from agenda.importing.reading.rows import Unreadable, tidy
from conference.files import limits

_MOST = 10**6  # of the number of a row, as a spreadsheet has them


def to_json(document: Document) -> str:
    """Raises Unreadable where it is longer than what a page may send back."""
    left_out = [[one.where, one.text, one.reason] for one in document.left_out]
    content = {"blocks": [_block(block) for block in document.blocks], "left_out": left_out}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > limits.TEXT:
        raise Unreadable(_("This is too long to be read at once. Paste one day at a time."))
    return text


def from_json(text: str) -> Document:
    """Raises Unreadable for what `to_json` would not have written: the text has been in other hands."""
    if len(text) > limits.TEXT:
        raise Unreadable(_("This is too long to be read at once. Paste one day at a time."))
    try:
        content = json.loads(text)
        blocks = tuple(map(_block_of, content["blocks"]))
        left_out = tuple(LeftOut(*map(_text, one)) for one in content["left_out"])
        rows = sum(len(block.rows) if isinstance(block, Table) else 1 for block in blocks)
        cells = sum(len(row.cells) for row in _rows(blocks))
        if rows > limits.ROWS or cells > limits.CELLS or len(left_out) > limits.ROWS:
            raise ValueError("beyond the limits")
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Unreadable(_("What was read of the file did not come back whole. Send the file again.")) from error
    return Document(blocks, left_out)


def _block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, block.number, block.part, block.file, block.level, int(block.bullet)]
    rows = [
        [row.number, [[cell.text, cell.column, cell.columns, cell.rows] for cell in row.cells]] for row in block.rows
    ]
    return [rows, block.part, block.file]


def _block_of(given: list[Any]) -> Block:
    if isinstance(given[0], str):
        text, number, part, file, level, bullet = given
        return Paragraph(
            _text(text), _number(number), _text(part), _text(file), level=_number(level, most=9), bullet=bool(bullet)
        )
    rows, part, file = given
    return Table(
        tuple(Row(_number(number), tuple(map(_cell, cells))) for number, cells in rows), _text(part), _text(file)
    )


def _cell(given: list[Any]) -> Cell:
    text, column, columns, rows = given
    return Cell(
        _text(text),
        _number(column, most=limits.COLUMNS - 1),
        _number(columns, most=limits.COLUMNS),
        _number(rows, most=limits.ROWS),
    )


def _rows(blocks: tuple[Block, ...]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Table):
            yield from block.rows


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError("no text")
    given.encode()  # half a sign, which no database takes, is a ValueError
    return tidy(given)


def _number(given: object, most: int = _MOST) -> int:
    if type(given) is not int or not 0 <= given <= most:
        raise ValueError("no number that a document has")
    return given
