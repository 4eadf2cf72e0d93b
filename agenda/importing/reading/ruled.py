"""Tables of plain text whose columns are ruled with dashes, as pandoc writes them: cells stand by their position."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_RULE = re.compile(r"\s*[-=]{2,}(?:\s+[-=]{2,})+\s*")  # over or under each column
_LINE = re.compile(r"\s*[-=]{3,}\s*")  # over all columns
_BULLET = re.compile(r"\A[-*+•]\s+")
_BORDER = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")


@dataclass
class Ruled:
    end: int  # the place of the first line behind it
    rows: list[tuple[int, list[str]]]  # (number of its first line, cells)


def is_ruled(lines: Sequence[str]) -> bool:
    return any(_RULE.fullmatch(line) or _BORDER.fullmatch(line) for line in lines)


def ruled_tables(lines: Sequence[str]) -> dict[int, Ruled]:
    """{place of the first line: table}"""
    found: dict[int, Ruled] = {}
    behind = 0
    for place, line in enumerate(lines):
        if place < behind:
            continue
        made = None
        if _RULE.fullmatch(line):
            made = _by_position(lines, place, behind)
        elif _BORDER.fullmatch(line):
            made = _in_boxes(lines, place)
        if made:
            begins, table = made
            found[begins], behind = table, table.end
    return found


def _by_position(lines: Sequence[str], rule: int, behind: int) -> tuple[int, Ruled] | None:
    begins = rule
    while begins > behind and lines[begins - 1].strip() and not _is_rule(lines[begins - 1]):
        begins -= 1
    has_heading = begins < rule
    is_wrapped = begins > behind and bool(_LINE.fullmatch(lines[begins - 1]))  # under the line that opens it
    opens = begins - is_wrapped
    end = rule + 1
    while end < len(lines) and not _is_rule(lines[end]):
        if not lines[end].strip() and has_heading and not is_wrapped:
            break
        end += 1
    body = lines[rule + 1 : end]
    is_closed = end < len(lines) and bool(lines[end].strip())
    if not is_closed and (not has_heading or is_wrapped):  # only its closing line would say where it ends
        return None
    columns = [sign.start() for sign in re.finditer(r"[-=]+", lines[rule])]
    rows = [(begins + 1, _joined([_cells(line, columns) for line in lines[begins:rule]]))] if has_heading else []
    is_wrapped = is_wrapped or any(not line.strip() for line in body)
    group: list[list[str]] = []
    for number, line in enumerate([*body, ""], start=rule + 2):
        if line.strip():
            group.append(_cells(line, columns))
        if group and (not is_wrapped or not line.strip()):
            rows.append((number - len(group) + (not is_wrapped), _joined(group)))
            group = []
    return opens, Ruled(end + is_closed, rows)


def _is_rule(line: str) -> bool:
    return bool(_LINE.fullmatch(line) or _RULE.fullmatch(line))


def _in_boxes(lines: Sequence[str], begins: int) -> tuple[int, Ruled] | None:
    """Between two borders stands one row, on as many lines as it needs; or many, if only the heading is parted off."""
    end = begins
    while end < len(lines) and (_BORDER.fullmatch(lines[end]) or lines[end].lstrip().startswith("|")):
        end += 1
    borders = [place for place in range(begins, end) if _BORDER.fullmatch(lines[place])]
    rows: list[tuple[int, list[str]]] = []
    for first, last in pairwise(borders):
        cells = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in lines[first + 1 : last]]
        groups: list[list[list[str]]] = []
        for at, line in enumerate(cells):
            if at and (len(borders) > 3 or not line[0].strip()):
                groups[-1].append(line)
            else:
                groups.append([line])
        number = first + 2
        for group in groups:
            rows.append((number, _joined(group)))
            number += len(group)
    return (begins, Ruled(end, rows)) if rows else None


def _cells(line: str, columns: list[int]) -> list[str]:
    """By the room that the letters take: marks over a letter take none, letters of East Asia twice as much."""
    cells, at, column = [""] * len(columns), 0, 0
    for letter in line:
        while column + 1 < len(columns) and at >= columns[column + 1]:
            column += 1
        cells[column] += letter
        if unicodedata.category(letter) not in ("Mn", "Me", "Cf"):
            at += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return cells


def _joined(lines: list[list[str]]) -> list[str]:
    """What is wrapped goes on in the same line; an empty line parts paragraphs."""
    cells = []
    for column in range(max(map(len, lines), default=0)):
        text = ""
        for line in lines:
            piece = line[column].strip() if column < len(line) else ""
            words, bullets = _BULLET.subn("", piece)
            between = "\n" if bullets else " "
            text = f"{text}{between}{words}" if piece else f"{text}\n"
        cells.append(re.sub(r"\s*\n\s*", "\n", text).strip())
    return cells
