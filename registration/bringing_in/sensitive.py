"""Sensitive answers in a list. What is none of our answers is kept in the person's own words, and shown to no page."""

import re
from collections.abc import Mapping, Sequence

from conference.khmer import ascii_digits
from registration.bringing_in.asked import Asked
from registration.bringing_in.spellings import one_of, some_of, yes_or_no
from registration.choices import AccessNeed, AgeBand, FollowedLanguage, Food, Gender, Group
from registration.signing_up.answers import Inclusion

ADULT = 18


def is_under_age(cell: str) -> bool:
    """“15”, “under 18”, “15-17”, but not “18-30”."""
    plain = ascii_digits(cell).casefold()
    numbers = [int(one) for one in re.findall(r"\d+", plain)]
    if re.search(r"under|below|less than|<|ក្រោម", plain) and ADULT in numbers:
        return True
    return bool(numbers) and 5 <= max(numbers) < ADULT


def inclusion_of(cells: Mapping[Asked, Sequence[str]]) -> Inclusion:
    """Several columns of one kind are taken together. Nothing in a cell is lost: the rest goes into the words."""
    found = Inclusion()
    needs, note = some_of(AccessNeed, "; ".join(one for one in cells[Asked.NEEDS] if yes_or_no(one) is not True))
    if any(yes_or_no(one) is True for one in cells[Asked.NEEDS]):
        needs.append(AccessNeed.CALL_ME)  # a yes alone does not say what
    if needs or note:
        found |= Inclusion(access_needs=needs, access_note=note)
    food, food_note = some_of(Food, "; ".join(cells[Asked.FOOD]))
    if food or food_note:
        found |= Inclusion(food=food, food_note=food_note[:200])
    groups, words = some_of(Group, "; ".join(cells[Asked.GROUPS]))
    if groups or words:
        found |= Inclusion(groups=[*groups, *([Group.ANOTHER] if words else [])], groups_words=words)
    languages, other = some_of(FollowedLanguage, "; ".join(cells[Asked.FOLLOWS]))
    if languages or other:
        both = [*languages, *([FollowedLanguage.ANOTHER] if other else [])]
        found |= Inclusion(languages=list(dict.fromkeys(both)), other_language=other[:200])
    for cell in cells[Asked.GENDER]:
        gender = one_of(Gender, cell)
        found |= Inclusion(gender=gender) if gender else Inclusion(gender=Gender.OWN_WORDS, gender_words=cell[:200])
    for cell in cells[Asked.AGE]:
        if band := _band(cell):
            found |= Inclusion(age_band=band)
    return found


def _band(cell: str) -> str:
    if known := one_of(AgeBand, cell):
        return known
    numbers = [int(one) for one in re.findall(r"\d+", ascii_digits(cell))]
    bands = {AgeBand.UNDER_31: range(18, 31), AgeBand.UNDER_60: range(31, 60), AgeBand.FROM_60: range(60, 120)}
    holding = [band for band, years in bands.items() if numbers and all(number in years for number in numbers)]
    return holding[0] if holding else ""
