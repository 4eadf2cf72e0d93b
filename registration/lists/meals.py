"""How many people eat what on which day. Numbers only, and true ones: a caterer cooks for one person too.

Whoever sees them could guess at answers, so they are for those who may see the answers themselves; the caterer gets
them from there.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    people: Counter  # by the key of the day


def counted(edition):
    """Of those who hold a place. One query, however many people, and few of them in memory."""
    counts = {row: Counter() for row, _label in ROWS}
    answers = ("inclusion_answers__food", "inclusion_answers__food_note", "inclusion_answers__access_needs")
    people = edition.registrations.holding_a_place().order_by().values_list("days", *answers)
    for day, food, note, needs in people.iterator(chunk_size=500):
        for row in _rows_of(food or [], note, needs or []):
            counts[row][day] += 1
    return [Meals(label, counts[row]) for row, label in ROWS]


def _rows_of(food, note, needs):
    """In which rows one person is counted. The note belongs to an allergy where there is one."""
    eats = [one for one in food if one in Food.values]
    if note and Food.ALLERGY not in eats:
        eats.append(IN_WORDS)
    return [EVERYBODY, *(eats or [NOTHING]), *([ASSISTANTS] if AccessNeed.ASSISTANT in needs else [])]
