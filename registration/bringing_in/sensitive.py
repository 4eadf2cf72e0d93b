"""Sensitive answers in a list. What is none of our answers is kept in the person's own words, and shown to no page."""

import re
from collections.abc import Mapping, Sequence

from conference.language.khmer import ascii_digits
from registration.bringing_in.asked import Asked
from registration.bringing_in.spellings import NO, YES, is_one_of, one_of, some_of
from registration.choices import AccessNeed, AgeBand, FollowedLanguage, Food, Gender, Group
from registration.signing_up.answers import Inclusion

ADULT = 18
_IN_HEADINGS = {
    AccessNeed.SIGN_LANGUAGE: re.compile("(?i)sign language|ភាសាសញ្ញា"),
    AccessNeed.STEP_FREE: re.compile("(?i)wheelchair|រទេះរុញ"),
    AccessNeed.CAPTIONS: re.compile("(?i)caption"),
    AccessNeed.LARGE_PRINT: re.compile("(?i)large print|អក្សរធំ"),
}


def is_under_age(cell: str) -> bool:
    """“15”, “under 18”, “15-17”, “minor”, but not “18-30”."""
    plain = ascii_digits(cell).casefold()
    numbers = [int(one) for one in re.findall(r"\d+", plain)]
    if (
        re.search(r"under|below|less than|younger|not (?:yet )?18|<|ក្រោម|តិចជាង|មិនទាន់|មិនគ្រប់", plain)
        and ADULT in numbers
    ):
        return True
    if re.search(r"\bminor\b|អនីតិជន", plain):
        return True
    return bool(numbers) and 5 <= max(numbers) < ADULT


def is_of_age(cell: str) -> bool:
    """“18 or over”, “25”, “adult”."""
    plain = ascii_digits(cell).casefold()
    numbers = [int(one) for one in re.findall(r"\d+", plain)]
    is_said = re.search(r"\badult\b|នីតិជន|ពេញវ័យ", plain)
    return bool(is_said or (numbers and ADULT <= max(numbers) < 120)) and not is_under_age(cell)


def inclusion_of(columns: Mapping[Asked, Sequence[tuple[str, str]]]) -> Inclusion:
    """Several columns of one kind, each with its heading, are taken together. Nothing in a cell is lost: what is none
    of our answers goes into the words."""
    cells = {asked: [cell for _heading, cell in pairs] for asked, pairs in columns.items()}
    found = _needs(columns[Asked.NEEDS])
    food, food_note = some_of(Food, "; ".join(cells[Asked.FOOD]))
    if food or food_note:
        found |= Inclusion(food=food, food_note=food_note)
    groups, words = some_of(Group, "; ".join(cells[Asked.GROUPS]))
    if groups or words:
        found |= Inclusion(groups=[*groups, *([Group.ANOTHER] if words else [])], groups_words=words)
    languages, other = some_of(FollowedLanguage, "; ".join(cells[Asked.FOLLOWS]))
    if languages or other:
        both = [*languages, *([FollowedLanguage.ANOTHER] if other else [])]
        found |= Inclusion(languages=list(dict.fromkeys(both)), other_language=other)
    for cell in cells[Asked.GENDER]:
        gender = one_of(Gender, cell)
        found |= Inclusion(gender=gender) if gender else Inclusion(gender=Gender.OWN_WORDS, gender_words=cell)
    for cell in cells[Asked.AGE]:
        if band := _band(cell):
            found |= Inclusion(age_band=band)
    return found


def _needs(columns: Sequence[tuple[str, str]]) -> Inclusion:
    """A yes means the need in the heading, such as sign language; where there is none, the person is called."""
    needs: list[str] = []
    words = []
    for heading, cell in columns:
        if is_one_of(YES, cell):
            named = [need for need, word in _IN_HEADINGS.items() if word.search(heading)]
            needs += named or [AccessNeed.CALL_ME]
        elif not is_one_of(NO, cell):
            some, word = some_of(AccessNeed, cell)
            needs += some
            words += [word] if word else []
    return Inclusion(access_needs=list(dict.fromkeys(needs)), access_note="; ".join(words)) if needs or words else {}


def _band(cell: str) -> str:
    if known := one_of(AgeBand, cell):
        return known
    numbers = [int(one) for one in re.findall(r"\d+", ascii_digits(cell))]
    bands = {AgeBand.UNDER_31: range(18, 31), AgeBand.UNDER_60: range(31, 60), AgeBand.FROM_60: range(60, 120)}
    holding = [band for band, years in bands.items() if numbers and all(number in years for number in numbers)]
    return holding[0] if holding else ""
