"""A list action that tells people something, or takes something from them, asks first: how many, with what words."""

import re

import pytest
from django.contrib import admin

from agenda.publishing import versions
from registration.choices import MessageKind, MessageState, Status
from registration.models import Arrangement, Message, Registration, Step
from registration.signing_up import transitions
from tests.factories import make_edition, make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import ask
from tests.registration.admin.registrations.test_registration import LIST

MESSAGES, ARRANGEMENTS = "/admin/registration/message/", "/admin/registration/arrangement/"
# What each action asks with: the subject of the message that people get, or what happens.
ASKS = {
    ("registration", "confirm"): "Your place is confirmed",
    ("registration", "wait"): "You are on the waiting list",
    ("registration", "decline"): "We cannot offer you a place",
    ("registration", "cancel"): "Your registration is cancelled",
    ("registration", "renew_links"): "Your link to your registration",
    ("message", "try_again"): "2 messages that could not be sent are sent once more.",
    ("arrangement", "tell"): "There is news on your own page",
}
# These have a page of their own that asks, or only note what staff have done: no participant hears of it.
OTHERS = {
    *[("registration", name) for name in ("write", "was_there", "delete_selected")],
    *[("message", name) for name in ("mark_called", "no_answer", "call_again", "send_after_all", "came_back")],
    *[("arrangement", name) for name in ("book", "confirm", "note_told", "delete_selected")],
    ("changerequest", "mark_done"),
    ("travelrequest", "decide_alike"),
    ("travelrequest", "decide_each"),
    ("guardiancall", "mark_called"),
}


def rows_for(model, action, edition):
    """Two with which the action does something, and the address of their list."""
    people = [make_registration(edition, inclusion={"access_needs": ["quiet_room"]}) for _number in range(2)]
    if action in ("wait", "confirm"):
        Registration.objects.update(status=Status.RECEIVED, place_no=None)
    if model == "message":
        Message.objects.update(state=MessageState.FAILED)
        return MESSAGES, list(Message.objects.all())
    if model == "arrangement":
        Arrangement.objects.update(state="confirmed")
        return ARRANGEMENTS, list(Arrangement.objects.all())
    return LIST, people


def everything():
    """What could change: where people stand, their links, their messages and how these stand."""
    return [
        list(Registration.objects.order_by("pk").values_list("pk", "status", "link_version")),
        list(Message.objects.order_by("pk").values_list("pk", "kind", "state")),
        list(Step.objects.order_by("pk").values_list("pk", flat=True)),
    ]


@pytest.mark.parametrize(("model", "action"), ASKS)
def test_action_asks_first_and_does_nothing_before_the_button_is_pressed(staff_client, edition, model, action):
    address, rows = rows_for(model, action, edition)
    before = everything()

    page = ask(staff_client, action, *rows, address=address)

    assert "2 people" in read(page) or "2 messages" in read(page)
    assert ASKS[model, action] in read(page)
    assert everything() == before

    staff_client.post(address, sent_by(page))

    assert everything() != before


def sent_by(page):
    """What the button of the page sends."""
    (form,) = re.findall(r"(?s)<form method=\"post\" action=\"/admin/registration/.*?</form>", page.content.decode())
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_every_list_action_of_registration_is_known_here():
    found = set()
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label == "registration":
            own = {name for _function, name, _words in model_admin._get_base_actions()}
            found |= {(model._meta.model_name, name) for name in own}
    plain = {one for one in found if one[1] == "delete_selected"}  # Django asks

    assert found - plain == (ASKS.keys() | OTHERS) - plain


@pytest.mark.parametrize("action", ["cancel", "decline"])
def test_page_says_for_how_many_it_is_not_possible(staff_client, edition, action):
    people = [make_registration(edition) for _number in range(3)]
    transitions.cancel(people[0])

    page = read(ask(staff_client, action, *people))

    assert "It is done for 2 people." in page
    assert "For 1 whom you chose it is not possible from where they stand now" in page


def test_page_has_no_button_where_nothing_would_happen(staff_client, edition):
    person = make_registration(edition)
    transitions.cancel(person)

    assert 'class="button default"' not in ask(staff_client, "cancel", person).content.decode()


def test_who_signs_up_meanwhile_is_not_touched(staff_client, edition):
    """All of the list are chosen, also those on its next pages."""
    person = make_registration(edition)
    page = ask(staff_client, "cancel", person, select_across="1")
    newcomer = make_registration(edition)

    staff_client.post(LIST, sent_by(page) | {"select_across": "1"})

    assert Registration.objects.get(pk=person.pk).status == Status.CANCELLED
    assert Registration.objects.get(pk=newcomer.pk).status == Status.CONFIRMED


def test_people_of_two_editions_are_not_written_to_with_one_text(staff_client, edition):
    person, stranger = make_registration(edition), make_registration(edition)
    Registration.objects.filter(pk=stranger.pk).update(edition=make_edition(year=2031))

    assert "Choose people of one edition." in read(
        ask(staff_client, "cancel", person, stranger, address=f"{LIST}?edition=all")
    )


@pytest.mark.parametrize("people", [1, 20])
def test_page_takes_the_same_queries_for_few_and_many(staff_client, edition, people, django_assert_num_queries):
    chosen = [make_registration(edition) for _number in range(people)]
    versions.publish(edition, by=None)
    ask(staff_client, "cancel", *chosen)

    with django_assert_num_queries(16):
        ask(staff_client, "cancel", *chosen)


def test_words_of_staff_are_what_the_page_shows(staff_client, edition):
    edition.message_texts.create(kind=MessageKind.CANCELLED, body_en="Dear {name}, come another time.")

    page = read(ask(staff_client, "cancel", make_registration(edition)))

    assert "Dear SAMPLE Participant, come another time." in page
