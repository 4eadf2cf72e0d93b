"""Two registrations of one person become one."""

import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from agenda.choices import Kind
from agenda.models import Session
from conference import clock
from registration.choices import OF_STANDING, Agreement, MessageKind, MessageState, Status, Subject
from registration.duplicates import merging
from registration.links import token_for
from registration.messages import outbox
from registration.models import (
    Attendance,
    BreakoutChoice,
    Consent,
    DayPlaces,
    Helper,
    InclusionAnswers,
    Intake,
    Message,
    Registration,
    TravelRequest,
)
from registration.places import lock, seats
from registration.signing_up import rules, transitions
from registration.signing_up.answers import Answers
from tests.factories import (
    choice_of,
    make_answers,
    make_edition,
    make_registration,
    open_intake,
    others_data,
    row_of,
    sign_up,
)
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.registration.places.test_hall import PlacesMachine
from tests.registration.places.test_limits import coming_on

CANARY = {"access_needs": ["captions"], "access_note": "CANARY", "gender": "woman"}


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_user("chief of the desk")


@pytest.fixture
def pair(edition):
    """The first without e-mail and with few answers, the second with both."""
    first = make_registration(edition, inclusion={"access_note": "of the first"})
    return first, make_registration(edition, email="dara@example.org", inclusion=CANARY, travel={"mode": "bus"})


def test_helper_goes_with_the_last_of_their_people(client, edition, chief):
    client.post("/en/2024/register/others/", others_data(edition, {}, {}))
    first, last = Registration.objects.order_by("pk")
    kept = make_registration(edition)

    merging.merge(kept, first, by=chief)
    assert Helper.objects.exists()
    merging.merge(kept, last, by=chief)

    assert not Helper.objects.exists()


def standing(registration):
    registration.refresh_from_db()
    return registration.status


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.REPLACED])
def test_person_who_was_told_otherwise_later_is_told_where_they_stand(edition, chief, state):
    Intake.objects.update(capacity=1)
    confirmed, waiting = make_registration(edition), make_registration(edition)
    waiting.messages.update(state=state)

    merging.merge(confirmed, waiting, by=chief)

    assert [message.kind for message in confirmed.messages.order_by("pk")] == ["confirmed", "waiting", "confirmed"]
    assert "confirmed" in confirmed.messages.still_true().values_list("kind", flat=True)


# --- What is kept ----------------------------------------------------------------------------------------------------


def test_one_is_left_and_the_others_number_finds_it(pair, chief):
    kept, other = pair

    merging.merge(kept, other, by=chief)

    assert Registration.objects.get() == kept
    assert list(Registration.objects.matching(other.spoken_code)) == [kept]


def test_link_of_the_other_opens_nothing(client, pair, chief):
    kept, other = pair
    token = token_for(other)

    merging.merge(kept, other, by=chief)

    assert client.get(f"/en/registration/{token}/").status_code == 404


def test_what_is_empty_is_filled_and_what_is_there_stays(pair, chief):
    kept, other = pair
    Registration.objects.filter(pk=other.pk).update(organisation="Elsewhere", phone="+85512000009")

    merging.merge(kept, other, by=chief)

    kept.refresh_from_db()
    assert (kept.email, kept.phone, kept.organisation) == ("dara@example.org", "+85512000001", "Sample Organisation")


def test_sensitive_answers_of_the_kept_one_stay_and_the_others_fill_the_gaps(pair, chief):
    kept, other = pair

    merging.merge(kept, other, by=chief)

    answers = InclusionAnswers.objects.get(registration=kept)
    assert (answers.access_note, answers.access_needs, answers.gender) == ("of the first", ["captions"], "woman")
    assert TravelRequest.objects.get(registration=kept).mode == "bus"


def test_messages_agreements_attendance_and_second_numbers_of_both_are_kept(pair, chief):
    kept, other = pair
    first, second = kept.edition.days.all()
    for registration, day in ((kept, first), (other, first), (other, second)):
        Attendance.objects.create(registration=registration, day=day)
    Message.objects.update(state=MessageState.SENT)
    again = sign_up(kept.edition, make_answers(kept.edition, email="dara@example.org"))
    Message.objects.filter(kind=MessageKind.LINK).update(state=MessageState.SENT)

    merging.merge(kept, other, by=chief)

    assert {one.day for one in kept.attendance.all()} == {first, second}
    assert [message.kind for message in kept.messages.order_by("pk")] == [
        "confirmed",
        "confirmed",
        "link",
        "contact",
        "own_news",
    ]
    assert kept.consents.count() == 4
    assert {one.code for one in kept.second_numbers.all()} == {other.code, again.code}


def test_latest_answer_to_a_question_of_agreement_counts(pair, chief):
    kept, other = pair
    Consent.objects.create(
        registration=other, subject=Subject.PHOTOS, answer=Agreement.YES, wording="1", language="en"
    )

    merging.merge(kept, other, by=chief)

    assert kept.consents.filter(subject=Subject.PHOTOS).last().answer == Agreement.YES


def test_history_of_both_is_kept_and_says_what_became_one(pair, chief):
    kept, other = pair
    content_type = ContentType.objects.get_for_model(Registration)
    LogEntry.objects.create(
        user=chief, content_type=content_type, object_id=str(other.pk), object_repr=str(other), action_flag=CHANGE
    )

    merging.merge(kept, other, by=chief)

    lines = LogEntry.objects.filter(content_type=content_type, object_id=str(kept.pk)).order_by("pk")
    assert [line.object_repr for line in lines] == [other.spoken_code, kept.spoken_code]
    assert other.spoken_code in lines[1].get_change_message()
    assert "KUMROU" not in str(lines.values())


def test_same_form_sent_again_after_merging_registers_no_person(edition, chief):
    kept = make_registration(edition, phone="+85512000009")
    form = {"edition": edition, "answers": make_answers_of(edition), "language": "en", "form_token": uuid.uuid4()}
    other = row_of(rules.sign_up(**form))
    merging.merge(kept, other, by=chief)

    assert rules.sign_up(**form).repeats
    assert Registration.objects.get() == kept


def make_answers_of(edition):
    return Answers(
        person={
            "name_km": "",
            "name_latin": "KUMROU Second",
            "phone": "+85512000008",
            "telegram": "",
            "email": "",
            "sector": "media",
            "part": "media",
            "province": "12",
        },
        days=list(edition.days.all()),
        consents={},
    )


# --- Places ----------------------------------------------------------------------------------------------------------


def test_place_of_the_other_is_offered_to_the_next(pair, chief):
    Intake.objects.update(capacity=2)
    waiting = make_registration(pair[0].edition, name_latin="WAITING Person", name_km="")

    merging.merge(*pair, by=chief)

    assert standing(pair[0]) == Status.CONFIRMED
    assert standing(waiting) == Status.OFFERED


def test_better_standing_moves_over_and_is_told(edition, chief):
    Intake.objects.update(capacity=1)
    confirmed, waiting = make_registration(edition), make_registration(edition)

    merging.merge(waiting, confirmed, by=chief)

    assert standing(waiting) == Status.CONFIRMED
    assert waiting.place_no == 1
    assert list(waiting.messages.values_list("kind", "state")) == [(MessageKind.CONFIRMED, MessageState.TO_CALL)]


@pytest.mark.parametrize(("places", "days_after"), [(1, 1), (2, 2)])
def test_day_that_is_full_does_not_come_along_from_who_had_no_place(edition, chief, places, days_after):
    first, second = edition.days.all()
    DayPlaces.objects.create(intake=edition.intake, day=first, places=places)
    others = [coming_on(edition, first), coming_on(edition, first)]
    kept, other = coming_on(edition, second), others[1]
    Registration.objects.filter(pk=other.pk).update(status=Status.WAITING, place_no=None, waiting_since=clock.now())

    merging.merge(kept, other, by=chief)

    assert kept.days.count() == days_after
    assert first.registrations.holding_a_place().count() <= places


@pytest.mark.parametrize("given_up_stays", [False, True])
@pytest.mark.parametrize("give_up", [transitions.cancel, lambda row: transitions.decline(row, "No room")])
def test_days_of_a_registration_that_was_given_up_stay_out(edition, chief, given_up_stays, give_up):
    first, second = edition.days.all()
    coming, given_up = coming_on(edition, second), coming_on(edition, first)
    give_up(given_up)
    kept, other = (given_up, coming) if given_up_stays else (coming, given_up)

    merging.merge(kept, other, by=chief)

    assert list(kept.days.all()) == [second]
    assert standing(kept) == Status.CONFIRMED


def test_seat_of_a_day_that_did_not_come_along_goes(edition, chief):
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    day = room.parent.day
    DayPlaces.objects.create(intake=edition.intake, day=day, places=1)
    coming_on(edition, day)
    kept, other = coming_on(edition, *edition.days.exclude(pk=day.pk)), coming_on(edition, day)
    seats.take_seats(other, [choice_of(room)])

    merging.merge(kept, other, by=chief)

    assert day not in kept.days.all()
    assert not BreakoutChoice.objects.exists()


def test_day_that_is_full_comes_along_from_who_had_a_place_on_it(edition, chief):
    first, second = edition.days.all()
    DayPlaces.objects.create(intake=edition.intake, day=first, places=1)
    kept, other = coming_on(edition, second), coming_on(edition, first)

    merging.merge(kept, other, by=chief)

    assert kept.days.count() == 2


def test_of_two_who_wait_the_earlier_place_in_the_line_counts(edition, chief):
    Intake.objects.update(capacity=1)
    first, early, between, late = (make_registration(edition) for _person in range(4))

    merging.merge(late, early, by=chief)
    transitions.cancel(first)

    assert standing(late) == Status.OFFERED
    assert standing(between) == Status.WAITING


def out_of_time(edition):
    """The offer of a place that ran out and is not taken back yet, and who was waiting when it was made."""
    Intake.objects.update(capacity=1)
    first, offered, next_one = (make_registration(edition) for _person in range(3))
    transitions.cancel(first)
    Registration.objects.filter(pk=offered.pk).update(offered_until=clock.now() - timedelta(seconds=1))
    return offered, next_one


@pytest.mark.parametrize("offer_stays", [True, False])
@pytest.mark.parametrize("place_in_line", ["first", "last"])
def test_offer_that_ran_out_does_not_count_beside_who_waits(edition, chief, offer_stays, place_in_line):
    offered, next_one = out_of_time(edition)
    last = make_registration(edition)
    waits, another = (next_one, last) if place_in_line == "first" else (last, next_one)
    since = waits.waiting_since
    kept, other = (offered, waits) if offer_stays else (waits, offered)

    merging.merge(kept, other, by=chief)
    transitions.offer_free_places(edition)

    first, second = (kept, another) if place_in_line == "first" else (another, kept)
    assert (standing(first), standing(second)) == (Status.OFFERED, Status.WAITING)
    assert first.offered_until > clock.now()
    if second == kept:
        assert kept.waiting_since == since
    untold = kept.messages.filter(kind__in=OF_STANDING, state=MessageState.TO_CALL)
    assert [message.kind for message in untold] == [standing(kept)]


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.DECLINED])
@pytest.mark.parametrize("offer_stays", [True, False])
def test_offer_that_ran_out_is_the_last_of_standings_and_its_place_goes_on(edition, chief, status, offer_stays):
    offered, next_one = out_of_time(edition)
    Intake.objects.update(needs_approval=True)
    decided = make_registration(edition)
    Registration.objects.filter(pk=decided.pk).update(status=status)
    kept, other = (offered, decided) if offer_stays else (decided, offered)

    merging.merge(kept, other, by=chief)

    assert (standing(kept), standing(next_one)) == (status, Status.OFFERED)


def test_days_of_an_offer_that_ran_out_stay_out(edition, chief):
    first_day, second_day = edition.days.all()
    offered, waits = out_of_time(edition)
    offered.days.set([first_day])
    waits.days.set([second_day])

    merging.merge(offered, waits, by=chief)

    assert list(offered.days.all()) == [second_day]


def test_offer_with_more_time_is_told(edition, chief):
    offered, waits = out_of_time(edition)
    Intake.objects.update(capacity=2)
    transitions.offer_places(Intake.objects.get())
    assert standing(waits) == Status.OFFERED
    until = waits.offered_until

    merging.merge(offered, waits, by=chief)

    assert (standing(offered), offered.offered_until) == (Status.OFFERED, until)
    assert offered.messages.filter(kind=MessageKind.OFFERED, state=MessageState.TO_CALL).count() == 1
    assert not offered.messages.filter(kind=MessageKind.OWN_NEWS).exists()


def test_nothing_stale_is_told_of_the_one_that_went(edition, chief):
    Intake.objects.update(capacity=1)
    confirmed, waiting = make_registration(edition), make_registration(edition)

    merging.merge(confirmed, waiting, by=chief)

    kinds = [message.kind for message in confirmed.messages.order_by("pk")]
    assert kinds == [MessageKind.CONFIRMED, MessageKind.OWN_NEWS]
    outbox.send_due()


def test_who_is_merged_already_or_of_another_edition_is_left_alone(pair, chief):
    kept, other = pair
    elsewhere = make_edition(year=2031)
    open_intake(elsewhere)
    for stranger in (kept, make_registration(elsewhere)):
        with pytest.raises(lock.TooLate):
            merging.merge(kept, stranger, by=chief)
    merging.merge(kept, other, by=chief)

    with pytest.raises(lock.TooLate):
        merging.merge(kept, other, by=chief)


class MergingMachine(PlacesMachine):
    """Anything that people and staff may do, and merging any two between."""

    @rule(data=st.data())
    def merge(self, data):
        kept, other = self.draw_registration(data), self.draw_registration(data)
        if kept and kept != other:
            by = get_user_model().objects.get_or_create(username="chief of the desk")[0]
            people, places = Registration.objects.count(), Registration.objects.holding_a_place().count()
            with suppress(lock.TooLate):
                merging.merge(kept, other, by=by)
            assert Registration.objects.count() == people - 1
            assert Registration.objects.holding_a_place().count() <= max(places, Intake.objects.get().capacity)


@pytest.mark.django_db
def test_places_are_never_doubled_whatever_is_merged():
    steps = hypothesis_settings(max_examples=20, stateful_step_count=25, deadline=None, derandomize=True)

    run_state_machine_as_test(MergingMachine, settings=steps)


# --- The pages -------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def merge_page(pair):
    return f"{LIST}{pair[0].pk}/merge/{pair[1].pk}/"


def test_desk_sees_both_beside_each_other_and_nothing_sensitive(desk, pair):
    text = read(desk.get(merge_page(pair)))

    assert pair[0].spoken_code in text
    assert pair[1].spoken_code in text
    assert "dara@example.org" in text
    for word in ("CANARY", "of the first", "Woman", "Captions"):
        assert word not in text


@pytest.mark.parametrize("stays", [0, 1])
def test_desk_chooses_which_one_stays(desk, pair, stays):
    response = desk.post(merge_page(pair), {"keep": pair[stays].pk}, follow=True)

    assert Registration.objects.get() == pair[stays]
    assert f"{pair[1 - stays].spoken_code} is merged into {pair[stays].spoken_code}." in read(response)
    assert "CANARY" not in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"keep": ""}, {"keep": "0"}])
def test_nothing_is_merged_without_a_choice(desk, pair, data):
    assert "Choose which of the two stays." in read(desk.post(merge_page(pair), data))
    assert Registration.objects.count() == 2


def test_looking_merges_nothing(desk, pair):
    desk.get(merge_page(pair), {"keep": pair[0].pk})

    assert Registration.objects.count() == 2


@pytest.mark.parametrize("group", ["Programme editors", "Inclusion officers", "Travel desk", "Observers"])
def test_other_groups_do_not_merge(client, pair, group):
    response = member_of(group, client).post(merge_page(pair), {"keep": pair[0].pk})

    assert response.status_code == 403
    assert Registration.objects.count() == 2


def test_two_editions_or_one_registration_are_no_pair(desk, pair):
    elsewhere = make_edition(year=2031)
    open_intake(elsewhere)
    stranger = make_registration(elsewhere)

    for other in (stranger, pair[0]):
        assert desk.get(merge_page((pair[0], other))).status_code == 404


def test_days_and_moments_of_both_are_told_in_words(desk, pair):
    text = read(desk.get(merge_page(pair)))

    assert "March 26–27, 2024" in text
    assert "2024-03-26" not in text
