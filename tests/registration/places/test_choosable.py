"""What participants choose from the programme, and how full it is, in words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agenda.choices import Kind
from agenda.models import Session
from agenda.publishing.versions import publish, publish_first
from registration.choices import Vacancy
from registration.forms.change import AnswersForm
from registration.forms.sign_up import SignUpForm
from registration.models import BreakoutPlaces, DayPlaces, Intake, Registration, ReservedPlaces
from registration.places.vacancies import in_words, vacancies
from registration.signing_up import transitions
from tests.factories import form_data, make_day, make_registration, make_session
from tests.pages import forget_kept, read
from tests.sign_up import come_to, send_pages


@pytest.fixture
def address(edition):
    return reverse("registration:register", args=[edition.year])


@pytest.fixture
def room(edition):
    """The first room of the second breakout; it has one seat."""
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    BreakoutPlaces.objects.create(intake=edition.intake, session=room, places=1)
    return room


@pytest.fixture
def asked(edition):
    """asked(): what stands on the page about taking part."""

    def asked():
        browser = Client()
        return read(browser.get(come_to(browser, edition, 2)))

    return asked


def chosen(room):
    """What a browser sends for it."""
    return {f"breakout_{room.parent.code}": room.code}


def test_form_asks_for_themes_rooms_and_the_hackathon(asked):
    text = asked()

    for words in ("Theme 1: Open Government Data", "Room 2: Inclusive Social", "Are you interested in the hackathon?"):
        assert words in text


def test_form_asks_nothing_that_the_programme_does_not_offer(edition, asked):
    Session.objects.all().delete()

    assert "Themes, rooms and the hackathon" not in asked()


def test_choice_is_kept_and_shown_to_the_person(client, edition, address, room):
    choices = chosen(room) | {"hackathon": "yes"}

    send_pages(client, address, form_data(edition, **choices))

    registration = Registration.objects.get()
    assert (registration.breakout_choices.get().session, registration.hackathon) == (room, "yes")


def test_every_choice_can_be_left_open_again(edition):
    form = SignUpForm(edition=edition)

    fields = [form.fields[name] for name in form.programme.names]
    assert len(fields) == 3
    assert [field.choices[-1] for field in fields] == [("", "I will decide there")] * 3
    assert all(field.clean("") == "" for field in fields)


def test_room_that_has_become_full_is_said_and_loses_nothing(client, edition, address, room):
    choice = chosen(room)
    send_pages(Client(), address, form_data(edition, **choice))

    answer = send_pages(client, address, form_data(edition, organisation="Sample Village", **choice))

    assert "No one else can join this now. Choose another, or leave it open." in read(answer)
    assert 'value="Sample Village"' in answer.content.decode()
    assert Registration.objects.count() == 1


def test_full_room_says_so_beside_it(client, edition, address, room, asked):
    send_pages(client, address, form_data(edition, **chosen(room)))
    forget_kept()

    assert "Room 1: Sustainable and Responsible Business (all places are taken)" in asked()


def test_choice_on_a_day_that_was_not_chosen_is_questioned(client, edition, address, room):
    first_day = edition.days.first()

    answer = send_pages(client, address, form_data(edition, days=[first_day.pk], **chosen(room)))

    assert "This is on a day that you have not chosen." in read(answer)
    assert not Registration.objects.exists()


def test_form_asks_for_what_is_published_and_not_for_the_draft(edition, room, asked):
    publish_first(edition)
    Session.objects.filter(pk=room.pk).update(title_en="Sample new title", state="cancelled")
    Session.objects.filter(kind=Kind.HACKATHON).delete()
    make_session(edition.days.first(), parent=room.parent, kind=Kind.BREAKOUT, title_en="Sample new room")

    text = asked()

    assert "Room 1: Sustainable and Responsible Business" in text
    assert "Are you interested in the hackathon?" in text
    assert "Sample new" not in text


def test_form_asks_for_what_has_just_been_published(edition, room, asked):
    publish_first(edition)
    Session.objects.filter(pk=room.pk).update(title_en="Sample new title")
    publish(edition, by=None)

    assert "Room 1: Sample new title" in asked()


def test_choice_that_is_published_is_kept_while_staff_put_it_elsewhere(client, edition, address, room):
    publish_first(edition)
    breakout, other = room.parent, Session.objects.filter(kind=Kind.BREAKOUT, parent=None).first()
    Session.objects.filter(pk=room.pk).update(parent=other)
    themes = {f"breakout_{other.code}": other.children.filter(kind=Kind.THEME).first().code}

    send_pages(client, address, form_data(edition, **themes, **{f"breakout_{breakout.code}": room.code}))

    choices = Registration.objects.get().breakout_choices.values_list("breakout", "session")
    assert (breakout.pk, room.pk) in choices
    assert len(choices) == 2


def test_choice_is_kept_while_staff_change_ids_in_the_draft(client, edition, address, room):
    publish_first(edition)
    choice = chosen(room)
    Session.objects.filter(pk=room.pk).update(code="new-id")
    Session.objects.filter(pk=room.parent_id).update(code="other-id")

    send_pages(client, address, form_data(edition, **choice))

    registration = Registration.objects.get()
    assert registration.breakout_choices.get().session == room
    form = AnswersForm(registration=registration)
    assert form.initial[f"breakout_{room.parent.code}"] == room.code


def test_choice_that_staff_have_deleted_in_the_draft_is_said_and_loses_nothing(client, edition, address, room):
    publish_first(edition)
    choice = chosen(room)
    room.delete()

    answer = send_pages(client, address, form_data(edition, organisation="Sample Village", **choice))

    assert "No one else can join this now. Choose another, or leave it open." in read(answer)
    assert 'value="Sample Village"' in answer.content.decode()


def test_day_that_is_only_in_the_draft_cannot_be_chosen(edition, asked):
    publish_first(edition)
    make_day(edition, date="2024-03-28")

    assert "March 28" not in asked()


@pytest.mark.parametrize("deleted", [0, 1])
def test_day_that_staff_have_deleted_in_the_draft_is_not_asked_for_nor_what_is_on_it(
    client, edition, address, room, asked, deleted
):
    publish_first(edition)
    choice, gone = chosen(room), edition.days.all()[deleted]
    date = f"March {gone.date.day}, 2024"
    gone.delete()

    text = asked()
    send_pages(client, address, form_data(edition, **choice))

    assert f", {date}" not in text
    assert ("Room 1" in text) is (deleted == 0)  # the breakouts are on the second day
    assert Registration.objects.get().days.get() == edition.days.get()


def test_days_can_be_chosen_while_staff_move_the_conference(client, edition, address, asked):
    publish_first(edition)
    for day in edition.days.order_by("-date"):
        day.date += timedelta(days=1)
        day.save()

    text = asked()

    assert "Tuesday, March 26, 2024" in text
    send_pages(client, address, form_data(edition))
    assert Registration.objects.get().days.count() == 2


@pytest.mark.parametrize(
    ("left", "places", "vacancy"),
    [(None, None, "free"), (75, 75, "free"), (8, 75, "free"), (7, 75, "few"), (1, 75, "few"), (0, 75, "full")],
)
def test_vacancy_is_a_word(left, places, vacancy):
    assert in_words(left, places) == vacancy


def test_vacancy_counts_what_is_reserved_as_taken(edition):
    Intake.objects.update(capacity=20)
    ReservedPlaces.objects.create(intake=edition.intake, sector="government", places=20)

    assert vacancies(edition).edition == Vacancy.FULL


def test_vacancy_is_a_waiting_list_while_anybody_waits(edition):
    Intake.objects.update(capacity=0)
    make_registration(edition)
    Intake.objects.update(capacity=9, needs_approval=True)

    assert vacancies(edition).edition == Vacancy.FULL


def test_vacancy_changes_at_most_once_a_minute(edition, client, address):
    Intake.objects.update(capacity=1)
    before = read(client.get(address))
    make_registration(edition)

    assert "Few places are left." in before
    assert "Few places are left." in read(client.get(address))
    forget_kept()
    assert "All places are taken. Sign up all the same" in read(client.get(address))


def test_day_that_is_full_says_so_beside_it(edition, asked):
    DayPlaces.objects.create(intake=edition.intake, day=edition.days.first(), places=0)

    assert "(all places are taken)" in asked()


@pytest.mark.parametrize("page", [1, 2, 3])
def test_form_tells_no_number_of_places(edition, client, page):
    Intake.objects.update(capacity=7313)

    assert "7313" not in client.get(come_to(client, edition, page)).content.decode()


@pytest.mark.parametrize(
    ("column", "state", "page"),
    [
        ("words_before", {"opens_at": "2099-01-01T00:00Z"}, "register"),
        ("words_open", {}, "register"),
        ("words_full", {"capacity": 0}, "register"),
        ("words_closed", {"opens_at": "2020-01-01T00:00Z", "closes_at": "2020-01-02T00:00Z"}, "register"),
    ],
)
def test_staff_say_each_state_in_words_of_their_own(edition, client, address, column, state, page):
    Intake.objects.update(**state, **{f"{column}_en": "Sample words for the day."})

    assert "Sample words for the day." in read(client.get(address))


def test_change_of_the_intake_offers_what_it_frees(edition, staff_client):
    Intake.objects.update(capacity=1)
    DayPlaces.objects.create(intake=edition.intake, day=edition.days.first(), places=1)
    make_registration(edition)
    waiting = make_registration(edition)

    assert waiting.status == "waiting"
    Intake.objects.update(capacity=2)
    transitions.offer_free_places(edition)
    waiting.refresh_from_db()
    assert waiting.status == "waiting"  # the day is still full
    DayPlaces.objects.update(places=2)
    transitions.offer_free_places(edition)
    waiting.refresh_from_db()
    assert waiting.status == "offered"
