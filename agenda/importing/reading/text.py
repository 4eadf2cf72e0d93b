"""What stands in the box, or in a file of plain text: lines, and cells between tabs, or between wide gaps."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median_low

from django.utils.translation import gettext as _

from agenda.importing.reading.delimited import is_delimited, read_delimited
from agenda.importing.reading.document import Cell
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.markdown import is_markdown, read_markdown
from agenda.importing.reading.page_columns import columns_of_page
from agenda.importing.reading.rows import LINE
from conference.words import digits

_BULLET = re.compile(r"\A\s*[•·▪◦‣●○■□❖➢✓–*-][ \t\u00a0]+(?=\S)")
# Excel puts quotes around a cell of several lines.
_QUOTED = re.compile(r'(?:(?<=\t)|(?<=\n)|\A)"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_TAG = re.compile(r"</?(?:div|p|br|li|ul|ol|i|em|span|b|strong|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:span|b|strong|u)\b", re.IGNORECASE)
_TAB = re.compile("\t")
_BAR = re.compile(r"[ \u00a0]+\|[ \u00a0]+")
_GAP = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
# What leads the eye from a title to its time: "Opening ........ 9:00".
_LEADER = re.compile(r"\s*(?:\.{4,}|…{2,}|·{4,}|_{4,}|(?:\s\.){4,})\s*")
# Signs with which chats make words bold or slanted: "*Day 1*", "_8.00-8.30_ Arrival".
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,200}?)(?<=\S)\1(?![\w*_])")
_TIME = re.compile(r"\s*\S{0,3}?[0-9០-៩๐-๙]{1,2}\s?[:.hH៖ៈ]\s?[0-9០-៩๐-๙]{2}")

_DATE, _CLOCK = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}", r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
_SENT = rf"(?:{_DATE},?\s{_CLOCK}|{_CLOCK},?\s{_DATE})"
_SENDER = re.compile(rf"\u200e?(?:\[{_SENT}\]|{_SENT}\s-)\s(?P<who>[^:\n]{{1,40}}):\s", re.IGNORECASE)
_QUOTING = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)

MOST_PARAGRAPHS = 20  # of the cells of one row


def read_text(text: str, found: Gathering) -> None:
    """With tabs all lines are rows of one table: a line without one is a row of one cell, as in a sheet."""
    text = _without_quoting(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\t" not in text and is_markdown(text):
        read_markdown(text, found)
        return
    if "\t" not in text and is_delimited(text):
        read_delimited(text, found)
        return
    text = _QUOTED.sub(lambda cell: cell[1].replace('""', '"').replace("\n", LINE).replace("\t", " "), text)
    lines = _without_senders([_without_tags(line) for line in text.split("\n")], found)
    lines = [_EMPHASIS.sub(r"\2", line) for line in lines]
    if any("\t" in line for line in lines):
        found.table(_rows(_whole_rows(lines), _TAB))
    elif _has_leaders(lines):
        found.table(_rows(list(enumerate(lines, start=1)), _LEADER))
    elif columns := columns_of_page(lines, _TIME):
        found.table((number, map(Cell, cells, range(len(cells)))) for number, cells in columns)
    elif between := next((one for one in (_GAP, _BAR) if _has(one, lines)), None):
        found.table(_rows(list(enumerate(lines, start=1)), between))
    else:
        for number, line in enumerate(lines, start=1):
            words, bullets = _BULLET.subn("", line)
            found.paragraph(words, number, bullet=bullets > 0)


def _without_quoting(text: str) -> str:
    """Without the ">" before each line of an answered e-mail."""
    lines = [line for line in text.split("\n") if line.strip()]
    is_quoted = len(lines) > 2 and sum(line.startswith(">") for line in lines) > 0.5 * len(lines)
    return _QUOTING.sub("", text) if is_quoted else text


def _without_senders(lines: list[str], found: Gathering) -> list[str]:
    """Of messages copied out of a chat: without who sent each, and when."""
    sent = {at: sender for at, line in enumerate(lines) if (sender := _SENDER.match(line))}
    if len({sender["who"] for sender in sent.values()}) > max(2, len(sent) // 2):  # an agenda that is written so
        return lines
    for at, sender in sent.items():
        where = _("row %(number)s") % {"number": digits(at + 1)}
        found.leave_out(where, sender.group(), _("It says who sent the message, and when."))
    return [line[sent[at].end() :] if at in sent else line for at, line in enumerate(lines)]


def _whole_rows(lines: list[str]) -> list[tuple[int, str]]:
    """Each row with the number of its first line.

    Word puts a cell of several paragraphs on several lines, without quotes. Such a row begins with a time and is too
    short; the lines below it, up to the next time, make it just as wide as the table.
    """
    counts = Counter(line.count("\t") + 1 for line in lines if line.count("\t") > 1 and _TIME.match(line))
    width = counts.most_common(1)[0][0] if counts else 0
    rows, at = [], 0
    while at < len(lines):
        last = _last_of_row(lines, at, width)
        rows.append((at + 1, LINE.join(line for line in lines[at : last + 1] if line.strip())))
        at = last + 1
    return rows


def _last_of_row(lines: list[str], at: int, width: int) -> int:
    cells = lines[at].count("\t") + 1
    if not 1 < cells < width or not _TIME.match(lines[at]):
        return at
    for further, line in enumerate(lines[at + 1 : at + 1 + MOST_PARAGRAPHS], start=at + 1):
        if _TIME.match(line):
            break
        cells += line.count("\t")
        if cells >= width:
            first, *others = line.split("\t")
            is_rest = cells == width and first.strip() and any(other.strip() for other in others)
            return further if is_rest else at
    return at


def _rows(lines: list[tuple[int, str]], between: re.Pattern[str]) -> Iterator[tuple[int, Iterable[Cell]]]:
    starts = _starts([line for _number, line in lines]) if between is _GAP else []
    times_lead = between is _LEADER and sum(bool(_TIME.match(line)) for _number, line in lines) > 1
    for number, line in lines:
        cells = between.split(line)
        # Where gaps part the cells, a line that begins far to the right goes on in the column above which it begins.
        begins = _column_at(line, starts) if between is _GAP and line.startswith("    ") else 0
        if times_lead and line.startswith("    ") and len(cells) == 1:  # below a title that its time leads to
            begins = 1
        yield number, map(Cell, cells, range(begins, begins + len(cells)))


def _starts(lines: list[str]) -> list[int]:
    """Where each column begins, as most lines with a time have it."""
    found: dict[int, list[int]] = {}
    for line in lines:
        for column, gap in enumerate(_GAP.finditer(line) if _TIME.match(line) else (), start=1):
            found.setdefault(column, []).append(gap.end())
    return [median_low(places) for places in found.values()]


def _column_at(line: str, starts: list[int]) -> int:
    begins = len(line) - len(line.lstrip())
    return min(range(1, len(starts) + 1), key=lambda column: abs(starts[column - 1] - begins), default=1)


def _has(between: re.Pattern[str], lines: list[str]) -> bool:
    """A table that was set with spaces, or with bars: in nearly every line that begins with a time."""
    timed = [line for line in lines if _TIME.match(line)]
    return len(timed) > 1 and sum(bool(between.search(line.strip())) for line in timed) > 0.8 * len(timed)


def _has_leaders(lines: list[str]) -> bool:
    led = [_LEADER.split(line.strip()) for line in lines if _LEADER.search(line.strip())]
    return len(led) > 1 and sum(any(map(_TIME.match, parts)) for parts in led) > 0.8 * len(led)


def _without_tags(line: str) -> str:
    """Some editors leave <i> and <div> in what they copy: each begins a line of its own."""
    return _TAG.sub(lambda tag: "" if _INLINE.match(tag[0]) else LINE, line)
