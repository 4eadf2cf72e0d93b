"""A person under 18 is not registered: the site keeps whom to call, and the first name of whom it is about."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from registration.models import AccessLog, GuardianCall, Registration
from registration.staff import make_groups
from tests.factories import form_data, shown_long_ago
from tests.pages import links, read
from tests.sign_up import send_pages

REGISTER = "/en/2024/register/"
GUARDIAN = "/en/2024/register/guardian/"
CALLS = "/admin/registration/guardiancall/"
CHILD = {"name_km": "", "name_latin": "SOK Dara", "adult": "no"}
MOTHER = {"guardian_name": "CHAN Bopha", "guardian_phone": "012 000 003"}


def send(browser, edition, address=REGISTER, **changes):
    return send_pages(browser, address, form_data(edition, **CHILD | MOTHER | changes))


@pytest.mark.parametrize(
    ("language", "names", "kept"),
    [
        ("en", {"name_latin": "SOK Dara"}, "Dara"),
        ("km", {"name_km": "សុខ ដារ៉ា", "name_latin": "SOK Dara"}, "ដារ៉ា"),
        ("en", {"name_km": "សុខ ដារ៉ា", "name_latin": ""}, "ដារ៉ា"),
        ("en", {"name_latin": "SOK Dara Vanna"}, "Dara Vanna"),
        ("en", {"name_latin": "Dara"}, "Dara"),
    ],
)
def test_first_name_is_kept_with_the_call_and_no_more_of_the_name(client, edition, language, names, kept):
    send(client, edition, f"/{language}/2024/register/", **names)

    call = GuardianCall.objects.get()
    assert (call.child_name, call.guardian_name, call.guardian_phone) == (kept, "CHAN Bopha", "+85512000003")
    assert not Registration.objects.exists()


@pytest.mark.parametrize("missing", ["guardian_name", "guardian_phone", "name_latin"])
def test_name_of_the_child_and_whom_to_call_are_all_that_is_asked(client, edition, missing):
    response = client.post(REGISTER, CHILD | MOTHER | {missing: ""})
    assert response.status_code == 200
    assert not GuardianCall.objects.exists()

    assert client.post(REGISTER, CHILD | MOTHER | {"shown_at": shown_long_ago()}).url == GUARDIAN


@pytest.mark.parametrize("browsers", [1, 3], ids=["one browser", "three browsers"])
@pytest.mark.parametrize("same_form", [True, False], ids=["same form", "form anew"])
def test_same_parent_sent_three_times_is_one_call(edition, browsers, same_form):
    token = {"form_token": str(uuid.uuid4())} if same_form else {}
    visitors = [Client() for _one in range(browsers)]

    for one in range(3):
        send(
            visitors[one % browsers],
            edition,
            guardian_phone=["012 000 003", "+855 12 000 003", "០១២០០០០០៣"][one],
            **token,
        )

    assert GuardianCall.objects.get().child_name == "Dara"


def test_two_children_of_one_parent_are_one_call_about_both(client, edition):
    send(client, edition)
    GuardianCall.objects.update(is_done=True)

    send(client, edition, name_latin="SOK Sara")

    call = GuardianCall.objects.get()
    assert call.child_name == "Dara, Sara"
    assert not call.is_done  # the parent is to be called about the other child


@pytest.mark.parametrize("names", [("SOK Dara, Jr", "SOK Sara"), ("SOK Sara", "SOK Dara, Jr")])
def test_name_with_a_comma_is_one_child(client, edition, names):
    for name in names * 2:
        send(client, edition, name_latin=name)

    children = GuardianCall.objects.get().child_name.split(", ")
    assert sorted(children) == ["Dara Jr", "Sara"]


def test_call_that_is_done_stays_done_when_the_same_child_sends_again(client, edition):
    send(client, edition)
    GuardianCall.objects.update(is_done=True)

    send(client, edition)

    assert GuardianCall.objects.get().is_done


def test_two_parents_are_two_calls(client, edition):
    send(client, edition)
    send(client, edition, name_latin="KEO Vanna", guardian_phone="012 000 004")

    assert GuardianCall.objects.count() == 2


def test_telephone_of_the_parent_that_was_wrong_is_not_called(client, edition):
    """Back, correct, send again."""
    send(client, edition)
    send(client, edition, guardian_phone="012 000 009", guardian_name="CHAN Boppha")

    call = GuardianCall.objects.get()
    assert (call.guardian_name, call.guardian_phone) == ("CHAN Boppha", "+85512000009")


def test_number_of_children_in_one_call_is_limited(client, edition):
    for one in range(20):
        send(client, edition, name_latin=f"SOK {'ABCDEFGHIJKLMNOPQRST'[one]}")

    assert len(GuardianCall.objects.get().child_name.split(", ")) == 10


def test_page_of_thanks_is_for_the_browser_that_sent_the_form(client, edition):
    assert Client().get(GUARDIAN).url == REGISTER

    send(client, edition)

    assert "We call your parent or guardian" in read(client.get(GUARDIAN))
    assert Client().get(GUARDIAN).url == REGISTER


@pytest.fixture
def desk(client, db):
    make_groups()
    user = get_user_model().objects.create_user("desk", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith="Registration desk"))
    client.force_login(user)
    return client


def test_desk_sees_the_calls_and_works_them_off(desk, edition):
    send(Client(), edition)
    call = GuardianCall.objects.get()

    assert f"{CALLS}?edition=all&is_done__exact=0" in links(desk.get("/admin/"))
    assert "CHAN" not in read(desk.get(CALLS))
    page = read(desk.get(f"{CALLS}{call.pk}/change/"))
    for words in ("CHAN Bopha", "012 000 003", "Dara"):
        assert words in page
    assert AccessLog.objects.get().subject == f"guardiancall {call.pk}"

    done = desk.post(CALLS, {"action": "mark_called", "_selected_action": [call.pk]}, follow=True)

    assert "1 call is done." in read(done)
    assert GuardianCall.objects.get().is_done
    assert f"{CALLS}?edition=all&is_done__exact=0" not in links(desk.get("/admin/"))


@pytest.mark.parametrize("group", ["Inclusion officers", "Travel desk", "Observers", "Programme editors"])
def test_other_groups_do_not_see_the_calls(client, edition, group):
    make_groups()
    user = get_user_model().objects.create_user("other", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith=group))
    client.force_login(user)

    assert client.get(CALLS).status_code == 403
