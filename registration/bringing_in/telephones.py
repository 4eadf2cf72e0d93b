"""Telephone numbers as they stand in lists: several in a cell, without their first 0, or as Excel changed them."""

import re

from django.core.exceptions import ValidationError

from conference.language.khmer import INVISIBLE, ascii_digits
from registration.phone import parse_phone

_BETWEEN = re.compile(r"[/;,|\n]|\bor\b|\band\b|ឬ|និង", re.IGNORECASE)
_AS_A_NUMBER = re.compile(r"(\d{7,15})\.0+")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:tel|phone|mobile|hp|h/p|cell|ទូរស័ព្ទ|លេខ)\s*[.:៖]?\s*", re.IGNORECASE)


def telephones(cell: str) -> list[str]:
    """Those in a cell, as they are kept. None where a part of it is no number."""
    found = []
    for part in _BETWEEN.split(ascii_digits(INVISIBLE.sub("", cell))):
        part = _LABEL.sub("", part).strip().lstrip("'’`").strip()
        if not part:
            continue
        try:
            found.append(parse_phone(_whole(part)))
        except ValidationError:
            return []
    return list(dict.fromkeys(filter(None, found)))


def is_rounded(cell: str) -> bool:
    """8.55123E+10: Excel has cut digits off, and no one can tell which."""
    return bool(_ROUNDED.fullmatch(cell.strip()))


def _whole(part: str) -> str:
    if as_number := _AS_A_NUMBER.fullmatch(part):
        part = as_number[1]
    digits = re.sub(r"\D", "", part)
    if digits.startswith("855") and len(digits) >= 11 and not part.startswith(("+", "00")):
        return f"+{digits}"
    return part
