"""A remark of the staff on a registration: in plain words, and the page says that it is not for what is sensitive."""

import pytest
from django.test import Client

from registration.duplicates import merging
from registration.models import Registration, Step
from registration.own_page.data import everything
from tests.factories import make_registration, row_of
from tests.pages import read
from tests.registration.admin.registrations.pages import save_registration
from tests.registration.admin.registrations.test_registration import LIST, member_of

REMARK = "Comes with the group from Kampot."


def test_desk_writes_a_remark_and_its_step_says_that_and_not_what(client, edition):
    person = make_registration(edition)
    desk = member_of("Registration desk", client)
    assert "Write nothing here about health, access" in read(desk.get(f"{LIST}{person.pk}/change/"))

    save_registration(desk, person, remark=REMARK)

    assert Registration.objects.get().remark == REMARK
    step = Step.objects.get()
    assert (step.columns, step.by.username) == (["remark"], "Registration desk")
    assert step.words == "Remark of the staff: changed"


@pytest.mark.parametrize("group", ["Inclusion officers", "Travel desk"])
def test_staff_who_see_registrations_read_it(edition, group):
    person = make_registration(edition)
    Registration.objects.update(remark=REMARK)

    assert REMARK in read(member_of(group, Client()).get(f"{LIST}{person.pk}/change/"))


def test_remark_is_among_all_that_the_person_may_read(edition):
    person = make_registration(edition)
    Registration.objects.update(remark=REMARK)

    assert everything(row_of(person))["registration"]["remark"] == REMARK


def test_remarks_of_both_stay_when_two_become_one(edition, django_user_model):
    kept, other = make_registration(edition), make_registration(edition, phone="+85512000002")
    Registration.objects.filter(pk=kept.pk).update(remark="Calls back.")
    Registration.objects.filter(pk=other.pk).update(remark=REMARK)

    merging.merge(kept, other, by=django_user_model.objects.create_user("staff"))

    assert Registration.objects.get().remark == f"Calls back.\n{REMARK}"
