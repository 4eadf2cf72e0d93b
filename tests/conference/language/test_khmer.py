import json
from datetime import date
from pathlib import Path

import pytest

from conference.language.khmer import (
    clean_name,
    keys_in_any_order,
    khmer_date,
    khmer_date_range,
    match_key,
    match_parts,
    search_parts,
    sort_key,
    store_clean,
)

PAIRS = json.loads((Path(__file__).parents[2] / "data" / "khmer_pairs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["case"])
def test_match_key_is_the_same_for_what_looks_the_same_and_only_for_that(pair):
    assert (match_key(pair["a"]) == match_key(pair["b"])) is pair["same_key"]


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.get("same_stored")], ids=lambda pair: pair["case"])
def test_store_clean_gives_one_order_of_marks(pair):
    assert store_clean(pair["a"]) == store_clean(pair["b"])


@pytest.mark.parametrize("typed", ["\u200b", "\u200b\u200b \u200b", "\ufeff\u2060", " \u00ad\u200d "])
def test_store_clean_leaves_nothing_of_invisible_characters(typed):
    assert store_clean(typed) == ""


def test_khmer_space_bar_is_a_space_in_the_name_of_a_person():
    assert clean_name("សុខ\u200bដារ៉ា") == "សុខ ដារ៉ា"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ទិន្នន័យ\u200bបើក\u200bទូលាយ", "ទិន្នន័យ\u200bបើក\u200bទូលាយ"),
        ("\u200bទិន្នន័យ\u200b\u200bបើក\u200b", "ទិន្នន័យ\u200bបើក"),
        ("ទិន្នន័យ \u200bបើក", "ទិន្នន័យ បើក"),
        ("open\u200bdata", "opendata"),
        ("ក\u200b\u17d2\u200bខ", "ក\u17d2ខ"),
    ],
)
def test_ends_of_khmer_words_are_kept_in_texts_and_dropped_in_keys(typed, stored):
    assert store_clean(typed) == stored
    assert "\u200b" not in match_key(typed)
    assert match_key(typed) == match_key(stored.replace("\u200b", ""))


def test_store_clean_changes_nothing_when_repeated():
    once = [store_clean(pair["a"]) for pair in PAIRS]

    assert [store_clean(text) for text in once] == once


def test_match_key_forgets_titles_case_and_spaces():
    assert match_key("H.E. SOK  Dara") == match_key("sok dara")
    assert match_key("ឯកឧត្តម សុខ ដារ៉ា") == match_key("សុខដារ៉ា")


def test_khmer_date_is_written_as_ministries_do():
    assert khmer_date(date(2024, 3, 26)) == "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤"
    assert khmer_date(date(2024, 3, 26), weekday=True) == "ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤"


@pytest.mark.parametrize(
    ("last", "written"),
    [
        (date(2024, 3, 26), "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤"),
        (date(2024, 3, 27), "ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤"),
        (date(2024, 4, 1), "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤ ដល់ថ្ងៃទី១ ខែមេសា ឆ្នាំ២០២៤"),
    ],
)
def test_khmer_date_range_names_each_part_once(last, written):
    assert khmer_date_range(date(2024, 3, 26), last) == written


def test_words_of_a_name_without_its_title():
    assert match_parts("Dr. Đức  NGUYỄN") == ["duc", "nguyen"]
    assert search_parts("លោកស្រី សុខ ដារ៉ា dara ៉") == [
        (match_key("សុខ"), sort_key("សុខ")),
        (match_key("ដារ៉ា"), sort_key("ដារា")),
        ("dara", ""),
        (match_key("៉"), ""),
    ]
    assert match_parts("លោកស្រី សុខ ដារ៉ា") == [match_key("សុខ"), match_key("ដារ៉ា")]
    assert match_parts(" ") == []


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("SOK Dara", "Dara SOK", True),
        ("SOK Dara", "h.e. dara  sok", True),
        ("សុខ ដារ៉ា", "លោកស្រី ដារ៉ា សុខ", True),
        ("SOK Chan Dara", "Dara SOK Chan", True),
        ("SOK Dara", "SokDara", True),
        ("SOK Dara", "SOK Dara Chan", False),
        ("SOK Dara", "SOK Sara", False),
        ("A B C D E F", "A B C D E F", True),
        ("", "", False),
    ],
)
def test_name_has_a_key_in_common_with_itself_in_any_order(name, other, is_same):
    assert (match_key(other) in keys_in_any_order(name)) is is_same
    assert (match_key(name) in keys_in_any_order(other)) is is_same


IN_ORDER = [
    # Of each row the texts have the same place; the rows stand in the order of a dictionary.
    ["ក", "ក់"],
    ["ក ខ"],
    ["កក"],
    ["កា", "ក៉ា"],
    ["កៅ"],
    ["កុំ"],
    ["កំ"],
    ["កាំ"],
    ["កះ"],
    ["កុះ"],
    ["កេះ"],
    ["កោះ"],
    ["ក្ក"],
    ["ខ"],
    ["ធម"],
    ["ធម្ម"],
    ["ធរ្ម", "ធម៌"],
    ["រិទ្ធី"],
    ["ឫទ្ធី"],
    ["ឬទ្ធី"],
    ["លី"],
    ["ឮ"],
    ["អាន"],
    ["អិន្ទ", "ឥន្ទ"],
    ["អុក", "ឨ"],
    ["អុត្តម", "ឧត្តម"],
    ["ឯក"],
    ["ឱម", "ឲម"],
    ["អ្ន"],
    ["sok", "SOK", "Sök"],
]


def test_khmer_is_sorted_as_in_a_dictionary():
    keys = [[sort_key(text) for text in row] for row in IN_ORDER]

    assert [len(set(row)) for row in keys] == [1] * len(keys)
    firsts = [row[0] for row in keys]
    assert sorted(firsts) == firsts
    assert len(set(firsts)) == len(firsts)
