"""Staff set a limit below the number of people who have a place: it is said, and no person loses a place."""

import pytest

from agenda.choices import Kind
from agenda.models import Session
from registration.choices import Status
from registration.models import BreakoutPlaces, DayPlaces, Intake, Registration
from registration.signing_up import transitions
from tests.factories import choice_of, make_answers, make_registration, row_of, sign_up
from tests.pages import read
from tests.registration.admin.registrations.pages import save_intake


@pytest.fixture
def room(edition):
    return Session.objects.filter(parent__kind=Kind.BREAKOUT).first()


@pytest.fixture
def people(edition, room):
    """Three who hold a place, and come on every day and to one room."""
    answers = [make_answers(edition, phone=f"+8551200001{number}") for number in range(3)]
    for one in answers:
        one.breakouts.append(choice_of(room))
    return [row_of(sign_up(edition, one)) for one in answers]


def limit(table, row_name, row):
    """One line of a table under the intake."""
    return {f"{table}-TOTAL_FORMS": "1", f"{table}-0-{row_name}": row.pk, f"{table}-0-places": "2"}


def of_the_edition(_edition, _room):
    return {"capacity": "2"}


def of_a_day(edition, _room):
    return limit("day_places", "day", edition.days.first())


def of_a_room(_edition, room):
    return limit("breakout_places", "session", room)


SAID = {
    of_the_edition: "3 people hold a place, but there are only 2 now.",
    of_a_day: "3 people come on March 26, 2024, but there are only 2 places on that day now.",
    of_a_room: "3 people have chosen “{room}”, but there are only 2 places now.",
}


@pytest.mark.parametrize("lowered", SAID)
def test_staff_hear_the_number_and_all_keep_their_places(staff_client, edition, room, people, lowered):
    page = read(save_intake(staff_client, edition.intake, **lowered(edition, room)))

    assert SAID[lowered].format(room=room) in page
    assert [Registration.objects.get(pk=person.pk).status for person in people] == [Status.CONFIRMED] * 3
    assert all(person.breakout_choices.exists() for person in people)


def test_staff_hear_nothing_where_the_limit_is_high_enough(staff_client, edition, people):
    assert "but there are only" not in read(save_intake(staff_client, edition.intake, capacity="3"))


@pytest.mark.parametrize("lowered", [of_the_edition, of_a_day])
def test_none_is_offered_a_place_until_fewer_hold_one(staff_client, edition, room, people, lowered):
    save_intake(staff_client, edition.intake, **lowered(edition, room))
    waits = make_registration(edition)

    standing = []
    for person in people[:2]:
        transitions.cancel(person)
        standing.append(Registration.objects.get(pk=waits.pk).status)

    assert standing == [Status.WAITING, Status.OFFERED]


def test_no_place_is_given_by_hand_either(edition, people):
    Intake.objects.update(capacity=2)
    waits = make_registration(edition)

    with pytest.raises(transitions.NoPlaceLeft):
        transitions.confirm(waits)


def test_rows_with_limits_are_kept_as_they_were_typed(staff_client, edition, room, people):
    save_intake(staff_client, edition.intake, **of_a_day(edition, room), **of_a_room(edition, room))

    assert (DayPlaces.objects.get().places, BreakoutPlaces.objects.get().places) == (2, 2)
