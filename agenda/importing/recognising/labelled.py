"""Sessions as blocks of lines, each with its label: "Time: 9:00", "Title: ...", "Speaker: ...". Pure."""

import re
from collections.abc import Iterator

from agenda.importing.reading.document import Paragraph, Spot, Table
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role, heading_roles
from agenda.importing.recognising.grid import Grid, Slot
from agenda.importing.recognising.layouts import TIMES, TITLES, Reading

_LABELLED = re.compile(r"(?P<label>[^:៖\d]{2,40}?)(?P<number>\s?\d{1,2})?\s?[:៖]\s*(?P<value>\S.*)", re.DOTALL)
_Lines = list[tuple[int, Paragraph]]
_Group = dict[str, tuple[Spot, str]]  # label -> where it stands, what stands behind it


def labelled(lines: _Lines) -> tuple[Reading, list[Spot]] | None:
    """A session in each block, as a row of a table; and the further lines of the blocks. None where there are none."""
    groups = [group for group in _groups(lines) if _is_session(group)]
    if len(groups) < 2:
        return None
    labels = list(dict.fromkeys(label for group in groups for label in group))
    begins = {next(iter(group.values()))[0]: group for group in groups}
    further = [spot for group in groups for spot, _value in list(group.values())[1:]]
    rows: list[dict[int, Slot]] = []
    spots: list[Spot] = []
    for block, paragraph in lines:
        spot, at = Spot(block, paragraph.number), len(rows)
        if spot in begins:
            values = [(labels.index(label), *value) for label, value in begins[spot].items()]
        elif spot in further:
            continue
        else:
            values = [(0, spot, paragraph.text)] if paragraph.text else []
        rows.append({column: Slot(text, at, column, at, column, where) for column, where, text in values})
        spots.append(spot)
    roles = tuple(role or ColumnRole.OTHER for role in heading_roles(labels))
    return Reading(Grid(rows, spots), range(len(rows)), range(0), roles, tuple(labels)), further


def lines_of_facts(table: Table) -> list[Paragraph]:
    """The rows of a table that says one thing of a session in each: "Title" beside "Opening", "Time" beside "9:00"."""
    lines = []
    for row in table.rows:
        label, *values = [cell.text for cell in row.cells if cell.text] or [""]
        if len(values) > 1 or not column_role(label):
            return []
        lines.append(Paragraph(f"{label}: {values[0] if values else ''}", row.number, table.part, table.file))
    groups = [group for group in _groups([(0, line) for line in lines]) if group]
    return lines if groups and all(map(_is_session, groups)) else []


def _groups(lines: _Lines) -> Iterator[_Group]:
    """A block ends at a line without a label that is known, where one comes again, and below facts.

    A date below an empty line is that of the blocks below it.
    """
    group: _Group = {}
    above = 0
    for block, paragraph in lines:
        has_gap = paragraph.number > above + 1
        if has_gap and not any(column_role(label) in TIMES for label in group):
            yield group
            group = {}
        above = paragraph.number
        found = _LABELLED.fullmatch(paragraph.text)
        label = found["label"].strip("*_ ") if found else ""
        role = column_role(label)
        if not found or not role or label in group or (has_gap and role == ColumnRole.DATE):
            yield group
            group = {}
        if found and role:
            value = paragraph.text if found["number"] else found["value"]  # "Session 1: Opening"
            group[label] = Spot(block, paragraph.number), value.strip("*_ ")
    yield group


def _is_session(group: _Group) -> bool:
    roles = {column_role(label) for label in group}
    return bool(roles & {ColumnRole.TIME, ColumnRole.START}) and bool(roles & TITLES)
