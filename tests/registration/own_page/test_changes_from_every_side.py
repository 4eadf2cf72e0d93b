"""Answers are changed by one rule, whether the participant does it or staff do it for them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agenda.choices import Kind
from agenda.models import Session
from agenda.publishing.versions import publish_first
from registration.choices import Change, MessageKind, Status
from registration.links import address_for
from registration.messages import emails
from registration.models import DayPlaces, Helper, Intake, Registration, Step
from tests.factories import choice_of, make_answers, make_registration, others_data, row_of, sign_up
from tests.pages import read
from tests.registration.admin.registrations.pages import save_registration
from tests.registration.own_page.test_changing import answers


def on_the_own_page(_staff, person, **changed):
    client = Client()
    client.get(address_for(person))
    days = [day.pk for day in person.days.all()]
    return client.post("/en/registration/change/", answers(person.edition, **{"days": days, **changed}), follow=True)


def in_the_admin(staff, person, **changed):
    return save_registration(staff, person, **changed)


SIDES = [on_the_own_page, in_the_admin]
every_side = pytest.mark.parametrize("change", SIDES)


@pytest.fixture(autouse=True)
def _changes_are_taken(edition):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def days(edition):
    """The first holds one person."""
    first, second = edition.days.all()
    DayPlaces.objects.create(intake=edition.intake, day=first, places=1)
    return first, second


def standing():
    return dict(Registration.objects.values_list("pk", "status"))


@every_side
def test_limited_day_that_is_given_up_is_offered_to_who_waits(staff_client, edition, days, change):
    person, waits = make_registration(edition), make_registration(edition)
    assert standing() == {person.pk: Status.CONFIRMED, waits.pk: Status.WAITING}

    response = change(staff_client, person, days=[days[1].pk])

    assert standing() == {person.pk: Status.CONFIRMED, waits.pk: Status.OFFERED}
    assert waits.messages.filter(kind=MessageKind.OFFERED).count() == 1
    said = f"A place is offered to 1 person who was waiting: {waits.spoken_code}"
    assert (said in read(response)) == (change is in_the_admin)


@every_side
def test_full_day_cannot_be_added(staff_client, edition, days, change):
    make_registration(edition)
    person = make_registration(edition)
    Registration.objects.filter(pk=person.pk).update(status=Status.CONFIRMED, place_no=7, waiting_since=None)
    person.days.set([days[1]])

    response = change(staff_client, person, days=[day.pk for day in days])

    assert "A day that you have added is full." in read(response)
    assert list(person.days.all()) == [days[1]]


@every_side
def test_who_waits_may_add_a_full_day(staff_client, edition, days, change):
    make_registration(edition)
    waits = make_registration(edition)
    waits.days.set([days[0]])

    change(staff_client, waits, days=[day.pk for day in days])

    assert list(waits.days.all()) == list(days)


@every_side
def test_history_names_who_changed_which_columns(staff_client, edition, days, change):
    person = make_registration(edition)

    change(staff_client, person, days=[days[1].pk], phone="012 000 002")

    step = Step.objects.get()
    assert (step.what, sorted(step.columns)) == (Change.ANSWERS, ["days", "phone"])
    assert step.who == ("chief" if change is in_the_admin else "the participant")


@every_side
def test_saving_without_a_change_leaves_no_line(staff_client, edition, change):
    person = make_registration(edition)

    change(staff_client, person)

    assert not Step.objects.exists()


def test_seat_on_a_day_that_staff_take_away_is_free_for_others(staff_client, edition):
    """On the own page the participant gives up the theme or room first."""
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT).first()
    chosen = make_answers(edition)
    chosen.breakouts.append(choice_of(room))
    person = row_of(sign_up(edition, chosen))

    in_the_admin(staff_client, person, days=[day.pk for day in edition.days.exclude(pk=room.day_id)])

    assert not person.breakout_choices.exists()
    assert sorted(Step.objects.get().columns) == ["breakouts", "days"]


@pytest.mark.parametrize("gives_up_published_day", [True, False])
def test_published_day_says_which_seat_is_given_up(staff_client, edition, gives_up_published_day):
    """Staff have moved the breakout to the other day, in the draft alone."""
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT).first()
    published_on, other = room.day, edition.days.exclude(pk=room.day_id).get()
    chosen = make_answers(edition)
    chosen.breakouts.append(choice_of(room))
    person = row_of(sign_up(edition, chosen))
    publish_first(edition)
    Session.objects.filter(pk__in=[room.pk, room.parent_id]).update(day=other)

    in_the_admin(staff_client, person, days=[(other if gives_up_published_day else published_on).pk])

    assert person.breakout_choices.exists() != gives_up_published_day


def test_staff_change_answers_also_where_participants_no_longer_can(staff_client, edition):
    person = make_registration(edition)
    Intake.objects.update(changes_until=timezone.now() - timedelta(days=1))

    in_the_admin(staff_client, person, phone="012 000 002")
    Intake.objects.all().delete()
    in_the_admin(staff_client, person, name_latin="KUMROU Another")

    person.refresh_from_db()
    assert (person.phone, person.name_latin) == ("+85512000002", "KUMROU Another")


def test_all_that_staff_save_on_a_page_is_one_transaction_under_the_lock(staff_client, edition, days, monkeypatch):
    """A day attended, in the table below, is saved after the answers: if it fails, none of them is."""
    person = make_registration(edition)

    def fails(*_args):
        raise RuntimeError

    monkeypatch.setattr("registration.admin.registrations.registration.save_with_author", fails)
    with pytest.raises(RuntimeError):
        in_the_admin(staff_client, person, days=[days[1].pk])

    assert list(person.days.all()) == list(days)
    assert not Step.objects.exists()


@every_side
def test_language_of_the_messages_is_changed(staff_client, edition, change):
    person = make_registration(edition, email="kumrou@example.org")

    page = change(staff_client, person, language="km", email="kumrou@example.org")

    person.refresh_from_db()
    assert person.language == "km"
    assert Step.objects.get().columns == ["language"]
    assert "គំរូ សាកល្បង" in words_to(person)
    assert change is in_the_admin or "Language of our messages: changed" in read(page)


def words_to(person):
    """Of the message that was written before."""
    return emails.text_of(person.messages.select_related("registration").first())


def test_language_must_be_one_of_ours(edition):
    person = make_registration(edition)

    assert "Choose a language." in read(on_the_own_page(None, person, language=""))
    person.refresh_from_db()
    assert person.language == "en"


def test_staff_change_the_language_of_a_helper(staff_client, edition):
    Client().post(f"/en/{edition.year}/register/others/", others_data(edition, {}))
    helper = Helper.objects.get()
    columns = {"name": helper.name, "phone": helper.phone, "email": "", "organisation": "", "language": "km"}

    staff_client.post(f"/admin/registration/helper/{helper.pk}/change/", columns)

    helper.refresh_from_db()
    assert helper.language == "km"
