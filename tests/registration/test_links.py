"""What a link may do, and what ends it."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from conference.words import phone
from registration.choices import Change, MessageKind, MessageState, Status
from registration.links import address_for, token_for
from registration.models import InclusionAnswers, Intake, Message, Registration, Step
from registration.own_page.data import everything
from registration.own_page.data_in_words import PARTS
from registration.retention import erasing
from registration.signing_up import transitions
from tests.factories import form_data, make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.pages import take
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.sign_up import send_pages

OWN = "/en/registration/"
ASKING = ["cancel/", "erase/", "new-link/"]
READING = ["", "change/", "needs/", "travel/", "agreements/", "ask/", "data/", "data.json", *ASKING]


@pytest.fixture
def person(edition):
    return make_registration(
        edition,
        email="kumrou@example.org",
        province="02",
        inclusion={"access_note": "CANARY note", "access_needs": ["captions"]},
        travel={"nights": ["2024-03-25"], "mode": "bus"},
    )


@pytest.fixture
def own(client, person):
    client.get(address_for(person))
    return client


def content():
    """Every row of every table but the sessions and the lock."""
    rows = {}
    with connection.cursor() as cursor:
        for table in set(erasing.policy()) - {"django_session"}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own table's name
            rows[table] = sorted(map(str, cursor.fetchall()))
    return rows


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("page", READING)
def test_looking_at_any_page_of_the_link_changes_nothing(own, method, page):
    before = content()

    getattr(own, method)(OWN + page)

    assert content() == before


def test_link_fetched_a_hundred_times_changes_nothing(client, person):
    address, before = address_for(person), content()

    for number in range(100):
        getattr(client, ("get", "head", "options")[number % 3])(address)

    assert content() == before


@pytest.mark.parametrize("page", ["", "data/", "data.json"])
def test_page_to_read_takes_no_post(own, page):
    assert own.post(OWN + page).status_code == 405


@pytest.mark.parametrize("page", ["change/", "needs/", "travel/", "agreements/", "accept/", "cancel/", "erase/"])
def test_link_itself_opens_no_step_without_its_page(person, page):
    """The secret in the address gives a session and nothing else: no step can be sent to it."""
    response = Client().post(address_for(person) + page)

    assert response.status_code == 404


def test_link_takes_no_post(client, person):
    assert client.post(address_for(person)).status_code == 405


def test_own_page_leads_to_correcting_and_erasing_with_one_click(own, person):
    Intake.objects.update(changes_until="2199-01-01T00:00:00Z")

    found = links(own.get(OWN))

    for page in ("change/", "needs/", "travel/", "agreements/", "data/", "data.json", "erase/"):
        assert OWN + page in found


@pytest.mark.parametrize("page", READING)
def test_open_page_closes_when_the_link_is_replaced(own, person, page):
    take_new_link(person)

    response = own.get(OWN + page)

    assert response.status_code == 404
    assert "This link does not open" in read(response)
    assert "CANARY" not in response.content.decode()


def take_new_link(person):
    """From another browser."""
    browser = Client()
    browser.get(address_for(person))
    return browser, browser.post(f"{OWN}new-link/")


def test_thank_you_page_of_another_browser_closes_too(client, edition):
    send_pages(client, "/en/2024/register/", form_data(edition))
    person = Registration.objects.get()
    assert address_for(person) in links(client.get("/en/2024/register/thanks/"))

    take_new_link(person)

    person.refresh_from_db()
    response = client.get("/en/2024/register/thanks/", follow=True)
    assert address_for(person) not in links(response)


def test_person_makes_a_new_link_and_goes_on_with_it(person):
    old = address_for(person)

    browser, response = take_new_link(person)

    person.refresh_from_db()
    assert address_for(person) in links(response)
    assert "Your new link" in read(response)
    assert person.spoken_code in read(browser.get(OWN))
    assert browser.get(old).status_code == 404
    assert [(step.what, step.by) for step in Step.objects.all()] == [(Change.LINK, None)]


def test_new_link_is_written_to_the_address_we_have(person):
    take_new_link(person)

    assert Message.objects.filter(kind=MessageKind.LINK, registration=person).count() == 1


def test_new_links_fill_no_mailbox(own):
    for _time in range(6):
        own.post(f"{OWN}new-link/")

    assert Message.objects.filter(kind=MessageKind.LINK).count() == 3


def test_asking_for_a_new_link_changes_nothing(own, person):
    assert "Make a new link?" in read(own.get(f"{OWN}new-link/"))

    assert own.get(OWN).status_code == 200


def test_staff_make_a_new_link_and_who_has_no_email_is_called(staff_client, edition):
    person = make_registration(edition)
    old = address_for(person)

    assert "Done for 1 person." in read(take(staff_client, "renew_links", person))

    assert Client().get(old).status_code == 404
    message = Message.objects.get(kind=MessageKind.LINK)
    assert message.state == MessageState.TO_CALL
    assert Step.objects.get().by.username == "chief"


def new_link_page(person):
    return f"{LIST}{person.pk}/new-link/"


def test_staff_hand_over_a_new_link_that_is_shown_once(client, edition):
    desk, person = member_of("Registration desk", client), make_registration(edition)
    old = address_for(person)
    assert new_link_page(person) in links(desk.get(f"{LIST}{person.pk}/change/"))

    page = desk.post(new_link_page(person))

    person.refresh_from_db()
    assert address_for(person) in read(page)
    assert "<svg" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().get(old).status_code == 404
    assert [(step.what, step.by) for step in Step.objects.all()] == [(Change.LINK, page.wsgi_request.user)]
    for address in (new_link_page(person), f"{LIST}{person.pk}/change/"):
        assert token_for(person) not in desk.get(address).content.decode()


@pytest.mark.parametrize(("email", "told"), [("", 0), ("dara@example.org", 1)])
def test_new_link_that_is_handed_over_is_written_to_an_address_and_makes_no_call(staff_client, edition, email, told):
    person = make_registration(edition, email=email)

    staff_client.post(new_link_page(person))

    assert Message.objects.filter(kind=MessageKind.LINK).count() == told


@pytest.mark.parametrize(("language", "said"), [("en", "The old link opens no more."), ("km", "តំណចាស់លែងបើកបានទៀត។")])
def test_page_of_a_new_link_asks_before_it_makes_one(staff_client, edition, language, said):
    person, before = make_registration(edition), content()
    staff_client.cookies["language"] = language

    assert said in read(staff_client.get(new_link_page(person)))

    assert content() == before


@pytest.mark.parametrize("group", ["Inclusion officers", "Travel desk", "Observers"])
def test_who_may_not_change_a_registration_makes_no_link(client, edition, group):
    member, person = member_of(group, client), make_registration(edition)

    assert new_link_page(person) not in links(member.get(f"{LIST}{person.pk}/change/"))
    assert {member.get(new_link_page(person)).status_code, member.post(new_link_page(person)).status_code} == {403}

    assert not Step.objects.exists()


def test_step_without_an_intake_is_answered_clearly(own, person):
    Intake.objects.all().delete()

    response = own.post(f"{OWN}cancel/")

    assert "This is not possible now" in read(response)
    person.refresh_from_db()
    assert person.status == Status.CONFIRMED


def test_taking_an_offer_without_an_intake_is_answered_clearly(client, edition):
    Intake.objects.update(capacity=1)
    first, second = make_registration(edition), make_registration(edition)
    transitions.cancel(first)
    client.get(address_for(second))
    Intake.objects.all().delete()

    assert "This is not possible now" in read(client.post(f"{OWN}accept/"))


def test_own_page_without_an_intake_still_shows_what_we_hold(own, person):
    Intake.objects.all().delete()

    assert person.spoken_code in read(own.get(OWN))
    assert "To change an answer, call us." in read(own.get(OWN))


def test_all_that_we_hold_can_be_read_in_words(own, person):
    InclusionAnswers.objects.update_or_create(registration=person, defaults={"gender": "woman", "groups": ["none"]})

    text = read(own.get(f"{OWN}data/"))

    for words in ["CANARY note", "Captions on a screen", "Battambang", "Woman", "March 25, 2024", "Bus", "Registered"]:
        assert words in text
    assert person.spoken_code in text
    assert phone(person.phone) in text


def test_each_agreement_and_message_is_a_list_of_facts_in_its_part(own, person):
    html = own.get(f"{OWN}data/").content.decode()

    parts = {part.split("</h2>")[0].split(">")[-1]: part for part in html.split("<section")[1:]}
    agreed = parts["What you agreed to"]
    assert agreed.count("<dl") == person.consents.count() > 1
    assert agreed.count("<dt>") >= 4 * person.consents.count()
    assert "; " not in parts["Messages"]


def test_words_and_file_tell_of_the_same_parts(person):
    assert set(everything(person)) == set(PARTS)


def test_what_was_changed_and_asked_is_in_the_file(own, person):
    Step.objects.create(registration=person, what=Change.ANSWERS, columns=["phone"])
    person.change_requests.create(text="CANARY request")

    data = json.loads(own.get(reverse("registration:own_data")).content)

    assert (data["changes"][0]["columns"], data["requests"][0]["text"]) == (["phone"], "CANARY request")


@pytest.mark.parametrize("page", ["", "data/", "arrangements/"])
def test_khmer_pages_have_the_colon_of_khmer(own, person, page):
    text = read(own.get(f"/km/registration/{page}"))

    assert not re.search(r"[ក-៓] ?:", text)


def test_link_with_letters_that_no_link_has_is_a_dead_end(client, person):
    assert client.get(f"{OWN}{person.code}-é/").status_code == 404
