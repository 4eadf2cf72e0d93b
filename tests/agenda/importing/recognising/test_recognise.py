"""One kind of row each, as people type them."""

from datetime import date, time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.choices import Kind, Role
from agenda.importing import steps
from agenda.programme import value
from tests.agenda.importing.pasted import FIRST_DAY, only, recognised

DAY = "Day 1\n"
LONG_KHMER = "ផែនទី\u200bបើក\nទិន្នន័យ\u200bអំពី\u200bព្រៃឈើ និង\u200bទន្លេ"
WORDS = st.sampled_from(["Maps", "open", "budgets", "Forests", "youth", "rivers", "Mekong", "roads", "ផែនទី", "ទិន្នន័យ"])


@pytest.mark.parametrize(
    "typed",
    [
        "13:30 – 14:10",
        "13:30-14:10",
        "13.30 — 14.10",
        "1:30 pm to 2:10 pm",
        "1:30 – 2:10 PM",
        "1:30 p.m. - 2:10 p.m.",
        "13h30 - 14h10",
        "១៣:៣០ – ១៤:១០",
        "ម៉ោង ១:៣០ រសៀល ដល់ ម៉ោង ២:១០ រសៀល",
        "13:30\t14:10",
        "13:30:00\t14:10:00",
    ],
)
def test_time_is_read_however_it_is_written(typed):
    session = only(f"{DAY}{typed}\tOpen maps")

    assert (session.starts_at, session.ends_at, session.title.en) == (time(13, 30), time(14, 10), "Open maps")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ផែនទី\u200bបើក", "ផែនទី\u200bបើក"),
        ("ផែនទី\u200b\u200bបើក\u200b", "ផែនទី\u200bបើក"),
        ("\u200bOpen\u200b maps", ""),
    ],
)
def test_khmer_words_keep_their_breaks(typed, kept):
    session = only(f"{DAY}9:00 – 10:00\t{typed}")

    assert (session.title.km, session.title.en) == (kept, "" if kept else "Open maps")


def test_text_below_a_khmer_title_keeps_its_breaks_too():
    broken, bare = (only(f'{DAY}9:00 – 10:00\t"{text}"') for text in (LONG_KHMER, LONG_KHMER.replace("\u200b", "")))

    kept, without = (one.title.km + one.description.km for one in (broken, bare))
    assert "\u200b" in kept
    assert kept.replace("\u200b", "") == without


@pytest.mark.parametrize("typed", ["ម៉ោង\u200b ១:៣០ រសៀល ដល់\u200b ម៉ោង\u200b ២:១០ រសៀល", "១៣:៣០ – ១៤:១០"])
def test_breaks_do_not_hide_a_time_or_a_kind(typed):
    session = only(f"{DAY}{typed}\tអាហារ\u200bថ្ងៃត្រង់")

    assert (session.starts_at, session.kind) == (time(13, 30), only(f"{DAY}{typed}\tអាហារថ្ងៃត្រង់").kind)


def test_title_that_is_too_long_with_its_breaks_goes_without_them():
    title = "\u200b".join(["ផែនទី"] * 60)  # 300 letters

    assert only(f"{DAY}9:00 – 10:00\t{title}").title.km == title.replace("\u200b", "")


def test_morning_that_ends_after_noon():
    assert only(f"{DAY}11:30 – 1:00 pm\tOpen maps").starts_at == time(11, 30)


@pytest.mark.parametrize(
    "heading",
    [
        "Day 2: March 27, 2030",
        "Day Two",
        "27 March 2030",
        "Wednesday, 27 March",
        "2030-03-27",
        "27/03/2030",
        "ថ្ងៃទី២៖ ថ្ងៃទី២៧ ខែមីនា ឆ្នាំ២០៣០",
        "ថ្ងៃពុធ ទី២៧ ខែមីនា",
    ],
)
def test_day_is_read_however_it_is_written(heading):
    assert only(f"{heading}\n9:00 – 9:30\tOpen maps").date == date(2030, 3, 27)


def test_long_s_of_old_print_in_a_month_is_an_s():
    assert only("27 ſeptember 2030\n9:00 – 9:30\tOpen maps").date == date(2030, 9, 27)


def test_row_above_every_day_is_taken_for_the_first_and_said():
    proposal = recognised("9:00 – 9:30\tOpen maps")

    assert proposal.sessions[0].date == FIRST_DAY
    assert [problem.text for problem in proposal.problems] == ["No day stands above this row: taken as the first day."]


def test_row_without_an_end_lasts_until_the_next():
    first, _second = recognised(f"{DAY}9:00\tOpen maps\n9:45 – 10:00\tBreak").sessions

    assert first.ends_at == time(9, 45)


@pytest.mark.parametrize("mark", ["[TBC]", "(TBC)", "[tbc]", "TBC", "[To be confirmed]"])
def test_mark_behind_a_title_is_the_sessions(mark):
    session = only(f"{DAY}9:00 – 9:30\tSession 4: Open maps {mark}")

    assert (session.label.en, session.title.en, session.is_to_be_confirmed) == ("Session 4", "Open maps", True)


@pytest.mark.parametrize("row", ["Open maps\nODC [TBC]", "Open maps Open Development Cambodia (ODC) [TBC]"])
def test_mark_behind_an_organisation_is_the_organisations(row):
    session = only(f'{DAY}9:00 – 9:30\t"{row}"')

    assert (session.title.en, session.is_to_be_confirmed) == ("Open maps", False)
    assert [(one.organisation, one.is_to_be_confirmed) for one in session.people] == [("odc", True)]


@pytest.mark.parametrize(
    "written", ["ODC & TAF", "Open Development Cambodia and the Asia Foundation (TAF)", "ODC, The Asia Foundation"]
)
def test_organisations_are_known_in_every_form(written):
    session = only(f'{DAY}9:00 – 9:30\t"Open maps\n{written}"')

    assert [one.organisation for one in session.people] == ["odc", "taf"]


def test_organisation_in_the_middle_of_a_sentence_presents_nothing():
    session = only(f'{DAY}9:00 – 9:30\t"Open maps\nA handbook translated by ODC"')

    assert session.people == ()
    assert session.description.en == "A handbook translated by ODC"


@pytest.mark.parametrize("written", ["Q&A", "Q & A", "Questions and answers", "សំណួរ និងចម្លើយ"])
def test_question_round_stands_under_the_session_before_it(written):
    (session,) = recognised(f"{DAY}9:00 – 9:30\tOpen maps\n9:30 – 9:40\t{written}").sessions

    assert [child.kind for child in session.children] == [Kind.QA]


def test_panel_with_numbered_seats_and_a_facilitator():
    cell = "Policy Dialogue: Open maps\nPanelists are the representatives of:\n1. ODC\n2. The youth\nFacilitator: TAF"

    session = only(f'{DAY}9:00 – 9:30\t"{cell}"')

    assert session.kind == Kind.PANEL
    assert [(one.role, one.name) for one in session.people] == [
        (Role.PANELIST, "ODC"),
        (Role.PANELIST, "The youth"),
        (Role.FACILITATOR, "TAF"),
    ]


def test_themes_have_as_many_topics_as_they_say():
    session = only(f'{DAY}9:00 – 9:30\t"Breakout Room: Maps\n• Theme 1: Forests (2 topics)\n• Theme 2: Rivers"')

    themes = [(child.label.en, child.title.en, len(child.children)) for child in session.children]
    assert themes == [("Theme 1", "Forests", 2), ("Theme 2", "Rivers", 0)]


def test_table_with_headings_is_read_by_them():
    text = "No\tStart\tEnd\tActivity\tSpeaker\tRoom\n1\t9:00\t9:30\tOpen maps\tODC\tHall A"

    session = only(DAY + text)

    assert (session.title.en, session.room) == ("Open maps", "Hall A")
    assert [one.organisation for one in session.people] == ["odc"]


def test_day_between_the_rows_of_a_table_with_headings():
    text = "Time\tTitle\nDay 1\n9:00 – 9:30\tOpen maps\nDay 2: the rivers\n9:00 – 9:30\tOpen rivers"

    first, second = recognised(text).sessions

    assert (first.date.day, second.date.day) == (26, 27)


def test_afternoon_without_a_sign_follows_from_the_row_above():
    proposal = recognised(f"{DAY}11:00 – 12:00\tOpen maps\nAfternoon session\n1:30 – 2:30\tOpen rivers")

    assert [(one.starts_at, one.ends_at, one.doubt) for one in proposal.sessions] == [
        (time(11), time(12), ""),
        (time(13, 30), time(14, 30), ""),
    ]
    assert proposal.passed_over == ((3, "Afternoon session"),)


def test_date_in_a_column_of_its_own():
    first, second = recognised(
        "Date\tTime\tTitle\n2030-03-26\t9:00 – 9:30\tOpen maps\n2030-03-27\t9:00 – 9:30\tOpen rivers"
    ).sessions

    assert (first.date.day, second.date.day) == (26, 27)


@pytest.mark.parametrize(("heading", "missing"), [("Title\tSpeaker", "time"), ("Time\tSpeaker", "title")])
def test_missing_column_is_named(heading, missing):
    said = [problem.text for problem in recognised(f"{heading}\nx\ty").problems]

    assert f"The table has no column for the {missing}." in said


def test_title_and_description_in_both_languages():
    session = only(f'{DAY}9:00 – 9:30\t"Session 1: Open maps\nវគ្គទី១៖ ផែនទីបើកទូលាយ"')

    assert (session.label.en, session.title.en) == ("Session 1", "Open maps")
    assert (session.label.km, session.title.km) == ("វគ្គទី១", "ផែនទីបើកទូលាយ")


@pytest.mark.parametrize("language", ["en", "km"])
def test_table_that_the_site_itself_writes_is_named_as_such(client, edition, language):
    table = client.get(f"/{language}/2024/agenda.csv").content.decode("utf-8-sig").replace(",", "\t")

    with override("en"):
        proposal = recognised(table)

    assert [problem.text[:44] for problem in proposal.problems] == ["This is the table that this site writes for "]
    assert proposal.sessions == ()


def test_khmer_title_ends_where_a_phrase_says_this_study():
    title = "ការសិក្សាសមិទ្ធិលទ្ធភាព ស្តីពីអន្តរការីទិន្នន័យ"
    about = "ការសិក្សានេះមានគោលបំណងវាយតម្លៃសមិទ្ធិលទ្ធភាព នៃការបង្កើតអន្តរការី។"

    session = only(f"{DAY}9:00 – 9:30\tវគ្គទី២៖ {title} {about}")

    assert (session.title.km, session.description.km) == (title, about)


def test_khmer_title_without_a_sentence_stays_whole():
    title = "ការសិក្សានេះ និងការសិក្សានោះ ក្នុងសតវត្សនេះ"

    assert only(f"{DAY}9:00 – 9:30\t{title}").title.km == title


def test_time_cell_merged_over_two_rows_makes_one_session():
    page = (
        "<table><tr><td colspan=2>Day 1</td></tr><tr><td rowspan=2>9:00 – 9:30</td><td>Open maps</td></tr>"
        "<tr><td>ODC</td></tr><tr><td>9:30 – 9:40</td><td>Break</td></tr></table>"
    )

    session, _pause = recognised(page).sessions

    assert (session.title.en, [one.organisation for one in session.people]) == ("Open maps", ["odc"])


def test_cells_pasted_each_on_a_line_of_its_own():
    first, second = recognised("Day 1\n\n9:00 – 9:30\n\nOpen maps\n\n9:30 – 10:00\n\nOpen rivers\n").sessions

    assert (first.title.en, second.title.en) == ("Open maps", "Open rivers")


def test_what_is_no_table_is_said():
    assert recognised("We meet in March.").problems[0].text.startswith("No table was found")


def test_row_that_begins_with_a_word_is_named():
    proposal = recognised(f"{DAY}9:00 – 9:30\tOpen maps\nlater\tOpen rivers")

    assert [(problem.row, problem.text) for problem in proposal.problems] == [
        (3, "“later” is no time that can be read.")
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400) | st.lists(st.text('0123456789:–-. \t\n"<>ដល់៨Dayamp[TBC]&', max_size=30)).map("\n".join))
def test_any_text_is_read_without_breaking(text):
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        recognised(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=20))
def test_times_and_titles_survive_being_written_and_read(titles):
    rows = [f"{8 + at // 4}:{at % 4 * 15:02} – {8 + at // 4}:{at % 4 * 15 + 14}" for at in range(len(titles))]

    proposal = recognised(DAY + "\n".join(f"{row}\t{title}" for row, title in zip(rows, titles, strict=True)))

    assert [steps.clock(one) for one in proposal.sessions] == rows
    assert [max(one.title.en, one.title.km) for one in proposal.sessions] == titles


@pytest.mark.parametrize("language", ["en", "km"])
def test_programme_of_2024_survives_being_written_and_read(edition, language):
    written, wanted = [], []
    for day in value.from_tables(edition).days:
        written.append(day.date.isoformat())
        rows = [row for session in day.sessions for row in session.walk() if row.starts_at]
        for row in rows:
            title = getattr(row.title, language)
            written.append(f"{steps.clock(row)}\t{title}")
            wanted.append((day.date, steps.clock(row), title))

    read = [row for one in recognised("\n".join(written)).sessions for row in one.walk()]

    assert [(row.date, steps.clock(row), getattr(row.title, language)) for row in read] == wanted
