"""A day and a time in one field, as people type them."""

from datetime import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from conference.forms import MomentField
from conference.language.moments import read_moment

TYPED = [
    "25 March, 8:00",
    "25 march 8.00",
    "25th of March, 8 am",
    "Mon 25 Mar 8:00",
    "March 25, 8:00",
    "March 25, 2024, 8:00",
    "8:00 on Monday, March 25",
    "25/3 8:00",
    "25.3. 8:00",
    "25/03/2024 at 8h00",
    "25.3.2024, 8.00",
    "2024-03-25 08:00",
    "2024-03-25T08:00",
    "២៥ មីនា ៨:០០",
    "ថ្ងៃទី២៥ ខែមីនា ឆ្នាំ២០២៤ ម៉ោង ៨:០០",
    "ថ្ងៃចន្ទ ទី២៥ ខែមីនា ម៉ោង ៨ ព្រឹក",
]


@pytest.mark.parametrize("typed", TYPED)
def test_moment_is_read_in_the_time_of_phnom_penh(typed):
    assert read_moment(typed) == timezone.make_aware(datetime(2024, 3, 25, 8))


def test_day_without_a_year_is_the_next_one():
    assert read_moment("1 February, 17:00") == timezone.make_aware(datetime(2025, 2, 1, 17))
    assert read_moment("29 Feb, 17:00") == timezone.make_aware(datetime(2028, 2, 29, 17))


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "25 March", "8:00", "31 February 8:00", "25/13 8:00", "25 March, 25:00"],
)
def test_what_is_no_moment_is_not_guessed(typed):
    assert read_moment(typed) is None


@pytest.mark.parametrize("language", ["en", "km"])
def test_field_reads_what_it_shows(language):
    moment = timezone.make_aware(datetime(2024, 12, 5, 17, 30))
    field = MomentField()

    with override(language):
        shown = field.prepare_value(moment)

        assert field.clean(shown) == moment
        assert not field.has_changed(moment, shown)
