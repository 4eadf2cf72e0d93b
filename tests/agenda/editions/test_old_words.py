"""The year before in the texts of a new edition: found, and what would stand there instead."""

from datetime import date

import pytest

from agenda.editions.copying import copy_edition
from agenda.editions.old_words import OldWords, Swap, found_in, write
from conference.models import Edition

SWAP = Swap(
    2024,
    2027,
    {date(2024, 3, 26): date(2027, 3, 16), date(2024, 3, 27): date(2027, 3, 17)},
)
TO_MAY = Swap(2024, 2025, {date(2024, 3, 26): date(2025, 5, 21), date(2024, 3, 27): date(2025, 5, 22)})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("National Open Data Conference 2024", "National Open Data Conference 2027"),
        ("ឆ្នាំ២០២៤", "ឆ្នាំ២០២៧"),
        ("from March 26 to 27, 2024", "from March 16 to 17, 2027"),
        ("26-27 March", "16-17 March"),
        ("on the 26th of March", "on the 16th of March"),
        ("26 and 27 Mar 2024", "16 and 17 Mar 2027"),
        ("ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤", "ថ្ងៃទី១៦–១៧ ខែមីនា ឆ្នាំ២០២៧"),
        ("ថ្ងៃទី២៦ ដល់ថ្ងៃទី២៧ ខែមិនា", "ថ្ងៃទី១៦ ដល់ថ្ងៃទី១៧ ខែមីនា"),
        ("Day 1, March 26", "Day 1, March 16"),
    ],
)
def test_year_and_dates_are_found_in_either_script(old, new):
    assert SWAP.applied(old) == new


@pytest.mark.parametrize(
    "text",
    [
        "Policy Framework 2021–2035",
        "12024 people, 20245",
        "March 25",  # the day before
        "25–26 March",  # begins with a day that is none of the conference
        "26 May",
        "March 2023",
        "",
    ],
)
def test_other_numbers_stay(text):
    assert SWAP.applied(text) == text


def test_month_and_ordinals_change_with_the_date():
    assert TO_MAY.applied("March 26th and 27th, 2024") == "May 21st and 22nd, 2025"
    assert TO_MAY.applied("២៦ ខែមីនា ២០២៤") == "២១ ខែឧសភា ២០២៥"


def test_dates_that_come_to_lie_in_two_months_are_left_to_people():
    swap = Swap(2024, 2024, {date(2024, 3, 26): date(2024, 4, 30), date(2024, 3, 27): date(2024, 5, 1)})

    assert swap.applied("26–27 March") == "26–27 March"
    assert swap.applied("26 March") == "30 April"


@pytest.fixture
def new(edition):
    return copy_edition(edition, date(2027, 3, 16))


def test_texts_of_a_copy_are_found_and_what_is_chosen_is_written(new, edition):
    Edition.objects.filter(pk=new.pk).update(summary_en="Welcome on 26 March 2024", khmer_checked=True)
    new.refresh_from_db()
    found = found_in(new, edition)
    chosen = next(one for one in found if one.column == "summary_en")
    others = len(found) - 1

    assert write(found, {chosen.key}) == [new]

    new.refresh_from_db()
    assert new.summary_en == "Welcome on 16 March 2027"
    assert not new.khmer_checked
    assert len(found_in(new, edition)) == others


def test_a_text_that_changed_meanwhile_stays(new, edition):
    found = found_in(new, edition)
    Edition.objects.filter(pk=new.pk).update(background_en="Another text of 2024")
    keys = {one.key for one in found if one.row == new}

    write(found, keys)

    new.refresh_from_db()
    assert new.background_en == "Another text of 2024"


def test_old_edition_is_never_touched(new, edition):
    before = Edition.objects.filter(pk=edition.pk).values().get()
    found = found_in(new, edition)

    write(found, {one.key for one in found})

    assert Edition.objects.filter(pk=edition.pk).values().get() == before
    assert {one.row.pk for one in found if isinstance(one.row, Edition)} <= {new.pk}


def test_only_what_differs_is_shown_and_a_little_around_it(new, edition):
    text = "x" * 200 + " 2024 " + "y" * 200
    Edition.objects.filter(pk=new.pk).update(disclaimer_en=text)
    new.refresh_from_db()

    old, proposed = next(one for one in found_in(new, edition) if one.column == "disclaimer_en").shown

    assert "2024" in old
    assert "2027" in proposed
    assert len(old) < 140
    assert old.startswith("…")
    assert old.endswith("…")


@pytest.mark.parametrize(
    ("words", "first", "last"), [("Reports ", "…Reports", "Reports…"), ("សន្និសីទ", "…សន្និសីទ", "សន្និ…")]
)
def test_what_is_shown_cuts_no_word_and_no_khmer_letter(words, first, last):
    text = f"{words * 30} 2024 {words * 30}"

    old, _new = OldWords(Edition(), "summary_en", text, SWAP.applied(text)).shown

    assert old.startswith(first)
    assert old.endswith(last)
