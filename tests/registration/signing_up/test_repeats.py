"""Signing up again: nothing is stored twice, and the answer tells no visitor who is registered already."""

import re
import uuid
from dataclasses import FrozenInstanceError
from random import sample
from statistics import NormalDist
from time import thread_time

import pytest
from django.db import IntegrityError, connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.choices import Kind
from agenda.editions.loading import load_edition
from agenda.models import Session
from agenda.publishing.versions import publish_first
from conference.models import Edition
from registration.choices import AccessNeed, MessageKind, Province, Status, YesNo
from registration.links import address_for
from registration.models import InclusionAnswers, Intake, Message, Registration, SecondNumber
from registration.places import lock
from registration.signing_up import rules, transitions
from tests.factories import form_data, make_answers, make_registration, open_intake, row_of, sign_up
from tests.pages import SPELT, read
from tests.sign_up import begun, of_page, send_pages

REGISTER = "/en/2024/register/"
THANKS = "/en/2024/register/thanks/"
ABOUT = "/en/2024/register/about-participants/"
EMAIL = "dara@example.org"
CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}\b")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
PAIRS = 60
MARKS = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)")


def again(edition, **fields):
    """What the person is told."""
    return sign_up(edition, make_answers(edition, **{"email": EMAIL, **fields}))


@pytest.fixture
def person(edition):
    return row_of(again(edition))


def links_sent():
    return Message.objects.filter(kind=MessageKind.LINK).count()


def send(client, edition, **changes):
    return send_pages(client, REGISTER, form_data(edition, **{"email": EMAIL, **changes}))


# --- Who is the same person ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"email": "DARA@Example.org"},
        {"name_km": "", "name_latin": "kumrou  SAKALBANG"},
        {"name_km": "គំរូ\u200bសាកល្បង", "name_latin": ""},
        {"phone": "+85512000002", "organisation": "Elsewhere"},
    ],
)
def test_same_address_and_name_is_one_registration_and_gets_its_link(person, fields):
    repeated = again(person.edition, **fields)

    assert Registration.objects.get() == person
    assert repeated.repeats
    assert links_sent() == 1
    assert person.messages.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"name_km": "គំរូ ទីពីរ", "name_latin": "KUMROU Second"},
        {"name_km": "", "name_latin": "KUMROU Second"},
        {"email": "another@example.org"},
        {"email": ""},
    ],
)
def test_other_name_or_other_address_is_another_person(person, fields):
    assert not again(person.edition, **fields).repeats

    assert Registration.objects.count() == 2
    assert links_sent() == 0


def test_who_gave_no_address_may_sign_up_beside_a_namesake(edition):
    for _person in range(2):
        make_registration(edition)

    assert Registration.objects.count() == 2


def test_who_cancelled_may_sign_up_again(person):
    transitions.cancel(person)

    assert not again(person.edition).repeats
    assert Registration.objects.filter(status=Status.CONFIRMED).count() == 1


def test_very_same_form_does_not_sign_up_anew_who_cancelled(edition):
    """It may have been meant as a correction: the page asks (own_page.correcting)."""
    form = {"edition": edition, "answers": make_answers(edition, email=EMAIL), "language": "en"}
    token = uuid.uuid4()
    transitions.cancel(row_of(rules.sign_up(**form, form_token=token)))

    assert rules.sign_up(**form, form_token=token).is_same_form
    assert Registration.objects.get().status == Status.CANCELLED


def test_who_cancelled_and_signed_up_again_is_not_confirmed_beside_themselves(person):
    transitions.cancel(person)
    again(person.edition)

    with pytest.raises(lock.TooLate):
        transitions.confirm(person)


def test_link_is_sent_at_most_three_times_a_day_however_often_a_person_signs_up(person):
    for _time in range(6):
        again(person.edition)

    assert links_sent() == 3
    assert person.second_numbers.count() == 6


def test_who_repeats_takes_no_place(edition):
    Intake.objects.update(capacity=2)
    again(edition)

    told = [again(edition).status for _time in range(3)]

    assert told == [Status.CONFIRMED] * 3
    assert make_registration(edition).status == Status.CONFIRMED


@pytest.mark.parametrize("columns", [{"capacity": 1}, {"needs_approval": True}])
def test_who_repeats_is_told_what_a_newcomer_would_be(person, columns):
    Intake.objects.update(**columns)

    told = again(person.edition).status

    assert told == make_registration(person.edition).status
    person.refresh_from_db()
    assert person.status == Status.CONFIRMED


def test_same_form_sent_again_tells_the_same_number_to_who_is_known_and_who_is_new(edition):
    for name in ("SOK First", "SOK First"):  # new, then known
        form = {"edition": edition, "answers": make_answers(edition, email=EMAIL, name_latin=name), "language": "en"}
        token = uuid.uuid4()
        first, second = (rules.sign_up(**form, form_token=token) for _time in range(2))
        assert (first.code, first.status, first.repeats) == (second.code, second.status, second.repeats)

    assert Registration.objects.count() == 1
    assert SecondNumber.objects.count() == 1


def test_answer_to_a_sign_up_cannot_be_changed_and_is_no_row(person):
    told = again(person.edition)

    assert not isinstance(told, Model)
    with pytest.raises(FrozenInstanceError):
        told.status = Status.CANCELLED


# --- The second wall -------------------------------------------------------------------------------------------------


def test_even_code_that_does_not_look_cannot_write_one_person_twice(person):
    person.pk, person.code, person.form_token, person.place_no = None, "AAAAAAA", uuid.uuid4(), 99
    person._state.adding = True

    with pytest.raises(IntegrityError):
        person.save(force_insert=True)


def test_key_of_a_person_tells_neither_name_nor_address_and_goes_with_cancelling(person):
    assert re.fullmatch("[0-9a-f]{64}", person.person_key)

    transitions.cancel(person)

    assert person.person_key is None


def test_who_stood_here_twice_before_the_rule_can_still_be_passed_on(person):
    other = row_of(again(person.edition, name_latin="KUMROU Second", name_km=""))
    twice = {"name_km": person.name_km, "name_km_key": person.name_km_key, "person_key": None}
    Registration.objects.filter(pk=other.pk).update(**twice)

    transitions.decline(other, "")

    assert (other.status, other.person_key) == (Status.DECLINED, None)


# --- What the pages tell ---------------------------------------------------------------------------------------------


def whole_visit(edition, **changes):
    """What a visitor sees who signs up, looks around and answers the skippable page, except token and number."""
    client = Client()
    answers = [send(client, edition, **changes), client.get(THANKS), client.get(ABOUT)]
    answers += [client.post(ABOUT, {"gender": "woman"}), client.get(THANKS)]
    return [
        (
            answer.status_code,
            dict(answer.headers),
            sorted((name, cookie["max-age"], cookie["path"]) for name, cookie in answer.cookies.items()),
            CSRF.sub("", SPELT.sub("NUMBER", CODE.sub("NUMBER", answer.content.decode()))),
        )
        for answer in answers
    ]


@pytest.mark.parametrize("columns", [{}, {"needs_approval": True}, {"capacity": 0}])
def test_known_and_new_people_get_the_same_pages_but_for_the_number(edition, monkeypatch, columns):
    # The header Expires tells the second: two answers may fall into different ones.
    monkeypatch.setattr("django.utils.cache.http_date", lambda _moment: "the same second")
    # Each request has a number of its own, drawn by chance.
    monkeypatch.setattr("conference.serving.request_log._number_of", lambda _request: "0123456789")
    again(edition)
    Intake.objects.update(**columns)

    new, known = whole_visit(edition, email="new@example.org"), whole_visit(edition)

    assert new == known
    assert Registration.objects.count() == 2
    assert "Thank you for your answers." in known[-1][-1]


def test_page_asked_of_a_person_who_repeats_keeps_nothing(edition):
    again(edition)

    client = Client()
    send(client, edition)
    client.post(ABOUT, {"gender": "woman"})

    answers = InclusionAnswers.objects.get()
    assert (answers.gender, answers.age_band, answers.groups) == ("", "", [])


def test_who_gave_an_address_finds_the_link_in_the_message_and_not_on_the_page(client, edition):
    send(client, edition)

    response = client.get(THANKS)

    assert Registration.objects.get().spoken_code in read(response)
    assert "is in the message that we send you" in read(response)
    assert address_for(Registration.objects.get()) not in response.content.decode()
    assert 'class="qr"' not in response.content.decode()


def test_number_shown_to_a_person_who_repeats_finds_the_registration_for_staff(staff_client, person):
    client = Client()
    send(client, person.edition)
    (number,) = set(CODE.findall(client.get(THANKS).content.decode()))

    text = read(staff_client.get("/admin/registration/registration/", {"q": number.lower()}))

    assert number != person.spoken_code
    assert person.spoken_code in text


# --- The work that it takes ------------------------------------------------------------------------------------------


def statements(edition, **changes):
    """Of the last page, which signs up."""
    client, data = Client(), form_data(edition, **{"email": EMAIL, **changes})
    last = send_pages(client, REGISTER, data, until=2).url
    with CaptureQueriesContext(connection) as captured:
        client.post(last, of_page(data, 3))
    return [query["sql"] for query in captured if not MARKS.match(query["sql"])]


def on_postgresql():
    return connection.vendor == "postgresql"


def test_signing_up_takes_thirteen_queries_whether_a_person_is_known_or_new(edition):
    """One of them counts the forms of the visitor's network. PostgreSQL is told how long the lock may wait."""
    publish_first(edition)

    new, known = statements(edition), statements(edition)

    assert len(new) == len(known) == 13 + on_postgresql(), "\n".join(new)


def test_travel_needs_and_choices_cost_what_it_takes_to_write_them_down(edition):
    """A row of travel, the arrangements, and for themes and rooms, however many: the seats, and the choices."""
    publish_first(edition)
    breakouts = Session.objects.filter(kind=Kind.BREAKOUT, parent=None)
    chosen = {f"breakout_{one.code}": one.children.first().code for one in breakouts}
    travel = {"province": Province.RATANAKIRI, "needs_travel": YesNo.YES, "nights": ["2024-03-25"], "mode": "bus"}

    new = statements(edition, **travel, **chosen, access_needs=[AccessNeed.SIGN_LANGUAGE])

    assert Registration.objects.get().breakout_choices.count() == 2
    assert len(new) == 17 + on_postgresql(), "\n".join(new)


def time_of(client, edition, *, delay, clock, **changes):
    """Seconds that one sign-up takes, by a visitor whose browser has never been here."""
    client.cookies.clear()
    data = form_data(edition, **changes)
    session = client.session
    session.update(begun(data))
    session.save()
    started = clock()
    client.post(f"{REGISTER}?page=3", of_page(data, 3))
    until = clock() + delay
    while clock() < until:
        pass
    return clock() - started


def interleaved_times(edition, number, *, delay=0.0, clock=thread_time):
    """Of people who are new, and of one who is known; the order within each pair is drawn.

    By the usual clock it is the work of this thread: what else goes on in the machine meanwhile does not count.
    """
    client, new, known = Client(), [], []
    for _pair in range(number):
        pair = [(known, EMAIL, delay), (new, f"{uuid.uuid4().hex}@example.org", 0.0)]
        for times, email, extra in sample(pair, 2):
            times.append(time_of(client, edition, delay=extra, clock=clock, email=email))
    return new, known


def rank_test(first, second):
    """Mann and Whitney: how likely times so far apart are if both were drawn from the same. Ties do not happen."""
    ranked = sorted([(time, 0) for time in first] + [(time, 1) for time in second])
    ranks = sum(rank for rank, (_time, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(first), len(second)
    mean, spread = n * m / 2, (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * NormalDist().cdf(-abs(ranks - n * (n + 1) / 2 - mean) / spread)


def test_rank_test_knows_equal_from_different():
    alike, later = [float(n) for n in range(0, 200, 2)], [float(n) for n in range(1, 201, 2)]

    assert rank_test(alike, later) > 0.9
    assert rank_test(alike, [time + 60 for time in later]) < 0.001


@pytest.mark.django_db(transaction=True)
def test_time_tells_no_visitor_who_stands_here_and_the_measurement_would_notice_three_milliseconds():
    """Of three tries one must find no difference: by chance alone one in twenty finds one. Likewise the control."""
    load_edition(2024)
    edition = Edition.objects.current()
    publish_first(edition)
    open_intake(edition)
    again(edition)
    interleaved_times(edition, 10)

    assert any(rank_test(*interleaved_times(edition, PAIRS)) > 0.05 for _try in range(3))
    assert any(rank_test(*interleaved_times(edition, PAIRS, delay=0.003)) < 0.01 for _try in range(3))
