"""What a list is taken for, row by row: a person, a person in doubt, or no person. Nothing is lost without a word."""

import datetime

import pytest

from agenda.importing.reading.sources import read_pasted
from registration.bringing_in.looking import look
from registration.bringing_in.people import NotSaid
from registration.bringing_in.waiting import Waiting


@pytest.fixture
def look_at(edition):
    """Rows with “|” between their cells."""
    days = list(edition.days.all())

    def look_at(*rows, through_helper=True):
        waiting = Waiting.of(read_pasted("\n".join(rows).replace("|", "\t")), [day.date for day in days])
        not_said = NotSaid(days, "km", datetime.date(2024, 3, 1), through_helper)
        return look(waiting, edition, not_said, days, sees_answers=True)

    return look_at


CONTACTS = {
    "012 345 678 / a@example.org": ("+85512345678", "a@example.org", ""),
    "Tel: 012 345 678, Email: a@example.org": ("+85512345678", "a@example.org", ""),
    "a@example.org; 012345678; t.me/sample_one": ("+85512345678", "a@example.org", "@sample_one"),
    "@sample_one 012 345 678": ("+85512345678", "", "@sample_one"),
}


@pytest.mark.parametrize("heading", ["Tél / Email", "Contact", "Phone", "Email"])
@pytest.mark.parametrize("cell", CONTACTS)
def test_all_contacts_of_one_cell_are_read_whatever_its_heading_asks_for(look_at, heading, cell):
    people = look_at(f"No|Name|{heading}", f"1|Sample One|{cell}", "2|Sample Two|b@example.org 099 888 777").people

    person = people[0].row.person
    assert (person["phone"], person["email"], person["telegram"]) == CONTACTS[cell]
    assert people[0].found == "new"


def test_what_is_no_contact_beside_an_address_is_said(look_at):
    rows = ["Name|Email", "Sample One|a@example.org, ask her sister", "Sample Two|b@example.org"]

    one, two = look_at(*rows).people

    assert (one.found, two.found) == ("doubt", "new")
    assert "ask her sister" in one.reasons[0]


def test_heading_among_the_rows_is_no_person_without_a_question(look_at):
    rows = [
        "Name|Organization|Phone",
        "Government",
        "Sample One|Sample Ministry|012 345 678",
        "Sample Two|Sample NGO|",
    ]

    looked = look_at(*rows)

    assert [(one.row.names[0], one.found.value) for one in looked.people] == [
        ("Government", "doubt"),
        ("Sample One", "new"),
        ("Sample Two", "new"),
    ]


def test_total_below_a_list_is_no_person(look_at):
    rows = ["ល.រ|ឈ្មោះ|ភេទ|ទូរស័ព្ទ", "១|គំរូ មួយ|ប្រុស|០១២ ៣៤៥ ៦៧៨", "សរុប|១ នាក់"]

    looked = look_at(*rows)

    assert [one.row.person["name_km"] for one in looked.people] == ["គំរូ មួយ"]
    assert ("សរុប · ១ នាក់", "A total of the rows above.") in [(text, why) for _place, text, why in looked.passed]


def test_name_of_which_digits_are_cut_off_is_in_doubt(look_at):
    one, two = look_at("ឈ្មោះ|ស្ថាប័ន", "គំរូ ១២|អង្គការគំរូ", "គំរូ ពីរ|អង្គការគំរូ").people

    assert (one.found, two.found) == ("doubt", "new")


BESIDE = {
    "Sample Dara (Sample Network)": ("", "Sample Dara", "Sample Network", "new"),
    "Sample Dara, Ministry of Samples": ("", "Sample Dara", "Ministry of Samples", "new"),
    "Sample Dara - Director": ("", "Sample Dara", "", "doubt"),
    "Sample Dara (Ms.)": ("", "Sample Dara", "", "new"),
    "Sample, Dara": ("", "Sample Dara", "", "new"),
    "គំរូ មួយ (Kumrou Muoy)": ("គំរូ មួយ", "Kumrou Muoy", "", "new"),
    "គំរូ មួយ (អង្គការគំរូ)": ("គំរូ មួយ", "", "អង្គការគំរូ", "new"),
    "Sample Dara (Bopha)": ("", "Sample Dara", "", "doubt"),
}


@pytest.mark.parametrize("cell", BESIDE)
def test_what_stands_beside_a_name_is_no_part_of_it(look_at, cell):
    one = look_at("No|Name|Phone", f"1|{cell}|012 345 678", "2|Sample Two|099 888 777").people[0]

    person = one.row.person
    assert (person["name_km"], person["name_latin"], person["organisation"], one.found.value) == BESIDE[cell]


def test_lines_of_a_chat_are_people_and_the_greeting_is_none(look_at):
    looked = look_at(
        "Dear all, these come:",
        "1. Sample Dara - Sample Network - 012 345 678",
        "2. Sample Bopha - Sample University - 099 888 777",
        "3. គំរូ បី – សមាគមគំរូ – ០១៧ ២២២ ៣៣៣",
    )

    people = [one.row.person for one in looked.people]
    assert [(one["name_latin"] or one["name_km"], one["organisation"], one["phone"]) for one in people] == [
        ("Sample Dara", "Sample Network", "+85512345678"),
        ("Sample Bopha", "Sample University", "+85599888777"),
        ("គំរូ បី", "សមាគមគំរូ", "+85517222333"),
    ]


def test_day_over_the_rows_is_the_day_of_the_rows_below(look_at):
    looked = look_at(
        "Day 1 – 26 March",
        "Name|Phone|Organisation",
        "Sample One|012 345 678|Sample NGO",
        "Day 2 – 27 March",
        "Sample Two|099 888 777|Sample NGO",
    )

    assert [[day.date.day for day in one.row.days] for one in looked.people] == [[26], [27]]


def test_column_a_day_is_read_with_words_for_coming(look_at):
    [one, two] = look_at(
        "ឈ្មោះ|ទូរស័ព្ទ|ថ្ងៃទី១|ថ្ងៃទី២", "គំរូ មួយ|012 345 678|ចូលរួម|មិនចូលរួម", "គំរូ ពីរ|099 888 777|attending|attending"
    ).people

    assert [day.date.day for day in one.row.days] == [26]
    assert [day.date.day for day in two.row.days] == [26, 27]
