"""On the second day the first is over: it is neither offered nor counted, from whichever side, and nothing is lost."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from agenda.choices import Kind
from agenda.models import Day, Session
from agenda.publishing import versions
from registration.choices import Channel, Province, Status
from registration.forms.sign_up import SignUpForm
from registration.links import address_for
from registration.management.commands import tend_registration
from registration.models import DayPlaces, Intake, Registration, TravelRequest
from registration.own_page import changing
from registration.places.hall import intakes_with_rules
from registration.places.overfull import overfull
from registration.signing_up import transitions
from tests.factories import choice_of, form_data, make_answers, make_registration, others_data, row_of, sign_up
from tests.pages import read
from tests.registration.own_page.test_changes_from_every_side import on_the_own_page
from tests.registration.own_page.test_correcting import BY_PHONE, send
from tests.sign_up import REGISTER, come_to, send_pages

IN_THE_MORNING = datetime(2024, 3, 27, 6, 0)
FIRST = "Tuesday, March 26, 2024"
SECOND = "Wednesday, March 27, 2024"
NOT_OFFERED = "Choose from the answers on this page."
CHOSEN = [Kind.BREAKOUT, Kind.THEME, Kind.HACKATHON]
STAFF = "/admin/registration/registration/add/"


@pytest.fixture
def first(edition):
    return edition.days.first()


@pytest.fixture
def second(edition):
    return edition.days.last()


@pytest.fixture
def later(settings):
    """The site comes to the morning of the second day."""

    def come():
        settings.SITE_CLOCK = IN_THE_MORNING

    return come


@pytest.fixture
def waiting(edition, first, second):
    """One person holds the one place; these wait for both days, for the first, and for the second."""
    Intake.objects.update(capacity=1)
    holder, *rows = (make_registration(edition, name_latin=f"KUMROU {number}") for number in range(1, 5))
    rows[1].days.set([first])
    rows[2].days.set([second])
    return [holder, *rows]


def standing(*rows):
    return [Registration.objects.get(pk=row.pk).status for row in rows]


# --- What is offered, and what is accepted ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["page 2", "/en/2024/register/others/", STAFF])
def test_form_offers_the_days_that_are_not_over(staff_client, edition, later, page):
    versions.publish_first(edition)
    page = come_to(staff_client, edition, 2) if page == "page 2" else page
    before = read(staff_client.get(page))
    later()

    asked = read(staff_client.get(page))

    assert FIRST in before
    assert FIRST not in asked
    assert SECOND in asked


@pytest.mark.parametrize(
    ("page", "data"),
    [
        (REGISTER, form_data),
        ("/en/2024/register/others/", lambda edition: others_data(edition, {})),
        (STAFF, lambda edition: form_data(edition, channel=Channel.DESK, language="en")),
    ],
)
def test_form_that_was_opened_the_day_before_is_answered_in_words(staff_client, edition, later, page, data):
    later()

    sent = send_pages if page == REGISTER else type(staff_client).post
    answer = read(sent(staff_client, page, data(edition)))

    assert NOT_OFFERED in answer
    assert not Registration.objects.exists()


def test_published_dates_say_which_day_is_over(client, edition, first, second, later):
    """Staff move the conference in the draft."""
    versions.publish_first(edition)
    Day.objects.filter(pk=second.pk).update(date="2024-04-02")
    Day.objects.filter(pk=first.pk).update(date="2024-04-01")
    later()

    asked = read(client.get(come_to(client, edition, 2)))

    assert FIRST not in asked
    assert SECOND in asked


def test_theme_of_a_day_that_is_over_is_not_offered(client, edition, later):
    Session.objects.filter(kind__in=CHOSEN).update(day=edition.days.first())
    page = come_to(client, edition, 2)
    before = read(client.get(page))
    later()

    text = read(client.get(page))

    for words in ("Theme 1: Open Government Data", "Are you interested in the hackathon?"):
        assert words in before
        assert words not in text


# --- What was chosen before stays ------------------------------------------------------------------------------------


@pytest.fixture
def came(edition, first):
    """Chose both days, the hackathon, and a theme on the first day."""
    Session.objects.filter(kind__in=CHOSEN).update(day=first)
    answers = make_answers(edition, hackathon="yes")
    answers.breakouts.append(choice_of(Session.objects.filter(kind=Kind.THEME).first()))
    return row_of(sign_up(edition, answers))


def nothing_of_the_first_day_is_lost(row):
    row = Registration.objects.get(pk=row.pk)
    return (row.days.count(), row.breakout_choices.count(), row.hackathon) == (2, 1, "yes")


def test_own_page_offers_the_rest_and_keeps_the_day_that_is_over(client, came, second, later):
    later()
    client.get(address_for(came))

    asked = read(client.get("/en/registration/change/"))
    on_the_own_page(None, came, organisation="Another", days=[second.pk])

    assert FIRST not in asked
    assert SECOND in asked
    assert nothing_of_the_first_day_is_lost(came)
    assert Registration.objects.get().organisation == "Another"


def test_who_came_on_the_first_day_alone_need_not_choose_another(came, first, later):
    came.days.set([first])
    later()

    on_the_own_page(None, came, organisation="Another", days=[])

    row = Registration.objects.get()
    assert (row.organisation, list(row.days.all())) == ("Another", [first])


def test_correction_by_the_back_button_keeps_the_day_that_is_over(client, edition, second, later):
    send(client, edition, **BY_PHONE)
    later()

    send(client, edition, **BY_PHONE, organisation="Another", days=[second.pk])

    row = Registration.objects.get()
    assert (row.organisation, row.days.count()) == ("Another", 2)


def test_staff_may_still_put_right_which_days_a_person_came(came, second, later):
    later()

    changing.change_answers(came, person={}, days=[second], by=User.objects.create_user("chief"))

    assert list(came.days.all()) == [second]


# --- Who waits -------------------------------------------------------------------------------------------------------


def a_cancelled_place(holder):
    transitions.cancel(holder)


def an_erased_one(holder):
    transitions.erase(holder)


def a_larger_hall(holder):
    Intake.objects.update(capacity=2)
    tend_registration.Command().tend()
    transitions.offer_free_places(holder.edition)


def a_day_given_up_by_staff(holder):
    second = holder.edition.days.last()
    Intake.objects.update(capacity=None)
    DayPlaces.objects.create(intake=holder.edition.intake, day=second, places=1)
    changing.change_answers(
        holder, person={}, days=[holder.edition.days.first()], by=User.objects.create_user("chief")
    )


@pytest.mark.parametrize("free", [a_cancelled_place, an_erased_one, a_larger_hall, a_day_given_up_by_staff])
def test_who_waits_for_both_days_is_offered_the_rest(waiting, second, later, free):
    holder, both, only_first, only_second = waiting
    later()

    free(holder)

    assert standing(both, only_first, only_second) == [Status.OFFERED, Status.WAITING, Status.WAITING]
    assert list(both.days.all()) == [second]


def test_received_person_who_is_let_wait_is_offered_the_rest(edition, second, later):
    Intake.objects.update(needs_approval=True)
    person = make_registration(edition)
    Intake.objects.update(needs_approval=False)
    later()

    transitions.put_on_waiting_list(person)

    assert standing(person) == [Status.OFFERED]
    assert list(person.days.all()) == [second]


def test_day_that_is_over_and_was_full_stands_in_no_way(edition, first, later):
    DayPlaces.objects.create(intake=edition.intake, day=first, places=1)
    make_registration(edition)
    both = make_registration(edition, name_latin="KUMROU 2")
    assert standing(both) == [Status.WAITING]
    later()

    transitions.offer_free_places(edition)

    assert standing(both) == [Status.OFFERED]


def test_staff_confirm_for_the_rest(edition, first, later):
    Intake.objects.update(needs_approval=True)
    DayPlaces.objects.create(intake=edition.intake, day=first, places=0)
    person = make_registration(edition)
    later()

    transitions.confirm(person)

    assert standing(person) == [Status.CONFIRMED]


def test_staff_are_not_told_of_too_few_places_on_a_day_that_is_over(edition, first, later):
    make_registration(edition)
    DayPlaces.objects.create(intake=edition.intake, day=first, places=0)
    before = overfull(intakes_with_rules().get())
    later()

    assert [one.of for one in before] == [first]
    assert overfull(intakes_with_rules().get()) == []


TRAVELLING = {"needs_travel": "yes", "mode": "bus", "emergency_name": "Sample", "emergency_phone": "012000004"}


def nights_offered(client, page):
    html = client.get(page).content.decode()
    return [night for night in ("2024-03-25", "2024-03-26", "2024-03-27") if f'value="{night}"' in html]


@pytest.mark.parametrize("asked", [["2024-03-25"], []])
def test_past_nights_are_not_offered_and_stay_with_who_asked_for_them(client, edition, later, asked):
    travel = {"nights": asked, "mode": "bus"}
    person = make_registration(edition, travel=travel, province=Province.BATTAMBANG)
    client.get(address_for(person))
    assert nights_offered(client, "/en/registration/travel/") == ["2024-03-25", "2024-03-26", "2024-03-27"]

    later()

    assert nights_offered(client, "/en/registration/travel/") == [*asked, "2024-03-27"]
    client.post("/en/registration/travel/", {**TRAVELLING, "nights": [*asked, "2024-03-27"]})
    assert TravelRequest.objects.get().nights == [*asked, "2024-03-27"]


def test_past_nights_are_not_offered_to_who_signs_up(edition, later):
    later()

    offered = SignUpForm(edition=edition).fields["nights"].choices
    assert [code for code, _words in offered] == ["2024-03-27"]
