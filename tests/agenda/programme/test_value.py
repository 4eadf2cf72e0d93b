import dataclasses

import pytest
from django.utils import translation

from agenda.choices import AppearanceState, Kind, Role, SessionState
from agenda.models import Appearance, Session, Speaker
from agenda.programme import value
from conference.language.translated import Text
from conference.models import Organisation
from tests.factories import make_day, make_edition, make_session, session_value


def test_programme_hides_drafts_and_those_who_declined(db):
    day = make_day(make_edition())
    make_session(day, title_en="draft", state=SessionState.DRAFT)
    session = make_session(day, title_en="public", code="public")
    Appearance.objects.create(session=session, label_en="Came not", state=AppearanceState.DECLINED)

    loaded = value.from_tables(day.edition)

    assert list(loaded.places) == ["public"]
    assert loaded.places["public"].session.appearances == ()


def test_qa_of_a_cancelled_session_is_cancelled_with_it(db):
    day = make_day(make_edition())
    talk = make_session(day, code="talk", state=SessionState.CANCELLED)
    make_session(day, code="questions", parent=talk)

    (questions,) = value.from_tables(day.edition).places["talk"].session.timed_children

    assert questions.is_cancelled


def test_programme_cannot_be_changed(edition):
    loaded = value.from_tables(edition)

    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.days[0].sessions[0].title = "Something else"


def test_programme_takes_as_many_queries_for_many_sessions(db, django_assert_num_queries):
    day = make_day(make_edition())
    for number in range(40):
        session = make_session(day, title_en=f"Session {number}")
        Appearance.objects.create(session=session, label_en="A guest")

    with django_assert_num_queries(4):
        value.from_tables(day.edition)


def test_day_knows_when_it_really_begins_and_ends(edition):
    first, second = value.from_tables(edition).days

    assert [f"{day.starts_at:%H:%M}-{day.ends_at:%H:%M}" for day in (first, second)] == ["08:00-17:00", "08:00-17:30"]


def test_neighbours_to_be_confirmed_share_one_line(edition):
    session = value.from_tables(edition).places["d1-12"].session

    assert [(len(line.appearances), line.is_to_be_confirmed) for line in session.billing] == [(2, True)]


def test_panel_is_apart_from_its_facilitator(edition):
    session = value.from_tables(edition).places["d1-14"].session

    assert len(session.panelists) == 5
    assert session.panel_is_unnamed
    assert [line.role for line in session.billing] == [Role.FACILITATOR]


def test_named_person_is_printed_with_the_organisation(edition):
    speaker = Speaker.objects.create(name_en="SAMPLE Person", name_km="គំរូ មនុស្ស")
    odc = Organisation.objects.get(slug="odc")
    session = Session.objects.get(code="d1-17")
    Appearance.objects.create(session=session, speaker=speaker, organisation=odc, state=AppearanceState.CONFIRMED)

    (one,) = value.from_tables(edition).places["d1-17"].session.appearances

    assert one.name.en == "SAMPLE Person, Open Development Cambodia Organization"
    assert one.name.km.startswith("គំរូ មនុស្ស, ")


def test_short_name_that_is_the_name_is_said_once(edition):
    Organisation.objects.filter(slug="odc").update(name_km="អូឌីស៊ី", short_name_km="អូឌីស៊ី")
    odc = Organisation.objects.get(slug="odc")

    name = value.printed_name(Appearance(organisation=odc))

    assert name == Text("Open Development Cambodia Organization (ODC)", "អូឌីស៊ី")


def test_heading_is_label_and_title_and_the_kind_where_there_is_no_title():
    label, title = Text("Session 3", "វគ្គទី៣"), Text("Results & next steps")
    both = dataclasses.replace(session_value("", "9:00", "10:00", kind=Kind.TOPIC), label=label, title=title)
    untitled = dataclasses.replace(both, title=Text())
    bare = dataclasses.replace(untitled, label=Text())

    assert [one.heading for one in (both, untitled, bare)] == [
        "Session 3: Results & next steps",
        "Session 3: Topic",
        "Topic",
    ]
    assert both.heading_on_page == (
        '<span class="label">Session 3<span class="separator">:</span></span> Results &amp; next steps'
    )
    with translation.override("km"):
        assert "(មានតែជាភាសាអង់គ្លេស)" in both.heading_on_page
