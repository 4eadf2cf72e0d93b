import re
import uuid
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from registration.choices import AccessNeed, Agreement, Subject
from registration.forms import questions
from registration.forms.about_participants import AboutParticipantsForm
from registration.forms.fields import OneLine, Prose
from registration.forms.sign_up import SignUpForm
from tests.factories import form_data
from tests.sign_up import page_of


def submitted(edition, **changes):
    data = QueryDict(mutable=True)
    for name, value in form_data(edition, **changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return SignUpForm(data, edition=edition)


def errors(edition, **changes):
    return {name: list(messages) for name, messages in submitted(edition, **changes).errors.items()}


def test_form_with_what_is_needed_is_valid(edition):
    assert errors(edition) == {}


def test_empty_form_says_what_to_do_for_each_question(edition):
    found = dict(SignUpForm(QueryDict(), edition=edition).errors)

    assert found == {
        "name_km": ["Write your name in Khmer, in Latin letters, or both."],
        "adult": ["Say whether you are 18 or over."],
        "phone": ["Give a telephone number, a Telegram name or an e-mail address."],
        "sector": ["Choose your sector."],
        "part": ["Choose how you take part."],
        "days": ["Choose at least one day."],
        "languages": ["Choose at least one language."],
        "province": ["Choose your province."],
        "data_use": ["Tick that you agree, so that we may keep your answers."],
    }


@pytest.mark.parametrize("name", ["\u0301", "\u3164", "\u2800", "\uffa0", "\ufe0f", "-", "\U000e0041", "12"])
@pytest.mark.parametrize("field", ["name_km", "name_latin"])
def test_name_without_a_letter_is_refused(edition, field, name):
    assert field in errors(edition, **{"name_km": "", field: name})


@pytest.mark.parametrize("name", ["\u200b", "\u200b \u200b\ufeff", "   "])
def test_name_of_invisible_characters_is_empty(edition, name):
    assert errors(edition, name_km=name) == {"name_km": ["Write your name in Khmer, in Latin letters, or both."]}


def test_either_name_is_enough(edition):
    assert errors(edition, name_km="", name_latin="SOK Dara") == {}


def test_names_are_cleaned_on_the_way_in(edition):
    form = submitted(edition, name_km="សុខ\u200bដារ៉ា", name_latin="  SOK   Dara\u200b ")

    assert form.is_valid()
    assert (form.answers().person["name_km"], form.answers().person["name_latin"]) == ("សុខ ដារ៉ា", "SOK Dara")


def test_name_in_the_wrong_script_is_named_as_such(edition):
    assert errors(edition, name_km="KN³kmμaFikar") == {
        "name_km": ["Write this name in Khmer letters, or leave it empty."]
    }
    assert errors(edition, name_latin="សុខ") == {"name_latin": ["Write this name in Latin letters, or leave it empty."]}


@pytest.mark.parametrize(
    "contact", [{"phone": "០១២ ៣២ ៣០ ៤៥"}, {"telegram": "t.me/sokdara"}, {"email": "dara@example.org"}]
)
def test_one_way_to_be_reached_is_enough(edition, contact):
    assert errors(edition, **{"phone": "", **contact}) == {}


@pytest.mark.parametrize(
    "email", ["dara@example.org\u200b", "da\u200bra@example.org", "\ufeffdara@example.org", "dara@example.org\u2800"]
)
def test_email_with_an_invisible_character_is_not_valid(edition, email):
    assert list(errors(edition, email=email)) == ["email"]


@pytest.mark.parametrize(("typed", "stored"), [
    ("sokdara", "@sokdara"), ("@sokdara", "@sokdara"), ("https://t.me/sokdara", "@sokdara"),
    ("012 32 30 45", "+85512323045"),
])  # fmt: skip
def test_telegram_name_is_taken_as_people_write_it(edition, typed, stored):
    form = submitted(edition, telegram=typed)

    assert form.is_valid()
    assert form.cleaned_data["telegram"] == stored


@pytest.mark.parametrize("typed", ["សុខ ដារ៉ា", "sok dara", "@a"])
def test_what_is_no_telegram_name_gets_an_example(edition, typed):
    assert errors(edition, telegram=typed) == {"telegram": ["Write a Telegram name such as @sokdara."]}


@pytest.mark.parametrize("field", ["name_km", "name_latin", "organisation", "access_note", "name_on_id", "food_note"])
def test_over_long_answer_is_told_its_length(edition, field):
    letter = "ក" if field == "name_km" else "a"

    (message,) = errors(edition, province="02", needs_travel="yes", **{field: letter * 5000})[field]

    assert "there are 5000" in message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("province", "26"),
        ("sector", "x"),
        ("days", ["999999"]),
        ("days", ["x"]),
        ("days", ["9223372036854775808"]),
        ("days", ["1.5"]),
        ("languages", ["xx"]),
        ("photos", "?"),
    ],
)
def test_answer_that_is_not_on_the_page_is_refused(edition, field, value):
    assert list(errors(edition, **{field: value})) == [field]


@pytest.mark.parametrize("field", ["name_km", "phone", "telegram", "email", "organisation", "access_note", "province"])
def test_null_character_is_refused_kindly(edition, field):
    assert field in errors(edition, **{field: "ក\x00" if field == "name_km" else "a\x00b"})


def test_broken_form_token_is_replaced(edition):
    form = submitted(edition, form_token="nonsense")

    assert form.is_valid()
    assert isinstance(form.cleaned_data["form_token"], uuid.UUID)


def test_person_from_a_province_says_whether_odc_pays(edition):
    assert list(errors(edition, province="02")) == ["needs_travel"]
    assert errors(edition, province="02", needs_travel="no") == {}


def test_person_from_phnom_penh_cannot_ask_for_the_journey(edition):
    assert list(errors(edition, needs_travel="yes")) == ["needs_travel"]


def test_travel_answers_are_kept_only_when_asked_for(edition):
    asked = submitted(edition, province="02", needs_travel="yes", nights=["2024-03-25"], mode="bus")
    declined = submitted(edition, province="02", needs_travel="no", nights=["2024-03-25"], mode="bus")

    assert asked.is_valid()
    assert declined.is_valid()
    assert asked.answers().travel["nights"] == ["2024-03-25"]
    assert declined.answers().travel is None


@pytest.mark.parametrize("answered", ["yes", None])
def test_needs_are_kept_unless_the_answer_is_no(edition, answered):
    """In an older browser they stand open before the question is answered."""
    form = submitted(edition, needs_anything=answered, access_needs=["step_free"], food=["halal"])

    assert form.is_valid()
    assert (form.answers().inclusion["access_needs"], form.answers().inclusion["food"]) == (["step_free"], ["halal"])


def test_needs_that_were_ticked_before_a_no_do_not_count_nor_what_is_wrong_with_them(edition):
    form = submitted(
        edition, needs_anything="no", access_needs=["step_free"], food=["allergy"], access_note="a" * 5000
    )

    assert form.is_valid()
    assert form.answers().inclusion == {
        **{"languages": ["km"], "other_language": ""},
        **{"access_needs": [], "assistant_name": "", "access_note": "", "food": [], "food_note": ""},
    }


def test_yes_to_needs_says_which(edition):
    assert list(errors(edition, needs_anything="yes")) == ["access_needs"]
    assert errors(edition, needs_anything="yes", access_note="two words") == {}
    assert list(errors(edition, needs_anything="yes", access_note="a" * 5000)) == ["access_note"]


def test_every_question_stands_on_one_page_alone(edition):
    form = SignUpForm(edition=edition)
    pages = [form.names_on(page) for page in (1, 2, 3)]

    assert sorted(name for page in pages for name in page) == sorted(set(form.fields) - {"form_token"})
    assert pages == [[name for name in page if page_of(name) == number] for number, page in enumerate(pages, 1)]


def test_a_page_takes_its_own_answers_alone(edition):
    sent = QueryDict(urlencode({"phone": "012 000 009", "organisation": "Sample", "data_use": "on"}))

    form = SignUpForm.gathered(sent, 2, {"phone": ["012 000 001"]}, token=uuid.uuid4(), edition=edition)

    assert (form.data["phone"], form.data["organisation"]) == ("012 000 001", "Sample")
    assert "data_use" not in form.data


def test_nine_answers_are_enough_and_none_of_them_can_be_left_out(edition):
    """For a participant of Phnom Penh who needs nothing."""
    asked = set(form_data(edition)) - {"form_token", "shown_at"}

    assert len(asked) == 9
    assert errors(edition) == {}
    assert all(errors(edition, **{name: None}) for name in asked)


def test_nights_are_those_around_the_conference(edition):
    choices = SignUpForm(edition=edition).fields["nights"].choices

    assert [value for value, _label in choices] == ["2024-03-25", "2024-03-26", "2024-03-27"]


@pytest.mark.parametrize(("field", "answer", "asks"), [
    ("languages", ["km", "another"], "other_language"), ("food", ["allergy"], "food_note"),
])  # fmt: skip
def test_choice_that_needs_words_asks_for_them(edition, field, answer, asks):
    assert list(errors(edition, **{field: answer})) == [asks]


def test_no_answer_about_photos_means_no(edition):
    form = submitted(edition)

    assert form.is_valid()
    assert form.answers().consents == {
        Subject.DATA_USE: Agreement.YES,
        Subject.PHOTOS: Agreement.NOT_SAID,
        Subject.PARTICIPANT_LIST: Agreement.NO,
        Subject.LATER_EVENTS: Agreement.NO,
    }


def test_none_of_these_goes_with_no_group():
    form = AboutParticipantsForm({"groups": ["none", "lgbtqi"]})

    assert form.errors == {"groups": ["Choose groups, or “none of these”, or “prefer not to say”, not both."]}


def test_person_under_18_is_asked_only_a_name_and_whom_to_call(edition):
    nothing_else = dict.fromkeys(["phone", "sector", "part", "days", "languages", "province", "data_use"])

    assert errors(edition, adult="no", **nothing_else, name_km="", name_latin="") == {
        "name_km": ["Write your name in Khmer, in Latin letters, or both."],
        "guardian_name": ["Write the name of your parent or guardian."],
        "guardian_phone": ["Write the telephone number of your parent or guardian."],
    }
    guardian = {"guardian_name": "KUMROU Mother", "guardian_phone": "012 000 003"}
    assert errors(edition, adult="no", **nothing_else, **guardian) == {}


@pytest.mark.parametrize("field", [OneLine(), Prose()], ids=["one line", "a few lines"])
def test_ends_of_khmer_words_are_kept_in_every_text(field):
    assert field.clean("ទិន្នន័យ\u200bបើក\u200b ok\u200b") == "ទិន្នន័យ\u200bបើក ok"


def needs_drawn(**given):
    form = questions.asking(questions.NEEDS)(**given)
    if given.get("data") is not None:
        form.add_error("access_needs", "Tick what you need.")
    return render_to_string("plain/field.html", {"field": form["access_needs"]})


def test_each_need_is_offered_once_most_of_them_in_a_closed_fold():
    drawn = needs_drawn()

    assert sorted(re.findall(r'value="(\w+)"', drawn)) == sorted(AccessNeed.values)
    assert (drawn.count("<details"), drawn.count(" open>")) == (len(questions.NEEDS_IN_FOLDS), 0)
    assert drawn.index("</details>") < drawn.rindex("call_me")  # this one is seen at once
    assert re.search(r'<summary aria-describedby="id_access_needs_helptext">', drawn)


def test_fold_with_a_chosen_need_is_open():
    drawn = needs_drawn(initial={"access_needs": ["seat_exit"]})

    (opened,) = re.findall(r"<details[^>]* open>.*?</details>", drawn, re.DOTALL)
    assert 'value="seat_exit"' in opened


def test_folds_are_open_where_an_error_leads_to_them():
    drawn = needs_drawn(data={})

    assert drawn.count(" open>") == len(questions.NEEDS_IN_FOLDS)
