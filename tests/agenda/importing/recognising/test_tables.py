"""Whole tables: where the times stand, grids, what is asked, and what staff answer."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.choices import Role
from agenda.importing.reading.document import Cell, Document, Paragraph, Row, Table
from agenda.importing.reading.sources import read_pasted
from agenda.importing.recognising.account import Became, ColumnRole
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.recognise import recognise

FIRST, LAST = date(2027, 3, 10), date(2027, 3, 11)
OPENING = "Day 1\n9:00 – 9:30\tOpening\n"


def table(*rows, part=""):
    """Cells are texts, or (text, columns, rows) where they are merged."""
    made = []
    for number, row in enumerate(rows, start=1):
        cells = [
            Cell(cell, at) if isinstance(cell, str) else Cell(cell[0], at, *cell[1:]) for at, cell in enumerate(row)
        ]
        made.append(Row(number, tuple(cell for cell in cells if cell.text)))
    return Table(tuple(made), part)


def read(source, *, last_day=LAST, **answers):
    document = read_pasted(source) if isinstance(source, str) else source
    said = {key.replace("_", "-"): value for key, value in answers.items()}
    return recognise(document, first_day=FIRST, last_day=last_day, known=Known(), answers=said)


def lines(proposal):
    return [
        (one.date.day, f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}", one.title.en, one.room or one.track)
        for one in sorted(proposal.sessions, key=lambda one: (one.date, one.starts_at, one.room, one.track))
    ]


def doubts(proposal):
    return [one.doubt for one in proposal.sessions if one.doubt]


def fates(proposal):
    return {fate.spot.row: fate.became for fate in proposal.fates}


@pytest.mark.parametrize(
    "text",
    [
        "\t9:00 – 9:30\tOpening\n\t9:30 – 10:00\tMaps",
        "1\tOpening\t9:00 – 9:30\n2\tMaps\t9:30 – 10:00",
        "No\tTime\tActivity\n1\t9:00 – 9:30\tOpening\n2\t9:30 – 10:00\tMaps",
        "Time\tDuration\tActivity\n9:00\t30 min\tOpening\n9:30\t30 min\tMaps",
        "Activity\tStart\tEnd\nOpening\t9:00\t9:30\nMaps\t9:30\t10:00",
        "Length\tActivity\tStart\n30\tOpening\t9:00\n30\tMaps\t9:30",
    ],
)
def test_time_stands_in_any_column(text):
    proposal = read("Day 1\n" + text)

    assert lines(proposal) == [(10, "09:00", "09:30", "Opening", ""), (10, "09:30", "10:00", "Maps", "")]
    assert doubts(proposal) == []


@pytest.mark.parametrize(
    ("heading", "places"),
    [("Room A\tRoom B", ("Room A", "Room B")), ("Policy\tTechnology", ("Policy", "Technology"))],
)
def test_grid_by_room_or_track_has_a_session_in_each_cell(heading, places):
    text = f"Day 1\nTime\t{heading}\n9:00 – 9:30\tOpen laws\tOpen code\n9:30 – 10:00\tNew maps\tNew data"

    proposal = read(text, layout_0="grid", layout_0_2="grid")

    one, other = places
    assert lines(proposal) == [
        (10, "09:00", "09:30", "Open laws", one),
        (10, "09:00", "09:30", "Open code", other),
        (10, "09:30", "10:00", "New maps", one),
        (10, "09:30", "10:00", "New data", other),
    ]


def test_clock_of_another_place_is_no_title_and_staff_look_at_it():
    proposal = read("Day 1\n10:00 – 11:00 am ET\tOpening\n11:00 am – 12:00 pm ET\tMaps")

    assert [line[3] for line in lines(proposal)] == ["Opening", "Maps"]
    assert doubts(proposal) == ["The clock of ET is meant. The time is taken as it stands."] * 2


def test_same_text_in_rooms_beside_each_other_is_one_session():
    text = "Time\tRoom A\tRoom B\tRoom C\n9:00 – 9:30\tOpening\tOpening\tOpening\n9:30 – 10:00\tMaps\tMaps\tLaws"

    sessions = read("Day 1\n" + text).sessions

    assert [(one.title.en, one.room, one.description.en) for one in sessions] == [
        ("Opening", "", ""),
        ("Maps", "", "Room A, Room B"),
        ("Laws", "Room C", ""),
    ]


def test_moderators_and_organisations_in_columns_of_their_own():
    heading = "Day 1\nTime\tTitle\tSpeaker\tOrganisation\tModerator\n"
    (session,) = read(f"{heading}9:00 – 9:30\tMaps\tMs. A One\tSample Fund\tMr. B Two and Ms. C Three").sessions

    assert [(one.role, one.name) for one in session.people] == [
        (Role.SPEAKER, "Ms. A One, Sample Fund"),
        (Role.MODERATOR, "Mr. B Two"),
        (Role.MODERATOR, "Ms. C Three"),
    ]


def test_grid_by_day():
    proposal = read("Time\tMarch 10\tMarch 11\n9:00 – 10:00\tOpening\tRecap\n10:00 – 11:00\tMaps\tData")

    assert [(line[0], line[3]) for line in lines(proposal)] == [
        (10, "Opening"),
        (10, "Maps"),
        (11, "Recap"),
        (11, "Data"),
    ]
    assert doubts(proposal) == []


def test_cell_merged_over_days_is_on_each_and_over_lines_lasts_until_the_last():
    grid = table(
        ("Time", "March 10", "March 11"),
        ("9:00 – 10:00", ("Registration", 2)),
        ("10:00 – 11:00", ("Teams at work", 1, 2), "Data"),
        ("11:00 – 12:00", "", "Maps"),
    )

    assert [line[:4] for line in lines(read(Document((grid,))))] == [
        (10, "09:00", "10:00", "Registration"),
        (10, "10:00", "12:00", "Teams at work"),
        (11, "09:00", "10:00", "Registration"),
        (11, "10:00", "11:00", "Data"),
        (11, "11:00", "12:00", "Maps"),
    ]


def test_times_may_go_across():
    proposal = read(
        "\t9:00 – 10:00\t10:00 – 11:00\nRoom A\tOpen laws\tNew maps\nRoom B\tOpen code\tNew data", last_day=FIRST
    )

    assert lines(proposal) == [
        (10, "09:00", "10:00", "Open laws", "Room A"),
        (10, "09:00", "10:00", "Open code", "Room B"),
        (10, "10:00", "11:00", "New maps", "Room A"),
        (10, "10:00", "11:00", "New data", "Room B"),
    ]


def test_sheet_is_the_day_that_it_is_named_for():
    one, other = (
        table(("Time", "Title"), ("9:00 – 9:30", title), part=part)
        for title, part in [("Opening", "Day 1"), ("Recap", "Day 2")]
    )

    assert [(line[0], line[3]) for line in lines(read(Document((one, other))))] == [(10, "Opening"), (11, "Recap")]


def test_table_without_headings_goes_on_with_those_above():
    first = table(
        ("Title", "Room", "Time"), ("Opening", "Main", "9"), ("Maps", "Main", "10"), ("Data", "Small", "11 – 12")
    )
    second = table(("Women", "Small", "13 – 14"))

    last = lines(read(Document((first, second)), last_day=FIRST))[-1]

    assert last == (10, "13:00", "14:00", "Women", "Small")


def test_clock_that_jumps_back_is_asked_about_and_not_ticked():
    text = OPENING + "17:00 – 18:00\tDinner\n9:00 – 10:00\tRecap\n10:00 – 11:00\tMaps"

    asked, same, following = read(text), read(text, new_day_0_4="same"), read(text, new_day_0_4="next")

    (question,) = asked.questions
    assert (question.key, question.answered, question.spot.row) == ("new-day-0-4", False, 4)
    assert [bool(one.doubt) for one in asked.sessions] == [False, False, True, True]
    assert ([one.date.day for one in same.sessions], doubts(same)) == ([10] * 4, [])
    assert ([one.date.day for one in following.sessions], doubts(following)) == ([10, 10, 11, 11], [])


def test_clock_that_jumps_back_may_be_the_evening():
    text = OPENING + "15:00 – 16:00\tTea\n8:00 – 9:30\tDinner"

    (question,) = read(text).questions
    dinner = read(text, new_day_0_4="evening").sessions[-1]

    assert [choice.value for choice in question.choices] == ["next", "same", "evening"]
    assert (dinner.date, dinner.starts_at, dinner.ends_at, dinner.doubt) == (FIRST, time(20), time(21, 30), "")


def test_row_without_any_day_is_asked_about_in_an_edition_of_several():
    text = "9:00 – 9:30\tOpening\n9:30 – 10:00\tMaps"

    assert [question.key for question in read(text).questions] == ["first-day"]
    assert len(doubts(read(text))) == 2
    assert doubts(read(text, last_day=FIRST)) == []
    assert {one.date.day for one in read(text, first_day="2027-03-11").sessions} == {11}


def test_staff_may_begin_a_day_at_any_row():
    proposal = read(OPENING + "9:30 – 10:00\tRecap", day_0_3="2027-03-11")

    assert [(one.title.en, one.date.day) for one in proposal.sessions] == [("Opening", 10), ("Recap", 11)]
    assert doubts(proposal) == []


@pytest.mark.parametrize(("written", "answers", "day", "is_asked"), [
    ("03/11/2027", {}, date(2027, 3, 11), False),  # the edition settles it
    ("03/04/2027", {}, date(2027, 4, 3), True),
    ("03/04/2027", {"month_order": "month"}, date(2027, 3, 4), False),
])  # fmt: skip
def test_month_that_is_open_is_asked(written, answers, day, is_asked):
    proposal = read(f"{written}\n9:00 – 9:30\tOpening", dates="written", **answers)

    assert [(one.date, bool(one.doubt)) for one in proposal.sessions] == [(day, is_asked)]


def test_dates_of_another_year_are_asked_about():
    text = "March 5, 2026\n9:00 – 9:30\tOpening\nMarch 6, 2026\n9:00 – 9:30\tRecap"

    assert len(doubts(read(text))) == 2
    assert [one.date for one in read(text, dates="edition").sessions] == [FIRST, LAST]


@pytest.mark.parametrize(
    ("above", "typed", "starts_at", "ends_at"),
    [
        ("11:00 – 12:00", "1:30 – 2:30", time(13, 30), time(14, 30)),
        ("11:00 – 12:15", "12:15 - 1:00", time(12, 15), time(13)),
        ("16:00 – 17:30", "6:30 – 8:30", time(18, 30), time(20, 30)),
        ("13:00 – 14:00", "2:00", time(14), time(15)),
    ],
)
def test_afternoon_that_the_row_above_makes_certain(above, typed, starts_at, ends_at):
    _above, session, *_rest = read(f"Day 1\n{above}\tMaps\n{typed}\tData\n{ends_at:%H:%M} – 21:00\tEnd").sessions

    assert (session.starts_at, session.ends_at, session.doubt) == (starts_at, ends_at, "")


def test_end_that_is_not_said_is_the_next_beginning_and_a_doubt_in_the_last_row():
    first, last = read("Day 1\n9:00\tOpening\n9:45\tMaps").sessions

    assert (first.ends_at, first.doubt) == (time(9, 45), "")
    assert (last.ends_at, bool(last.doubt)) == (time(10, 45), True)


def test_end_of_the_day_is_no_session_and_ends_the_row_above():
    proposal = read("Day 1\n9:00\tOpening\n10:30\tEND OF DAY 1")

    assert lines(proposal) == [(10, "09:00", "10:30", "Opening", "")]
    assert (fates(proposal)[3], doubts(proposal)) == (Became.PASSED, [])


def test_rooms_under_one_time_are_sessions_at_the_same_time():
    rows = table(
        ("Time", "Session", "Room"),
        (("9:00 – 10:00", 1, 2), "Open laws", "Room A"),
        ("", "Open code", "Room B"),
    )

    proposal = read(Document((rows,)), last_day=FIRST)

    assert [(line[3], line[4]) for line in lines(proposal)] == [("Open laws", "Room A"), ("Open code", "Room B")]
    assert doubts(proposal) == []


def test_row_under_a_merged_time_is_asked_about():
    rows = table(("Time", "Session"), (("9:00 – 10:00", 1, 2), "Open laws"), ("", "Open code"))

    asked = read(Document((rows,)), last_day=FIRST)
    together = read(Document((rows,)), last_day=FIRST, together_0="together")

    assert [question.key for question in asked.questions] == ["together-0"]
    assert [(one.title.en, bool(one.doubt)) for one in asked.sessions] == [("Open laws", True)]
    assert [(one.title.en, one.doubt) for one in together.sessions] == [("Open laws", ""), ("Open code", "")]


def test_parallel_sessions_under_a_merged_time_are_sessions():
    time = ("9:00 – 10:00", 1, 2)
    proposal = read(Document((table(("Day 1",), (time, "Parallel: Maps", "A One"), ("", "Parallel: Data", "B Two")),)))

    assert [one.title.en for one in proposal.sessions] == ["Parallel: Maps", "Parallel: Data"]
    assert doubts(proposal) == []


def test_morning_after_a_night_is_asked_about():
    proposal = read("Day 1\n20:00\tHacking\n0:00\tQuiz\n2:00 – 4:00\tQuiet\n7:00\tBreakfast\n9:00 – 10:00\tDemos")

    days = [(one.date.day, bool(one.doubt)) for one in proposal.sessions]
    assert days == [(10, False), (10, True), (10, False), (11, True), (11, True)]
    assert [question.key for question in proposal.questions] == ["new-day-0-5"]


@pytest.mark.parametrize("title", ["ពិធីបើក / Opening", "Opening | ពិធីបើក"])
def test_title_in_two_languages_in_one_line(title):
    (session,) = read(f"Day 1\nTime\tTitle\n9:00 – 9:30\t{title}").sessions

    assert (session.title.en, session.title.km) == ("Opening", "ពិធីបើក")


@pytest.mark.parametrize("title", ["ទិន្នន័យ / ODC", "ពិធីបើក / Ms. Sample One", "ទិន្នន័យ (Sample Fund)"])
def test_name_behind_a_khmer_title_is_no_english_title(title):
    (session,) = read(f"Day 1\nTime\tTitle\n9:00 – 9:30\t{title}").sessions

    assert [text for text in (session.title.en, session.title.km) if text] == [title]


def test_column_is_what_staff_say():
    text = "Day 1\nTime\tWhat\tExtra\n9:00 – 10:00\tOpening\tLibrary\n10:00 – 11:00\tMaps\tGallery"

    proposal = read(text, column_0_2=ColumnRole.ROOM)

    assert [line[4] for line in lines(proposal)] == ["Library", "Gallery"]
    assert proposal.layouts[0].columns[2] == ColumnRole.ROOM


def test_unknown_column_stands_in_the_description_under_its_name():
    proposal = read("Day 1\nTime\tTopic\tMaterials\n9:00 – 10:00\tOpening\tFlipchart\n10:00 – 11:00\tMaps\tPaper")

    assert [one.description.en for one in proposal.sessions] == ["Materials: Flipchart", "Materials: Paper"]
    assert proposal.layouts[0].columns[2] == ColumnRole.OTHER


def test_what_holds_no_time_is_quoted():
    (problem,) = [one for one in read("1\tOpening\n2\tWelcome").problems if "No table" in one.text]

    assert "1: “1 Opening”; 2: “2 Welcome”" in problem.text


def test_two_days_side_by_side_have_their_own_times():
    days = "Time\tMarch 10\tTime\tMarch 11\n"
    text = days + "9:00 – 10:00\tOpening\t8:00 – 9:00\tRecap\n10:00 – 11:00\tMaps\t9:00 – 9:30\tData"

    assert [line[:4] for line in lines(read(text))] == [
        (10, "09:00", "10:00", "Opening"),
        (10, "10:00", "11:00", "Maps"),
        (11, "08:00", "09:00", "Recap"),
        (11, "09:00", "09:30", "Data"),
    ]


def test_two_tables_side_by_side_have_their_own_times_titles_and_people():
    heading = "Time\tSession\tSpeaker"
    text = (
        f"10 March 2027\nTrack 1: Policy\t\t\t\tTrack 2: Code\n{heading}\t\t{heading}\n"
        "9:00 – 9:45\tOpen laws\tMs. A One\t\t9:00 – 10:00\tOpen code\tMs. B Two\n"
        "10:00 – 10:30\tCoffee\t\t\t10:00 – 10:30\tCoffee\n"
        "10:30 – 11:00\tDebate\tMs. A One\t\t10:30 – 11:00\tClinic"
    )

    proposal = read(text)

    assert lines(proposal) == [
        (10, "09:00", "09:45", "Open laws", "Track 1: Policy"),
        (10, "09:00", "10:00", "Open code", "Track 2: Code"),
        (10, "10:00", "10:30", "Coffee", ""),
        (10, "10:30", "11:00", "Debate", "Track 1: Policy"),
        (10, "10:30", "11:00", "Clinic", "Track 2: Code"),
    ]
    assert [[person.name for person in one.people] for one in proposal.sessions] == [
        ["Ms. A One"], [], ["Ms. A One"], ["Ms. B Two"], [],
    ]  # fmt: skip
    assert doubts(proposal) == []
    assert len(proposal.layouts) == 1


@pytest.mark.parametrize("names", [("Room A", "Room B"), ("Law", "Technology")])
def test_rooms_or_tracks_beside_each_other_have_titles_and_people_under_one_time(names):
    rows = (
        ("10 March 2027",),
        ("", (names[0], 2, 1), "", (names[1], 2, 1)),
        ("Time", "Session", "Speaker", "Session", "Speaker"),
        ("9:00 – 9:30", ("Opening", 4, 1)),
        ("9:30 – 10:00", "Open laws", "A One", "Open code", "B Two"),
    )

    proposal = read(Document((table(*rows),)))

    assert lines(proposal) == [
        (10, "09:00", "09:30", "Opening", ""),
        (10, "09:30", "10:00", "Open laws", names[0]),
        (10, "09:30", "10:00", "Open code", names[1]),
    ]
    assert {Became.PASSED, Became.UNREAD}.isdisjoint(fates(proposal).values())


def test_session_beside_others_ends_when_what_is_for_all_begins():
    rows = (
        ("10 March 2027",),
        ("Time", "Session", "Speaker", "Session", "Speaker"),
        ("9:00", "Open laws", "A One", "Open code", "B Two"),
        ("10:00", ("Break", 4, 1)),
        ("10:30", "Open data", "A One"),
        ("11:00", "Lunch", "", "Lunch"),
        ("12:00", "End"),
    )

    proposal = read(Document((table(*rows),)))

    assert [line[1:4] for line in lines(proposal)] == [
        ("09:00", "10:00", "Open laws"),
        ("09:00", "10:00", "Open code"),
        ("10:00", "10:30", "Break"),
        ("10:30", "11:00", "Open data"),
        ("11:00", "12:00", "Lunch"),
    ]


def test_place_right_below_a_session_of_a_text_is_not_that_of_those_below():
    proposal = read("Day 1\n9:00 – 9:30 Opening\nHall 2\n9:30 – 10:00 Maps\n10:00 – 10:30 Data")

    assert [one.room for one in proposal.sessions] == ["Hall 2", "", ""]  # of the one above it, and staff look
    assert [bool(one.doubt) for one in proposal.sessions] == [True, False, False]


def test_calendar_of_a_program_has_two_dates_and_rows_without_a_time():
    text = (
        "Subject\tStart Date\tStart Time\tEnd Date\tEnd Time\tLocation\n"
        "Opening\t03/10/2027\t9:00 AM\t03/10/2027\t9:30 AM\tHall\n"
        "Exhibition\t03/10/2027\t\t03/11/2027\t\tFoyer\n"
        "Maps\t03/11/2027\t9:00 AM\t03/11/2027\t10:00 AM\tHall\n"
        "Party\t03/11/2027\t9:00 PM\t03/12/2027\t12:30 AM\tGarden"
    )

    proposal = read(text)

    assert lines(proposal) == [
        (10, "09:00", "09:30", "Opening", "Hall"),
        (11, "09:00", "10:00", "Maps", "Hall"),
        (11, "21:00", "00:30", "Party", "Garden"),
    ]
    assert fates(proposal)[3] == Became.UNREAD
    assert proposal.fates[4].left == "03/12/2027"


def test_day_that_cannot_be_read_is_a_doubt_and_a_short_weekday_is_none():
    proposal = read("Day\tTime\tTitle\nWed\t9:00 – 9:30\tA\nThu\t9:00 – 9:30\tB\nDay off\t10:00 – 11:00\tC")

    assert [one.date.day for one in proposal.sessions] == [10, 11, 11]
    assert [bool(one.doubt) for one in proposal.sessions] == [False, False, True]


def test_dates_and_times_as_programs_write_them():
    text = "start\tend\ttitle\n" + "\n".join(
        f"2027-03-{day}T09:00:00+07:00\t2027-03-{day}T10:00:00+07:00\t{title}" for day, title in ((10, "A"), (11, "B"))
    )

    assert lines(read(text)) == [(10, "09:00", "10:00", "A", ""), (11, "09:00", "10:00", "B", "")]


@pytest.mark.parametrize(
    "text",
    [
        "11 March 2027\tRoom A\tRoom B\n9:00 – 9:30\tOpen laws\tOpen code",
        "11 March 2027\t9:00 – 9:30\t9:30 – 10:00\nRoom A\tOpen laws\tOpen data\nRoom B\tOpen code\tOpen maps",
    ],
)
def test_day_in_the_corner_of_a_grid(text):
    proposal = read(text)

    assert {one.date.day for one in proposal.sessions} == {11}
    assert doubts(proposal) == []
    assert [fate.left for fate in proposal.fates if fate.left] == []


def test_row_below_the_headings_without_a_time_is_named():
    text = "Day 1\nTime\tWhat\tRoom\nAll day\tExhibition\tFoyer\n9:00 – 9:30\tOpening\tHall"

    assert fates(read(text))[3] == Became.UNREAD


def test_people_of_a_row_in_two_languages_may_be_the_same():
    heading = "Time", "Session", "Speaker", "Room"
    row = "9:00 – 9:30", "Opening\nពិធីបើក", "Ms. A One\nលោកស្រី ក ខ", "Hall A\nសាល ក"

    proposal = read(Document((table(("Day 1",), heading, row),)))

    assert len(doubts(proposal)) == 1
    assert proposal.sessions[0].room == "Hall A"
    assert "សាល" in proposal.fates[2].left


def test_date_at_the_end_of_a_line_between_the_rows_is_the_day_of_those_below():
    text = (
        "Plenary – 10 March 2027\nTime\tSession\n9:00 – 9:30\tOpening\n"
        "Workshops (11 March 2027)\n9:00 – 9:30\tMaps\nRegister before: 12 March 2027\n9:30 – 10:00\tData"
    )

    proposal = read(text)

    assert [line[:4] for line in lines(proposal)] == [
        (10, "09:00", "09:30", "Opening"),
        (11, "09:00", "09:30", "Maps"),
        (11, "09:30", "10:00", "Data"),
    ]
    assert [fate.left for fate in proposal.fates if fate.left] == ["Plenary", "Workshops"]


@pytest.mark.parametrize(
    "line", ["Workshop, 10 – 11 March 2027", "10 March 2027 – 11 March 2027", "Until: 11 March 2027"]
)
def test_dates_above_the_table_that_are_not_its_day(line):
    assert len(doubts(read(f"{line}\nTime\tSession\n9:00 – 9:30\tOpening"))) == 1


@pytest.mark.parametrize("row", ["8:30 – 9:00 / 9:00 – 9:30\tWelcome / Maps", "9:00 – 9:30\tCANCELLED: Maps"])
def test_row_with_two_times_or_of_a_cancelled_session_waits_for_staff(row):
    proposal = read(f"Day 1\nTime\tSession\n{row}\n9:30 – 10:00\tData")

    assert [bool(one.doubt) for one in proposal.sessions] == [True, False]


def test_column_of_the_parts_of_the_day_is_named_and_not_published():
    proposal = read("Day 1\nMorning\t9:00 – 9:30\tOpening\n\t9:30 – 10:00\tMaps\nAfternoon\t14:00 – 15:00\tData")

    assert {one.description.en for one in proposal.sessions} == {""}
    assert [fate.left for fate in proposal.fates if fate.left] == ["Morning", "Afternoon"]


def test_cells_may_hold_their_times_themselves():
    grid = table(("March 10", "March 11"), ("9:00 – 10:00 Opening\n10:00 – 11:00 Maps\nODC", "9:00 – 10:00 Recap"))

    proposal = read(Document((grid,)))

    assert [line[:4] for line in lines(proposal)] == [
        (10, "09:00", "10:00", "Opening"),
        (10, "10:00", "11:00", "Maps"),
        (11, "09:00", "10:00", "Recap"),
    ]
    assert doubts(proposal) == []


def test_tracks_may_stand_above_their_rooms():
    rows = (("Time", "Policy", "Technology"), ("", "Room 1", "Room 2"), ("9:00 – 10:00", "Laws", "Code"))

    proposal = read(Document((table(*rows, ("10:00 – 11:00", ("Break", 2))),)), last_day=FIRST)

    assert [(one.title.en, one.room, one.track) for one in proposal.sessions] == [
        ("Laws", "Room 1", "Policy"),
        ("Code", "Room 2", "Technology"),
        ("Break", "", ""),
    ]


def test_heading_in_two_rows_names_from_and_to():
    rows = ((("Time", 2), "", "Session"), ("From", "To"), ("9:00", "9:30", "Laws"), ("9:30", "10:30", "Code"))

    proposal = read(Document((table(*rows),)), last_day=FIRST)

    assert lines(proposal)[-1] == (10, "09:30", "10:30", "Code", "")
    assert doubts(proposal) == []


def test_second_heading_further_down_begins_another_reading():
    text = "Day 1\nTime\tActivity\n9:00 – 10:00\tOpening\nDay 2\nRoom\tTime\tActivity\nHall A\t9:00 – 10:00\tMaps"

    assert lines(read(text)) == [(10, "09:00", "10:00", "Opening", ""), (11, "09:00", "10:00", "Maps", "Hall A")]


def test_agenda_that_stands_twice_is_one_in_two_languages():
    english = table(("Time", "Activity"), ("8:30 – 9:00", "Registration"), ("9:00 – 9:30", "Opening"))
    khmer = table(("ម៉ោង", "សកម្មភាព"), ("៨:៣០ – ៩:០០", "ចុះឈ្មោះ"), ("៩:០០ – ៩:៣០", "ពិធីបើក"))

    proposal = read(Document((english, Paragraph("របៀបវារៈ", 5), khmer)), last_day=FIRST)

    assert [(one.title.en, one.title.km) for one in proposal.sessions] == [
        ("Registration", "ចុះឈ្មោះ"),
        ("Opening", "ពិធីបើក"),
    ]


def test_agenda_in_the_other_language_with_other_times_is_asked_about():
    english = table(("Time", "Activity"), ("8:30 – 9:00", "Registration"), ("9:00 – 9:30", "Opening"))
    khmer = table(("ម៉ោង", "សកម្មភាព"), ("៨:០០ – ៨:៣០", "ចុះឈ្មោះ"), ("៨:៣០ – ៩:០០", "ពិធីបើក"))

    proposal = read(Document((english, khmer)), last_day=FIRST)

    assert [bool(one.doubt) for one in proposal.sessions] == [False, False, True, True]


def test_title_that_names_another_time_is_a_doubt():
    grid = (("Time", "March 10", "March 11"), ("9:00 – 10:30", "Laws", "Field visit (09:00–12:00)"))

    assert [bool(one.doubt) for one in read(Document((table(*grid),))).sessions] == [False, True]


def test_title_that_is_too_long_is_cut_where_a_sentence_begins_and_a_doubt():
    text = "Data sharing and trust amongst contributors Discuss the existing challenges that " + "hinder trust, " * 20

    (session,) = read(f"Day 1\n9:00 – 10:00\t{text}Sample Fund").sessions

    assert (session.title.en, bool(session.doubt)) == ("Data sharing and trust amongst contributors", True)
    assert session.description.en.startswith("Discuss the existing challenges")


def test_bare_hour_between_times_that_rise_is_a_time():
    proposal = read("Day 1\n8.30 What did we see?\n10 Break\n10.30 Next steps\n12 Lunch")

    assert [line[1:4] for line in lines(proposal)] == [
        ("08:30", "10:00", "What did we see?"),
        ("10:00", "10:30", "Break"),
        ("10:30", "12:00", "Next steps"),
        ("12:00", "13:00", "Lunch"),
    ]
    assert not any(one.doubt for one in proposal.sessions)
    assert [problem.text for problem in proposal.problems] == [
        "It says no end: taken as 13:00."
    ]  # how long a lunch is


def test_end_over_a_row_that_was_not_understood_is_a_doubt():
    proposal = read("Day 1\n8:30\tOpening\nlater\tBreak\n10:30\tMaps\n12:00\tEND")

    assert [bool(one.doubt) for one in proposal.sessions] == [True, False]


def test_columns_without_any_heading_may_be_sessions_at_the_same_time():
    text = "Day 1\n9:00 – 10:00\tMapping\tJournalists\n10:00 – 11:00\tBudgets\tRadio work"

    asked, rows, grid = read(text), read(text, layout_0="rows"), read(text, layout_0="grid")

    assert [question.key for question in asked.questions] == ["layout-0"]
    assert len(doubts(asked)) == 2
    assert ([one.description.en for one in rows.sessions], doubts(rows)) == (["Journalists", "Radio work"], [])
    assert len(grid.sessions) == 4


@pytest.mark.parametrize(
    "below", ["Buses leave the hotel at 8:15", "Hall B", "10:00 – 11:00", "Time\tItem", "Schedule", "Item\tBy"]
)
def test_what_stands_below_a_day_is_no_introduction_unless_it_is_a_sentence(below):
    proposal = read(f"Day 1\n{below}\n9:00 – 9:30\tOpening\n9:30 – 10:00\tMaps")

    assert str(proposal.days[0].intro) == ""
    assert "Both sides meet." in str(read("Day 1\nBoth sides meet.\n9:00 – 9:30\tOpening").days[0].intro)


def test_table_of_facts_says_the_day():
    facts = table(("Date", "11 March 2027"), ("Time", "8:30 am – 5:00 pm"), ("Venue", "Sample Hotel"))
    agenda = table(("Time", "Activity"), ("8:30 – 9:00", "Registration"), ("9:00 – 9:30", "Opening"))

    proposal = read(Document((facts, agenda)))

    assert [line[0] for line in lines(proposal)] == [11, 11]
    assert doubts(proposal) == []


def test_line_over_all_columns_may_say_its_time_at_the_end():
    rows = (
        ("Time", "Activity", "Lead"),
        ("9:00", "Opening", "ODC"),
        (("Tea break (10:00 – 10:15)", 3),),
        ("10:15 – 11:00", "Maps", "ODC"),
    )

    assert [line[:4] for line in lines(read(Document((table(*rows),)), last_day=FIRST))] == [
        (10, "09:00", "10:00", "Opening"),
        (10, "10:00", "10:15", "Tea break"),
        (10, "10:15", "11:00", "Maps"),
    ]


def test_talks_with_times_in_the_cell_of_a_session_stand_under_it():
    cell = "Health\n9:15 – 9:45 Vaccines\nA sentence about them.\n9:45 Clinics"
    rows = (("Time", "Session"), ("9:15 – 10:45", cell), ("10:45 – 11:00", "Coffee"))

    health, _coffee = read(Document((table(*rows),)), last_day=FIRST).sessions

    assert (health.title.en, str(health.description)) == ("Health", "")
    assert [(one.title.en, one.starts_at, one.ends_at) for one in health.children] == [
        ("Vaccines", time(9, 15), time(9, 45)),
        ("Clinics", time(9, 45), time(10, 45)),
    ]
    assert health.children[0].description.en == "A sentence about them."


def test_table_that_stands_twice_is_taken_once_and_one_that_is_alike_is_asked_about():
    draft = (("Time", "Session"), ("9:00 – 9:30", "Roads"), ("9:30 – 10:00", "Rails"))
    final = (("Time", "Session"), ("9:00 – 9:45", "Roads"), ("9:45 – 10:00", "Rails"))

    same = read(Document((table(*draft), table(*draft))), last_day=FIRST)
    other = read(Document((table(*draft, part="Draft"), table(*final, part="Final"))), last_day=FIRST)

    assert ([one.title.en for one in same.sessions], doubts(same)) == (["Roads", "Rails"], [])
    assert [fate.became for fate in same.fates][-2:] == [Became.PASSED, Became.PASSED]
    assert len(doubts(other)) == len(other.sessions) == 4


WORDS = st.sampled_from(
    ["", "9:00", "9:00 – 9:30", "10:15", "Opening", "Maps and data", "Room A", "Day 2", "Time", "Title", "30 min", "1",
     "Note: bring water", "ODC", "Lunch", "later", "March 11", "ផែនទីបើក", "Speaker", "TBC"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=8), st.booleans())
def test_every_word_stands_somewhere_or_is_named(rows, as_lines):
    blocks = [table(*rows)]
    if as_lines:
        blocks.append(Paragraph("9:00 Lines", 1))
    document = Document(tuple(blocks))

    proposal = read(document)

    wanted = [
        (at, row.number) for at, block in enumerate(blocks) for row in ([block] if at else block.rows) if row.text
    ]
    assert [(fate.spot.block, fate.spot.row) for fate in proposal.fates] == wanted
    texts = []
    for one in (part for top in proposal.sessions for part in top.walk()):
        texts += [
            one.title.en,
            one.title.km,
            one.label.en,
            one.description.en,
            one.description.km,
            one.room,
            one.track,
        ]
        texts += [person.name for person in one.people]
    texts += [text for day in proposal.days for text in (day.intro.en, day.intro.km)]
    texts += [fate.left for fate in proposal.fates] + [text for layout in proposal.layouts for text in layout.headings]
    named = {
        fate.spot.row
        for fate in proposal.fates
        if fate.became not in (Became.SESSION, Became.PART) and not fate.spot.block
    }
    there = " ".join(texts).casefold()
    for row in blocks[0].rows:
        words = {word for cell in row.cells for word in cell.text.casefold().split() if word.isalpha()}
        gone = {word for word in words if word not in there} - {"tbc", "min", "day", "march", "speaker"}
        assert not gone or row.number in named, (gone, row)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(5, 90), min_size=2, max_size=8))
def test_lengths_follow_from_the_first_time(lengths):
    rows = [("Start", "Length", "Activity"), ("8:00", str(lengths[0]), "Talk 0")]
    rows += [("", str(length), f"Talk {at}") for at, length in enumerate(lengths[1:], start=1)]

    proposal = read(Document((table(*rows),)), last_day=FIRST)

    begins = [timedelta(hours=8) + timedelta(minutes=sum(lengths[:at])) for at in range(len(lengths))]
    assert [timedelta(hours=one.starts_at.hour, minutes=one.starts_at.minute) for one in proposal.sessions] == begins


def test_a_short_title_beside_a_longer_name_is_asked_about_without_headings():
    source = "March 10, 2027\n9:00 – 9:30\tOpening\tOpen Development Sample\n9:30 – 10:00\tMaps\tMinistry of Samples\n"
    source += "10:00 – 10:30\tData\tSample Data Office\n"
    proposal = read(source)
    assert len(doubts(proposal)) == 3
    (question,) = proposal.questions
    assert [choice.outcome[0] for choice in question.choices] == ["9:00 Opening", "9:00 Open Development Sample"]
    said = read(source, **{question.key: "rows-left"})
    assert [one.title.en for one in said.sessions] == ["Opening", "Maps", "Data"]
    assert not doubts(said)


def test_staff_say_when_a_list_of_lengths_begins():
    text = "Activity\tDuration\nWelcome\t10 min\nMaps\t45 min"
    asked = read(text, last_day=FIRST)
    (question,) = asked.questions

    assert all(one.doubt for one in asked.sessions)
    answered = read(text, last_day=FIRST, **{question.key: "13:30"})
    assert [line[1:4] for line in lines(answered)] == [("13:30", "13:40", "Welcome"), ("13:40", "14:25", "Maps")]
    assert not any(one.doubt for one in answered.sessions)
