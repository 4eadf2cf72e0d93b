"""Markdown, and tables that are drawn with bars and lines as text."""

import html
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.flow import BOLD, ITALIC, Line
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.html import read_html
from agenda.importing.reading.ruled import is_ruled, ruled_tables
from conference.words import digits

_BARS = str.maketrans("│┃║¦", "||||")
_BETWEEN = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|+:=_─━═┄┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬-]*")  # a line that is drawn between rows
_SEPARATES = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
# "9:00 – 9:15 | Welcome | Anna Example", without a bar at its ends
_BARS_AT = re.compile(r"\s*[0-9០-៩]{1,2}\s?[:.h៖ៈ]\s?[0-9០-៩]{2}[^|]*\s\|(?:\s|$)")
_BULLET = re.compile(r"\s*(?:>\s*)*(?:[*+•-]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_UNDERLINE = re.compile(r"(=+|-{3,})\s*")
_MARKED = re.compile(r"(?m)^#{1,6} \S|\*\*[^*\n]+\*\*|^```")
# Every piece is bounded: a line may hold a million opening brackets.
_INLINE = re.compile(
    r"(?P<escape>\\[\\`*_{}\[\]()#+\-.!|~<>])"
    r"|!\[(?P<picture>[^\]\n]{0,300})\]\([^)\n]{0,500}\)"
    r"|\[(?P<link>[^\]\n]{1,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,300}\])"
    r"|<(?P<address>https?://[^>\s]{1,300}|[^>\s@]{1,100}@[^>\s]{1,100})>"
    r"|~~(?P<struck>[^~\n]{1,500})~~"
    r"|(?P<line><br\s{0,9}/?>)"
    r"|</?(?:i|em|b|strong|u|span|sub|sup|div|p|small|center)\b[^<>]{0,300}>"
    r"|(?P<mark>\*\*\*|\*\*|\*(?=\S)|(?<=\S)\*|(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w)|`+)"
)


def is_markdown(text: str) -> bool:
    """Of text in the box: a heading, words between stars, a line under a heading row, or rows between bars."""
    if _MARKED.search(text):
        return True
    lines = text.translate(_BARS).split("\n")
    return (
        is_ruled(lines)
        or any(_SEPARATES.fullmatch(line) for line in lines)
        or sum(_is_row(line) for line in lines) > 1
    )


def read_markdown(text: str, found: Gathering) -> None:
    reader = _Reader(found)
    rows: list[tuple[int, str]] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BARS).split("\n")
    ruled = ruled_tables(lines)
    behind = 0
    are_rows = sum(bool(_BARS_AT.match(line)) for line in lines) > 1
    page: list[str] = []  # the lines of a table in HTML
    for number, line in enumerate(lines, start=1):
        if number - 1 in ruled:
            reader.table(rows)
            rows, behind = [], ruled[number - 1].end
            reader.cells(ruled[number - 1].rows)
        if number <= behind:
            continue
        if page or line.lstrip().lower().startswith("<table"):
            page.append(line)
            if "</table>" in line.lower() or number == len(lines):
                reader.table(rows)
                rows = []
                read_html("\n".join(page), found)
                page = []
            continue
        below = lines[number] if number < len(lines) else ""
        if "|" in line and (
            rows or _is_row(line) or _SEPARATES.fullmatch(below) or (are_rows and _BARS_AT.match(line))
        ):
            rows.append((number, line))
            continue
        if rows and _RULE.fullmatch(line) and line.strip():
            continue
        reader.table(rows)
        rows = []
        reader.line(number, line, below)
    reader.table(rows)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


class _Reader:
    def __init__(self, found: Gathering) -> None:
        self.found = found

    def table(self, rows: list[tuple[int, str]]) -> None:
        self.found.table((number, self._cells(number, line)) for number, line in rows if not _RULE.fullmatch(line))

    def cells(self, rows: list[tuple[int, list[str]]]) -> None:
        self.found.table(
            (number, [Cell(self._text(number, cell), column) for column, cell in enumerate(cells)])
            for number, cells in rows
        )

    def _cells(self, number: int, line: str) -> Iterator[Cell]:
        inside = line.strip().removeprefix("|")
        if inside.endswith("|") and not inside.endswith("\\|"):
            inside = inside[:-1]
        for column, cell in enumerate(_BETWEEN.split(inside)):
            yield Cell(self._text(number, cell), column)

    def line(self, number: int, line: str, below: str) -> None:
        if line.startswith("```") or (line.strip() and _RULE.fullmatch(line)):
            return
        heading = _HEADING.fullmatch(line.strip())
        if heading:
            self.found.paragraph(self._text(number, heading[2]), number, level=len(heading[1]))
            return
        level = 0
        if line.strip() and _UNDERLINE.fullmatch(below):
            level = 1 if below.startswith("=") else 2
        words, bullets = _BULLET.subn("", line, count=1) if _BULLET.match(line) else (line.lstrip("> "), 0)
        self.found.paragraph(self._text(number, words), number, level=level, bullet=bullets > 0)

    def _text(self, number: int, source: str) -> str:
        line, emphasis, at = Line(), 0, 0
        for sign in _INLINE.finditer(source):
            line.pieces.append((html.unescape(source[at : sign.start()]), emphasis))
            at = sign.end()
            kind = sign.lastgroup
            if kind == "escape":
                line.pieces.append((sign[0][1], emphasis))
            elif kind in ("link", "address"):
                line.pieces.append((self._text(number, sign[kind]) if kind == "link" else sign[kind], emphasis))
            elif kind == "picture":
                self._leave_out(
                    number, sign["picture"], _("There are pictures in it: words in a picture are not read.")
                )
            elif kind == "struck":
                self._leave_out(number, sign["struck"], _("It is struck out."))
            elif kind == "line":
                line.pieces.append(("\n", emphasis))
            elif kind == "mark" and not self._closes_or_opens(source, sign, emphasis):
                line.pieces.append((sign[0], emphasis))
            elif kind == "mark":
                emphasis ^= _emphasis(sign[0])
        line.pieces.append((html.unescape(source[at:]), emphasis))
        return line.text

    def _leave_out(self, number: int, text: str, reason: str) -> None:
        self.found.leave_out(_("row %(number)s") % {"number": digits(number)}, text, reason)

    @staticmethod
    def _closes_or_opens(source: str, sign: re.Match[str], emphasis: int) -> bool:
        """A star alone is a star: a mark has its like before or behind it."""
        mark = _emphasis(sign[0])
        return not mark or bool(emphasis & mark) or source.find(sign[0], sign.end()) >= 0


def _emphasis(mark: str) -> int:
    if mark.startswith("`"):
        return 0
    return {1: ITALIC, 2: BOLD, 3: BOLD | ITALIC}[len(mark)]
