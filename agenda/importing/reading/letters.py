"""The bytes of a text as letters."""

import codecs
import re

from django.utils.translation import gettext as _

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Khmer and Thai in UTF-8 that a program took for Western European: "áž…" for «ច».
_GARBLED = re.compile("(?:\u00e1[\u017e\u0178\u009e\u009f]|\u00e0\u00b8|\u00e0\u00b9)")
_LOOKED_AT = 4096


def decoded(content: bytes) -> tuple[str, str]:
    """(the text, the name of the alphabet where it was only guessed)"""
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace"), ""
    # A text in UTF-16 without its mark: every second byte of a Latin letter, a space or a line's end is empty.
    sample = content[:_LOOKED_AT]
    if len(sample) > 3 and sample.count(0) > len(sample) // 8:
        name = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return content.decode(name, errors="replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(sample)
    if declared:
        try:
            return content.decode(declared[1].decode(), errors="replace"), ""
        except LookupError:
            pass
    return _guessed(content)


def _guessed(content: bytes) -> tuple[str, str]:
    """The alphabets of old Windows: Thai has nearly all its letters above the others, French and German few."""
    above = sum(byte > 0xA0 for byte in content)
    latin = sum(byte < 0x80 and chr(byte).isalpha() for byte in content)
    if above > latin / 2:
        return content.decode("cp874", errors="replace"), _("Thai (Windows-874)")
    return content.decode("cp1252", errors="replace"), _("Western European (Windows-1252)")


def put_right(text: str) -> str:
    """The lines of a text whose letters are garbled; all others as they are."""
    if not _GARBLED.search(text):
        return text
    return "\n".join(_line(line) if _GARBLED.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    try:
        return b"".join(letter.encode("latin-1" if letter < "\u0100" else "cp1252") for letter in line).decode("utf-8")
    except UnicodeError:
        return line
