"""Days as agendas of many countries print them."""

from datetime import date

import pytest

from agenda.importing.recognising.calendar_words import months, weekdays
from agenda.importing.recognising.days import month_orders, read_day, read_written_day
from agenda.importing.recognising.kinds import is_part_of_day

FIRST_DAY = date(2024, 3, 26)  # a Tuesday
DAYS = {
    "2024-03-26": (
        "Day 1;Day 01;Day One;DAY I;First day;The first day;1st day;Day 1 of 3;Agenda – Day 1;D1;Tuesday;Tue;Tue 26;"
        "Tuesday 26;26 March 2024;26th of March 2024;March 26th, 2024;Tuesday, 26 March;26/03/2024;26/03/24;26-Mar-24;"
        "03/26/2024;26.03.2024;2024-03-26;2024-03-26 00:00:00;26/3;Day 1 (26 March 2024);"
        "Day 1 – Tuesday, 26 March 2024;Tuesday 26 March 2024 / ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤;Day 1 / ថ្ងៃទី១;"
        "26 March 2024 (Tuesday);26 March 2024 – Day 1;Day 1 (Tue);Day One (Tuesday);Tuesday (Day 1);"
        "Date: 26 March 2024;Programme for Tuesday, 26 March;"
        "Jour 1;Premier jour;Mardi 26 mars 2024;26 de marzo de 2024;Dienstag, 26. März 2024;"
        "Ngày 1;Ngày thứ nhất;Ngày 26/3;Ngày 26 tháng 3 năm 2024;Thứ Ba, ngày 26 tháng 3 năm 2024;Thứ ba (26/3/2024);"
        "Hari Pertama;Hari ke-1;Hari Selasa, 26 Maret 2024;Hari/Tanggal : Selasa, 26 Maret 2024;"
        "วันที่ 1;วันแรก;วันที่ 26 มีนาคม 2567;วันอังคารที่ 26 มีนาคม พ.ศ. 2567;26 มี.ค. 67;๒๖ มีนาคม ๒๕๖๗;"
        "ថ្ងៃទីមួយ;ថ្ងៃទី១;ថ្ងៃដំបូង;ថ្ងៃអង្គារ;ថ្ងៃទី២៦;ថ្ងៃទី២៦/០៣/២០២៤;ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤;ថ្ងៃទី២៦ ខែមិនា ឆ្នាំ២០២៤;"
        "ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤;ថ្ងៃទី២៦ ខែមីនា ព.ស. ២៥៦៧;កម្មវិធីថ្ងៃទី១;កាលបរិច្ឆេទ៖ ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤;"
        "ថ្ងៃអង្គារ ១រោច ខែផល្គុន ឆ្នាំថោះ បញ្ចស័ក ព.ស.២៥៦៧ ត្រូវនឹងថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤;"
        "ថ្ងៃ អង្គារ ទី ២៦ ខែ មីនា ឆ្នាំ ២០២៤;ថ្ងៃទី ២៦ ខែ ០៣ ឆ្នាំ ២០២៤;T3 26/03;อังคาร 26 มี.ค.;Main Conference Day 1;"
        "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤ ត្រូវនឹងថ្ងៃអង្គារ ១រោច ខែផល្គុន"
    ),
    "2024-03-27": (
        "Day 2;Second day;"
        "DAY TWO: WEDNESDAY 27 MARCH;Wednesday;Jour 2 : mercredi 27 mars;J2 :;Hari kedua;Ngày thứ hai;"
        "ថ្ងៃទីពីរ;ថ្ងៃទី២៖ ថ្ងៃទី២៧ ខែមីនា ឆ្នាំ២០២៤;ថ្ងៃពុធ;วันที่สอง;Day 2 – Wednesday"
    ),
    "2024-02-03": "Saturday 3rd February;Sat 3 Feb;3 février;3 Februari 2024;ថ្ងៃទី៣ ខែកុម្ភៈ;ថ្ងៃទី៣ ខែកុម្ភះ",
}
NONE = (
    "26–27 March 2024;26 – 27 March;March 26-27, 2024;26 March – 27 March 2024;Day 1 & 2;Day 1-2;ថ្ងៃទី៥-៦ ខែមីនា;"
    "Day 365 challenge;1/2;9:00 – 9:30;3 speakers;May the data be open;March of data;Opening;2024;26;"
    "Sunday Market Data;"
    "ថ្ងៃមួយ;Day 0;Min;Data 1;31 February 2024;Sat down with data;10.30;Theme 1;"
    "0001-01-01;9999-12-31"
)


@pytest.mark.parametrize("day", DAYS)
def test_day_is_read_however_it_is_written(day):
    texts = DAYS[day].split(";")
    wanted = dict.fromkeys(texts, (date.fromisoformat(day), ""))
    assert {text: read_day(text, FIRST_DAY) for text in texts} == wanted


def test_what_is_no_day_or_several():
    assert {text: read_day(text, FIRST_DAY) for text in NONE.split(";")} == dict.fromkeys(NONE.split(";"))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Day 1: Open maps", "Open maps"),
        ("Day 1 – 9:00 Opening", "9:00 Opening"),
        ("Day 1: Tuesday market", "Tuesday market"),
        ("26 March 09:00 Opening", "09:00 Opening"),
        ("Day 1 | 26 March 2024 | Phnom Penh", "Phnom Penh"),
        ("Tuesday 26 March 2024 – Morning", "Morning"),
        ("ថ្ងៃអង្គារ ព្រឹក", "ព្រឹក"),
        ("ព្រឹកថ្ងៃអង្គារ", "ព្រឹក"),
        ("Sáng ngày 26/3/2024", "Sáng"),
        ("Chiều thứ Ba, 26/03", "Chiều"),
        ("DAY 1 PROGRAMME", ""),
        ("ថ្ងៃទី១៖ បើកសន្និសីទ", "បើកសន្និសីទ"),
    ],
)
def test_rest_of_the_line_is_kept(text, rest):
    assert read_day(text, FIRST_DAY) == (FIRST_DAY, rest)


def test_month_that_is_open_is_given_both_ways():
    assert month_orders("03/02/2027", FIRST_DAY) == (date(2027, 2, 3), date(2027, 3, 2))


@pytest.mark.parametrize(
    "text", ["13/02/2027", "02/13/2027", "2027-03-02", "3 Feb 2027", "03/03/2027", "Tuesday 03/02/2027"]
)
def test_month_that_something_settles_is_not_open(text):
    assert month_orders(text, FIRST_DAY) is None


def test_weekday_settles_which_is_the_month():
    assert read_day("Tuesday 03/02/2027", FIRST_DAY) == (date(2027, 3, 2), "")


def test_weekday_of_another_date_is_noticed():
    wrong, right = (read_written_day(text)[0] for text in ("Monday 26 March 2024", "Tuesday 26 March 2024"))

    assert (wrong.differs(FIRST_DAY), right.differs(FIRST_DAY)) == (True, False)


def test_january_of_a_conference_that_begins_in_december_is_of_the_next_year():
    assert read_day("2 January", date(2026, 12, 30)) == (date(2027, 1, 2), "")


def test_every_language_has_all_its_months_and_weekdays():
    for names, count in ((months(), 12), (weekdays(short=False), 7), (weekdays(short=True), 7)):
        assert set(names.values()) == set(range(count)) or set(names.values()) == set(range(1, count + 1))


@pytest.mark.parametrize(
    "text",
    [
        "Morning",
        "AFTERNOON SESSION:",
        "Morning session 1",
        "វគ្គពេលរសៀល",
        "ពេលព្រឹក៖",
        "Après-midi",
        "Buổi sáng",
        "Sesi siang",
        "ช่วงเช้า",
    ],
)
def test_part_of_the_day_is_known(text):
    assert is_part_of_day(text)


@pytest.mark.parametrize("text", ["Morning coffee", "Good morning", "Evening reception", "ពិធីបើក", ""])
def test_more_than_a_part_of_the_day(text):
    assert not is_part_of_day(text)


@pytest.mark.parametrize("filling", ["1 ", "26/", "March ", "Day ", "ថ្ងៃ", "agenda ", "tháng ", "- "])
def test_long_lines_are_read_at_once(filling):
    assert read_day(filling * 3000, FIRST_DAY) is None
