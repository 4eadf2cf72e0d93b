"""Texts that may name people, and texts that surely name none."""

import pytest

from agenda.importing.recognising.likely_names import (
    contacts_in,
    is_likely_name,
    is_nobody,
    is_origin,
    parted,
    without_contacts,
)


@pytest.mark.parametrize("text", ["Sokha Sample", "Anna de Sample, Sample Network", "គំរូ សំណាង", "គំរូ សំណាង អង្គការគំរូ"])
def test_name_without_an_honorific_is_likely(text):
    assert is_likely_name(text)


@pytest.mark.parametrize(
    "text",
    ["Digital Rights", "Lunch Break", "Executive Director", "SHOULD BE SHORTER", "Sample", "ពិធី បើក", "ការពិភាក្សា ក្រុម"],
)
def test_other_words_with_capitals_are_no_names(text):
    assert not is_likely_name(text)


@pytest.mark.parametrize("text", ["Director", "Sample Ministry", "Researcher, Sample University", "UNDP", "អង្គការគំរូ"])
def test_position_and_place_of_work_are_no_name(text):
    assert is_origin(text)
    assert not is_likely_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "All",
        "Everyone",
        "All participants in four groups",
        "10 min each",
        "គ្រប់គ្នា",
        "Tất cả đại biểu",
        "Semua peserta",
    ],
)
def test_for_whom_and_how_long_are_nobody(text):
    assert is_nobody(text)


def test_cell_of_people_is_parted():
    lines = ["Participants, Ms. Sample Chair", "All", "5 min each", "Sokha Sample"]

    assert parted(lines, "Who") == (
        ["Ms. Sample Chair", "Sokha Sample"],
        ["Who: Participants", "Who: All", "5 min each"],
    )


@pytest.mark.parametrize(
    ("text", "bare", "contacts"),
    [
        ("Anna Sample (anna@example.org, 012 345 678)", "Anna Sample", ["anna@example.org", "012 345 678"]),
        ("Anna Sample, tel: +855 12 345 678", "Anna Sample", ["+855 12 345 678"]),
        ("9:00 – 10:30 on 2027-02-02", "9:00 – 10:30 on 2027-02-02", []),
        ("0800 - 0830", "0800 - 0830", []),
    ],
)
def test_contacts_are_taken_out(text, bare, contacts):
    assert (without_contacts(text), contacts_in(text)) == (bare, contacts)
