"""Sensitive answers of a list: nothing of them is lost, and what is none of our answers stays in their own words."""

import pytest

from registration.bringing_in.asked import SENSITIVE, Asked
from registration.bringing_in.sensitive import inclusion_of, is_under_age


def read(**columns):
    """`columns`: (heading, cell) by what the column is."""
    return inclusion_of({asked: [columns[asked.value]] if asked.value in columns else [] for asked in SENSITIVE})


@pytest.mark.parametrize(
    ("heading", "cell", "needs", "note"),
    [
        ("Do you need sign language?", "Yes", ["sign_language"], ""),
        ("Any needs?", "Yes", ["call_me"], ""),
        ("Any needs?", "ទេ", None, None),
        ("Any needs?", "No lift access", [], "No lift access"),
        ("Any needs?", "Large print, something own", ["large_print"], "something own"),
        ("តម្រូវការ", "រទេះរុញ", ["step_free"], ""),
    ],
)
def test_needs_are_ours_or_stay_in_their_words(heading, cell, needs, note):
    found = read(needs=(heading, cell))

    assert (found.get("access_needs"), found.get("access_note")) == (needs, note)


def test_other_answers_are_ours_or_stay_in_their_words():
    assert read(food=("Food", "បួស; peanuts")) == {"food": ["vegetarian"], "food_note": "peanuts"}
    assert read(gender=("Sex", "ស")) == {"gender": "woman"}
    assert read(gender=("Gender", "agender")) == {"gender": "own_words", "gender_words": "agender"}
    assert read(age=("Age", "៣៥")) == {"age_band": "31-59"}
    assert read(groups=("Groups", "Indigenous, monks")) == {
        "groups": ["indigenous", "another"],
        "groups_words": "monks",
    }


def test_under_age_is_seen_and_a_band_of_adults_is_none():
    assert [is_under_age(cell) for cell in ("15", "under 18", "១៥-១៧", "ក្រោម ១៨")] == [True] * 4
    assert not any(is_under_age(cell) for cell in ("18", "18-30", "60+", "1990", "adult"))


def test_every_sensitive_column_is_read():
    assert set(SENSITIVE) == {Asked.FOLLOWS, Asked.NEEDS, Asked.FOOD, Asked.GENDER, Asked.AGE, Asked.GROUPS}
