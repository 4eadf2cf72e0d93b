"""The agenda as published, pasted as it is."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override

from agenda.choices import Kind
from agenda.editions.loading import DATA as CONTENT
from agenda.feeds import frab
from agenda.feeds.stamp import stamped
from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.importing.recognising.people import loose
from agenda.models import Appearance, Day, Session, Speaker
from agenda.programme import value
from agenda.publishing import versions
from conference.models import Edition
from registration.models import BreakoutChoice
from tests.agenda.importing.pasted import PUBLISHED, keys, plan_for
from tests.factories import make_day, make_edition, make_registration, make_session


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", password="a long password")


@pytest.fixture
def empty_edition(edition):
    """The edition of 2024 before anybody wrote its agenda; the organisations are there."""
    edition.days.all().delete()
    edition.tracks.all().delete()
    edition.rooms.all().delete()
    return edition


def bring_in(edition, text, by, *, removing=False):
    plan = plan_for(edition, text)
    return apply(edition, plan, keys(plan, removing=removing), by=by)


def as_compared(session):
    """What a table can say of a session, in English."""
    return (
        session.kind,
        session.label.en,
        session.title.en,
        session.description.en,
        session.starts_at,
        session.ends_at,
        session.track.en,
        session.room.en,
        session.state,
        session.open_call,
        [(one.role, loose(one.name.en), one.organisation, one.state) for one in session.appearances],
        [as_compared(child) for child in session.children],
    )


def test_published_agenda_gives_the_edition_as_it_was_typed_by_hand(edition, chief):
    by_hand = value.from_tables(edition)
    edition.days.all().delete()

    bring_in(edition, PUBLISHED, chief)

    pasted = value.from_tables(edition)
    for one, other in zip(by_hand.days, pasted.days, strict=True):
        assert (one.date, one.intro.en) == (other.date, other.intro.en)
        assert [as_compared(row) for row in one.sessions] == [as_compared(row) for row in other.sessions]


def test_published_agenda_has_36_rows_in_an_edition_without_tracks_and_rooms(empty_edition, chief):
    bring_in(empty_edition, PUBLISHED, chief)

    timed = Session.objects.filter(starts_at__isnull=False)
    assert timed.count() == 36
    assert timed.filter(kind=Kind.QA, parent__isnull=False).count() == 6
    assert list(Session.objects.with_doubt().in_order().values_list("title_en", flat=True)) == [
        "Keynote Speech",
        "Remark",
        "Opening Remark",
        "Results of Open Data Roadmap Assessment in Cambodia",
        "Open Data for Journalism",
    ]
    themes = Session.objects.filter(kind=Kind.THEME)
    assert [theme.children.filter(kind=Kind.TOPIC).count() for theme in themes] == [3, 3, 3]
    assert [row.room.name_en for row in Session.objects.exclude(room=None)] == ["Room 1", "Room 2"]
    panel = Session.objects.get(kind=Kind.PANEL)
    assert [row.role for row in panel.appearances.all()] == ["panelist"] * 5 + ["facilitator"]
    assert [track.name_en for track in empty_edition.tracks.all()] == ["Plenary", "Breakout rooms", "Hackathon"]


def test_published_agenda_has_its_rows_where_no_organisation_is_known(empty_edition, chief):
    Appearance.objects.all().delete()
    names = list(Session.objects.values_list("title_en", flat=True))
    edition = Edition.objects.create(year=2031, title_en="Sample", starts_on="2024-03-26", ends_on="2024-03-27")
    edition.refresh_from_db()

    bring_in(edition, PUBLISHED, chief)

    assert names == []
    assert Session.objects.filter(starts_at__isnull=False).count() == 36


def test_agenda_pasted_twice_changes_nothing(empty_edition, chief):
    bring_in(empty_edition, PUBLISHED, chief)

    again = plan_for(empty_edition, PUBLISHED)

    assert {step.what for step in again.steps} == {steps.SAME}


def test_agenda_pasted_onto_the_loaded_edition_changes_nothing(edition):
    plan = plan_for(edition, PUBLISHED)

    assert [(step.what, str(step.title), step.changes) for step in plan.steps if step.what != steps.SAME] == []


def test_agenda_in_khmer_pasted_onto_the_loaded_edition_changes_nothing(edition):
    content = json.loads((CONTENT / "edition-2024.json").read_text(encoding="utf-8"))
    lines = []
    for number, day in enumerate(content["days"], start=1):
        lines.append(f"ថ្ងៃទី{number}")
        for session in day["sessions"]:
            for row in (session, *(child for child in session.get("children", []) if "starts" in child)):
                lines.append(f"{row['starts']} ដល់ {row['ends']}\t{row['title']['km']}")

    plan = plan_for(edition, "\n".join(lines))

    changed = [change for step in plan.of(steps.CHANGE) for change in step.changes if change.field != "state"]
    assert changed == []
    assert plan.of(steps.CREATE) == []


def test_changed_title_is_one_change_and_the_khmer_stays(edition, chief):
    khmer = Session.objects.get(code="d1-17").title_km
    Session.objects.filter(code="d1-17").update(khmer_checked=True)
    text = PUBLISHED.replace("Open Data for Journalism", "Open Data for Reporters")

    (step,) = plan_for(edition, text).of(steps.CHANGE)
    bring_in(edition, text, chief)

    assert [(change.old, change.new) for change in step.changes] == [
        ("Open Data for Journalism", "Open Data for Reporters")
    ]
    row = Session.objects.get(code="d1-17")
    assert (row.title_en, row.title_km, row.khmer_checked) == ("Open Data for Reporters", khmer, False)


def test_moved_session_keeps_its_address(edition, chief):
    text = PUBLISHED.replace("15:30 – 15:45", "15:30 – 15:40").replace("15:45 – 16:45", "15:40 – 16:45")

    bring_in(edition, text, chief)

    assert f"{Session.objects.get(code='d1-22').starts_at:%H:%M}" == "15:40"


def test_who_is_to_be_confirmed_is_not_confirmed_by_a_table(edition, chief):
    text = PUBLISHED.replace("<i>Australian Embassy in Cambodia [TBC]</i>", "<i>Australian Embassy in Cambodia</i>")

    bring_in(edition, text, chief)

    assert Appearance.objects.get(session__code="d1-05").state == "to_be_confirmed"


def test_session_to_be_confirmed_is_not_confirmed_by_a_table(edition, chief):
    Session.objects.filter(code="d1-19").update(state="to_be_confirmed")

    bring_in(edition, PUBLISHED, chief)

    assert Session.objects.get(code="d1-19").state == "to_be_confirmed"


@pytest.mark.parametrize("language", ["en", "km"])
def test_own_schedule_read_in_again_has_nothing_to_do(edition, language):
    speaker = Speaker.objects.create(name_en="SAMPLE Person", name_km="គំរូ")
    Appearance.objects.create(session=Session.objects.get(code="d1-19"), speaker=speaker, label_en="Prof. Sample")
    Session.objects.filter(code="d1-14").update(state="cancelled")

    plan = plan_for(edition, own_schedule(edition, language))

    assert {step.what for step in plan.steps} == {steps.SAME}
    assert len(plan.steps) == 36


def test_own_schedule_with_a_change_changes_that_alone(edition, chief):
    session = Session.objects.get(code="d1-19")
    events = json.loads(own_schedule(edition))
    (event,) = [one for one in all_events(events) if one["guid"] == str(session.uuid)]
    event["title"] = "Another title altogether"
    before = Appearance.objects.count()

    plan = plan_for(edition, json.dumps(events))
    apply(edition, plan, keys(plan), by=chief)

    assert [step.what for step in plan.steps if step.what != steps.SAME] == [steps.CHANGE]
    assert Session.objects.get(code="d1-19").title_en == "Another title altogether"
    assert Appearance.objects.count() == before


def own_schedule(edition, language="en"):
    with override(language):
        programme, stamp = stamped(edition, "https://conference.example.org")
        return json.dumps(frab.schedule(programme, edition, stamp))


def all_events(schedule):
    days = schedule["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]


def test_row_that_is_gone_is_shown_and_stays_until_it_is_ticked(edition, chief):
    text = PUBLISHED.replace("17:00 – 17:30	Networking\n", "")
    plan = plan_for(edition, text)

    assert [str(step.title) for step in plan.of(steps.REMOVE)] == ["Networking"]
    apply(edition, plan, keys(plan), by=chief)
    assert Session.objects.filter(code="d2-13").exists()
    outcome = apply(edition, plan, keys(plan, removing=True), by=chief)
    assert outcome.removed == 1
    assert not Session.objects.filter(code="d2-13").exists()


def test_organisation_that_is_gone_from_a_row_stays_until_it_is_ticked(edition, chief):
    text = PUBLISHED.replace("(ODC) & The Asia Foundation\n", "(ODC)\n")
    plan = plan_for(edition, text)

    (step,) = plan.of(steps.REMOVE_PERSON)
    apply(edition, plan, keys(plan), by=chief)

    assert step.changes[0].old == "The Asia Foundation"
    assert Session.objects.get(code="d1-22").appearances.count() == 2


def test_session_with_something_under_it_is_not_removed_alone(edition, chief):
    text = PUBLISHED.replace("15:15 – 15:30	Q&A", "15:15 – 15:30	Q & A")
    plan = plan_for(edition, text.replace("14:15 – 15:15", "99:15 – 15:15"))
    (step,) = plan.of(steps.REMOVE)

    outcome = apply(edition, plan, {step.key}, by=chief)

    assert outcome.refused == ["Data-driven Storytelling: something stands under it that is to stay"]


def test_theme_that_participants_have_chosen_is_not_removed(edition, chief):
    theme = Session.objects.get(code="d2-03-t3")
    theme.children.all().delete()
    registration = make_registration(edition)
    BreakoutChoice.objects.create(registration=registration, breakout=theme.parent, session=theme, seat_no=1)
    plan = plan_for(edition, PUBLISHED.replace("Theme 3: Open Data for Sustainable Development (3 topics)", ""))
    (step,) = plan.of(steps.REMOVE)

    outcome = apply(edition, plan, {step.key}, by=chief)

    assert outcome.refused == ["Open Data for Sustainable Development: something else refers to it: cancel it instead"]
    assert theme.breakout_choices.exists()


def test_theme_that_the_published_agenda_offers_is_not_removed(edition, chief):
    Session.objects.filter(parent__code="d2-03-t3").delete()
    plan = plan_for(edition, PUBLISHED.replace("Theme 3: Open Data for Sustainable Development (3 topics)", ""))
    (step,) = plan.of(steps.REMOVE)
    versions.publish_first(edition)

    outcome = apply(edition, plan, {step.key}, by=chief)

    reason = "the published agenda offers it to participants: cancel it instead"
    assert outcome.refused == [f"Open Data for Sustainable Development: {reason}"]


def test_draft_is_known_again_and_not_made_twice(edition, chief):
    Session.objects.filter(code="d2-13").update(state="draft")

    bring_in(edition, PUBLISHED, chief)

    assert Session.objects.filter(title_en="Networking").count() == 1
    assert Session.objects.get(code="d2-13").state == "draft"


def test_import_takes_as_many_queries_for_many_sessions(edition, django_assert_num_queries):
    with django_assert_num_queries(5):
        plan_for(edition, PUBLISHED)
    for number in range(40):
        make_session(Day.objects.first(), title_en=f"Sample {number}", starts_at="18:00", ends_at="19:00")
    with django_assert_num_queries(5):
        plan_for(edition, PUBLISHED)


def test_table_of_nothing_removes_nothing(edition):
    assert plan_for(edition, "We meet in March.").steps == ()


def test_coffee_breaks_that_all_moved_are_matched_in_order(edition, chief):
    other = Edition.objects.create(year=2032, title_en="Sample", starts_on="2032-03-26", ends_on="2032-03-26")
    other.refresh_from_db()
    day = make_day(other)
    for hour in ("9:00", "11:00"):
        make_session(day, title_en="Coffee break", kind=Kind.BREAK, starts_at=hour, ends_at=hour.replace(":00", ":15"))

    plan = plan_for(other, "Day 1\n9:10 – 9:25\tCoffee break\n11:10 – 11:25\tCoffee break")

    assert [step.what for step in plan.steps] == [steps.CHANGE, steps.CHANGE]


def test_breaks_of_khmer_words_are_stored_and_are_no_difference(db, chief):
    edition, text = make_edition(), "Day 1\n9:00 – 10:00\tផែនទី\u200bបើក\tបន្ទប់\u200bធំ"
    bring_in(edition, text, chief)

    assert Session.objects.get().title_km == "ផែនទី\u200bបើក"
    for again in (text, text.replace("\u200b", "")):
        assert {step.what for step in plan_for(edition, again).steps} == {steps.SAME}
