import json
from pathlib import Path

import pytest

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Session, Speaker
from tests.factories import make_day, make_edition, make_session
from tests.pages import read

# The published agenda, row by row, transcribed and checked apart from the file that the site loads.
ROWS = json.loads((Path(__file__).parents[2] / "data" / "agenda_2024.json").read_text(encoding="utf-8"))


@pytest.fixture
def english(client, edition):
    return read(client.get("/en/2024/agenda/"))


@pytest.fixture
def khmer(client, edition):
    return read(client.get("/km/2024/agenda/"))


def as_read_aloud(row):
    """The time with a word in place of the dash, and label and title each by itself."""
    return [
        row["time"].replace(" – ", " to "),
        *(text for text in row["strings"] if not is_both(text, row["strings"])),
    ]


def is_both(text, strings):
    return any(text.startswith(f"{label}: ") for label in strings)


def test_agenda_has_every_string_of_the_36_rows(english):
    missing = [(row["id"], text) for row in ROWS for text in as_read_aloud(row) if text not in english]

    assert len(ROWS) == 36
    assert missing == []


def test_agenda_in_khmer_has_every_title(khmer):
    titles = Session.objects.exclude(title_km="").values_list("code", "title_km")

    assert len(titles) == 36 + 3 + 2
    assert [code for code, title in titles if title not in khmer] == []


def test_agenda_marks_five_rows_in_words(english, khmer):
    assert english.count("to be confirmed") == 5
    assert khmer.count("រង់ចាំបញ្ជាក់") == 5


@pytest.mark.parametrize("row", [row for row in ROWS if row["to_be_confirmed"]], ids=lambda row: row["id"])
def test_mark_stands_in_the_row_it_belongs_to(client, edition, row):
    html = client.get("/en/2024/agenda/").content.decode()

    start = html.index(f'id="{row["id"]}"')
    assert "to be confirmed" in html[start : html.index("</li>", start)]


@pytest.mark.parametrize("row", [row for row in ROWS if row["qa_for"]], ids=lambda row: row["id"])
def test_qa_stands_under_its_session(client, edition, row):
    html = client.get("/en/2024/agenda/").content.decode()

    start = html.index(f'id="{row["qa_for"]}"')
    here = html[start : html.find('class="row', start)]
    assert f'<p class="qa" id="{row["id"]}">' in here  # a list of one would be announced as a list


def test_themes_announce_three_topics_each(english, khmer):
    assert english.count("3 topics to be announced") == 3
    assert Session.objects.get(code="d2-03-t1").title_km in khmer


def test_theme_with_one_title_announces_the_other_two(client, edition):
    topic = Session.objects.get(code="d2-03-t1-1")
    topic.title_en = "Budgets anybody can read"
    topic.save()

    text = read(client.get("/en/2024/agenda/"))

    assert "Budgets anybody can read" in text
    assert "2 topics to be announced" in text


def test_agenda_stands_in_columns_only_where_rows_are_parallel(client, edition):
    html = client.get("/en/2024/agenda/").content.decode()

    assert html.count('class="parallel"') == 1
    assert html.count('class="column"') == 2
    assert html.index('id="d2-02"') < html.index('class="parallel"') < html.index('id="d2-07"')


def test_agenda_shows_announced_hours_beside_real_ones(english):
    for words in ["8:30 to 17:00", "Day 1 Tue, Mar 26 8:00 – 17:00", "Day 2 Wed, Mar 27 8:00 – 17:30"]:
        assert words in english


def test_agenda_takes_at_most_ten_queries_cold_and_none_when_kept(client, edition, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/km/2024/agenda/")
    with django_assert_max_num_queries(0):
        client.get("/km/2024/agenda/")


def test_agenda_takes_no_more_queries_for_more_rows(client, db, django_assert_max_num_queries):
    day = make_day(make_edition())
    for number in range(60):
        Appearance.objects.create(session=make_session(day, title_en=f"Session {number}"), label_en="A guest")

    with django_assert_max_num_queries(8):
        client.get("/en/2030/agenda/")


def test_cancelled_session_stays_and_says_so(client, edition):
    Session.objects.filter(code="d1-19").update(state=SessionState.CANCELLED)

    html = client.get("/en/2024/agenda/").content.decode()

    start = html.index('id="d1-19"')
    assert "cancelled" in html[start : start + 900]


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_session_has_a_page(client, edition, language):
    for session in Session.objects.all():
        text = read(client.get(f"/{language}/2024/agenda/{session.code}/"))
        title = session.title_en if language == "en" else session.title_km
        assert title in text


def test_page_of_a_panel_names_seats_facilitator_time_and_qa(client, edition):
    text = read(client.get("/en/2024/agenda/d1-14/"))

    for words in [
        "Policy Dialogue: Inclusive development",
        "Tuesday, March 26, 2024",
        "11:05 – 12:05",
        "Panelists are the representatives of:",
        "The Research and Academia Institutions",
        "Facilitator: ODC Team",
        "Q&A 12:05 to 12:15",
    ]:
        assert words in text


@pytest.mark.parametrize("page", ["agenda/", "speakers/", ""])
def test_day_without_sessions_breaks_no_page(client, edition, page):
    make_day(edition, date="2024-03-28")
    Session.objects.filter(day__date="2024-03-26").update(state=SessionState.DRAFT)

    assert client.get(f"/en/2024/{page}").status_code == 200


def test_draft_has_no_page(client, edition):
    Session.objects.filter(code="d1-17").update(state=SessionState.DRAFT)

    assert client.get("/en/2024/agenda/d1-17/").status_code == 404


def test_speakers_page_lists_who_appears_where(client, edition):
    text = read(client.get("/en/2024/speakers/"))

    for words in [
        "National Information Society Agency (NIA)",
        "Part of Ministry of Science and ICT (Republic of Korea)",
        "Groups whose representatives are not named yet",
        "Representative of the marginalized groups",
        "Hackathon Committee",
    ]:
        assert words in text


def test_speakers_page_names_people_once_there_are_any(client, edition):
    speaker = Speaker.objects.create(name_en="SAMPLE Person", about_en="Writes about data.")
    session = Session.objects.get(code="d1-17")
    Appearance.objects.create(session=session, speaker=speaker, state=AppearanceState.CONFIRMED)

    text = read(client.get("/en/2024/speakers/"))

    assert "People SAMPLE Person Writes about data. Session 4: Open Data for Journalism" in text


def test_speakers_page_takes_few_queries(client, edition, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/en/2024/speakers/")


def test_page_of_a_session_names_its_room_once(client, db):
    day = make_day(make_edition())
    room = day.edition.rooms.create(name_en="Lotus hall")
    make_session(day, code="talk", room=room)

    assert read(client.get("/en/2030/agenda/talk/")).count("Lotus hall") == 1
