"""A pasted draft is cut and paired; what has no pair is named."""

import pytest

from contributions.floor.cutting import cut_and_pair

ENGLISH = """Draft open data policy

Article 1. Purpose
This policy opens data.

Article 2: Scope
It is for all ministries.
1. national
2. local

Article 3 – Fees
No fee is asked."""
KHMER = """មាត្រា ១៖ គោលបំណង
គោលនយោបាយនេះបើកទិន្នន័យ។
មាត្រាទី២៖ វិសាលភាព
សម្រាប់គ្រប់ក្រសួង។"""


def test_articles_are_paired_by_their_numbers_in_digits_of_either_language():
    cut = cut_and_pair(ENGLISH, KHMER)

    pairs = {pair.number: pair for pair in cut.pairs}
    assert list(pairs) == ["1", "2", "0", "3"]
    assert pairs["2"].heading.en == "Article 2: Scope"
    assert pairs["2"].heading.km == "មាត្រាទី២៖ វិសាលភាព"
    assert pairs["2"].text.en == "It is for all ministries.\n1. national\n2. local"


def test_what_stands_in_one_language_alone_is_named():
    cut = cut_and_pair(ENGLISH, KHMER)

    assert cut.only_en == ["Draft open data policy", "Article 3 – Fees"]
    assert cut.only_km == []
    assert not cut.is_whole


def test_text_in_one_language_lacks_no_pair():
    assert cut_and_pair("", KHMER).is_whole


def test_chapter_and_article_with_one_number_are_two_pieces():
    cut = cut_and_pair("Chapter I\nGeneral\nArticle 1\nPurpose\nChapter IV\nArticle 2\nFees", "")

    assert [pair.number for pair in cut.pairs] == ["c1", "1", "c4", "2"]


def test_number_that_comes_again_is_told_apart_and_named():
    cut = cut_and_pair("Article 3 Fees\nNone.\nArticle 3 Licences\nOpen ones.", "")

    assert [pair.number for pair in cut.pairs] == ["3", "3-2"]
    assert cut.doubled == ["Article 3 Licences"]


def test_bare_numbers_part_a_text_without_articles():
    cut = cut_and_pair("1. Publish data\n2. Name a licence\nAn open one.", "១. ផ្សព្វផ្សាយ\n២. អាជ្ញាប័ណ្ណ")

    assert [(pair.number, bool(pair.heading.en and pair.heading.km)) for pair in cut.pairs] == [
        ("1", True),
        ("2", True),
    ]


@pytest.mark.parametrize("long", ["1.1.1.1.1.1.1.1.1.1.1.1", "85512345678901234567890"])
def test_number_longer_than_a_column_numbers_no_piece(long):
    cut = cut_and_pair(f"1. One\n{long} Two\n2. Three", f"មាត្រា ១\nមាត្រា {long}\n{long} ពីរ")

    assert all(len(pair.number) <= 20 for pair in cut.pairs)
    assert "Two" in cut.pairs[0].text.en + cut.pairs[0].heading.en


@pytest.mark.parametrize("text", ["", "   \n\n "])
def test_nothing_is_cut_into_nothing(text):
    assert cut_and_pair(text, "").pairs == []


def test_text_without_numbers_is_cut_into_its_paragraphs():
    cut = cut_and_pair("First thought.\n\nSecond thought,\non two lines.", "")

    assert [pair.text.en for pair in cut.pairs] == ["First thought.", "Second thought,\non two lines."]


def test_article_on_one_long_line_loses_nothing():
    long = "Article 1 " + "word " * 100

    pair = cut_and_pair(long, "").pairs[0]

    assert len(pair.heading.en) == 300
    assert pair.text.en == long.strip()
