"""What the columns of a list are: by their headings in both languages, and by what stands in them."""

import pytest

from agenda.importing.reading.sources import read_pasted
from registration.bringing_in.asked import Asked
from registration.bringing_in.headings import asked_by
from registration.bringing_in.sheets import sheets_of
from registration.bringing_in.spellings import province_of, yes_or_no
from registration.bringing_in.telephones import telephones

HEADINGS = {
    "Start time": "given_on",
    "Full name": "name",
    "Name of organisation": "organisation",
    "គោត្តនាម និងនាម": "name",
    "គោត្តនាម": "family",
    "ឈ្មោះជាអក្សរឡាតាំង": "name_latin",
    "តើលោកអ្នកតំណាងឱ្យស្ថាប័នណា?": "organisation",
    "តើលោកអ្នកមកពីខេត្តណា?": "province",
    "តើលោកអ្នកនឹងចូលរួមថ្ងៃណា?": "days",
    "លេខទូរសព្ទ (Phone)": "phone",
    "តួនាទី": "position",
    "Attendee name: Family name": "family",
    "Order status": "state",
    "Affiliation": "organisation",
    "Role at the conference": "part",
    "Will you join Day 1 (26 March)?": "days",
    "May we take photos of you?": "photos",
    "Do you need sign language interpretation?": "needs",
    "Are you 18 or over?": "adult",
    "Emergency contact name": "ignored",
    "Contact person's phone in emergency": "ignored",
    "Name of your parent or guardian": "ignored",
    "Team leader name": "ignored",
    "ត្រូវការអ្នកជំនួយ": "needs",
    "លេខទូរស័ព្ទអាណាព្យាបាល": "ignored",
    "Do you need accommodation support?": "ignored",
    "ត្រូវការអ្នកបកប្រែភាសាសញ្ញា": "needs",
    "Vegetarian?": "food",
    "School/University": "organisation",
    "តើអ្នករៀន ឬធ្វើការនៅទីណា?": "organisation",
    "Comments or questions": "ignored",
    "Nationality": None,
    "Your company": "organisation",
    "Question: Phone": "phone",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading_says_what_the_column_is(heading):
    assert asked_by(heading) == HEADINGS[heading]


@pytest.mark.parametrize(
    "typed",
    ["012323045", "12323045", "12323045.0", "855 12 323 045", "០១២ ៣២៣ ០៤៥", "+855(0)12323045", "Tel: 012-323-045"],
)
def test_telephone_is_read_as_lists_write_it(typed):
    assert telephones(typed) == ["+85512323045"]


def test_telephones_of_one_cell_and_what_is_none():
    assert telephones("012 323 045 / 099 888 777") == ["+85512323045", "+85599888777"]
    assert telephones("8.55123E+10") == telephones("see the e-mail") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kratié", "10"),
        ("ខេត្តត្បូងឃ្មុំ", "25"),
        ("Khan Chamkarmon, Phnom Penh", "12"),
        ("ភូមិ១ ឃុំ២ ខេត្តកំពត", "07"),
        ("ភ្នំពេញ (Phnom Penh)", "12"),
        ("Krong Siem Reap", "17"),
        ("Thailand", "abroad"),
        ("Mars", ""),
    ],
)
def test_province_in_any_spelling(typed, code):
    assert province_of(typed) == code


def test_yes_and_no_in_both_languages():
    assert [yes_or_no(one) for one in ("Yes, I agree that it is used", "ខ្ញុំយល់ព្រម", "បាទ/ចាស")] == [True] * 3
    assert [yes_or_no(one) for one in ("No thanks", "មិនយល់ព្រម", "ទេ / No", "I don’t agree")] == [False] * 4
    assert yes_or_no("Maybe") is None


def test_title_rows_stand_above_the_headings():
    text = "Ministry of Samples\t\t\nList of guests\t\t\nNo.\tName\tInstitution\n1\tKUMROU Muoy\tSample Institute\n"

    [sheet] = sheets_of(read_pasted(text))

    assert (sheet.heading_row, [line.number for line in sheet.above]) == (3, [1, 2])
    assert sheet.columns == [Asked.NUMBER, Asked.NAME, Asked.ORGANISATION]


def test_columns_without_headings_are_known_by_their_cells():
    rows = [
        f"{n}\tKUMROU Sample{word}\tsample{n}@example.org\t01232304{n}\tKampot" for n, word in enumerate("abcdef", 1)
    ]

    [sheet] = sheets_of(read_pasted("\n".join(rows)))

    assert sheet.columns == [Asked.NUMBER, Asked.NAME, Asked.EMAIL, Asked.PHONE, Asked.PROVINCE]


def test_people_in_the_first_row_are_no_headings():
    rows = ["KUMROU Muoy\tSample Ministry\tSpeaker", "KUMROU Pi\tSample University\tPanelist"]

    [sheet] = sheets_of(read_pasted("\n".join(rows)))

    assert (sheet.heading_row, len(sheet.lines)) == (None, 2)
    assert sheet.columns == [Asked.NAME, Asked.ORGANISATION, Asked.PART]


def test_heading_that_the_cells_contradict_is_not_believed():
    rows = ["Name\tPhone", "KUMROU Muoy\tyes", "KUMROU Pi\tno", "KUMROU Bei\tyes"]

    [sheet] = sheets_of(read_pasted("\n".join(rows)))

    assert sheet.columns == [Asked.NAME, Asked.IGNORED]
