"""The agenda pasted a second time, in the other language: it fills in that language and touches nothing else."""

import pytest
from django.contrib.auth import get_user_model

from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.models import Appearance, Room, Session
from tests.agenda.importing.pasted import keys, plan_for
from tests.factories import make_day, make_edition, make_session

COLUMNS = "Time\tTitle\tSpeakers\tRoom\n"


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", password="a long password")


@pytest.fixture
def day(db):
    return make_day(make_edition())


def without_doubt(plan):
    return {step.key for step in plan.steps if not step.is_removal and not step.doubt}


def said(plan):
    return [(step.what, change.field, change.new) for step in plan.steps for change in step.changes]


def test_khmer_is_filled_in_by_time_and_the_english_stays(day, chief):
    make_session(day, title_en="Opening", starts_at="9:00", ends_at="9:30")
    make_session(day, title_en="Coffee", kind="break", starts_at="12:00", ends_at="13:00")
    text = "ថ្ងៃទី១\n9:00 – 9:30\tពិធីបើក\n12:00 – 13:00\tអាហារសម្រន់"

    plan = plan_for(day.edition, text)
    apply(day.edition, plan, without_doubt(plan), by=chief)

    assert [(row.title_en, row.title_km) for row in Session.objects.in_order()] == [
        ("Opening", "ពិធីបើក"),
        ("Coffee", "អាហារសម្រន់"),
    ]
    assert {step.what for step in plan_for(day.edition, text).steps} == {steps.SAME}


def test_sessions_at_one_time_are_filled_in_by_their_order(day, chief):
    for position, title in enumerate(["Open maps", "Open budgets"]):
        make_session(day, title_en=title, position=position)
    text = "ថ្ងៃទី១\n9:00 – 10:00\tផែនទីបើក\n9:00 – 10:00\tថវិកាបើក"

    plan = plan_for(day.edition, text)

    assert [step.doubt for step in plan.of(steps.CHANGE)] == ["", ""]
    apply(day.edition, plan, without_doubt(plan), by=chief)
    assert list(Session.objects.order_by("position").values_list("title_km", flat=True)) == ["ផែនទីបើក", "ថវិកាបើក"]


def test_one_of_two_sessions_at_one_time_is_not_filled_in_unasked(day):
    for position, title in enumerate(["Open maps", "Open budgets"]):
        make_session(day, title_en=title, position=position)

    (step,) = plan_for(day.edition, "ថ្ងៃទី១\n9:00 – 10:00\tថវិកាបើក").of(steps.CHANGE)

    assert "Several sessions are at this time." in step.doubt


def test_session_whose_times_differ_is_filled_in_only_when_it_is_ticked(day):
    make_session(day, title_en="Opening", starts_at="9:00", ends_at="9:30")
    make_session(day, title_en="Open maps", starts_at="9:30", ends_at="10:00")

    plan = plan_for(day.edition, "ថ្ងៃទី១\n9:00 – 9:30\tពិធីបើក\n9:30 – 10:30\tផែនទីបើក")

    assert [(str(step.title), bool(step.doubt)) for step in plan.of(steps.CHANGE)] == [
        ("ពិធីបើក", False),
        ("ផែនទីបើក", True),
    ]
    assert plan.of(steps.CREATE, steps.REMOVE) == []


def test_more_sessions_than_there_are_do_not_stand_beside_them_unasked(day):
    make_session(day, title_en="Open maps", starts_at="9:00", ends_at="10:00")

    plan = plan_for(day.edition, "ថ្ងៃទី១\n9:00 – 9:30\tផែនទី\n9:30 – 10:00\tសំណួរ")

    assert len(plan.of(steps.CREATE)) == 2
    assert all("in the other language only" in step.doubt for step in plan.of(steps.CREATE))


def test_room_and_people_get_their_names_in_the_other_language(day, chief):
    room = Room.objects.create(edition=day.edition, name_en="Great hall")
    session = make_session(day, title_en="Opening", room=room)
    for label in ("Dara Sample", "Sok Sample"):
        Appearance.objects.create(session=session, label_en=label, state="confirmed")
    text = COLUMNS + 'ថ្ងៃទី១\n9:00 – 10:00\tពិធីបើក\t"តារា គំរូ\nសុខ គំរូ"\tសាលធំ'

    plan = plan_for(day.edition, text)
    assert ("change", "room_name", "សាលធំ") in said(plan)
    apply(day.edition, plan, keys(plan, removing=True), by=chief)

    assert Room.objects.values_list("name_en", "name_km").get() == ("Great hall", "សាលធំ")
    assert list(session.appearances.order_by("pk").values_list("label_en", "label_km")) == [
        ("Dara Sample", "តារា គំរូ"),
        ("Sok Sample", "សុខ គំរូ"),
    ]
    assert {step.what for step in plan_for(day.edition, text).steps} == {steps.SAME}


def test_more_names_than_people_are_named_and_not_written(day, chief):
    session = make_session(day, title_en="Opening")
    Appearance.objects.create(session=session, label_en="Dara Sample", state="confirmed")
    text = COLUMNS + 'ថ្ងៃទី១\n9:00 – 10:00\tពិធីបើក\t"តារា គំរូ\nសុខ គំរូ"\t'

    plan = plan_for(day.edition, text)
    (step,) = plan.of(steps.CHANGE)
    apply(day.edition, plan, keys(plan, removing=True), by=chief)

    assert "តារា គំរូ; សុខ គំរូ" in step.doubt
    assert session.appearances.count() == 1


def test_session_under_another_title_is_asked_about(day):
    make_session(day, title_en="Opening by the host")

    (step,) = plan_for(day.edition, "Day 1\n9:00 – 10:00\tMaps of rivers").of(steps.CHANGE)

    assert step.doubt == "“Opening by the host” stands at this time. Is this the same session under a new title?"


def test_name_that_would_be_cut_is_not_written_unasked(day):
    long = "A room with a name " * 8

    (step,) = plan_for(day.edition, f"{COLUMNS}Day 1\n9:00 – 10:00\tMaps\t\t{long}").of(steps.CREATE)

    assert "Too long, it would be cut" in step.doubt


def test_row_more_above_leaves_the_ticks_of_the_others(day):
    rows = ["9:00 – 9:30\tMaps", "9:30 – 10:00\tBudgets", "9:30 – 10:00\tBudgets"]

    before = plan_for(day.edition, "\n".join(["Day 1", *rows])).of(steps.CREATE)
    after = plan_for(day.edition, "\n".join(["Day 1", "8:00 – 9:00\tCoffee", *rows])).of(steps.CREATE)

    assert [step.key for step in after[1:]] == [step.key for step in before]
    assert len({step.key for step in after}) == 4


def test_an_agenda_that_names_no_person_in_its_language_removes_none(day, chief):
    session = make_session(day, title_en="Opening", starts_at="9:00", ends_at="9:30")
    Appearance.objects.create(session=session, label_en="Sample Person")
    in_khmer, in_english = "ថ្ងៃទី១\n9:00 – 9:30\tពិធីបើក", "Day 1\n9:00 – 9:30\tOpening"

    plan = plan_for(day.edition, in_khmer)

    assert not plan.of(steps.REMOVE_PERSON)
    apply(day.edition, plan, without_doubt(plan), by=chief)
    assert not plan_for(day.edition, in_khmer).of(steps.REMOVE_PERSON)
    assert plan_for(day.edition, in_english).of(steps.REMOVE_PERSON)
