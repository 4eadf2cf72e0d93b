"""What stands around an agenda in a message or a sheet: the day in a sentence, the head of an e-mail, notes."""

from datetime import date

import pytest

from agenda.choices import Kind
from agenda.importing.reading.document import Cell, Document, Row, Table
from agenda.importing.reading.sources import read_pasted
from agenda.importing.recognising.account import Became
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.recognise import recognise

FIRST, LAST = date(2027, 3, 10), date(2027, 3, 11)


def read(source):
    document = read_pasted(source) if isinstance(source, str) else source
    return recognise(document, first_day=FIRST, last_day=LAST, known=Known())


def lines(proposal):
    return [(one.date.day, f"{one.starts_at:%H:%M}", one.title.en or one.title.km) for one in proposal.sessions]


def doubts(proposal):
    return [one.doubt for one in proposal.sessions if one.doubt]


@pytest.mark.parametrize(
    "above",
    [
        "Dear all, here is the plan for Thursday, 11 March 2027 (Sunway Hotel):",
        "📅 Open Data Meetup – Thursday, March 11",
        "Voici le programme de la journée du jeudi 11 mars 2027 à l’Institut :",
        "បណ្តាញយុវជនសូមជម្រាបកម្មវិធី ថ្ងៃទី១១ ខែមីនា ឆ្នាំ២០២៧៖",
        "The plan: ថ្ងៃទី១១ ខែមីនា ឆ្នាំ២០២៧ / 11 March 2027",
        "Please confirm by 10 March.\n\nThe plan for 11 March 2027:",
    ],
)
def test_day_may_stand_in_a_sentence_above(above):
    found = read(f"{above}\n\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps")
    assert lines(found) == [(11, "09:00", "Opening"), (11, "09:30", "Maps")]
    assert not doubts(found)
    assert not found.questions


@pytest.mark.parametrize(
    "above",
    [
        "The workshop is from Wednesday 10 March to Thursday 11 March 2027.",
        "The workshop is on 10 – 11 March 2027.",
        "We meet on 10 March; the field visit is on 11 March 2027.",
        "Please confirm your attendance by 11 March 2027.",
        "វគ្គនេះចាប់ពីថ្ងៃទី១០ ដល់ថ្ងៃទី១១ ខែមីនា ឆ្នាំ២០២៧។",
        "We met on 11 February.",
    ],
)
def test_several_days_or_a_deadline_above_are_asked_about(above):
    found = read(f"{above}\n\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps")
    assert len(doubts(found)) == 2
    assert [question.key for question in found.questions] == ["first-day"]


def test_head_of_an_email_is_no_session():
    found = read(
        "From: Sample Office <office@example.org>\nDate: Mon, 1 Mar 2027 at 16:20\nSubject: Agenda\n"
        "To: all@example.org\n\n11 March 2027\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps"
    )
    assert lines(found) == [(11, "09:00", "Opening"), (11, "09:30", "Maps")]
    assert [fate.became for fate in found.fates][:4] == [Became.PASSED] * 4
    assert not found.questions


def test_line_that_an_email_broke_goes_on_with_the_title():
    found = read(
        "11 March 2027\n"
        "9:00 – 9:30  Registration and tea in the garden of the Sample\n  lobby\n"
        "9:30 – 10:00  How do cities and communes publish their maps and\n  what do people do with them?\n"
        "10:00 – 11:00 Maps\nfor all"
    )
    assert [title for _day, _time, title in lines(found)] == [
        "Registration and tea in the garden of the Sample lobby",
        "How do cities and communes publish their maps and what do people do with them?",
        "Maps",
    ]
    assert not any(one.room for one in found.sessions)


def test_list_below_a_session_is_no_broken_line():
    found = read("11 March 2027\n9:00 – 9:30 Registration and tea in the garden of the Sample\n- bring the letter\n")
    assert found.sessions[0].title.en == "Registration and tea in the garden of the Sample"


@pytest.mark.parametrize("sign", ["🕘 ", "⏰", "▶️ ", "📌 • "])
def test_sign_before_a_time(sign):
    assert lines(read(f"11 March 2027\n{sign}9:00 – 9:30 Opening\n{sign}9:30 – 10:00 Maps")) == [
        (11, "09:00", "Opening"),
        (11, "09:30", "Maps"),
    ]


def test_blocks_of_lines_with_labels_are_sessions():
    found = read(
        "DAY TWO: Thursday 11 March\n\n"
        "Time: 9:00 - 10:30\nTitle: Open maps\nSpeaker: Ms. Sample One\nVenue: Room A\n\n"
        "Time: 10:45 - 12:00\nTitle: Open data\nSpeaker: Mr. Sample Two\nVenue: Room B\n"
    )
    assert [(one.date.day, one.title.en, one.people[0].name, one.room) for one in found.sessions] == [
        (11, "Open maps", "Ms. Sample One", "Room A"),
        (11, "Open data", "Mr. Sample Two", "Room B"),
    ]
    assert not any(fate.became == Became.UNREAD for fate in found.fates)


def test_one_block_of_facts_is_no_session():
    found = read("Title: Sample Workshop\nTime: 8:30 – 17:00\n\n11 March 2027\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps")
    assert (11, "09:00", "Opening") in lines(found)
    assert "Sample Workshop" not in [one.title.en for one in found.sessions]


@pytest.mark.parametrize(
    "note", ["សរុប\t២ សកម្មភាព", "Total hours\t1.5", "© Sample University 2027", "Page 1 of 2", "17:00\tDeparture"]
)
def test_what_stands_below_the_sessions_is_passed_over(note):
    gap = "\t" if "\t" in note else " "
    found = read(f"11 March 2027\n9:00 – 9:30{gap}Opening\n15:30 – 17:00{gap}Maps\n{note}")
    assert lines(found) == [(11, "09:00", "Opening"), (11, "15:30", "Maps")]
    assert found.fates[-1].became == Became.PASSED
    assert not any(one.description.en for one in found.sessions)


def test_departure_in_the_morning_is_a_session():
    found = read("11 March 2027\n8:00\tDeparture\n9:00 – 12:00\tField visit")
    assert lines(found)[0] == (11, "08:00", "Departure")


@pytest.mark.parametrize("hall", ["សាលធំ", "Tonle Sap"])
def test_hall_with_any_name_beside_rooms_has_its_sessions(hall):
    rows = [
        [Cell("11 March 2027", 0, 3)],
        [Cell("Time", 0), Cell(hall, 1), Cell("Room 1", 2)],
        [Cell("9:00 – 9:30", 0), Cell("Opening", 1, 2)],
        [Cell("9:30 – 10:00", 0), Cell("Maps", 1), Cell("Budgets", 2)],
    ]
    found = read(Document((Table(tuple(Row(at, tuple(cells)) for at, cells in enumerate(rows, start=1))),)))
    assert [(one.title.en, one.room) for one in found.sessions] == [
        ("Opening", ""),
        ("Maps", hall),
        ("Budgets", "Room 1"),
    ]


def test_track_names_its_room_in_brackets():
    found = read(
        "11 March 2027\n"
        "Time\tTrack A – Methods (Room 101)\tTrack B – Practice (Room 102)\n9:00 – 9:30\tSurveys\tSchools"
    )
    assert [(one.title.en, one.track, one.room) for one in found.sessions] == [
        ("Surveys", "Track A – Methods", "Room 101"),
        ("Schools", "Track B – Practice", "Room 102"),
    ]


@pytest.mark.parametrize("heading", ["បន្ទប់ Room", "Room បន្ទប់"])
def test_heading_in_two_languages_names_the_room(heading):
    found = read(f"11 March 2027\nTime\tTopic\t{heading}\n9:00 – 9:30\tOpening\tMekong\n9:30 – 10:00\tMaps\tAngkor")
    assert [one.room for one in found.sessions] == ["Mekong", "Angkor"]


@pytest.mark.parametrize("numbers", ["12", "១២"])
def test_number_of_a_list_before_a_time(numbers):
    first, second = numbers
    found = read(f"11 March 2027\n{first}. 8:00-8:30 Opening\n{second}. 10:00-11:30 Maps\n3) 11:30-12:00 Closing")
    assert lines(found) == [(11, "08:00", "Opening"), (11, "10:00", "Maps"), (11, "11:30", "Closing")]
    assert not doubts(found)


def test_time_with_a_gap_behind_its_stop():
    assert lines(read("11 March 2027\n9. 30 – 10. 15 Opening\n10. 15 – 11. 00 Maps"))[0] == (11, "09:30", "Opening")


def test_blocks_may_be_numbered_and_stand_below_facts():
    found = read(
        "Date: 11 March 2027\nVenue: Sample Hotel\n\nSession 1: Opening\nTime: 9:00 - 9:30\n\n"
        "Session 2: Maps\nTime: 9:30 - 10:30\nSpeaker: Ms. Sample One\n"
    )
    assert lines(found) == [(11, "09:00", "Opening"), (11, "09:30", "Maps")]
    assert [one.label.en for one in found.sessions] == ["Session 1", "Session 2"]
    assert not any(one.room for one in found.sessions)


def test_fact_above_a_grid_is_no_heading_and_time_may_be_merged_over_from_and_to():
    rows = [
        [Cell("Date:", 0), Cell("2027-03-11", 1)],
        [Cell("Time", 0, 2), Cell("Room 1", 2), Cell("Room 2", 3)],
        [Cell("09:00", 0), Cell("09:45", 1), Cell("Maps", 2), Cell("Budgets", 3)],
        [Cell("10:00", 0), Cell("10:45", 1), Cell("Forests", 2), Cell("Schools", 3)],
    ]
    found = read(Document((Table(tuple(Row(at, tuple(cells)) for at, cells in enumerate(rows, start=1))),)))
    assert {(one.date.day, f"{one.ends_at:%H:%M}", one.title.en, one.room) for one in found.sessions} == {
        (11, "09:45", "Maps", "Room 1"),
        (11, "09:45", "Budgets", "Room 2"),
        (11, "10:45", "Forests", "Room 1"),
        (11, "10:45", "Schools", "Room 2"),
    }
    assert not doubts(found)


def test_heading_over_all_rooms_is_no_track():
    rows = [
        [Cell("11 March 2027", 0, 3)],
        [Cell("Time", 0, 1, 2), Cell("Parallel sessions", 1, 2)],
        [Cell("Room 1", 1), Cell("Room 2", 2)],
        [Cell("9:00 – 9:30", 0), Cell("Maps", 1), Cell("Budgets", 2)],
    ]
    found = read(Document((Table(tuple(Row(at, tuple(cells)) for at, cells in enumerate(rows, start=1))),)))
    assert [(one.title.en, one.room, one.track) for one in found.sessions] == [
        ("Maps", "Room 1", ""),
        ("Budgets", "Room 2", ""),
    ]


def test_part_of_the_day_beside_a_date_is_no_introduction():
    found = read("ថ្ងៃទី១១ មីនា ២០២៧ (ពេលព្រឹក)\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps")
    assert [(day.date.day, day.intro.en, day.intro.km) for day in found.days] == [(11, "", "")]


def test_sign_before_a_title_changes_nothing_of_its_kind():
    found = read("11 March 2027\n9:00 – 9:30 ☕ Break\n9:30 – 10:00 Maps")
    assert found.sessions[0].kind == Kind.BREAK


def test_line_that_says_who_wrote_is_no_session():
    found = read("11 March 2027\n9:00 – 9:30 Opening\n9:30 – 10:00 Maps\n\nOn Mon, 1 Mar 2027 at 10:12, Sample wrote:")
    assert lines(found) == [(11, "09:00", "Opening"), (11, "09:30", "Maps")]
    assert not found.questions


def test_times_may_stand_below_the_word_for_a_length():
    found = read("11 March 2027\nល.រ\tខ្លឹមសារ\tរយៈពេល\n1\tOpening\t8:00-8:10\n2\tMaps\t8:10-9:30")
    assert lines(found) == [(11, "08:00", "Opening"), (11, "08:10", "Maps")]


def test_heading_between_starts_leaves_the_end_above_certain():
    found = read("11 March 2027\n9:00\tOpening\n9:30\tBreak\nTechnical part\n10:00\tMaps\n11:00\tEnd")
    assert lines(found) == [(11, "09:00", "Opening"), (11, "09:30", "Break"), (11, "10:00", "Maps")]
    assert not doubts(found)


def test_rooms_may_stand_below_each_other_and_times_go_across():
    found = read("Room\t9:00-10:00\t10:00-11:00\nHall\tOpening\tPanel A\nRoom 1\tForests\tMaps")
    assert {(f"{one.starts_at:%H:%M}", one.title.en, one.room) for one in found.sessions} == {
        ("09:00", "Opening", "Hall"),
        ("10:00", "Panel A", "Hall"),
        ("09:00", "Forests", "Room 1"),
        ("10:00", "Maps", "Room 1"),
    }


def test_how_to_reach_a_person_is_on_no_page():
    found = read(
        "11 March 2027\n9:00 Opening – Ms. Kea Sample (012 555 051, kea@example.org)\n10:00 Lunch\n"
        "11:00 Closing\nAsk Mr. Van Sample, tel. +855 17 555 052"
    )
    assert [person.name for person in found.sessions[0].people] == ["Ms. Kea Sample"]
    assert not any(part in str(found.sessions) for part in ("051", "kea@", "052"))
    assert any("051" in fate.left for fate in found.fates)


def test_letter_ends_below_the_agenda():
    found = read("11 March 2027\n9:00-10:00 Opening\n10:00-11:00 Lunch\nTrân trọng,\nSample Host – 0905 555 061")
    assert "Host" not in str(found.sessions)
    assert [fate.became for fate in found.fates[-2:]] == [Became.PASSED, Became.PASSED]


def test_names_with_a_bar_between_are_two_where_each_stands_alone():
    rows = "ម៉ោង\tសកម្មភាព\tអ្នកទទួលខុសត្រូវ\n៨:០០-៩:០០\tផែនទី\tសុភា / ដារ៉ា\n៩:០០-១០:០០\tល្បែង\tសុភា\n១០:០០-១១:០០\tបិទ\tដារ៉ា"
    first = read(f"11 March 2027\n{rows}").sessions[0]
    assert [person.name for person in first.people] == ["សុភា", "ដារ៉ា"]


def test_day_beside_the_first_time_of_a_day_is_that_of_those_below():
    found = read(
        'Date/Time\tSession\n"10 March 2027\n8:30 – 9:00"\tRegistration\n9:00 – 10:00\tOpening\n'
        '"11 March 2027\n9:00 – 11:00"\tDrafting\n11:00 – 12:00\tAdoption'
    )
    assert lines(found) == [
        (10, "08:30", "Registration"),
        (10, "09:00", "Opening"),
        (11, "09:00", "Drafting"),
        (11, "11:00", "Adoption"),
    ]
    assert not doubts(found)


def test_last_row_of_a_day_in_a_grid_does_not_end_on_the_next_morning():
    found = read(
        "Time\tHall\tLibrary\n10 March 2027\n9:00\tOpening\t\n11:15\tLaw\tMaps\n11 March 2027\n9:00\tRecap\t\n"
        "9:30-10:00\tEnd of maps\t"
    )
    assert lines(found)[:3] == [(10, "09:00", "Opening"), (10, "11:15", "Law"), (10, "11:15", "Maps")]
    assert len(doubts(found)) == 2
