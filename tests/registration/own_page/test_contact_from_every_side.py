"""An e-mail address that is replaced or taken out got the link and the private code: both are made anew."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from registration import links
from registration.choices import Change, MessageKind, MessageState, Status
from registration.duplicates import merging
from registration.messages import outbox
from registration.models import Intake, Registration
from registration.own_page import changing
from registration.places import lock
from tests.factories import form_data, make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import save_registration
from tests.registration.own_page.test_changing import answers
from tests.sign_up import send_pages

REGISTER, OWN = "/en/2024/register/", "/en/registration/"
WRONG = "stranger@example.org"
PERSON = {"name_km": "គំរូ សាកល្បង", "name_latin": "KUMROU Sakalbang", "phone": "012 000 001"}


def on_the_own_page(_staff, browser, person, **changed):
    client = Client()
    client.get(links.address_for(person))
    return client.post(f"{OWN}change/", answers(person.edition, **{"email": person.email, **changed}), follow=True)


def by_a_correction(_staff, browser, person, **changed):
    data = form_data(person.edition, **PERSON | {"email": person.email} | changed)
    return browser.get(send_pages(browser, REGISTER, data).url)


def in_the_admin(staff, browser, person, **changed):
    return save_registration(staff, person, **changed)


SIDES = [on_the_own_page, by_a_correction, in_the_admin]
every_side = pytest.mark.parametrize("change", SIDES)


@pytest.fixture(autouse=True)
def _changes_are_taken(edition, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def browser(edition):
    """It signed the person up, with an address typed wrong."""
    browser = Client()
    send_pages(browser, REGISTER, form_data(edition, **PERSON, email=WRONG))
    outbox.send_due()
    return browser


@pytest.fixture
def person(browser):
    return Registration.objects.get()


def kinds(person):
    return list(person.messages.order_by("pk").values_list("kind", "state"))


@every_side
@pytest.mark.parametrize("email", ["", "dara@example.org"], ids=["taken out", "replaced"])
def test_link_and_code_that_went_to_the_address_open_nothing(staff_client, browser, person, change, email):
    link, code = links.address_for(person), links.private_code(person)
    assert code in mail.outbox[0].body

    change(staff_client, browser, person, email=email)

    person.refresh_from_db()
    assert person.email == email
    stranger = Client()
    assert stranger.get(link).status_code == 404
    assert not links.is_private_code(person, code)
    Registration.objects.update(email="")  # so that number and telephone lead to the page
    stranger.post("/en/2024/register/find/", {"number": person.spoken_code, "phone": "012 000 001"})
    stranger.post(f"{OWN}code/", {"code": code})
    assert stranger.get(OWN).status_code == 200
    assert stranger.get(f"{OWN}data/").status_code == 403
    assert person.steps.filter(what=Change.LINK).count() == 1


@every_side
@pytest.mark.parametrize("had", [WRONG, ""], ids=["replaced", "added"])
def test_other_address_is_told_once_where_the_person_stands(staff_client, browser, person, change, had):
    Registration.objects.update(email=had)
    person.refresh_from_db()
    first_day = person.edition.days.first()

    change(staff_client, browser, person, email="dara@example.org", days=[first_day.pk])
    mail.outbox.clear()
    outbox.send_due()

    person.refresh_from_db()
    told = [(one.to, links.token_for(person) in one.body) for one in mail.outbox if one.to != [WRONG]]
    assert told == [(["dara@example.org"], True)]
    assert (links.private_code(person) in mail.outbox[-1].body) is (change is not in_the_admin)


@every_side
@pytest.mark.parametrize("changed", [{"email": WRONG.upper()}, {"phone": "012 000 009"}, {"telegram": "@sokdara"}])
def test_other_ways_to_be_reached_leave_link_and_code(staff_client, browser, person, change, changed):
    link, code = links.address_for(person), links.private_code(person)

    change(staff_client, browser, person, **changed)

    person.refresh_from_db()
    assert Client().get(link).status_code == 302
    assert links.is_private_code(person, code)
    assert not person.steps.filter(what=Change.LINK).exists()
    assert (MessageKind.CONFIRMED, MessageState.QUEUED) not in kinds(person)


def test_own_page_goes_on_with_the_new_link_and_shows_it_with_the_new_code(browser, person):
    participant = Client()
    participant.get(links.address_for(person))

    page = participant.post(f"{OWN}change/", answers(person.edition))

    person.refresh_from_db()
    text = read(page)
    assert "Your change is saved." in text
    assert links.address_for(person, is_own=True) in text
    assert links.private_code(person) in text
    assert participant.get(f"{OWN}data/").status_code == 200


def test_page_that_thanks_goes_on_after_a_correction(browser, person):
    by_a_correction(None, browser, person, email="")

    person.refresh_from_db()
    assert links.private_code(person) in read(browser.get("/en/2024/register/thanks/"))


def test_nothing_is_changed_through_a_link_that_was_replaced_meanwhile(person):
    of_the_stranger = Registration.objects.get()
    changing.renew_link(person)

    with pytest.raises(lock.TooLate):
        changing.change_answers(of_the_stranger, person={"email": "another@example.org"}, days=[])


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.DECLINED])
def test_person_who_does_not_come_is_not_told_so_again(staff_client, browser, person, status):
    Registration.objects.update(status=status, place_no=None)
    before = person.messages.count()

    in_the_admin(staff_client, browser, person, email="")

    assert person.messages.exclude(kind=MessageKind.CONTACT).count() == before


def test_link_and_code_of_a_registration_that_was_merged_open_nothing(
    staff_client, edition, person, django_user_model
):
    kept = make_registration(edition, name_latin="KUMROU Same", email="dara@example.org")
    link, code = links.address_for(person), links.private_code(person)

    merging.merge(kept, person, by=django_user_model.objects.get())

    kept.refresh_from_db()
    assert kept.email == "dara@example.org"
    assert Client().get(link).status_code == 404
    assert not links.is_private_code(kept, code)
