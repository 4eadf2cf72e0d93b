import re
import uuid
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from registration.choices import AccessNeed, Status
from registration.links import address_for
from registration.models import GuardianCall, InclusionAnswers, Intake, Registration
from tests.factories import form_data, make_registration
from tests.pages import forget_kept, read
from tests.sign_up import REGISTER, come_to, send_from, send_pages

MARKUP = "<script>alert(1)</script>\"'&"


def send(client, edition, address=REGISTER, **changes):
    return send_pages(client, address, form_data(edition, **changes))


def test_form_is_in_the_language_of_its_address(client, edition):
    assert "Whose telephone is it?" in read(client.get(REGISTER))
    assert "ឈ្មោះជាភាសាខ្មែរ" in read(client.get("/km/2024/register/"))


def test_form_says_that_answers_are_erased_no_later_than_all_personal_data(client, edition):
    Intake.objects.update(erase_sensitive_on=None, erase_all_on=date(2030, 4, 1))
    assert read(client.get(REGISTER)).count("Erased on April 1, 2030") == 3

    Intake.objects.update(erase_sensitive_on=date(2030, 5, 1))
    assert read(client.get(REGISTER)).count("Erased on April 1, 2030") == 3

    Intake.objects.update(erase_sensitive_on=date(2030, 3, 1))
    forget_kept()
    assert read(client.get(REGISTER)).count("Erased on March 1, 2030") == 2


def test_form_marks_optional_questions_and_uses_no_html_validation(client, edition):
    html = client.get(REGISTER).content.decode()

    assert "(optional)" in html
    assert "novalidate" in html
    for attribute in (" required", "placeholder=", "maxlength=", 'type="number"', "style="):
        assert attribute not in html


@pytest.mark.parametrize("language", ["en", "km"])
def test_signing_up_leads_to_a_thank_you_page_with_a_reference(client, edition, language):
    response = send(client, edition, f"/{language}/2024/register/")

    registration = Registration.objects.get()
    assert (response.status_code, response.url) == (302, f"/{language}/2024/register/thanks/")
    assert registration.language == language
    assert registration.spoken_code in read(client.get(response.url))


@pytest.mark.parametrize(
    ("intake", "status", "words"),
    [
        ({}, Status.CONFIRMED, "your place is confirmed"),
        ({"capacity": 0}, Status.WAITING, "you are on the waiting list"),
        ({"needs_approval": True}, Status.RECEIVED, "We have received your registration"),
    ],
)
def test_thank_you_page_says_which_state_it_is(client, edition, intake, status, words):
    Intake.objects.update(**intake)

    send(client, edition)

    assert Registration.objects.get().status == status
    assert words in read(client.get("/en/2024/register/thanks/"))


def test_thank_you_page_is_for_the_browser_that_signed_up(client, edition):
    send(client, edition)

    assert Client().get("/en/2024/register/thanks/").url == REGISTER
    assert "no-store" in client.get("/en/2024/register/thanks/")["Cache-Control"]


def test_pressing_the_button_twice_registers_once(client, edition):
    data = form_data(edition)

    for _time in range(2):
        response = send_pages(client, REGISTER, data)

    assert response.url == "/en/2024/register/thanks/"
    assert Registration.objects.count() == 1


def test_same_page_filled_in_for_another_person_registers_them_too(client, edition):
    data = form_data(edition)

    send_pages(client, REGISTER, data)
    send_pages(client, REGISTER, data | {"name_km": "គំរូ ទីពីរ", "phone": "012 000 002"})
    send_pages(client, REGISTER, data | {"name_km": "គំរូ ទីបី", "another": "2"})  # on the same telephone: the page asks

    assert Registration.objects.count() == 3


def test_known_and_unknown_people_get_the_same_answer(edition):
    answers = []
    for _time in range(2):
        client = Client()
        response = send(client, edition, email="dara@example.org", form_token=str(uuid.uuid4()))
        answers.append((response.status_code, response.url, sorted(response.headers)))

    assert answers[0] == answers[1]


ASKED_ON = [
    (1, ["id_name_km", "id_phone", "id_adult_0"]),
    (2, ["id_sector", "id_part_0", "id_days_0", "id_languages_0"]),
    (3, ["id_province", "id_data_use"]),
]


@pytest.mark.parametrize(("language", "prefix"), [("en", "Error:"), ("km", "បញ្ហា៖")])
@pytest.mark.parametrize(("page", "controls"), ASKED_ON)
def test_errors_are_summed_up_on_top_of_each_page_in_the_readers_language(
    client, edition, language, prefix, page, controls
):
    address = come_to(client, edition, page, f"/{language}/2024/register/")

    html = send_from(client, address, page, {}).content.decode()

    assert re.search(rf"<title>\s*{prefix}", html)
    assert html.index('class="error-summary"') < html.index("<h1>")
    assert re.findall(r'<li><a href="#([^"]+)">', html) == controls
    for control in controls:
        assert f'id="{control}"' in html


def test_error_stands_beside_its_field_and_is_tied_to_it(client, edition):
    html = send(client, edition, phone="117").content.decode()

    assert 'id="id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html


def shows(response, *kept):
    html = re.sub(r"\s+", " ", response.content.decode())
    return [one for one in kept if one not in html] == []


def test_everything_typed_is_kept_beside_an_error(client, edition):
    first = send(client, edition, phone="០១២ nonsense", name_latin="SOK Dara")
    second = send(client, edition, organisation="ក្រុមយុវជនគំរូ", sector="student", languages=None)
    third = send(
        client,
        edition,
        data_use=None,
        needs_anything="yes",
        access_needs=[AccessNeed.CAPTIONS],
        access_note="two words",
        province="02",
        needs_travel="yes",
        nights=["2024-03-26"],
    )

    assert shows(first, 'value="០១២ nonsense"', 'value="SOK Dara"')
    assert shows(second, 'value="ក្រុមយុវជនគំរូ"', '<option value="student" selected>')
    assert shows(third, "two words</textarea>", '<option value="02" selected>')
    assert shows(
        third, 'value="captions" id="id_access_needs_1" checked', 'value="2024-03-26" id="id_nights_1" checked'
    )


@pytest.mark.parametrize(("page", "field"), [(1, "name_latin"), (2, "organisation"), (3, "access_note")])
def test_language_is_switched_on_each_page_with_everything_typed_and_no_one_registered(client, edition, page, field):
    address = come_to(client, edition, page).replace("/en/", "/km/")
    typed = {"form_token": str(uuid.uuid4()), field: "Typed with care", "switch": "km"}

    response = send_from(client, address, page, typed)

    assert response.status_code == 302  # so that a reload sends nothing
    html = client.get(response.url).content.decode()
    assert '<html lang="km">' in html
    assert "Typed with care" in html
    assert "error-summary" not in html
    assert not Registration.objects.exists()


BROKEN = {1: {"adult": None}, 2: {"sector": None}, 3: {"data_use": None}}  # an answer that each page asks for


@pytest.mark.parametrize(
    ("page", "field"),
    [
        *((1, "name_km"), (1, "name_latin"), (1, "guardian_name"), (2, "organisation")),
        *((3, "access_note"), (3, "food_note"), (3, "assistant_name")),
    ],
)
def test_markup_is_shown_as_text(client, edition, page, field):
    html = send(client, edition, **{field: MARKUP}, **BROKEN[page]).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("token", [None, "forged"])
def test_form_without_a_good_csrf_token_comes_back_with_what_was_typed(edition, token):
    client = Client(enforce_csrf_checks=True)
    client.get(REGISTER)

    response = send(client, edition, name_latin="Typed with care", csrfmiddlewaretoken=token)

    assert response.status_code == 403
    assert "Please send it once more" in read(response)
    assert "your browser keeps no cookies from this site." in read(response)
    assert "We fill it in with you: 012 323 045" in read(response).partition("page 1 of 3")[2].partition("1. You")[0]
    assert 'value="Typed with care"' in response.content.decode()
    assert not Registration.objects.exists()


def test_form_with_its_csrf_token_is_taken(edition):
    client = Client(enforce_csrf_checks=True)
    token = client.get(REGISTER).context["csrf_token"]

    send(client, edition, csrfmiddlewaretoken=str(token))

    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("address", "words"), [(REGISTER, "too large"), ("/km/2024/register/", "សូម")])
def test_post_of_a_megabyte_is_refused_plainly(client, edition, address, words):
    response = send(client, edition, address, access_note="a" * 1_000_000)

    assert response.status_code == 413
    assert words in read(response)


@pytest.mark.parametrize("changes", [{"name_km": "\x00"}, {"province": "\ud7ff\uffff"}, {"form_token": "\x00"}])
def test_odd_characters_never_break_the_page(client, edition, changes):
    assert send(client, edition, **changes).status_code in (200, 302)


def test_closed_registration_says_so_and_takes_no_person(client, edition):
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    assert "Sign-up is closed." in read(client.get(REGISTER))
    assert not Registration.objects.exists()


@pytest.mark.parametrize(("page", "field"), [(1, "name_latin"), (2, "organisation"), (3, "access_note")])
def test_closing_while_a_page_is_written_is_said_on_it_and_loses_nothing(client, edition, page, field):
    address = come_to(client, edition, page)
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    response = send_from(client, address, page, form_data(edition, **{field: "Typed with care"}))

    assert "Registration closed while you were writing" in read(response)
    assert "Typed with care" in response.content.decode()
    assert not Registration.objects.exists()


def test_registration_yet_to_open_says_when(client, edition):
    opens = timezone.now() + timedelta(days=2)
    Intake.objects.update(opens_at=opens)

    for address in (REGISTER, "/en/2024/"):
        assert f"Sign-up opens on {timezone.localtime(opens):%B} {timezone.localtime(opens).day}" in read(
            client.get(address)
        )


def test_about_participants_is_asked_after_signing_up_and_kept_apart(client, edition):
    send(client, edition)

    response = client.post(
        "/en/2024/register/about-participants/",
        {"gender": "woman", "age_band": "18-30", "groups": ["indigenous", "lgbtqi"]},
    )

    answers = InclusionAnswers.objects.get()
    assert (answers.gender, answers.age_band, answers.groups) == ("woman", "18-30", ["indigenous", "lgbtqi"])
    assert "Thank you for your answers" in read(client.get(response.url))


def test_about_participants_takes_no_answer_for_an_answer(client, edition):
    send(client, edition)

    response = client.post("/en/2024/register/about-participants/", {})

    assert response.url == "/en/2024/register/thanks/"


def test_about_participants_is_closed_to_strangers(client, edition):
    make_registration(edition)

    response = client.post("/en/2024/register/about-participants/", {"gender": "man"})

    assert response.url == REGISTER
    assert not InclusionAnswers.objects.filter(gender__isnull=True).exists()
    answers = InclusionAnswers.objects.get()
    assert (answers.gender, answers.age_band, answers.groups) == ("", "", [])


@pytest.mark.parametrize(("language", "words"), [("en", "QR code of the link"), ("km", "កូដ QR")])
def test_who_gave_no_address_takes_the_link_along_in_three_ways(client, edition, language, words):
    send(client, edition, f"/{language}/2024/register/")

    html = client.get(f"/{language}/2024/register/thanks/").content.decode()

    link = address_for(Registration.objects.get())
    assert f'href="{link}"' in html
    assert re.search(f'<div class="qr" role="img" aria-label="{words}[^"]*"><svg ', html)
    assert f'href="https://t.me/share/url?{urlencode({"url": settings.SITE_URL + link})}" rel="noreferrer"' in html
    assert "style=" not in html


def test_page_of_the_form_is_never_kept(client, edition):
    assert "no-store" in client.get(REGISTER)["Cache-Control"]


def test_person_under_18_is_not_registered_and_the_guardian_is_called(client, edition):
    guardian = {"guardian_name": "CANARY Mother", "guardian_phone": "012 000 003"}

    for _time in range(2):
        response = send(client, edition, adult="no", form_token="0" * 32, **guardian)

    assert "We call your parent or guardian" in read(client.get(response.url))
    assert not Registration.objects.exists()
    call = GuardianCall.objects.get()
    assert (call.guardian_name, call.guardian_phone) == ("CANARY Mother", "+85512000003")


def test_no_person_under_18_is_taken_down_while_registration_is_closed(client, edition):
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    send(client, edition, adult="no", guardian_name="CANARY Mother", guardian_phone="012 000 003")

    assert not GuardianCall.objects.exists()
