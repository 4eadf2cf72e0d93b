"""Whether a document writes its times as "0830". One may be a year; several that rise are none. Pure."""

import re
from itertools import pairwise

from agenda.importing.reading.document import Document, Paragraph
from agenda.importing.recognising.moments import ascii_digits

_FOUR = re.compile(
    r"\W{0,3}(?P<time>(?:[01]\d|2[0-3])[0-5][05])(?:\s?h(?:rs?|ours?)?\b\.?)?(?=[\s–—-]|$)", re.IGNORECASE
)
_WITH_SIGN = re.compile(r"\W{0,3}\d{1,2}\s?[:.h]\s?\d\d(?!\d)", re.IGNORECASE)
_ENOUGH = 3
_MAY_BE_YEARS = range(1900, 2060)


def writes_four_digits(document: Document) -> bool:
    texts: list[str] = []
    for block in document.blocks:
        rows = [block.text] if isinstance(block, Paragraph) else [row.cells[0].text for row in block.rows if row.cells]
        texts += map(ascii_digits, rows)
    if any(_WITH_SIGN.match(text) for text in texts):
        return False
    times = [int(found["time"]) for text in texts if (found := _FOUR.match(text))]
    rising = sum(one < other for one, other in pairwise(times))
    return (
        len(times) >= _ENOUGH and rising >= (len(times) - 1) * 2 / 3 and any(one not in _MAY_BE_YEARS for one in times)
    )
