"""No page sends its reader where they are not let in, or says what is not so."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from registration.choices import Status
from registration.links import address_for
from registration.models import Registration, TravelBudget
from registration.staff import GROUPS, make_groups
from tests.factories import make_registration
from tests.pages import links, read


def member_of(client, name):
    make_groups()
    user = get_user_model().objects.create_user("member", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith=name))
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", ["Registration desk", "Inclusion officers", "Travel desk"])
def test_page_of_a_registration_links_only_what_its_reader_may_open(client, edition, group):
    assert any(name.startswith(group) for name in GROUPS)
    registration = make_registration(edition)
    member = member_of(client, group)

    page = member.get(f"/admin/registration/registration/{registration.pk}/change/")

    assert "Signed up by: -" in read(page)
    for address in links(page):
        if address.startswith("/admin/") and "logout" not in address:
            assert member.get(address).status_code != 403, address


def test_budget_names_its_edition_to_the_travel_desk_without_a_link(client, edition):
    budget = TravelBudget.objects.create(edition=edition, amount=1000)
    page = member_of(client, "Travel desk").get(f"/admin/registration/travelbudget/{budget.pk}/change/")

    assert "Edition: National Open Data Conference 2024" in read(page)
    assert not [address for address in links(page) if address.startswith("/admin/conference/")]


def test_observers_are_not_told_that_they_may_see_nothing(client, edition):
    text = read(member_of(client, "Observers").get("/admin/"))

    assert "Figures of the conference" in text
    assert "You don’t have permission" not in text


@pytest.mark.parametrize(("status", "has_place"), [(Status.CONFIRMED, True), (Status.RECEIVED, False)])
def test_who_has_no_place_is_not_told_that_it_goes_to_another(client, edition, status, has_place):
    registration = make_registration(edition)
    if not has_place:
        Registration.objects.update(status=status, place_no=None)
    client.get(address_for(registration))

    text = read(client.get("/en/registration/cancel/"))

    assert "you would have to sign up again" in text
    assert ("goes to a person who waits" in text) is has_place


def test_rooming_list_without_rooms_says_so(client, edition):
    make_registration(edition)

    assert "No hotel rooms are entered yet." in read(
        member_of(client, "Travel desk").get("/admin/registration/travelrequest/rooms/?edition=2024")
    )
