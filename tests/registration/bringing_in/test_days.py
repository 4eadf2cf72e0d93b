"""Days of the conference as forms write them."""

import pytest

from registration.bringing_in.days import days_in


@pytest.mark.parametrize(
    ("heading", "cell", "numbers"),
    [
        ("Days", "Day 1", [1]),
        ("Days", "26 March", [1]),
        ("Days", "26 and 27 March 2024", [1, 2]),
        ("Days", "March 27", [2]),
        ("Days", "2024-03-27", [2]),
        ("Days", "27/03/2024", [2]),
        ("Days", "Tuesday", [1]),
        ("Days", "Both days", [1, 2]),
        ("ថ្ងៃ", "ថ្ងៃទី២៦ ខែមីនា", [1]),
        ("ថ្ងៃ", "ថ្ងៃទី១, ថ្ងៃទី២", [1, 2]),
        ("ថ្ងៃ", "ទាំងពីរថ្ងៃ", [1, 2]),
        ("Will you join Day 2 (27 March)?", "Yes", [2]),
        ("Will you join Day 2 (27 March)?", "No", []),
        ("Will you attend?", "Yes", [1, 2]),
        ("Days", "28 March", []),
    ],
)
def test_days_in_a_cell(edition, heading, cell, numbers):
    days = list(edition.days.all())

    found, not_read = days_in([(heading, cell)], days)

    assert [days.index(day) + 1 for day in found] == numbers
    assert bool(not_read) == (numbers == [])
