from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.utils import formats, translation
from django.utils.safestring import mark_safe

from conference.templatetags.bilingual import parted_at_sign, unparted
from conference.words import (
    clock,
    date_only,
    date_range,
    dates,
    day,
    digits,
    moment,
    phone,
)

TUESDAY = date(2024, 3, 26)


@pytest.mark.parametrize(("language", "month"), [("en", "March"), ("km", "មីនា")])
def test_march_is_spelt_right(language, month):
    with translation.override(language):
        assert formats.date_format(TUESDAY, "F") == month


@pytest.mark.parametrize("language", ["en", "km"])
def test_dates_are_read_day_first(language):
    with translation.override(language):
        assert forms.DateField(localize=True).clean("03/04/2024") == date(2024, 4, 3)


def test_day_in_each_language():
    with translation.override("km"):
        assert day(TUESDAY) == "ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤"
    assert day(TUESDAY) == "Tuesday, March 26, 2024"


@pytest.mark.parametrize(
    ("last", "written"),
    [
        (None, "March 26, 2024"),
        (TUESDAY, "March 26, 2024"),
        (date(2024, 3, 27), "March 26–27, 2024"),
        (date(2024, 4, 2), "March 26 – April 2, 2024"),
        (date(2025, 1, 2), "March 26, 2024 – January 2, 2025"),
    ],
)
def test_date_range_in_english(last, written):
    assert date_range(TUESDAY, last) == written


def test_times_in_each_language():
    with translation.override("km"):
        assert (clock(time(13, 30)), clock(time(8, 30))) == ("១៣:៣០", "៨:៣០")
    assert (clock(time(8, 5)), clock(time(17, 0))) == ("8:05", "17:00")


def test_telephone_keeps_its_digits_in_khmer():
    with translation.override("km"):
        assert (phone("+85512323045"), digits(75)) == ("012 323 045", "៧៥")
    assert phone("+6621234567") == "+6621234567"
    assert phone("+855 twelve") == "+855 twelve"


def test_moment_is_told_as_the_clock_in_phnom_penh_shows_it():
    late = datetime(2024, 3, 26, 18, 30, tzinfo=UTC)

    assert (clock(late), day(late)) == ("1:30", "Wednesday, March 27, 2024")
    assert date_only(late) == "March 27, 2024"


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ([], ""),
        ([26], "March 26, 2024"),
        ([27, 25, 26], "March 25–27, 2024"),
        ([25, 27], "March 25, 2024; March 27, 2024"),
    ],
)
def test_dates_that_follow_each_other_are_one_range(days, written):
    assert dates(date(2024, 3, number) for number in days) == written


def test_moment_is_in_words_and_in_the_time_of_phnom_penh():
    at = datetime(2024, 3, 26, 2, 5, tzinfo=UTC)
    with translation.override("km"):
        assert moment(at) == "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤ ម៉ោង ៩:០៥"
    assert moment(at) == "March 26, 2024, 9:05"


def test_words_that_browsers_part_are_held_together():
    assert unparted("ទិន្នន័យបើកទូលាយ <2024>") == "ទិន្នន័យបើក\u2060ទូលាយ &lt;2024&gt;"
    assert unparted(mark_safe("<b>Open</b>")) == "<b>Open</b>"
    assert unparted("អង្គការ (អូឌីស៊ី)") == "អង្គការ (អូឌី\u2060ស៊ី)"


def test_long_address_parts_after_its_at_sign_only():
    assert parted_at_sign("sample@example.org") == "sample@<wbr>example.org"
    assert parted_at_sign("<b>@example.org") == "&lt;b&gt;@<wbr>example.org"
