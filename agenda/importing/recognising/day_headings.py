"""The day that a line of its own names: as a heading over the rows below it. Pure."""

import re

from agenda.importing.recognising.days import WrittenDay, days_within
from agenda.importing.recognising.looks import Look

_ABOUT_THE_PROGRAMME = re.compile(
    r"\W*(?:(?:the|a|draft|tentative|final|provisional|detailed|full|overall|conference|workshop|training|event|meeting|"
    r"agenda|programme?|schedule|timetable|session|plan|table|date|for|jadwal|acara|chương|trình|lịch|ordre|du|jour|"
    r"programme|កម្មវិធី|កាលវិភាគ|របៀបវារៈ|សម្រាប់|กำหนดการ|ตาราง)\b[\s:៖,.|()–-]*)*",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(r"\d\s?[:.h៖ៈ]\s?\d\d")
_LONGEST = 120  # letters of a heading
_BEFORE_DATE = re.compile(r"\s*[,:៖(\[|]\s*|\s+[-–—]\s+")
_NOT_ITS_DAY = re.compile(
    r"\b(?:deadline|until|before|by|register|rsvp|version|updated?|as of|draft|printed|revised|to)\b", re.IGNORECASE
)


def day_of_heading(face: Look) -> tuple[WrittenDay, str] | None:
    """The day that a line of its own names, and what else it says. "Recap of day one" names none."""
    if face.day:
        return face.day
    day = face.day_within
    if day is None:
        return None
    before = _ABOUT_THE_PROGRAMME.match(face.text)
    rest = face.text[before.end() :] if before else face.text
    found = Look(rest, face.first_day).day if rest else None
    return found if found else None


def day_at_end(face: Look) -> tuple[WrittenDay, str] | None:
    """(the date at the end of a heading, what stands before it): "Workshops – 10 March 2027"."""
    for sign in _BEFORE_DATE.finditer(face.text) if len(face.text) <= _LONGEST else ():
        day = Look(face.text[sign.end() :], face.first_day).day
        if day and day[0].day and day[0].month and not day[1].strip(" )]"):
            before = face.text[: sign.start()]
            is_range = before[-1:].isdigit() or Look(before, face.first_day).day_within is not None
            return None if is_range or _NOT_ITS_DAY.search(before) else (day[0], before)
    return None


def is_introduction(face: Look, *, is_below: bool = False) -> bool:
    """What is published below the name of the day: the theme beside it, or a sentence below it. Never a time."""
    text = face.text
    is_sentence = len(text) >= 60 or text.rstrip().endswith((".", "!", "?", "។"))
    has_digits_only = not face.letters or bool(face.timed or face.day or _HAS_TIME.search(text))
    is_part = Look(text.strip("()[] "), face.first_day).is_part_of_day
    names_another_day = any(days_within(text))
    return not (has_digits_only or names_another_day or face.is_note or face.is_place or is_part) and (
        is_sentence or not is_below
    )
