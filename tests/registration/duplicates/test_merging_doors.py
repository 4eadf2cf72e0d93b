"""What staff merge is closed to every door that they may know, until an inclusion officer opens it."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from registration import links
from registration.models import InclusionAnswers, Registration
from registration.own_page import changing
from tests.factories import form_data, make_registration, others_data
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.sign_up import send_pages

OWN = "/en/registration/"
CLOSED = ["data/", "needs/", "change/", "new-link/", "erase/"]


@pytest.fixture
def desk(edition):
    return member_of("Registration desk", Client())


@pytest.fixture
def kept(edition):
    """Staff signed it up on the public form: they know its link and its code."""
    return make_registration(edition, name_latin="KUMROU Same")


@pytest.fixture
def other(edition):
    """A helper signed them up: there are no private answers yet."""
    Client().post("/en/2024/register/others/", others_data(edition, {"phone": "012 000 001", "through_helper": ""}))
    other = Registration.objects.get(helper__isnull=False)
    assert not InclusionAnswers.objects.filter(registration=other).exists()
    return other


def open_to(link, code):
    """What of the own page a visitor sees who has the link and the private code."""
    visitor = Client()
    visitor.get(link)
    visitor.post(f"{OWN}code/", {"code": code})
    return [page for page in CLOSED if visitor.get(OWN + page).status_code == 200]


def made_by_staff(other, desk):
    desk.post(f"{LIST}{other.pk}/new-link/")


def sealed(other, _desk):
    Registration.objects.filter(pk=other.pk).update(is_sealed=True)


def as_it_was(_other, _desk):
    pass


DOORS = {"never closed": as_it_was, "sealed": sealed, "link that staff made": made_by_staff}


@pytest.mark.parametrize("door", DOORS)
def test_desk_opens_nothing_by_merging_into_what_it_knows(desk, kept, other, door):
    link, code = links.address_for(kept), links.private_code(kept)
    DOORS[door](other, desk)

    assert desk.post(f"{LIST}{kept.pk}/merge/{other.pk}/", {"keep": kept.pk}).status_code == 302
    changing.change_needs(kept, needs={"access_note": "told later"}, by=get_user_model().objects.first())

    assert not Registration.objects.filter(pk=other.pk).exists()
    assert open_to(link, code) == []


@pytest.mark.parametrize("door", DOORS)
def test_what_was_closed_stays_closed_also_if_an_officer_merges(desk, staff_client, kept, other, door):
    link, code = links.address_for(kept), links.private_code(kept)
    DOORS[door](other, desk)

    staff_client.post(f"{LIST}{kept.pk}/merge/{other.pk}/", {"keep": kept.pk})

    assert (open_to(link, code) == []) is (door != "never closed")
    staff_client.post(f"{LIST}{kept.pk}/open/")
    assert open_to(link, code) == CLOSED


@pytest.mark.parametrize("merges", ["desk", "staff_client"])
def test_what_stays_and_was_closed_stays_closed(request, merges, kept, other):
    link, code = links.address_for(kept), links.private_code(kept)
    sealed(kept, None)

    request.getfixturevalue(merges).post(f"{LIST}{kept.pk}/merge/{other.pk}/", {"keep": kept.pk})

    assert not Registration.objects.filter(pk=other.pk).exists()
    assert open_to(link, code) == []


@pytest.mark.parametrize("by", ["desk", "staff_client"])
def test_browser_that_signed_up_what_stays_corrects_nothing_in_it(request, edition, other, by):
    """Whether staff may see the answers, so that the merged registration is not sealed, or not."""
    browser, form = Client(), form_data(edition, phone="012 000 009")
    send_pages(browser, "/en/2024/register/", form)
    kept = Registration.objects.exclude(pk=other.pk).get()
    changing.change_needs(other, needs={"access_note": "told us"}, by=get_user_model().objects.first())
    request.getfixturevalue(by).post(f"{LIST}{kept.pk}/merge/{other.pk}/", {"keep": kept.pk})

    send_pages(browser, "/en/2024/register/", form | {"access_needs": ["captions"], "organisation": "Another"})

    assert InclusionAnswers.objects.get().access_note == "told us"
    assert Registration.objects.get().organisation != "Another"
