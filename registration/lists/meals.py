"""How many people eat what on which day. Numbers only, and true ones: a caterer cooks for one person too.

A person who sees these numbers could guess at answers. So they are for staff who may see the answers themselves; the
caterer gets them from there.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from registration.choices import AccessNeed, Food

EVERYBODY, IN_WORDS, NOTHING, ASSISTANTS = "everybody", "in words", "nothing", "assistants"
ROWS = [
    (EVERYBODY, _("People in all")),
    *Food.choices,
    (IN_WORDS, _("Something else, in their own words")),
    (NOTHING, _("No special food")),
    (ASSISTANTS, _("Assistants, who eat as well")),
]


@dataclass(frozen=True)
class Meals:
    label: str | Promise
    people: Counter[int]  # by the key of the day


def counted(edition: Edition) -> list[Meals]:
    """Of those who hold a place. One short read, however many people: they are counted after it."""
    counts: dict[str, Counter[int]] = {row: Counter() for row, _label in ROWS}
    answers = ("inclusion_answers__food", "inclusion_answers__food_note", "inclusion_answers__access_needs")
    people = edition.registrations.holding_a_place().order_by().values_list("days", *answers)
    for day, food, note, needs in people:
        eats = [one for one in food or [] if one in Food.values]
        if note and Food.ALLERGY not in eats:  # else the note says which allergy it is
            eats.append(IN_WORDS)
        for row in [EVERYBODY, *(eats or [NOTHING])]:
            counts[row][day] += 1
        if AccessNeed.ASSISTANT in (needs or []):
            counts[ASSISTANTS][day] += 1
    return [Meals(label, counts[row]) for row, label in ROWS]
