"""Columns of a page that was copied as text, such as out of a PDF: each begins below its heading. Pure.

A title that reaches nearly to the next column leaves no wide gap behind it. Where the columns begin, the headings say.
"""

import re
from collections.abc import Sequence

_GAP = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_WIDE = re.compile(r"[ \u00a0]{3,}")
_LEAST_TIMED = 2


def columns_of_page(lines: Sequence[str], timed: re.Pattern[str]) -> list[tuple[int, list[str]]]:
    """The rows, each with its number; none where no heading stands over the columns, or lines do not keep to them."""
    first = next((at for at, line in enumerate(lines) if timed.match(line)), None)
    if first is None or sum(bool(timed.match(line)) for line in lines) < _LEAST_TIMED:
        return []
    heading = next((at for at in range(first - 1, -1, -1) if lines[at].strip()), None)
    if heading is None or len(_WIDE.findall(lines[heading].strip())) < 1:
        return []
    starts = [0, *(gap.end() for gap in _GAP.finditer(lines[heading]))]
    below = [line for line in lines[heading:] if line.strip()]
    rows = [line for line in below if timed.match(line)]
    kept = [line for line in below if _keeps_to(line, starts)]
    begun = [line for line in rows if any(line[start : start + 1].strip() for start in starts[1:])]
    if len(kept) < 0.9 * len(below) or 2 * len(begun) <= len(rows) or not all(line in kept for line in rows):
        return []
    return [
        (number, _cells(line, starts) if number > heading and _keeps_to(line, starts) else [line.strip()])
        for number, line in enumerate(lines, start=1)
    ]


def _keeps_to(line: str, starts: Sequence[int]) -> bool:
    """No word goes over the beginning of a column."""
    reaches = [start for start in starts[1:] if len(line.rstrip()) > start]
    return all(not line[start - 1].strip() for start in reaches)


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    return [line[begin:end].strip() for begin, end in zip(starts, [*starts[1:], None], strict=True)]
