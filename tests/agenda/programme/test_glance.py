"""What the first page shows of the programme."""

from dataclasses import replace
from datetime import date, datetime

from agenda.choices import Kind, SessionState
from agenda.programme import value
from agenda.programme.glance import at_a_glance
from agenda.programme.value import Appearance, Day, Programme
from conference.language.translated import Text
from tests.factories import make_edition, session_value
from tests.pages import read

BEFORE = datetime(2030, 3, 1, 9, 0)


def of_a_day(*sessions, moment=BEFORE):
    return at_a_glance(Programme(2030, (Day(1, date(2030, 3, 26), sessions=sessions),)), moment)


def shown(glance):
    return [session.code for _day, sessions in glance.days for session in sessions]


def test_keynote_and_the_longest_sessions_carry_a_day_in_their_order():
    glance = of_a_day(
        session_value("Keynote", "8:00", "8:10", kind=Kind.KEYNOTE),
        session_value("Short", "8:10", "8:20"),
        session_value("Long", "8:20", "9:20"),
        session_value("Lunch", "9:20", "12:20", kind=Kind.MEAL),
        session_value("Longer", "12:20", "13:40", kind=Kind.PANEL),
        session_value("Closing", "13:40", "15:40", kind=Kind.CLOSING),
        session_value("Longest", "15:40", "18:00"),
    )

    assert shown(glance) == ["Keynote", "Long", "Longer", "Longest"]


def test_what_is_cancelled_or_has_no_times_carries_no_day():
    cancelled = session_value("Cancelled", "8:00", "12:00", state=SessionState.CANCELLED)
    timeless = replace(session_value("Timeless", "8:00", "9:00"), starts_at=None, ends_at=None)

    assert of_a_day(cancelled, timeless, session_value("Held", "12:00", "13:00")).days[0][1][0].code == "Held"
    assert of_a_day(cancelled, timeless).days == ()


def test_day_of_ceremonies_alone_shows_them():
    assert shown(of_a_day(session_value("Opening", "8:00", "9:00", kind=Kind.CEREMONY))) == ["Opening"]


def test_on_the_days_what_runs_and_what_is_next_comes_first(edition):
    glance = at_a_glance(value.from_tables(edition), datetime(2024, 3, 26, 9, 52))

    assert [session.code for session in glance.soon] == ["d1-09", "d1-10"]


def test_first_page_leads_to_the_sessions_of_each_day(client, edition):
    text = read(client.get("/en/2024/"))

    assert "8:45 Keynote Speech" in text
    assert "9:00 Open data showcases in Cambodia and other countries" in text


def test_first_page_says_what_will_stand_where_there_is_no_agenda(client, db):
    make_edition()

    assert "The sessions will stand here, day by day" in read(client.get("/en/2030/"))


def test_those_who_are_sure_to_speak_are_named_once():
    network = Appearance(name=Text(en="Sample Network"), organisation="sample", state="confirmed")
    group = Appearance(name=Text(en="Representatives of the youth"), state="confirmed")
    doubtful = Appearance(name=Text(en="Sample Ministry"), organisation="ministry")
    gone = Appearance(name=Text(en="Sample Bank"), organisation="bank", state="confirmed")

    glance = of_a_day(
        session_value("Talk", "9:00", "10:00", appearances=(network, group, doubtful)),
        session_value("Panel", "10:00", "11:00", appearances=(replace(network, name=Text(en="SN team")),)),
        session_value("Off", "11:00", "12:00", state=SessionState.CANCELLED, appearances=(gone,)),
    )

    assert glance.voices == (Text(en="Sample Network"),)
