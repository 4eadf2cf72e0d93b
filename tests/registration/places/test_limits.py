"""Days that are full, places kept for some, seats in breakouts."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from agenda.choices import Kind
from agenda.models import Session
from registration.choices import ELSEWHERE, Part, Province, Sector, Status
from registration.models import BreakoutChoice, BreakoutPlaces, DayPlaces, Intake, Registration, ReservedPlaces
from registration.own_page import changing
from registration.places import lock, seats
from registration.places.choosable import choosable
from registration.signing_up import transitions
from tests.factories import choice_of, make_answers, make_registration, row_of, sign_up


def coming_on(edition, *days, **fields):
    answers = make_answers(edition, **fields)
    answers.days[:] = days
    return row_of(sign_up(edition, answers))


def standing(*registrations):
    return [Registration.objects.get(pk=registration.pk).status for registration in registrations]


@pytest.fixture
def days(edition):
    """The first day of two; it holds one person."""
    first, second = edition.days.all()
    DayPlaces.objects.create(intake=edition.intake, day=first, places=1)
    return first, second


@pytest.fixture
def kept(edition):
    """Three places, two of them for government."""
    Intake.objects.update(capacity=3)
    return ReservedPlaces.objects.create(intake=edition.intake, sector=Sector.GOVERNMENT, places=2)


@pytest.fixture
def rooms(edition):
    """The two rooms of a breakout; the first has one seat."""
    first, second = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT)
    BreakoutPlaces.objects.create(intake=edition.intake, session=first, places=1)
    return first, second


def test_day_that_is_full_makes_people_wait(edition, days):
    first, second = days

    people = [coming_on(edition, first, second), coming_on(edition, first), coming_on(edition, second)]

    assert standing(*people) == [Status.CONFIRMED, Status.WAITING, Status.CONFIRMED]


def test_place_goes_to_the_first_who_waits_for_that_day(edition, days):
    first, second = days
    Intake.objects.update(capacity=2)
    people = [coming_on(edition, *which) for which in ([first], [second], [first], [second])]

    transitions.cancel(people[1])
    assert standing(*people[2:]) == [Status.WAITING, Status.OFFERED]

    transitions.cancel(people[0])
    assert standing(*people[2:]) == [Status.OFFERED, Status.OFFERED]


def test_staff_cannot_confirm_into_a_full_day(edition, days):
    coming_on(edition, days[0])
    waiting = coming_on(edition, days[0])

    with pytest.raises(lock.NoPlaceLeft):
        transitions.confirm(waiting)


def test_reserved_places_are_not_given_to_others(edition, kept):
    others = [make_registration(edition) for _person in range(2)]
    official = make_registration(edition, sector=Sector.GOVERNMENT)

    assert standing(*others, official) == [Status.CONFIRMED, Status.WAITING, Status.CONFIRMED]


def test_reserved_places_open_to_all_on_their_date(edition, kept):
    others = [make_registration(edition) for _person in range(3)]
    ReservedPlaces.objects.update(until=timezone.now() - timedelta(minutes=1))

    call_command("tend_registration")

    assert standing(*others) == [Status.CONFIRMED, Status.OFFERED, Status.OFFERED]


def test_those_for_whom_places_are_kept_may_have_any_other(edition, kept):
    officials = [make_registration(edition, sector=Sector.GOVERNMENT) for _person in range(3)]

    assert standing(*officials) == [Status.CONFIRMED] * 3


def test_reserved_place_that_is_given_back_stays_reserved(edition, kept):
    official = make_registration(edition, sector=Sector.GOVERNMENT)
    make_registration(edition)
    waiting = make_registration(edition)

    transitions.cancel(official)

    assert standing(waiting) == [Status.WAITING]


@pytest.mark.parametrize(
    ("condition", "person", "is_for"),
    [
        ({"province": Province.KAMPOT}, {"province": Province.KAMPOT}, True),
        ({"province": Province.KAMPOT}, {"province": Province.KEP}, False),
        ({"province": ELSEWHERE}, {"province": Province.KEP}, True),
        ({"province": ELSEWHERE}, {"province": Province.PHNOM_PENH}, False),
        ({"part": Part.SPEAKER}, {"part": Part.SPEAKER}, True),
        ({"part": Part.SPEAKER, "province": Province.KEP}, {"part": Part.SPEAKER}, False),
        ({}, {"part": Part.SPEAKER}, False),
        ({}, {"confirmed_by_hand": True}, True),
    ],
)
def test_reserve_is_for_who_meets_its_conditions(condition, person, is_for):
    columns = {"sector": Sector.LOCAL_NGO, "part": Part.PARTICIPANT, "province": Province.PHNOM_PENH}

    assert ReservedPlaces(**condition).is_for(Registration(**columns | person)) == is_for


def test_places_without_a_condition_are_given_by_staff_alone(edition):
    Intake.objects.update(capacity=2)
    ReservedPlaces.objects.create(intake=edition.intake, places=1)
    _one, other, third = [make_registration(edition) for _person in range(3)]

    transitions.confirm(third)

    assert standing(other, third) == [Status.WAITING, Status.CONFIRMED]


def test_place_given_by_staff_uses_up_their_reserve_and_no_other(edition):
    Intake.objects.update(capacity=3)
    ReservedPlaces.objects.create(intake=edition.intake, places=1)
    people = [make_registration(edition) for _person in range(3)]
    transitions.confirm(people[2])

    transitions.cancel(people[0])

    assert standing(make_registration(edition)) == [Status.CONFIRMED]


def choosing(edition, *rooms):
    answers = make_answers(edition)
    answers.breakouts.extend(map(choice_of, rooms))
    return row_of(sign_up(edition, answers))


def test_seats_of_a_room_are_given_once(edition, rooms):
    first, second = rooms
    choosing(edition, first)

    with pytest.raises(seats.NoSeatLeft) as refused:
        choosing(edition, first)

    assert refused.value.choice == choice_of(first)
    assert Registration.objects.count() == 1
    choosing(edition, second)
    choosing(edition, second)
    assert list(second.breakout_choices.values_list("seat_no", flat=True)) == [1, 2]


def test_seat_is_free_again_when_its_person_does_not_come(edition, rooms):
    registration = choosing(edition, rooms[0])

    transitions.cancel(registration)

    assert choosing(edition, rooms[0]).breakout_choices.get().seat_no == 1


def test_seat_cannot_be_given_twice_even_past_the_rules(edition, rooms):
    room, other = rooms[0], make_registration(edition)
    choosing(edition, room)

    with pytest.raises(IntegrityError):
        BreakoutChoice.objects.create(registration=other, breakout_id=room.parent_id, session=room, seat_no=1)


def test_room_can_be_changed_and_the_same_one_kept(edition, rooms):
    first, second = rooms
    registration = choosing(edition, first)

    seats.change_seats(registration, [choice_of(first)])
    assert registration.breakout_choices.get().session == first

    seats.change_seats(registration, [choice_of(second)])
    assert registration.breakout_choices.get().session == second


def test_programme_offers_themes_rooms_and_the_hackathon(edition):
    offer = choosable(edition)

    assert [len(breakout.choices) for breakout in offer.breakouts] == [3, 2]
    assert offer.has_hackathon


def test_programme_offers_nothing_that_is_cancelled_or_a_draft(edition):
    Session.objects.filter(kind=Kind.HACKATHON).update(state="cancelled")
    Session.objects.filter(kind=Kind.BREAKOUT, parent=None).update(state="draft")

    offer = choosable(edition)

    assert not offer.breakouts
    assert not offer.has_hackathon


def change(registration, *, days=None, sessions=()):
    days = registration.days.all() if days is None else days
    changing.change_answers(registration, person={}, days=days, sessions=list(map(choice_of, sessions)))


def test_day_that_is_full_cannot_be_added(edition, days):
    first, second = days
    coming_on(edition, first)
    registration = coming_on(edition, second)

    with pytest.raises(lock.NoPlaceLeft):
        change(registration, days=[first, second])

    assert list(registration.days.all()) == [second]


def test_day_that_is_given_up_is_offered_to_the_next(edition, days):
    first, second = days
    registration = coming_on(edition, first, second)
    waiting = coming_on(edition, first)

    change(registration, days=[second])

    assert standing(registration, waiting) == [Status.CONFIRMED, Status.OFFERED]


def test_seat_can_be_changed_until_it_is_full(edition, rooms):
    first, second = rooms
    choosing(edition, first)
    registration = choosing(edition, second)

    with pytest.raises(seats.NoSeatLeft):
        change(registration, sessions=[first])
    assert registration.breakout_choices.get().session == second

    change(registration)
    assert not registration.breakout_choices.exists()
    assert registration.steps.get().columns == ["breakouts"]
