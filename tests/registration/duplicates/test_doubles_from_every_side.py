"""A name and an address become those of another registration: no page breaks, nothing is lost, staff find both."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from conference import clock
from registration.duplicates import merging
from registration.duplicates.look_alikes import with_look_alikes
from registration.links import address_for
from registration.models import Intake, Registration
from tests.factories import form_data, make_registration, others_data
from tests.pages import read
from tests.registration.admin.registrations.pages import save_registration
from tests.registration.admin.registrations.test_registration import LIST
from tests.registration.own_page.test_changing import answers
from tests.sign_up import send_pages

BOPHA = {"name_km": "", "name_latin": "KEO Bopha", "email": "bopha@example.org"}


@pytest.fixture
def bopha(edition):
    Intake.objects.update(changes_until=clock.now() + timedelta(days=1))
    return make_registration(edition, **BOPHA)


def on_the_own_page(_staff, edition):
    client = Client()
    client.get(address_for(make_registration(edition)))
    return client.post("/en/registration/change/", answers(edition, **BOPHA), follow=True)


def on_the_page_of_staff(staff, edition):
    return save_registration(staff, make_registration(edition), **BOPHA)


def entered_by_staff(staff, edition):
    typed = form_data(edition, channel="telephone", language="en", anyway="on", **BOPHA)
    return staff.post(f"{LIST}add/", typed, follow=True)


def signed_up(_staff, edition):
    browser = Client()
    return browser.get(send_pages(browser, "/en/2024/register/", form_data(edition, **BOPHA)).url)


def signed_up_by_a_helper(_staff, edition):
    columns = {"name_latin": BOPHA["name_latin"], "email": BOPHA["email"]}
    return Client().post("/en/2024/register/others/", others_data(edition, columns), follow=True)


def made_one_of_two(_staff, edition):
    """One has the name, the other the address: together they have both."""
    kept = make_registration(edition, **BOPHA | {"email": ""})
    other = make_registration(edition, **BOPHA | {"name_latin": "KEO B."})
    merging.merge(kept, other, by=get_user_model().objects.get())


SIDES = [on_the_own_page, on_the_page_of_staff, entered_by_staff, signed_up, signed_up_by_a_helper, made_one_of_two]


@pytest.mark.parametrize("become", SIDES)
def test_two_of_one_name_and_address_are_found_by_staff_and_only_one_is_the_person(
    staff_client, bopha, edition, become
):
    response = become(staff_client, edition)

    assert response is None or response.status_code == 200
    found = Registration.objects.filter(name_latin=BOPHA["name_latin"], email=BOPHA["email"])
    assert [row for row in found if row.person_key] == [bopha]
    assert found.count() == 1 or set(found) <= set(with_look_alikes(Registration.objects.all()))


@pytest.mark.parametrize("become", [on_the_page_of_staff, entered_by_staff])
def test_staff_alone_hear_of_whom(staff_client, bopha, edition, become):
    assert bopha.spoken_code in read(become(staff_client, edition))


@pytest.mark.parametrize("become", [on_the_own_page, signed_up, signed_up_by_a_helper])
def test_the_public_does_not(staff_client, bopha, edition, become):
    assert bopha.spoken_code not in read(become(staff_client, edition))
