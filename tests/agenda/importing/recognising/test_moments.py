"""Times and lengths as agendas of many countries print them."""

from datetime import time, timedelta

import pytest

from agenda.importing.recognising.moments import read_duration, read_span

# What is written; from when to when, and what is left of the line.
SPANS = [
    ("0800-0830 Opening", "08:00-08:30 Opening"),
    ("0830 – 0900", "08:30-09:00"),
    ("1900 – 2130 hrs", "19:00-21:30"),
    ("09:00:00+07:00", "09:00"),
    ("09:00 hrs to 09:30 hrs", "09:00-09:30"),
    ("9.00", "09:00"),
    ("8h30", "08:30"),
    ("8 h 30", "08:30"),
    ("9 h – 10 h", "09:00-10:00"),
    ("de 9h à 10h30", "09:00-10:30"),
    ("9am", "09:00"),
    ("9-10 am", "09:00-10:00"),
    ("9 am – 10", "09:00-10:00"),
    ("11 am – 1", "11:00-13:00"),
    ("1:30 pm – 2:30", "13:30-14:30"),
    ("11:30 – 1:00 pm", "11:30-13:00"),
    ("12nn – 1pm", "12:00-13:00"),
    ("12:00 noon - 1:00 pm", "12:00-13:00"),
    ("Noon – Lunch", "12:00 Lunch"),
    ("12:00 noon Lunch", "12:00 Lunch"),
    ("12nn Lunch", "12:00 Lunch"),
    ("10:15 am-noon", "10:15-12:00"),
    ("midnight", "00:00"),
    ("12:15-1:00", "12:15-13:00"),
    ("8:00–5:00", "08:00-17:00"),
    ("7:00 – 7:00", "07:00-07:00"),
    ("20:00-00:30", "20:00-00:30"),
    ("10 pm – 1", "22:00-01:00"),
    ("08:30:00 AM – 09:00:00 AM", "08:30-09:00"),
    ("09:00\n09:30", "09:00-09:30"),
    ("9:00 (30 min) Opening", "09:00-09:30 Opening"),
    ("(9:00 – 9:30) Opening", "09:00-09:30 Opening"),
    ("• 9:00 Opening", "09:00 Opening"),
    ("From 9:00 to 9:30: Opening", "09:00-09:30 Opening"),
    ("9:00 – 10 tips for data", "09:00 10 tips for data"),
    ("15:00 –", "15:00"),
    ("15:00 onwards", "15:00"),
    ("3 pm Close", "15:00 Close"),
    ("3 pm – close", "15:00"),
    ("17.00 – selesai", "17:00"),
    ("10:00 am – 12:00 pm ET", "10:00-12:00"),
    ("9:00 – 10:00 (GMT+7) Opening", "09:00-10:00 Opening"),
    ("08.30-09.00 WIB", "08:30-09:00"),
    ("Pukul 08.00 s/d 09.00 WIB", "08:00-09:00"),
    ("19.00 Malam Keakraban", "19:00 Malam Keakraban"),
    ("8 giờ 30", "08:30"),
    ("8 giờ 30 – 9 giờ sáng", "08:30-09:00"),
    ("8h30-9h00", "08:30-09:00"),
    ("8h00’ – 8h30’", "08:00-08:30"),
    ("08.00 s/d selesai", "08:00"),
    ("14h00 – 15h30 (heure locale)", "14:00-15:30"),
    ("**9:00 – 9:30** Opening", "09:00-09:30 Opening"),
    ("8:30–9:00 / Registration", "08:30-09:00 Registration"),
    ("8h30 Sáng tạo", "08:30 Sáng tạo"),
    ("09.00 – 09.30 น.", "09:00-09:30"),
    ("๐๙.๐๐ น.", "09:00"),
    ("8 Uhr – 9 Uhr", "08:00-09:00"),
    ("០៨ៈ០០ - ០៨ៈ៣០", "08:00-08:30"),
    ("៨៖០០", "08:00"),
    ("ម៉ោង ៨ និង ៣០នាទី ព្រឹក", "08:30"),
    ("៩ម៉ោង៣០នាទី", "09:30"),
    ("ម៉ោង ៨:៣០នាទីព្រឹក", "08:30"),
    ("ម៉ោង ៨:៣០ នាទី ព្រឹក - ៩:០០ នាទី ព្រឹក", "08:30-09:00"),
    ("ម៉ោង ២:០០នាទី រសៀល ដល់ម៉ោង ៣:០០នាទី រសៀល", "14:00-15:00"),
    ("ម៉ោង ៨ កន្លះ", "08:30"),
    ("ម៉ោង៨:០០-៩:០០ព្រឹក", "08:00-09:00"),
    ("ម៉ោង ១:៣០ រសៀល ដល់ ម៉ោង ២:១០ រសៀល", "13:30-14:10"),
    ("ព្រឹកម៉ោង៨", "08:00"),
    ("ម៉ោង ១២ ៖ អាហារ", "12:00 អាហារ"),
    ("9:00 ➡️ Film", "09:00 Film"),
    ("5 pm till late 👉 Film", "17:00 Film"),
]
NONE = [
    "9 – 10",
    "2024-2027 Plan",
    "2024 – 2025",
    "3.5 million",
    "5 things",
    "Opening",
    "1930-2030",
    "10",
    "",
    "៥ នាក់",
]
BARE = [
    ("9", "09:00"),
    ("9 – 10", "09:00-10:00"),
    ("0830", "08:30"),
    ("1930-2030", "19:30-20:30"),
    ("9.30", "09:30"),
    ("10-11 Opening", "10:00-11:00 Opening"),
]
NOT_BARE = ["2030 Agenda", "9/11", "12.5 km", "5 things"]
LENGTHS = {
    30: ["30 min", "30 mins.", "30'", "(30 min)", "30-minute", "½ hour", "half an hour", "៣០នាទី", "30 phút", "30 นาที"],
    60: ["60 minutes", "1 hr", "1h", "1 heure", "១ម៉ោង", "60 menit", "1 giờ", "1 jam"],
    90: ["1h30", "1 h 30 min", "1.5 hours", "1,5 h", "1 hour 30 minutes", "១ម៉ោង៣០នាទី", "១ម៉ោងកន្លះ", "1 jam 30 menit"],
}


def written(found):
    span, rest = found
    ends = f"-{span.ends_at:%H:%M}" if span.ends_at else ""
    return f"{span.starts_at:%H:%M}{ends} {rest}".strip()


@pytest.mark.parametrize(("text", "said"), SPANS)
def test_time_at_the_beginning_of_a_line(text, said):
    assert written(read_span(text)) == said


def test_numbers_and_years_are_no_times():
    assert {text: read_span(text) for text in NONE} == dict.fromkeys(NONE)


def test_column_of_times_makes_numbers_times():
    assert [written(read_span(text, bare=True)) for text, _said in BARE] == [said for _text, said in BARE]


def test_column_of_times_makes_no_other_numbers_times():
    assert {text: read_span(text, bare=True) for text in NOT_BARE} == dict.fromkeys(NOT_BARE)
    assert read_span("1:1 meetings", bare=True) == (None, "1:1 meetings")


@pytest.mark.parametrize("text", ["8:3 – 9", "25:00", "9:75", "9:00 – 25:00"])
def test_impossible_time_is_no_title(text):
    assert read_span(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("9:00 am", True),
        ("13:00", True),
        ("12:15-1:00", True),
        ("0830-0900", True),
        ("1:30 – 2:30", False),
        ("9h", False),
    ],
)
def test_half_of_the_day_is_said_or_not(text, is_said):
    assert read_span(text)[0].says_half is is_said


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("9:00 ET", "ET"),
        ("9:00-10:00 GMT+9", "GMT+9"),
        ("9:00 WIT", "WIT"),
        ("9:00 ICT", ""),
        ("9:00 (UTC+07:00)", ""),
        ("9:00 ICT (02:00 UTC)", ""),
        ("9:00 – 10:00 / 2:00 – 3:00 GMT", ""),
        ("2:00 UTC (9:00 ICT)", ""),
    ],
)
def test_clock_of_another_place_is_named(text, zone):
    found, rest = read_span(text)

    assert (found.zone, rest, found.starts_at) == (zone, "", time(9))


@pytest.mark.parametrize("minutes", LENGTHS)
def test_length_is_read_however_it_is_written(minutes):
    wanted = timedelta(minutes=minutes)
    assert {text: read_duration(text) for text in LENGTHS[minutes]} == dict.fromkeys(LENGTHS[minutes], wanted)


def test_column_of_lengths_makes_numbers_lengths():
    assert [read_duration(text, bare=True) for text in ("60", "0:45", "1")] == [
        timedelta(hours=1),
        timedelta(minutes=45),
        None,
    ]
    assert [read_duration(text) for text in ("60", "0:45", "30 minutes each", "Opening")] == [None] * 4


@pytest.mark.parametrize("filling", ["1 ", "12:", "9:00 - ", "ម៉ោង ", "from ", "( ", "1h", "៨ៈ"])
def test_long_lines_are_read_at_once(filling):
    line = filling * 3000

    read_span(line)
    read_duration(line)

    assert read_span("9:00" + " " * 5000 + "x") == (read_span("9:00 x")[0], "x")
    assert read_span("9:00 x")[0].starts_at == time(9)
