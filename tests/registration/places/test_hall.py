"""Who holds a place, who waits, to whom it is offered."""

import uuid
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from agenda.choices import Kind
from conference import clock
from conference.models import Edition
from registration.choices import GIVEN_UP, HOLDING_A_PLACE, MessageKind, Part, Province, Sector, Status
from registration.models import (
    BreakoutChoice,
    BreakoutPlaces,
    DayChoice,
    DayPlaces,
    Intake,
    Message,
    Registration,
    ReservedPlaces,
)
from registration.places import lock, seats
from registration.places.hall import Hall, intakes_with_rules
from registration.signing_up import rules, transitions
from tests.factories import (
    choice_of,
    make_answers,
    make_day,
    make_edition,
    make_registration,
    make_session,
    open_intake,
)


def people(edition, number):
    return [make_registration(edition) for _person in range(number)]


def standing(*registrations):
    return [Registration.objects.get(pk=registration.pk).status for registration in registrations]


def messages_to(registration):
    return list(registration.messages.order_by("pk").values_list("kind", flat=True))


def let_offers_run_out():
    Registration.objects.filter(status=Status.OFFERED).update(offered_until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def small(edition):
    """Two places."""
    Intake.objects.update(capacity=2)
    return edition


def test_place_given_back_is_offered_to_the_first_who_waits(small):
    first, _second, third, fourth = people(small, 4)

    transitions.cancel(first)

    assert standing(first, third, fourth) == [Status.CANCELLED, Status.OFFERED, Status.WAITING]
    third.refresh_from_db()
    assert third.offered_until - timezone.now() > timedelta(hours=47)
    assert messages_to(third) == [MessageKind.WAITING, MessageKind.OFFERED]


def test_offer_that_is_taken_is_a_place(small):
    first, _second, third = people(small, 3)
    transitions.cancel(first)

    transitions.accept_offer(third)

    assert (third.status, third.place_no, third.offered_until) == (Status.CONFIRMED, 1, None)
    assert messages_to(third)[-1] == MessageKind.CONFIRMED


def test_offer_that_runs_out_goes_to_the_next(small):
    first, _second, third, fourth = people(small, 4)
    transitions.cancel(first)
    let_offers_run_out()

    transitions.offer_free_places(small)

    assert standing(third, fourth) == [Status.CANCELLED, Status.OFFERED]
    assert messages_to(third)[-1] == MessageKind.LAPSED


def test_offer_cannot_be_taken_too_late(small):
    first, _second, third = people(small, 3)
    transitions.cancel(first)
    let_offers_run_out()

    with pytest.raises(lock.TooLate):
        transitions.accept_offer(third)


def test_newcomer_stands_behind_those_who_wait(small):
    waiting = people(small, 3)[2:]
    Intake.objects.update(capacity=3)  # raised, and not offered yet

    newcomer = make_registration(small)

    assert standing(*waiting, newcomer) == [Status.OFFERED, Status.WAITING]


def test_raised_capacity_is_offered_to_exactly_as_many(small):
    waiting = people(small, 9)[2:]
    Intake.objects.update(capacity=7)

    transitions.offer_free_places(small)

    assert standing(*waiting) == [Status.OFFERED] * 5 + [Status.WAITING] * 2


def test_lowered_capacity_throws_no_person_out_and_offers_nothing(small):
    first, second, third = people(small, 3)
    Intake.objects.update(capacity=1)

    transitions.cancel(first)

    assert standing(second, third) == [Status.CONFIRMED, Status.WAITING]


def test_staff_confirm_only_while_there_is_a_place(edition):
    Intake.objects.update(capacity=1, needs_approval=True)
    first, second = people(edition, 2)

    transitions.confirm(first)

    with pytest.raises(lock.NoPlaceLeft):
        transitions.confirm(second)
    assert standing(first, second) == [Status.CONFIRMED, Status.RECEIVED]


def test_staff_decline_with_a_reason_and_the_place_goes_on(small):
    first, _second, third = people(small, 3)

    transitions.decline(first, "The hall is smaller than we thought.")

    assert (first.status, first.decline_reason) == (Status.DECLINED, "The hall is smaller than we thought.")
    assert standing(third) == [Status.OFFERED]


def test_step_that_is_no_longer_possible_changes_nothing(small):
    (first,) = people(small, 1)
    transitions.cancel(first)

    for step in (transitions.cancel, transitions.accept_offer, transitions.put_on_waiting_list):
        with pytest.raises(lock.TooLate):
            step(first)
    assert messages_to(first) == [MessageKind.CONFIRMED, MessageKind.CANCELLED]


def test_one_place_cannot_be_given_twice_even_past_the_rules(small):
    first, second = people(small, 2)

    with pytest.raises(IntegrityError):
        Registration.objects.filter(pk=second.pk).update(place_no=first.place_no)


@pytest.mark.parametrize(
    "columns",
    [{"status": Status.CANCELLED}, {"status": Status.WAITING, "place_no": None}, {"offered_until": timezone.now()}],
)
def test_standing_that_contradicts_itself_is_refused_by_the_database(small, columns):
    (first,) = people(small, 1)

    with pytest.raises(IntegrityError):
        Registration.objects.filter(pk=first.pk).update(**columns)


STEPS = ["cancel", "accept_offer", "confirm", "put_on_waiting_list", "decline"]


class PlacesMachine(RuleBasedStateMachine):
    """Anything that people and staff may do, in any order; what must hold is held after every step.

    Three places, one of them kept for government; the first of two days holds two, and the one room one.
    """

    def __init__(self):
        super().__init__()
        Registration.objects.all().delete()
        Edition.objects.all().delete()
        self.edition = make_edition()
        self.days = [make_day(self.edition), make_day(self.edition, date=self.edition.ends_on)]
        self.intake = open_intake(self.edition, capacity=3)
        DayPlaces.objects.create(intake=self.intake, day=self.days[0], places=2)
        ReservedPlaces.objects.create(intake=self.intake, sector=Sector.GOVERNMENT, places=1)
        breakout = make_session(self.days[0], kind=Kind.BREAKOUT)
        self.room = make_session(self.days[0], kind=Kind.BREAKOUT, parent=breakout)
        BreakoutPlaces.objects.create(intake=self.intake, session=self.room, places=1)
        self.before = self.hall().room  # as it was before the last step
        self.left_before, self.offered_before = self.left(), set()

    def hall(self):
        return Hall(intakes_with_rules().get())

    def left(self):
        """How many places, in all and on the day that has a limit."""
        hall = self.hall()
        return {None: hall.left, **{day: max(0, left) for day, (left, _places) in hall.left_on_days().items()}}

    @contextmanager
    def staff_save_limits(self):
        """As the page of the intake does it."""
        before = self.hall().room
        yield
        transitions.offer_free_places(self.edition, before=before)

    @initialize(needs_approval=st.booleans(), first=st.sampled_from(["wait", "place", "place on the first day"]))
    def staff_decide_or_the_places_do(self, needs_approval, first):
        """From the beginning, and with a first step beside free places: few of the random orders come to it."""
        Intake.objects.update(needs_approval=needs_approval)
        if needs_approval:
            for which in ([1], [1], [0, 1]):
                days = [self.days[number] for number in which]
                self.is_there(days, status=Status.WAITING, waiting_since=clock.now(), waiting_turn=0)
            self.is_there(self.days[1:], status=Status.RECEIVED)
            if first == "wait":
                transitions.put_on_waiting_list(Registration.objects.received().get())
            else:
                capacity, first_day = (4, 2) if first == "place" else (3, 3)
                self.change_capacity_to(capacity, first_day)

    def is_there(self, days, **columns):
        """As where staff decide on each registration, in few queries."""
        answers = {"sector": Sector.MEDIA, "part": Part.PARTICIPANT, "province": Province.KEP, "phone": "+85512000001"}
        row = Registration.objects.create(
            edition=self.edition, name_latin="SAMPLE", language="en", **columns, **answers
        )
        DayChoice.objects.bulk_create([DayChoice(registration=row, day=day) for day in days])
        Message.objects.create(registration=row, kind=MessageKind(row.status))

    def draw_registration(self, data):
        rows = list(Registration.objects.order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(
        sector=st.sampled_from([Sector.GOVERNMENT, Sector.MEDIA]),
        which=st.sampled_from([(0,), (1,), (0, 1)]),
        wants_room=st.booleans(),
    )
    def sign_up(self, sector, which, wants_room):
        answers = make_answers(self.edition, sector=sector)
        answers.days[:] = [self.days[number] for number in which]
        answers.breakouts.extend([choice_of(self.room)] if wants_room else [])
        with suppress(seats.NoSeatLeft):
            rules.sign_up(edition=self.edition, answers=answers, language="en", form_token=uuid.uuid4())

    @rule(data=st.data(), step=st.sampled_from(STEPS))
    def take_step(self, data, step):
        if registration := self.draw_registration(data):
            words = ["a reason"] if step == "decline" else []
            with suppress(lock.TooLate, lock.NoPlaceLeft):
                getattr(transitions, step)(registration, *words)

    @rule()
    def offers_run_out(self):
        let_offers_run_out()
        transitions.offer_free_places(self.edition)

    @rule(capacity=st.integers(0, 6), first_day=st.integers(0, 4))
    def change_capacity(self, capacity, first_day):
        self.change_capacity_to(capacity, first_day)

    def change_capacity_to(self, capacity, first_day):
        with self.staff_save_limits():
            Intake.objects.update(capacity=capacity)
            DayPlaces.objects.update(places=first_day)

    @rule()
    def reserved_places_open_to_all(self):
        ReservedPlaces.objects.update(until=timezone.now() - timedelta(seconds=1))
        transitions.offer_free_places(self.edition)

    @rule(needs_approval=st.booleans())
    def change_approval(self, needs_approval):
        with self.staff_save_limits():
            Intake.objects.update(needs_approval=needs_approval)

    @invariant()
    def no_participant_waits_beside_a_place_that_fits(self):
        """Where staff decide, people wait beside free places, but not beside one that the last step made free."""
        hall = self.hall()
        became_free, self.before = hall.room.more_than(self.before), hall.room
        waiting = Registration.objects.filter(status=Status.WAITING)
        beside = [row for row in waiting if hall.place_for(row, row.days.all())]
        if hall.intake.needs_approval:
            beside = [row for row in beside if became_free.has_some(row.days.all())]
        assert beside == []

    @invariant()
    def where_staff_decide_only_what_became_free_is_offered(self):
        """Each offer takes some of what is free more than before the last step, in all or on a day of the person."""
        left, offered = self.left(), Registration.objects.filter(status=Status.OFFERED).prefetch_related("days")
        in_order = offered.annotate(told=Max("messages")).order_by("told")
        new = [{None, *(day.pk for day in row.days.all())} for row in in_order if row not in self.offered_before]
        gained = {key: left[key] + sum(key in keys for keys in new) - self.left_before[key] for key in left}
        self.left_before, self.offered_before = left, set(offered)
        if self.hall().intake.needs_approval:
            for keys in new:
                assert any(gained[key] > 0 for key in keys & gained.keys())
                gained |= {key: gained[key] - 1 for key in keys & gained.keys()}

    @invariant()
    def every_place_is_held_once(self):
        rows = Registration.objects.filter(status__in=HOLDING_A_PLACE)
        numbers = list(rows.values_list("place_no", flat=True))
        assert None not in numbers
        assert len(numbers) == len(set(numbers))

    @invariant()
    def the_room_has_one_seat_and_only_those_who_come_sit_there(self):
        assert BreakoutChoice.objects.count() <= 1
        assert not BreakoutChoice.objects.filter(registration__status__in=GIVEN_UP).exists()

    @invariant()
    def everybody_was_told_where_they_stand(self):
        told = {Status.CANCELLED: {MessageKind.CANCELLED, MessageKind.LAPSED}}
        others = [MessageKind.OWN_NEWS, MessageKind.CONTACT]
        for row in Registration.objects.all():
            last = row.messages.exclude(kind__in=others).order_by("-pk").first().kind
            assert last in told.get(row.status, {row.status})


@pytest.mark.django_db
def test_rules_hold_in_any_order():
    steps = hypothesis_settings(max_examples=25, stateful_step_count=15, deadline=None, derandomize=True)

    run_state_machine_as_test(PlacesMachine, settings=steps)


def test_clock_that_is_put_back_does_not_turn_the_waiting_list_round(edition, monkeypatch):
    Intake.objects.update(capacity=1)
    has_place, first = people(edition, 2)
    now = clock.now

    monkeypatch.setattr(clock, "now", lambda: now() - timedelta(hours=1))
    second = make_registration(edition)

    assert second.waiting_since < first.waiting_since
    assert list(Registration.objects.waiting_in_order()) == [first, second]
    transitions.cancel(has_place)
    assert standing(first, second) == [Status.OFFERED, Status.WAITING]
