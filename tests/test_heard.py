"""What a screen reader is given on our pages: names that say something, and nothing twice."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from agenda.models import Day
from registration.choices import Agreement, Subject
from registration.links import address_for
from registration.models import Registration
from tests.factories import form_data, make_registration, others_data
from tests.pages import SPELT, heard, heard_of
from tests.sign_up import REGISTER, send_pages
from tests.test_templates import TEMPLATES

CSS = sorted((Path(__file__).parent.parent / "static/css").glob("*.css"))


@pytest.mark.parametrize("sheet", CSS, ids=lambda path: path.name)
def test_no_sheet_tears_the_first_letter_off_its_word(sheet):
    assert "::first-letter" not in sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", [name for name in TEMPLATES if not name.startswith("admin/")])
def test_nothing_public_is_said_to_be_deleted(template):
    assert (
        re.findall(r"<(?:del|s)\b[^>]*>", TEMPLATES[template].replace('<s class="was" aria-hidden="true">', "")) == []
    )


@pytest.fixture
def thanks(client, edition):
    send_pages(client, REGISTER, form_data(edition))
    return client.get("/en/2024/register/thanks/")


def test_own_link_has_a_name_and_no_digits(thanks):
    assert heard_of(thanks, "a", class_="own-link") == ["My registration"]


def test_numbers_and_codes_are_spelt_and_said_once(thanks):
    code = Registration.objects.get().spoken_code
    said = "".join(heard_of(thanks, "main"))

    assert code not in said
    assert ", ".join(" ".join(part) for part in code.split("-")) in said
    assert len(SPELT.findall(said)) == 2  # the reference number and the private code


def test_slips_name_their_links_and_spell_their_codes(client, edition):
    client.post("/en/2024/register/others/", others_data(edition, {"name_latin": "SOK Dara"}))
    slips = client.get("/en/2024/register/others/thanks/")

    assert Registration.objects.get().spoken_code not in "".join(heard_of(slips, "main"))
    assert {text for tag, has, text in heard(slips) if has.get("class") == "own-link"} <= {"My registration"}


def test_new_link_has_a_name_and_its_code_is_spelt(client, edition):
    client.get(address_for(make_registration(edition)))
    renewed = client.post("/en/registration/new-link/", follow=True)

    assert heard_of(renewed, "a", class_="own-link") == ["My registration"]
    assert len(SPELT.findall("".join(heard_of(renewed, "main")))) == 1


@pytest.mark.parametrize("page", ["register/", "register/others/"])
def test_form_page_has_the_landmark_of_the_language(client, edition, page):
    assert heard_of(client.get(f"/en/2024/{page}"), "nav", aria_label="Language") == ["ភាសាខ្មែរ"]


def test_names_are_typed_in_their_language(client, edition):
    html = client.get("/en/2024/register/").content.decode()

    assert re.search(r'<input[^>]*name="name_km"[^>]*lang="km"', html)
    assert re.search(r'<input[^>]*name="name_latin"[^>]*lang="en"', html)


def test_group_says_its_error_in_its_legend_once_and_its_hint_as_description(client, edition):
    page = client.post(REGISTER, {})
    legend = next(text for text in heard_of(page, "legend") if text.startswith("Are you 18"))
    described = re.findall(r'<input[^>]*name="adult"[^>]*aria-describedby="([^"]*)"', page.content.decode())

    assert legend == "Are you 18 or over? Error: Say whether you are 18 or over."
    assert heard_of(page, "p", id=described[0])[0].startswith("If you are younger")
    assert len(described) == 1  # with the first choice, and not again with the next
    assert heard_of(page, "div", id="id_adult_error") == [""]  # for the eye: the legend said it


@pytest.mark.parametrize("page", ["register/", "register/others/"])
def test_one_of_several_that_is_enough_is_not_called_optional(client, edition, page):
    labels = [text for text in heard_of(client.get(f"/en/2024/{page}"), "label") if "optional" in text]

    assert [one for one in labels if re.match("Name in|Telegram|Telephone|E-mail", one)] == []


def test_question_that_a_yes_opens_is_not_called_optional_in_its_error(client, edition):
    page = send_pages(client, REGISTER, form_data(edition, needs_anything="yes"))
    legends = [text for text in heard_of(page, "legend") if text.startswith("What do you need")]

    assert legends == [
        "What do you need to take part fully? Error: Tick what you need, or write it. If you need nothing, answer No."
    ]


def test_links_to_a_wording_are_told_apart(client, edition):
    person = make_registration(edition, consents=dict.fromkeys(Subject, Agreement.YES))
    client.get(address_for(person))
    own = client.get("/en/registration/")
    names = [text for tag, has, text in heard(own) if tag == "a" and "/agreement/" in has.get("href", "")]

    assert len(names) == len(set(names)) > 1


def test_telephone_and_e_mail_have_nothing_between_them(client, edition):
    assert "·" not in "".join(heard_of(client.get("/en/2024/"), "footer"))


@pytest.fixture
def rows(staff_client, edition):
    """The links in the lines of the first day, all of them open."""
    page = staff_client.get(reverse("admin:agenda_day_change", args=[Day.objects.first().pk]) + "?row=all")
    return [
        text
        for tag, has, text in heard(page)
        if tag == "a" and re.search("/session/.+/(change|delete)/|/draft/agenda/.|after=|under=", has.get("href", ""))
    ]


def test_links_of_rows_name_their_session(rows):
    assert len(rows) == 5 * 23
    assert [row for row in rows if not re.fullmatch("[A-Z][a-z, ]+: [0-9]+:[0-9]{2} .+", row)] == []


@pytest.fixture
def agenda(client, edition):
    return client.get("/en/2024/agenda/")


def test_day_has_one_heading_in_one_piece(agenda):
    assert heard_of(agenda, "h2", id="day-1-heading") == ["Day 1: Tuesday, March 26, 2024"]
    assert re.search(r'<h2 id="day-1-heading">[^<]+</h2>', agenda.content.decode())


def test_times_are_said_with_to(agenda):
    said = heard_of(agenda, "section", id="day-1")[0]

    assert "8:00 to 8:30" in said
    assert "30 minutes" not in said  # the times were just said
    assert re.findall(r"\d–|\d – \d", said) == []


def test_parallel_sessions_name_their_columns(agenda):
    said = heard_of(agenda, "p", class_="both")[0]

    assert re.match(r"From [\d:]+ to [\d:]+, at the same time: \S.+ & \S", said)


def test_what_stands_alone_is_no_list(agenda):
    html = agenda.content.decode()

    assert html.count('<p class="qa"') > 3
    assert [one for one in re.findall(r'<ol class="under">.*?</ol>', html, re.S) if one.count("<li") < 2] == []
