"""A reader with an exact solver works out no small number of the figures: not from one look, nor from a series.

tests/registration/figures/reader.py says how the reader thinks. FIGURES_POPULATIONS lets the reader try more people.
"""

import os

import pytest

from registration.figures import columns
from registration.figures.columns import Column, lower_end, next_column
from registration.figures.measures import ABOUT_PEOPLE, Question
from registration.figures.snapshots import due_columns
from tests.registration.figures.reader import (
    C,
    R,
    Unknowns,
    count,
    hostile_population,
    population,
    seen,
    series,
    what_is_pinned,
)

POPULATIONS = int(os.environ.get("FIGURES_POPULATIONS", 200))
SENSITIVE = [question for question in ABOUT_PEOPLE if question.is_sensitive]


@pytest.mark.parametrize("first", range(0, POPULATIONS, 50))
def test_reader_works_out_nothing_from_one_look(first):
    assert {seed: found for seed in range(first, first + 50) if (found := what_is_pinned(population(seed)))} == {}


def test_reader_works_out_nothing_where_ranges_tell_most():
    assert {
        seed: found for seed in range(POPULATIONS // 4) if (found := what_is_pinned(hostile_population(seed)))
    } == {}


@pytest.mark.parametrize("seed", range(POPULATIONS // 40))
def test_reader_works_out_nothing_from_a_series_of_looks(seed):
    looks = series(seed, 50)

    assert what_is_pinned(*looks, questions=SENSITIVE) == {}


def test_columns_change_only_when_ten_people_have_come():
    """Two looks with one person in between: the answers of that person are in neither or in both."""
    for seed in range(5):
        known, before = {}, {}
        for people in series(seed, 80):
            counts = count(people)
            for key, column in due_columns(ABOUT_PEOPLE, counts, known).items():
                if column.is_new and column.people:
                    assert column.people - before.get(key, 0) >= 10
                before[key], known[key] = column.tried_with, column


def test_nothing_changes_with_one_person_more():
    for seed in range(100):
        people = population(seed)
        before, after = count(people[:-1]), count(people)

        due = due_columns(ABOUT_PEOPLE, after, due_columns(ABOUT_PEOPLE, before, {}))

        assert {measure for _code, measure in due if before.people[measure] >= 10} == set()


# --- the reader finds what there is to find ---


def test_reader_finds_numbers_where_nothing_is_refused(monkeypatch):
    monkeypatch.setattr(columns, "_tells", lambda *_: False)

    assert all(what_is_pinned(hostile_population(seed), questions=SENSITIVE) for seed in (26, 30, 37))


def test_reader_of_the_page_alone_finds_the_one_person_of_each_row():
    """In three rows, five registered and four are confirmed; of all people, 15 to 19 did and 15 to 19 are."""
    people = [({"gender": {row}}, {R, C}) for row in ("woman", "man", "another") for _person in range(4)]
    people += [({"gender": {row}}, {R}) for row in ("woman", "man", "another")]
    people += [({"gender": {""}}, {R, C})] * 4
    counts = count(people)
    shown = []
    for measure in (R, C):
        numbers = counts.column("gender", measure)
        lowest = {answer: lower_end(numbers.get(answer, 0)) for answer, _words in SENSITIVE[0].answers}
        shown.append(seen(SENSITIVE[0], measure, 0, counts, Column(counts.people[measure], lowest, 0)))

    pinned = Unknowns(SENSITIVE[0], shown, knows_totals=False).pinned()

    assert pinned["woman, registered 0 without confirmed 0"] == (1, 2)
    due = due_columns(SENSITIVE[:1], counts, {})
    assert due["gender", R].lowest
    assert not due["gender", C].lowest


def test_reader_finds_numbers_where_every_change_is_shown(monkeypatch):
    monkeypatch.setattr(columns, "ENOUGH", 1)
    monkeypatch.setattr(columns, "_tells", lambda *_: False)

    assert what_is_pinned(*series(1, 8), questions=SENSITIVE[:1])


def test_reader_finds_exact_numbers(monkeypatch):
    monkeypatch.setattr(columns, "lower_end", lambda number: number - number % 2)
    monkeypatch.setattr(columns, "STEP", 2)
    monkeypatch.setattr("tests.registration.figures.reader.STEP", 2)
    monkeypatch.setattr("tests.registration.figures.reader.lower_end", lambda number: number - number % 2)

    assert what_is_pinned(population(0), questions=SENSITIVE)


# --- the rule by examples ---


ROWS = Question("sample", "Sample", tuple((answer, answer) for answer in "abcd"), is_sensitive=True)
SHARED = Question("sample", "Sample", ROWS.answers, is_sensitive=True, shared=frozenset("abc"))


def take(people, numbers, *, last=None, beside=(), question=ROWS):
    counts = dict(zip("abcd", numbers, strict=True))
    return next_column(question, people, counts, last, beside)


def column(people, numbers):
    return Column(people, dict(zip("abcd", numbers, strict=True)), people)


@pytest.mark.parametrize(
    ("people", "numbers", "lowest"),
    [
        (40, (20, 10, 3, 1), (20, 10, 0, 0)),
        (34, (20, 14, 0, 0), (20, 10, 0, 0)),
        (16, (4, 4, 4, 4), (0, 0, 0, 0)),  # of those who answered, how many is not said
        (31, (20, 10, 1, 0), None),  # all others together are one person
        (30, (20, 10, 0, 0), None),
        (32, (20, 10, 1, 1), (20, 10, 0, 0)),
        (32, (20, 10, 0, 0), (20, 10, 0, 0)),
        (9, (9, 0, 0, 0), None),
        (0, (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_a_first_column(people, numbers, lowest):
    taken = take(people, numbers)

    assert (taken and taken.lowest) == (lowest and dict(zip("abcd", lowest, strict=True)))


@pytest.mark.parametrize(
    ("people", "numbers", "other", "is_shown"),
    [
        (30, (10, 10, 1, 1), column(40, (20, 10, 0, 0)), True),
        (40, (20, 14, 1, 1), column(40, (20, 10, 0, 0)), True),  # the very same people
        (40, (20, 15, 1, 1), column(40, (20, 10, 0, 0)), False),
        (36, (20, 10, 1, 1), column(40, (20, 10, 0, 0)), False),  # four people
        (35, (20, 10, 1, 1), column(40, (20, 10, 0, 0)), True),
        (35, (14, 10, 1, 1), column(40, (15, 10, 0, 0)), True),  # of the five, one at least is in a
        (35, (14, 4, 4, 1), column(40, (15, 5, 5, 0)), True),  # three in a, b and c
        (35, (14, 4, 4, 4), column(40, (15, 5, 5, 5)), False),  # four: and so which rows they are in
        (30, (9, 4, 1, 1), column(38, (15, 0, 0, 0)), True),  # of the eight, six at least are in a
        (30, (9, 4, 1, 1), column(37, (15, 0, 0, 0)), False),
        (50, (30, 9, 1, 1), column(40, (20, 10, 0, 0)), True),  # neither lies within the other
    ],
)
def test_a_column_beside_another(people, numbers, other, is_shown):
    taken = take(people, numbers, beside=[other])

    assert bool(taken and taken.lowest) == is_shown


def test_refused_column_is_not_tried_again_with_the_next_person():
    first = take(30, (20, 10, 0, 0))

    assert first == Column(0, None, 30)
    assert take(32, (20, 10, 1, 1), last=first) is None
    assert take(40, (20, 14, 1, 1), last=first) == column(40, (20, 10, 0, 0))


def test_where_people_are_in_several_rows_each_is_counted_with_those_who_are_in_one():
    assert take(31, (20, 15, 1, 10), question=SHARED) == Column(0, None, 31)  # 20 and 10: one person is left
    assert take(33, (20, 15, 1, 10), question=SHARED).lowest == {"a": 20, "b": 15, "c": 0, "d": 10}
