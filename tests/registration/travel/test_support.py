"""The rules of the travel desk."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from registration.choices import Expense, MessageKind, MessageState, Paid, Sharing
from registration.messages import emails
from registration.models import HotelRoom, Message, Stay, TravelDecision, TravelRequest
from registration.places import lock
from registration.signing_up import transitions
from registration.travel import support
from tests.factories import make_edition
from tests.travel_factories import decide, make_expense, make_request, make_room

FIRST, SECOND = date(2024, 3, 25), date(2024, 3, 26)


@pytest.fixture
def asked(edition):
    return make_request(edition, nights=[FIRST, SECOND])


def told(travel_request):
    return Message.objects.filter(registration=travel_request.registration, kind=MessageKind.OWN_NEWS)


def test_decision_is_told_once_all_parts_are_decided(asked):
    assert not decide(asked, daily="")
    assert not told(asked).exists()

    assert decide(asked, daily=Paid.NO)

    assert told(asked).get().state == MessageState.TO_CALL


def test_decision_saved_again_unchanged_is_not_told_again(asked):
    decide(asked, transport_amount="40000")
    decided_at = TravelDecision.objects.get().decided_at

    assert not decide(asked, transport_amount="40000")

    assert told(asked).count() == 1
    assert TravelDecision.objects.get().decided_at == decided_at


def test_decision_that_changed_is_told_again(asked):
    decide(asked)
    told(asked).update(state=MessageState.CALLED)
    decide(asked, transport=Paid.PART, transport_amount="20000")
    decide(asked, transport=Paid.PART, transport_amount="30000")

    assert told(asked).count() == 2  # the third decision is on the page to which the second message leads


def test_decision_about_a_person_who_cancelled_is_not_told(asked):
    transitions.cancel(asked.registration)

    assert not decide(asked)


def test_message_says_that_there_is_news_and_nothing_of_it(asked):
    decide(asked, note="Only the bus.", transport_amount="40000")

    words = emails.text_of(told(asked).get())

    assert "There is news for you" in words
    assert "travel" not in words
    assert "40" not in words.split("Reference number")[0]
    assert "Only the bus" not in words


@pytest.mark.parametrize("answer", ["", Paid.NO])
def test_amount_goes_with_a_yes_only(asked, answer):
    with pytest.raises(ValidationError, match="goes with"):
        decide(asked, transport=answer, transport_amount="40000")


def test_table_refuses_an_amount_where_nothing_is_paid(asked):
    decide(asked, transport_amount="40000")

    with pytest.raises(IntegrityError):
        TravelDecision.objects.update(transport=Paid.NO)


def test_request_that_was_erased_meanwhile_is_not_decided(asked):
    TravelRequest.objects.all().delete()

    with pytest.raises(lock.TooLate):
        decide(asked)


def test_person_gets_a_bed_for_each_night(asked, edition):
    support.put_into_room(asked, make_room(edition), [FIRST, SECOND])

    assert list(Stay.objects.values_list("night", "bed")) == [(FIRST, 1), (SECOND, 1)]


def test_room_takes_no_more_people_than_it_has_beds(asked, edition):
    room = make_room(edition, beds=2)
    others = [make_request(edition) for _person in range(2)]
    support.put_into_room(asked, room, [SECOND])
    support.put_into_room(others[0], room, [FIRST, SECOND])

    with pytest.raises(support.NoBed) as problem:
        support.put_into_room(others[1], room, [FIRST, SECOND])

    assert problem.value.nights == [SECOND]
    assert not others[1].stays.exists()


def test_person_who_finds_no_bed_keeps_the_one_they_had(asked, edition):
    full, other = make_room(edition), make_room(edition, name="102")
    support.put_into_room(make_request(edition), full, [FIRST])
    support.put_into_room(asked, other, [FIRST])

    with pytest.raises(support.NoBed):
        support.put_into_room(asked, full, [FIRST])

    assert asked.stays.get().room == other


def test_person_who_moves_leaves_the_former_room(asked, edition):
    first, second = make_room(edition), make_room(edition, name="102")
    support.put_into_room(asked, first, [FIRST, SECOND])

    support.put_into_room(asked, second, [SECOND])

    assert [stay.room for stay in asked.stays.all()] == [first, second]


def test_assistant_has_a_bed_of_their_own(asked, edition):
    room = make_room(edition, beds=2)
    support.put_into_room(asked, room, [FIRST])

    support.put_into_room(asked, room, [FIRST], is_assistant=True, assistant_name="GUMROU Assistant")

    assert [stay.assistant_name for stay in asked.stays.order_by("bed")] == ["", "GUMROU Assistant"]


def test_bed_that_was_left_is_given_to_the_next(asked, edition):
    room = make_room(edition)
    support.put_into_room(asked, room, [FIRST])
    support.take_out(asked, [FIRST])

    support.put_into_room(make_request(edition), room, [FIRST])

    assert Stay.objects.get().bed == 1


def test_table_refuses_two_rooms_a_night_and_one_bed_for_two(asked, edition):
    room, other = make_room(edition), make_room(edition, name="102")
    support.put_into_room(asked, room, [FIRST])
    for travel_request, elsewhere in [(asked, other), (make_request(edition), room)]:
        with pytest.raises(ValidationError):
            Stay(travel_request=travel_request, room=elsewhere, night=FIRST, bed=1).validate_constraints()


def test_room_of_another_edition_is_not_given(asked):
    elsewhere = make_room(make_edition(year=2031))

    with pytest.raises(HotelRoom.DoesNotExist):
        support.put_into_room(asked, elsewhere, [FIRST])


def test_room_keeps_the_beds_in_which_people_sleep(asked, edition):
    room = make_room(edition, beds=2)
    support.put_into_room(asked, room, [FIRST])
    second = make_request(edition)
    support.put_into_room(second, room, [FIRST])
    support.take_out(asked, [FIRST])
    room.beds = 1

    with pytest.raises(ValidationError, match=f"{second} would have no bed: first take them out"):
        room.full_clean()


def test_wishes_that_a_room_does_not_meet_are_known(edition):
    wish = make_request(edition, step_free_room=True, sharing=Sharing.ALONE)
    shared, alone = make_room(edition, beds=2), make_room(edition, name="102", beds=2, is_step_free=True)
    support.put_into_room(wish, shared, [FIRST])
    support.put_into_room(make_request(edition), shared, [FIRST])
    support.put_into_room(wish, alone, [SECOND])
    support.put_into_room(wish, alone, [SECOND], is_assistant=True)

    assert [unmet for _stay, unmet in support.stays_of(wish)[:2]] == [
        {"step_free": True, "alone": True},
        {"step_free": False, "alone": False},
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"paid_on": FIRST, "planned": Decimal(1)},
        {"paid": Decimal(1)},
        {"planned": Decimal(-1)},
        {"planned": Decimal(1), "kind": Expense.DAILY},
    ],
)
def test_table_refuses_expenses_that_say_too_little(asked, columns):
    line = make_expense(asked, planned="1")

    with pytest.raises(IntegrityError):
        type(line).objects.filter(pk=line.pk).update(**({"planned": None} | columns))


def test_table_refuses_the_daily_expenses_of_a_day_twice(asked):
    make_expense(asked, kind=Expense.DAILY, day=FIRST, planned="20000")

    with pytest.raises(IntegrityError):
        make_expense(asked, kind=Expense.DAILY, day=FIRST, planned="20000")
