"""Where a line of Khmer may end. Khmer writes no spaces between words, and a PDF library breaks at nothing else."""

import re
from functools import lru_cache

from khmercut import tokenize

from conference.language.khmer import COENG, KHMER_LETTER

ZWSP = "\u200b"
_OPEN = ("បើក", "ទូលាយ")  # "open": one word, which is taken for two
_RUN = re.compile("[\u1780-\u17d3\u17dc\u17dd]{6,}")  # shorter ones stay whole


def breakable(text: str) -> str:
    """The text with a zero-width space between Khmer words."""
    return _RUN.sub(lambda run: _parted(run.group()), text)


@lru_cache(maxsize=5000)
def _parted(run: str) -> str:
    parts = [""]
    for word in tokenize(run):
        # Never inside a syllable: not after the sign that joins, and only before what stands by itself.
        if parts[-1] and not parts[-1].endswith(COENG) and KHMER_LETTER.match(word):
            parts.append(word)
        else:
            parts[-1] += word
    return ZWSP.join(parts).replace(ZWSP.join(_OPEN), "".join(_OPEN))
