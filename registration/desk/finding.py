"""Finding a person at the desk by what is at hand: letters of a name, digits of a telephone, a number."""

import re

from django.db.models import Q

from conference.language.khmer import LONGEST_SEARCH, ascii_digits, search_parts
from conference.models import Edition
from registration.models import Registration, SecondNumber
from registration.models.codes import BADGE_TOKEN, CODE_BEGUN
from registration.models.registration import ERASED_WORD, OF_A_PHONE, has_names

SHOWN = 20
READ = 100  # of so many the best are shown first
FEWEST_DIGITS = 3
SHORTEST_TOKEN = 16  # no name is so long without a space
COLUMNS = ("pk", "name_km", "name_latin")


def find(edition: Edition, typed: str) -> tuple[list[int], bool]:
    """The keys of those whom it may mean, the best first and at most SHOWN; and whether there are more.

    One query, which reads little: the person stands at the desk. Parts of names in any order, one in Khmer letters and
    another in Latin ones, however they are spelt; digits that stand anywhere in the telephone; the beginning of the
    reference number, also of one that a person was shown a second time, or the token of a badge.
    """
    typed = typed[:LONGEST_SEARCH]
    parts, tests = search_parts(typed), Q(badge_token=typed.strip() or None)
    if BADGE_TOKEN.fullmatch(typed.strip()) and len(typed.strip()) >= SHORTEST_TOKEN:
        tests |= Q(pk__in=SecondNumber.objects.filter(badge_token=typed.strip()).values("registration"))
    if sum(len(key) for key, _letters in parts) > 1:
        tests |= has_names(parts)
    plain = ascii_digits(typed)
    code = re.sub(r"[\s\-‐-―]", "", plain).upper()
    if CODE_BEGUN.fullmatch(code):
        second = SecondNumber.objects.filter(code__startswith=code)
        tests |= Q(code__startswith=code) | Q(pk__in=second.values("registration"))
    digits = re.sub(r"\D", "", plain).removeprefix("855").lstrip("0")
    if OF_A_PHONE.fullmatch(plain) and len(digits) >= FEWEST_DIGITS:
        tests |= Q(phone__contains=digits)
    people = Registration.objects.filter(tests, edition=edition).exclude(name_latin=ERASED_WORD)
    found = list(people.order_by("pk").values_list(*COLUMNS)[:READ])
    words = [word.casefold() for word in typed.split()]
    found.sort(key=lambda row: (-_begins(row, words), row[2].casefold() or row[1], row[0]))
    return [row[0] for row in found[:SHOWN]], len(found) > SHOWN


def _begins(row: tuple[int, str, str], words: list[str]) -> int:
    """How many of what was typed begin a word of a name, as it is written: keys would take longer to make."""
    names = f" {row[1]} {row[2]}".casefold()
    return sum(f" {word}" in names for word in words)
