"""A helper signs up other people: the page, and what becomes of each person."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from agenda.publishing.versions import publish_first
from registration.choices import Agreement, MessageState, Province, Sector, Status, Subject
from registration.forms.others import HelperForm, PersonForm
from registration.forms.sign_up import SignUpForm
from registration.messages import emails
from registration.models import (
    Consent,
    Helper,
    InclusionAnswers,
    Intake,
    Message,
    Registration,
    SecondNumber,
    TravelRequest,
)
from registration.models.codes import spoken
from registration.own_page.data import everything
from registration.signing_up import transitions
from tests.factories import make_answers, others_data, sign_up
from tests.pages import links, read
from tests.sign_up import come_to

OTHERS = "/en/2024/register/others/"
THANKS = "/en/2024/register/others/thanks/"
SLIPS = 7  # queries of the page of thanks; two of them ask how full it is, once in a while


def send(client, edition, *people, address=OTHERS, **changes):
    return client.post(address, others_data(edition, *people, **changes))


def registered():
    return list(Registration.objects.order_by("pk").values_list("name_latin", flat=True))


def test_form_for_one_person_leads_to_the_form_for_several(client, edition):
    assert OTHERS in links(client.get("/en/2024/register/"))


def test_helper_is_asked_nothing_sensitive(client, edition):
    names = set(HelperForm(days={}).fields) | set(PersonForm(days={}).fields)

    sensitive = {"languages", "access_needs", "access_note", "assistant_name", "food", "food_note", "needs_travel"}
    sensitive |= {"nights", "name_on_id", "emergency_name", "emergency_phone", "photos", "guardian_name"}
    assert sensitive <= set(SignUpForm(edition=edition).fields)
    assert not names & sensitive


def test_everybody_is_registered_and_gets_a_number(client, edition):
    response = send(client, edition, {}, {"name_latin": "", "name_km": "គំរូ ទីពីរ"})

    assert response.url == THANKS
    page = read(client.get(THANKS))
    people = Registration.objects.all()
    assert [person.status for person in people] == [Status.CONFIRMED] * 2
    assert all(person.spoken_code in page for person in people)
    assert "You have signed up 2 people." in page


def test_numbers_are_for_the_browser_that_sent_the_form(client, edition):
    send(client, edition, {})

    assert Client().get(THANKS).url == OTHERS


def test_what_is_said_for_all_holds_unless_a_person_differs(client, edition):
    first_day = edition.days.first()
    send(client, edition, {}, {"sector": Sector.STUDENT, "province": Province.KAMPOT, "days": [first_day.pk]})

    alike, other = Registration.objects.order_by("pk")
    assert (alike.sector, alike.province, alike.days.count()) == (Sector.COMMUNITY, Province.KEP, edition.days.count())
    assert (other.sector, other.province, list(other.days.all())) == (Sector.STUDENT, Province.KAMPOT, [first_day])
    assert {alike.organisation, other.organisation} == {"Sample Village"}


def test_what_was_not_said_is_asked_for_where_it_is_said_for_all(client, edition):
    response = send(client, edition, {"sector": Sector.STUDENT}, {}, sector="", province="")

    html = response.content.decode()
    assert '<a href="#id_sector">Choose a sector for all of them, or one for each person.</a>' in html
    assert '<a href="#id_province">' in html
    assert not Registration.objects.exists()


def test_places_are_given_in_the_order_of_the_form_and_the_rest_waits(client, edition):
    Intake.objects.update(capacity=2)

    send(client, edition, {}, {}, {})

    assert list(Registration.objects.order_by("pk").values_list("status", flat=True)) == [
        *(Status.CONFIRMED, Status.CONFIRMED, Status.WAITING)
    ]
    assert "you are on the waiting list" in read(client.get(THANKS))


def test_only_the_use_of_answers_is_agreed_to_and_by_the_helper(client, edition):
    send(client, edition, {})

    answers = {row.subject: (row.answer, row.by_helper) for row in Consent.objects.all()}
    assert answers.pop(Subject.DATA_USE) == (Agreement.YES, True)
    assert set(answers.values()) == {(Agreement.NOT_SAID, True)}
    assert set(answers) == set(Subject) - {Subject.DATA_USE}
    assert not InclusionAnswers.objects.exists()
    assert not TravelRequest.objects.exists()


def test_no_person_is_registered_without_their_agreement(client, edition):
    response = send(client, edition, {}, agreed=None)

    assert '<a href="#id_agreed">Tick that each of them agreed.' in response.content.decode()
    assert not Registration.objects.exists()


def test_form_sent_twice_registers_once(client, edition):
    data = others_data(edition, {}, {})

    for _time in range(2):
        response = client.post(OTHERS, data)

    assert response.url == THANKS
    assert (Registration.objects.count(), Helper.objects.count()) == (2, 1)


def test_form_sent_again_without_the_first_and_with_another_registers_only_that_one(client, edition):
    data = others_data(edition, {"name_latin": "KUMROU A"}, {"name_latin": "KUMROU B"})
    client.post(OTHERS, data)

    again = others_data(edition, {"name_latin": "KUMROU B"}, {"name_latin": "KUMROU C"})
    client.post(OTHERS, again | {"form_token": data["form_token"]})

    assert registered() == ["KUMROU A", "KUMROU B", "KUMROU C"]


def test_all_are_registered_or_none(client, edition, monkeypatch):
    def fail(registration, message, **_options):
        if registration.name_latin == "KUMROU 2":
            raise IntegrityError

    monkeypatch.setattr("registration.messages.outbox.put", fail)

    with pytest.raises(IntegrityError):
        send(client, edition, {}, {})

    assert not Registration.objects.exists()
    assert not Helper.objects.exists()


def test_error_says_about_whom_it_is_and_leads_to_the_field(client, edition):
    html = send(client, edition, {}, {"name_latin": ""}).content.decode()

    assert '<a href="#id_person-2-name_km">Person 2: Write the name in Khmer, in Latin letters, or both.</a>' in html
    assert 'id="id_person-2-name_km"' in html
    assert html.index('class="error-summary"') < html.index("<h1>")
    assert not Registration.objects.exists()


def test_error_says_about_whom_it_is_in_khmer(client, edition):
    response = send(client, edition, {}, {"name_latin": ""}, address="/km/2024/register/others/")

    assert "អ្នកទី២៖ សូមសរសេរឈ្មោះ" in read(response)


def test_person_under_18_is_sent_to_the_form_for_one_person(client, edition):
    response = send(client, edition, {"adult": "no"})

    assert "Person 1: A person under 18 signs up with the form for one person" in read(response)
    assert "/en/2024/register/" in links(response)
    assert not Registration.objects.exists()


def test_person_who_cannot_be_reached_is_not_registered(client, edition):
    response = send(client, edition, {"through_helper": ""})

    assert "Person 1: Give a way to reach this person, or tick that we reach them through you." in read(response)


def test_same_person_twice_is_pointed_out(client, edition):
    response = send(client, edition, {"name_latin": "KUMROU Mom"}, {"name_latin": "kumrou  mom"})

    assert "Person 2: The same name and contact as person 1." in read(response)
    assert not Registration.objects.exists()


def test_rows_that_stay_empty_are_passed_over(client, edition):
    data = others_data(edition, {}) | {"person": [1, 2, 3]}

    client.post(OTHERS, data)

    assert registered() == ["KUMROU 1"]


def test_empty_form_asks_for_the_helper_and_the_first_person(client, edition):
    page = read(client.post(OTHERS, {}))

    assert "Write your name." in page
    assert "Person 1: Write the name in Khmer" in page


@pytest.mark.parametrize(("more", "people"), [("1", 3), ("5", 7)])
def test_people_are_added_with_everything_typed(client, edition, more, people):
    response = send(client, edition, {"phone": "117"}, {}, add=more, agreed=None)

    html = response.content.decode()
    assert html.count('name="person" value=') == people
    assert 'value="117"' in html
    assert 'value="Sample Village"' in html
    assert "error-summary" not in html
    assert '<h2 id="person-3" tabindex="-1" autofocus>' in html
    assert not Registration.objects.exists()


def test_no_more_than_twenty_people_fit(client, edition):
    response = send(client, edition, *[{}] * 19, add="5")

    html = response.content.decode()
    assert html.count('name="person" value=') == 20
    assert "Add one more person" not in html
    assert "Twenty people are the most" in html


def test_twenty_people_are_registered_and_no_more(client, edition):
    send(client, edition, *[{}] * 25)

    assert Registration.objects.count() == 20


def test_a_person_is_removed_and_the_others_keep_what_was_typed(client, edition):
    people = [{"name_latin": name} for name in ("KUMROU A", "KUMROU B", "KUMROU C")]

    response = send(client, edition, *people, remove="2")

    html = response.content.decode()
    assert "KUMROU B" not in html
    assert 'value="KUMROU A"' in html
    assert 'name="person-3-name_latin" value="KUMROU C"' in html
    assert "There are 2 people on this page." in read(response)


def test_language_is_switched_with_everything_typed(client, edition):
    response = send(client, edition, {}, {"phone": "117"}, address="/km/2024/register/others/", switch="km")

    html = response.content.decode()
    assert '<html lang="km">' in html
    assert 'value="KUMROU 1"' in html
    assert 'value="117"' in html
    assert "error-summary" not in html


def test_form_without_a_csrf_token_comes_back_with_what_was_typed(edition):
    client = Client(enforce_csrf_checks=True)

    response = send(client, edition, {"name_latin": "KUMROU Typed"})

    assert response.status_code == 403
    assert "Please send it once more" in read(response)
    assert 'value="KUMROU Typed"' in response.content.decode()


def test_closing_while_a_helper_writes_loses_nothing(client, edition):
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    response = send(client, edition, {"name_latin": "KUMROU Typed"})

    assert "Registration closed while you were writing" in read(response)
    assert 'value="KUMROU Typed"' in response.content.decode()
    assert not Helper.objects.exists()
    assert "Sign-up is closed." in read(client.get(OTHERS))


@pytest.mark.parametrize("rows", [["0"], ["-1"], ["9" * 400], ["x", "\x00"], ["1", "1"], [str(n) for n in range(999)]])
def test_odd_rows_never_break_the_page(client, edition, rows):
    response = client.post(OTHERS, others_data(edition, {}) | {"person": rows, "remove": "\ud7ff", "add": "9"})

    assert response.status_code == 200
    assert client.get(OTHERS, {"person": ["3", "1"]}).content.decode().count('name="person" value=') == 2


def test_who_has_an_email_finds_the_link_there_and_who_has_none_on_the_slip(client, edition, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send(client, edition, {"email": "kumrou@example.org"}, {})

    response = client.get(THANKS)
    own = [link for link in links(response) if link and "/registration/" in link]
    assert len(own) == 1
    assert Registration.objects.get(email="").code in own[0]
    assert "in the message that we send you" in read(response)


def test_link_of_a_slip_opens_that_persons_page(client, edition):
    send(client, edition, {}, {})

    for link in [link for link in links(client.get(THANKS)) if link and "/registration/" in link]:
        visitor = Client()
        page = read(visitor.get(link, follow=True))
        assert "Sample Helper" in page
        assert "You are registered" in page


def test_call_list_names_the_helper_and_the_words_tell_nothing_private(staff_client, edition):
    send(staff_client, edition, {}, {"phone": "012 000 001", "through_helper": ""})
    through, own = Message.objects.order_by("pk")

    listed = read(staff_client.get("/admin/registration/message/", {"state__exact": MessageState.TO_CALL}))
    page = read(staff_client.get(f"/admin/registration/message/{through.pk}/change/"))

    assert "Sample Helper012 000 009" in listed  # below each other
    assert "012 000 001" in listed
    assert "Please pass it on: Your place is confirmed." in page
    own_page = read(staff_client.get(f"/admin/registration/message/{own.pk}/change/"))
    assert ("own link" in page, "own link" in own_page) == (False, True)
    assert f"/registration/{through.registration.code}-" not in page
    assert f"/registration/{own.registration.code}-" not in own_page


def test_reason_for_declining_is_not_said_to_the_helper(client, edition):
    send(client, edition, {})
    registration = Registration.objects.get()

    transitions.decline(registration, "CANARY-REASON")

    words = emails.text_of(registration.messages.first())
    assert "CANARY" not in words
    assert "We cannot offer you a place." in words


@pytest.mark.parametrize("pages", [[1, 2, 3], [OTHERS]])
def test_browser_may_keep_names_and_contacts_alone(client, edition, pages):
    addresses = [page if page == OTHERS else come_to(client, edition, page) for page in pages]
    html = "".join(client.get(address).content.decode() for address in addresses)

    marked = {tag for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", html) if "data-keep" in tag}
    names = {re.search(r'name="([^"]+)"', tag)[1].rpartition("-")[2] for tag in marked}
    contacts = {"phone", "telegram", "email", "phone_owner", "through_helper", "helper_phone", "helper_email"}
    rest = {"form_token", "name_km", "name_latin", "helper_name", "organisation", "sector", "part", "days", "province"}
    assert {"organisation", "name_km", "days"} <= names <= contacts | rest


def test_helper_goes_with_the_last_of_their_people(client, edition):
    send(client, edition, {}, {})

    for link in [link for link in links(client.get(THANKS)) if link and "/registration/" in link]:
        assert Helper.objects.exists()
        visitor = Client()
        visitor.get(link)
        visitor.post("/en/registration/erase/")

    assert not Helper.objects.exists()


def test_signing_up_more_people_asks_the_lock_once(client, edition):
    send(client, edition, {}, {}, {})

    assert Intake.objects.get().turn == 1


@pytest.mark.parametrize("people", [2, 12])
def test_slips_take_the_same_queries_for_any_number(client, edition, people, django_assert_num_queries):
    send(client, edition, *[{}] * people)

    with django_assert_num_queries(SLIPS):
        client.get(THANKS)


@pytest.mark.parametrize("known", [0, 1, 3])
def test_slips_of_new_and_known_people_take_the_same_queries(client, edition, known, django_assert_num_queries):
    people = [{"name_latin": f"CHAN {number}", "email": f"{number}@example.org"} for number in range(3)]
    for _time in range(2):  # the known have two numbers already
        for person in people[:known]:
            sign_up(edition, make_answers(edition, name_km="", **person))
    before = numbers()
    send(client, edition, *people)

    with django_assert_num_queries(SLIPS):
        page = client.get(THANKS)

    slips = re.findall(r"(CHAN \d).*?Your reference number[^-]*?([0-9A-Z]{3}-[0-9A-Z]{4})", read(page))
    assert [name for name, _number in slips] == ["CHAN 0", "CHAN 1", "CHAN 2"]
    assert {number for _name, number in slips} == numbers() - before


def numbers():
    return {spoken(row.code) for model in (Registration, SecondNumber) for row in model.objects.all()}


@pytest.mark.parametrize("rows", [["1"], [str(row) for row in range(1, 21)]])
def test_form_takes_the_same_queries_for_any_number(client, edition, rows, django_assert_num_queries):
    publish_first(edition)

    with django_assert_num_queries(5):
        client.get(OTHERS, {"person": rows})


def test_participant_learns_who_signed_them_up(client, edition):
    send(client, edition, {})

    assert everything(Registration.objects.get())["signed_up_by"] == "Sample Helper"


def test_desk_mends_the_number_of_a_helper_and_the_log_names_no_person(staff_client, edition):
    send(staff_client, edition, {})
    page = f"/admin/registration/helper/{Helper.objects.get().pk}/change/"
    assert Registration.objects.get().spoken_code in read(staff_client.get(page))

    staff_client.post(page, {"name": "Sample Helper", "phone": "០១២ ០០០ ០០៨", "language": "km"})

    assert Helper.objects.get().phone == "+85512000008"
    assert "Sample" not in LogEntry.objects.get().object_repr


def test_helper_is_found_by_the_number_of_a_person_they_signed_up(staff_client, edition):
    send(Client(), edition, {})
    helpers = "/admin/registration/helper/"

    assert "Sample Helper" in read(staff_client.get(helpers, {"q": Registration.objects.get().spoken_code}))
    assert "Sample Helper" not in read(staff_client.get(helpers, {"q": "AAA-AAAA"}))
