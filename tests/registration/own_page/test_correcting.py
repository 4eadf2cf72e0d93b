"""A browser that has signed a person up sends the form again: Back, correct, send."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from conference.words import spelt
from registration.choices import Agreement, MessageKind, Status, Subject
from registration.duplicates import merging
from registration.links import address_for, private_code, registration_for, revoke
from registration.messages.emails import text_of
from registration.models import (
    Consent,
    DayPlaces,
    GuardianCall,
    InclusionAnswers,
    Intake,
    Message,
    Registration,
    SecondNumber,
    TravelRequest,
)
from registration.own_page import changing
from registration.signing_up import transitions
from tests.factories import form_data, make_answers, make_registration, row_of, sign_up
from tests.pages import SPELT, links, read
from tests.sign_up import send_pages

REGISTER = "/en/2024/register/"
THANKS = "/en/2024/register/thanks/"
CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}\b")
EMAIL = "dara@example.org"
BOTH = {"name_km": "សុខ ដារ៉ា", "name_latin": "SOK Dara", "phone": "012 000 001", "email": EMAIL}
BY_PHONE = BOTH | {"email": ""}
COUNTS = "You have sent the form more than once: what you sent last counts."
ASKS = "Is it a correction, or another person?"


def send(browser, edition, address=REGISTER, *, same_form=None, **changes):
    """The form as the browser's Back brings it: with the token of the same showing, or with a new one."""
    token = {"form_token": same_form} if same_form else {}
    return send_pages(browser, address, form_data(edition, **changes, **token))


def number_of(browser):
    return CODE.search(browser.get(THANKS).content.decode())[0]


# --- What is a correction, and what is another person ----------------------------------------------------------------

CASES = [
    # what the person typed first, what is different the second time, and what it is
    pytest.param(BY_PHONE, {"organisation": "Another"}, "correction", id="other answers"),
    pytest.param(BY_PHONE, {}, "correction", id="nothing different"),
    pytest.param(BOTH, {"name_latin": "SOK Darra"}, "correction", id="a name typed wrong beside the right one"),
    pytest.param(BOTH, {"phone": "012 000 009"}, "correction", id="telephone typed wrong beside the right address"),
    pytest.param(BOTH, {"email": "dora@example.org"}, "correction", id="address typed wrong beside the telephone"),
    pytest.param(BY_PHONE, {"email": EMAIL}, "correction", id="an address more"),
    pytest.param(BOTH, {"name_km": "", "phone": "", "telegram": ""}, "correction", id="a name and a contact less"),
    pytest.param(BY_PHONE, {"phone": "012 000 009"}, "asked", id="the only telephone typed wrong, or a namesake"),
    pytest.param(BY_PHONE, {"name_km": "", "name_latin": "SOK Sara"}, "asked", id="name typed wrong, or a sister"),
    pytest.param(
        BY_PHONE, {"name_km": "", "name_latin": "CHAN Bopha", "phone": "012 000 009"}, "another", id="another person"
    ),
]


@pytest.mark.parametrize("same_form", [True, False], ids=["same form", "form anew"])
@pytest.mark.parametrize(("first", "different", "is_what"), CASES)
def test_what_is_sent_again_is_a_correction_or_another_person_or_asked(edition, first, different, is_what, same_form):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **first)

    response = send(browser, edition, same_form=token if same_form else None, **(first | different))

    assert (ASKS in read(response)) is (is_what == "asked")
    assert (COUNTS in read(browser.get(THANKS))) is (is_what == "correction")
    assert Registration.objects.count() == (2 if is_what == "another" else 1)


@pytest.mark.parametrize("different", [{"phone": "012 000 009"}, {"name_km": "", "name_latin": "SOK Sara"}])
@pytest.mark.parametrize("is_correction", [True, False])
def test_visitor_says_which_it_is_and_nothing_typed_is_lost_meanwhile(edition, different, is_correction):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    changed = BY_PHONE | different | {"organisation": "Typed with care", "access_note": "Written with care"}
    number = number_of(browser)

    asked = send(browser, edition, **changed)
    assert "Written with care</textarea>" in asked.content.decode()
    answer = {"correct": number} if is_correction else {"another": "1"}
    response = send(browser, edition, **changed, **answer)

    assert response.url == THANKS
    assert Registration.objects.count() == (1 if is_correction else 2)
    assert Registration.objects.filter(organisation="Typed with care").count() == 1
    assert (number_of(browser) == number) is is_correction


def test_family_on_one_telephone_is_as_many_registrations_without_a_question(edition):
    browser, names = Client(), ["SOK Dara", "SOK Sara", "SOK Vanna"]
    for name in names:
        again = [link for link in links(browser.get(THANKS)) if "another=" in link]
        response = send(browser, edition, again[0] if again else REGISTER, name_km="", name_latin=name)
        assert response.url == THANKS

    assert sorted(Registration.objects.values_list("name_latin", flat=True)) == names


def test_member_of_a_family_corrects_their_own_after_the_next_has_signed_up(edition):
    browser = Client()
    for one, name in enumerate(["SOK Dara", "SOK Sara"]):
        send(browser, edition, f"{REGISTER}?another={one}", name_km="", name_latin=name)

    send(browser, edition, name_km="", name_latin="SOK Dara", organisation="Corrected")

    assert list(Registration.objects.order_by("pk").values_list("organisation", flat=True)) == ["Corrected", ""]


def test_receipt_of_the_next_does_not_take_the_place_of_one_that_stands(edition):
    browser = Client()
    for one, name in enumerate(["SOK Dara", "SOK Sara", "SOK Vanna"]):
        if one == 2:
            transitions.erase(Registration.objects.get(name_latin="SOK Dara"))
        send(browser, edition, f"{REGISTER}?another={one}", name_km="", name_latin=name)

    send(browser, edition, name_km="", name_latin="SOK Sara", organisation="Corrected")

    assert sorted(Registration.objects.values_list("name_latin", "organisation")) == [
        ("SOK Sara", "Corrected"),
        ("SOK Vanna", ""),
    ]


def test_number_of_another_browser_is_no_correction(edition):
    other = make_registration(edition, name_latin="CHAN Bopha", name_km="", phone="+85512000009")
    browser = Client()
    send(browser, edition, **BY_PHONE)

    send(browser, edition, name_km="", name_latin="CHAN Bopha", phone="012 000 009", correct=other.spoken_code)

    other.refresh_from_db()
    assert other.organisation == "Sample Organisation"
    assert Registration.objects.count() == 3


# --- What a correction changes ---------------------------------------------------------------------------------------

FIRST = BY_PHONE | {"province": "02", "needs_travel": "no", "photos": "yes"}


# Without both, nothing would show that it is the same browser.
SAME_BROWSER = [
    pytest.param(True, True, id="receipt and same form"),
    pytest.param(True, False, id="receipt and form anew"),
    pytest.param(False, True, id="same form alone"),
]


@pytest.mark.parametrize(("keeps_cookies", "same_form"), SAME_BROWSER)
def test_all_that_is_sent_again_is_kept(edition, same_form, keeps_cookies):
    first_day, second_day = edition.days.all()
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **FIRST | {"days": [first_day.pk]})
    registration = Registration.objects.get()
    if not keeps_cookies:
        browser = Client()

    send(
        browser,
        edition,
        same_form=token if same_form else None,
        **FIRST
        | {
            "days": [second_day.pk],
            "access_needs": ["step_free"],
            "photos": "no",
            "needs_travel": "yes",
            "mode": "bus",
        },
    )

    assert Registration.objects.get() == registration
    assert list(registration.days.all()) == [second_day]
    assert InclusionAnswers.objects.get().access_needs == ["step_free"]
    assert InclusionAnswers.objects.get().arrangements.count() == 1
    assert TravelRequest.objects.get().mode == "bus"
    assert changing.agreements_of(registration)[Subject.PHOTOS].answer == Agreement.NO
    assert registration.steps.count() == 4
    text = read(browser.get(THANKS))
    assert registration.spoken_code in text
    assert COUNTS in text
    assert "March 27, 2024" in text
    assert "March 26, 2024" not in text.partition("Where")[0]


def test_correction_holds_place_and_number_and_asks_the_questions_about_participants_once(edition):
    Intake.objects.update(capacity=1)
    browser = Client()
    send(browser, edition, **BOTH)
    number = number_of(browser)
    browser.post(f"{REGISTER}about-participants/", {"gender": "woman"})

    send(browser, edition, **BOTH, organisation="Corrected")

    assert number_of(browser) == number
    assert "Thank you for your answers." in read(browser.get(THANKS))
    assert InclusionAnswers.objects.get().gender == "woman"
    assert Registration.objects.get().status == Status.CONFIRMED


def test_address_that_was_wrong_gets_nothing_more_and_the_right_one_gets_the_link(edition):
    browser = Client()
    send(browser, edition, **BOTH)
    old_link = address_for(Registration.objects.get())
    assert f"{REGISTER}?correct={number_of(browser)}" in links(browser.get(THANKS))

    send(
        browser, edition, f"{REGISTER}?correct={number_of(browser)}", **BOTH | {"phone": "", "email": "r@example.org"}
    )

    registration = Registration.objects.get()
    assert registration.email == "r@example.org"
    assert registration_for(old_link.split("/")[-2]) is None
    assert Message.objects.filter(kind=MessageKind.CONFIRMED).count() == 2
    assert registration.spoken_code in read(browser.get(THANKS))


@pytest.mark.parametrize("keeps_cookies", [True, False], ids=["receipt", "answer was lost"])
def test_messages_follow_the_language_of_the_form_that_was_sent_last(edition, keeps_cookies):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BOTH)
    assert Registration.objects.get().language == "en"

    again = browser if keeps_cookies else Client()
    send_pages(again, "/km/2024/register/", form_data(edition, form_token=token, **BOTH))

    registration = Registration.objects.get()
    assert registration.language == "km"
    assert "សូមគោរពជូន" in text_of(registration.messages.select_related("registration").first())


def test_after_the_time_for_changes_the_first_answers_stand_and_the_page_says_so(edition):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    Intake.objects.update(changes_until=timezone.now() - timedelta(hours=1))

    response = send(browser, edition, **BY_PHONE, organisation="Another", access_note="Written with care")

    assert "Your first answers stand" in read(response)
    assert "Written with care</textarea>" in response.content.decode()
    assert Registration.objects.get().organisation == ""


def test_correction_is_taken_after_sign_up_has_closed(edition):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    now = timezone.now()
    Intake.objects.update(closes_at=now - timedelta(hours=1), changes_until=now + timedelta(hours=1))

    send(browser, edition, **BY_PHONE, organisation="Corrected")

    assert Registration.objects.get().organisation == "Corrected"


def test_who_erased_themselves_and_sends_the_form_again_signs_up_anew(edition):
    browser = Client()
    send(browser, edition, **BOTH)
    transitions.erase(Registration.objects.get())

    send(browser, edition, **BOTH)

    assert number_of(browser) == Registration.objects.get().spoken_code


CANCELLED = "This registration is cancelled"


@pytest.mark.parametrize(("keeps_receipt", "same_form"), SAME_BROWSER)
def test_who_cancelled_in_the_same_browser_is_asked_before_they_are_signed_up_anew(edition, same_form, keeps_receipt):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BY_PHONE)
    number = number_of(browser)
    open_own_page(browser).post(f"{OWN}cancel/")
    if not keeps_receipt:
        browser.post("/en/registration/leave/")
    again = {"same_form": token if same_form else str(uuid.uuid4()), "access_note": "Typed with care"}

    asked = send(browser, edition, **BY_PHONE | again)

    assert CANCELLED in read(asked)
    assert number in read(asked)
    assert THEIRS not in read(asked)
    assert Registration.objects.get().status == Status.CANCELLED
    said = re.search(r'name="another" value="(\d+)"', asked.content.decode())[1]
    for _time in range(2):  # sent twice, it is one person
        assert send(browser, edition, **BY_PHONE | again, another=said).url == THANKS
    coming = Registration.objects.exclude(status=Status.CANCELLED).get()
    assert coming.inclusion_answers.access_note == "Typed with care"
    assert Registration.objects.count() == 2


def test_child_whose_registration_is_cancelled_already_is_called_about(edition):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    open_own_page(browser).post(f"{OWN}cancel/")

    assert send(browser, edition, **UNDER_18).url == GUARDIAN

    assert GuardianCall.objects.count() == 1


def test_form_offers_no_correction_of_what_was_cancelled(edition):
    browser = Client()
    send(browser, edition, **BOTH)
    assert "it stays one registration" in read(browser.get(REGISTER))

    transitions.cancel(Registration.objects.get())

    assert "it stays one registration" not in read(browser.get(REGISTER))


def test_form_does_not_tell_who_typed_a_known_person_that_this_person_cancels(edition):
    known = make_registration(edition, name_latin="SOK Dara", email="dara@example.org")
    stranger = Client()
    send(stranger, edition, name_latin="SOK Dara", email="dara@example.org")
    before = read(stranger.get(REGISTER))
    assert Registration.objects.count() == 1

    transitions.cancel(known)

    assert read(stranger.get(REGISTER)) == before


def test_correction_onto_a_full_day_is_refused_in_words(edition):
    first_day, second_day = edition.days.all()
    edition.intake.day_places.create(day=second_day, places=0)
    browser = Client()
    send(browser, edition, **BY_PHONE | {"days": [first_day.pk]})

    response = send(browser, edition, **BY_PHONE)

    assert "A day that you have added is full." in read(response)
    assert list(Registration.objects.get().days.all()) == [first_day]


def test_message_to_who_signed_up_again_says_that_the_first_answers_stand(edition):
    for _time in range(2):
        sign_up(edition, make_answers(edition, email=EMAIL))

    assert "your first answers stand" in text_of(Message.objects.get(kind=MessageKind.LINK))


# --- The participant acts elsewhere ----------------------------------------------------------------------------------

OWN = "/en/registration/"
THEIRS = "This registration is changed on its own page only"
OF_PERSON = {"phone": "012 000 005", "sector": "student", "part": "participant", "province": "02", "language": "km"}
ACTS = {
    "change": lambda edition: {**BY_PHONE, **OF_PERSON, "days": [edition.days.first().pk]},
    "needs": lambda _edition: {"languages": ["km"], "access_needs": ["step_free"]},
    "travel": lambda _edition: {"needs_travel": "yes", "nights": [], "mode": "bus"},
    "agreements": lambda _edition: {"photos": "no"},
    "ask": lambda _edition: {"text": "Sample request"},
    "code": lambda _edition: {"code": private_code(Registration.objects.get())},
    "new-link": lambda _edition: {},
    "accept": lambda _edition: {},
    "cancel": lambda _edition: {},
}


def open_own_page(browser, *, by_number=False):
    registration = Registration.objects.get()
    if by_number:
        browser.post("/en/2024/register/find/", {"number": registration.code, "phone": registration.phone})
    else:
        browser.get(address_for(registration))
    return browser


def kept_of(registration):
    return [
        list(rows)
        for rows in (
            Registration.objects.filter(pk=registration.pk).values(),
            registration.days.values_list("pk", flat=True),
            InclusionAnswers.objects.filter(registration=registration).values(),
            registration.consents.values(),
            registration.steps.values(),
        )
    ]


@pytest.mark.parametrize("keeps_cookies", [True, False], ids=["receipt", "same form"])
@pytest.mark.parametrize("act", ACTS)
def test_who_has_acted_in_another_browser_is_not_overwritten_by_the_one_that_signed_them_up(
    edition, act, keeps_cookies
):
    browser, token = Client(), str(uuid.uuid4())
    if act == "accept":
        Intake.objects.update(capacity=0)
    send(browser, edition, same_form=token, **FIRST)
    if act == "accept":
        Intake.objects.update(capacity=1)
        transitions.offer_free_places(edition)
    registration = Registration.objects.get()
    their_own = open_own_page(Client(), by_number=act == "code")
    their_own.post(f"{OWN}{act}/", ACTS[act](edition))
    before = kept_of(registration)

    response = send(browser if keeps_cookies else Client(), edition, same_form=token, **FIRST)

    assert THEIRS in read(response)
    assert registration.spoken_code in read(response)
    assert f'value="{token}"' in response.content.decode()
    assert kept_of(registration) == before
    assert Registration.objects.count() == 1


ABOUT = f"{REGISTER}about-participants/"
NOT_KEPT = "Your answers were not kept"


@pytest.mark.parametrize("act", ["agreements", "cancel", "new-link"])
def test_who_has_acted_in_another_browser_is_asked_nothing_more_about_participants(edition, act):
    browser = Client()
    send(browser, edition, **FIRST)
    browser.post(ABOUT, {"gender": "woman"})
    open_own_page(Client()).post(f"{OWN}{act}/", ACTS[act](edition))

    response = browser.post(ABOUT, {"gender": "man"})

    assert NOT_KEPT in read(response)
    assert InclusionAnswers.objects.get().gender == "woman"


def test_answers_about_participants_are_kept_and_may_be_sent_again(edition):
    browser = Client()
    send(browser, edition, **FIRST | {"access_needs": ["captions"]})

    for gender in ("woman", "not_said"):
        assert browser.post(ABOUT, {"gender": gender, "groups": ["indigenous"]}).url == THANKS

    answers = InclusionAnswers.objects.get()
    assert (answers.gender, answers.groups, answers.access_needs) == ("not_said", ["indigenous"], ["captions"])


def test_answers_about_participants_change_nothing_that_staff_have_merged(edition):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    Registration.objects.update(is_sealed=True)

    assert NOT_KEPT in read(browser.post(ABOUT, {"gender": "man"}))

    assert InclusionAnswers.objects.get().gender == ""


STAFF_ACT = {
    "answers": lambda row, by: changing.change_answers(
        row, person={"organisation": "As the desk wrote it"}, days=list(row.days.all()), by=by
    ),
    "days": lambda row, by: changing.change_answers(row, person={}, days=[row.days.first()], by=by),
    "needs": lambda row, by: changing.change_needs(row, needs={"access_needs": ["step_free"]}, by=by),
    "travel": lambda row, by: changing.change_travel(row, travel={"mode": "bus"}, by=by),
    "cancel": lambda row, by: transitions.cancel(row, by=by),
}


@pytest.mark.parametrize("keeps_cookies", [True, False], ids=["receipt", "same form"])
@pytest.mark.parametrize("act", STAFF_ACT)
def test_what_staff_have_changed_is_not_overwritten(edition, django_user_model, act, keeps_cookies):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **FIRST)
    registration = Registration.objects.get()
    STAFF_ACT[act](registration, django_user_model.objects.create_superuser("desk"))
    before = kept_of(registration)

    response = send(browser if keeps_cookies else Client(), edition, same_form=token, **FIRST)

    assert THEIRS in read(response)
    assert kept_of(registration) == before
    assert Registration.objects.count() == 1


def test_staff_who_change_nothing_leave_the_correction_open(edition, django_user_model):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    row, by = Registration.objects.get(), django_user_model.objects.create_superuser("desk")
    changing.change_answers(row, person={"organisation": row.organisation}, days=list(row.days.all()), by=by)

    send(browser, edition, **BY_PHONE, organisation="Corrected")

    assert Registration.objects.get().organisation == "Corrected"


def test_who_cancelled_elsewhere_is_signed_up_anew_without_the_session_too_when_the_visitor_says_so(edition):
    token = str(uuid.uuid4())
    send(Client(), edition, same_form=token, **BY_PHONE)
    open_own_page(Client()).post(f"{OWN}cancel/")
    asked = send(Client(), edition, same_form=token, **BY_PHONE)
    assert 'name="another" value="1"' in asked.content.decode()

    for _time in range(2):
        assert send(Client(), edition, same_form=token, **BY_PHONE, another="1").url == THANKS

    assert Registration.objects.exclude(status=Status.CANCELLED).count() == 1
    assert Registration.objects.count() == 2


ANEW = re.compile(r'name="another" value="(\d+)"')


@pytest.mark.parametrize("act", ["cancel", "agreements"])
@pytest.mark.parametrize("keeps_session", [True, False], ids=["session", "no session"])
def test_button_leads_on_for_who_was_signed_up_anew_and_acts_elsewhere_again(edition, act, keeps_session):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BY_PHONE)

    for people in (2, 3):
        their_own = Client()
        their_own.get(address_for(Registration.objects.latest("pk")))
        their_own.post(f"{OWN}{act}/", ACTS[act](edition))
        browser = browser if keeps_session else Client()
        said = ANEW.search(send(browser, edition, same_form=token, **BY_PHONE).content.decode())[1]
        for _time in range(2):  # sent twice, it is one person
            again = browser if keeps_session else Client()
            assert send(again, edition, same_form=token, **BY_PHONE, another=said).url == THANKS
        assert Registration.objects.count() == people


@pytest.mark.parametrize("looks_only", [True, False], ids=["looks elsewhere", "acts in the same browser"])
def test_who_only_looks_elsewhere_or_acts_in_the_same_browser_can_still_be_corrected(edition, looks_only):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    own = open_own_page(Client() if looks_only else browser)
    if looks_only:
        assert own.get(OWN).status_code == 200
    else:
        own.post(f"{OWN}agreements/", {"photos": "no"})

    send(browser, edition, **BY_PHONE, organisation="Corrected")

    assert Registration.objects.get().organisation == "Corrected"


def test_namesake_of_who_acted_elsewhere_is_signed_up_when_the_visitor_says_so(edition):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BY_PHONE)
    open_own_page(Client()).post(f"{OWN}cancel/")
    asked = send(browser, edition, same_form=token, **BY_PHONE)
    assert 'name="another" value="1"' in asked.content.decode()

    for _time in range(2):  # sent twice, it is one person
        response = send(browser, edition, same_form=token, **BY_PHONE, another="1")

    assert response.url == THANKS
    assert Registration.objects.exclude(status=Status.CANCELLED).count() == 1
    assert Registration.objects.count() == 2


def test_registration_that_was_merged_stays_in_the_hands_of_its_participant(edition, django_user_model):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BY_PHONE)
    other = Registration.objects.get()
    open_own_page(Client()).post(f"{OWN}agreements/", {"photos": "no"})
    kept = make_registration(edition, name_latin="SOK Dara", name_km="", phone="+85512000009")

    merging.merge(kept, other, by=django_user_model.objects.create_superuser("merger"))

    assert THEIRS in read(send(browser, edition, same_form=token, **BY_PHONE))


# --- Under 18 after all ----------------------------------------------------------------------------------------------

UNDER_18 = BY_PHONE | {"adult": "no", "guardian_name": "CHAN Bopha", "guardian_phone": "012 000 003"}
GUARDIAN = f"{REGISTER}guardian/"


@pytest.mark.parametrize("person", [BY_PHONE, BOTH], ids=["telephone", "address"])
def test_registration_of_who_is_under_18_after_all_is_cancelled_and_the_page_says_so(edition, person):
    Intake.objects.update(capacity=1)
    browser = Client()
    send(browser, edition, **person)
    number = number_of(browser)
    waits = make_registration(edition, name_latin="CHAN Bopha", name_km="", phone="+85512000009")

    response = send(browser, edition, **UNDER_18 | person)

    assert response.url == GUARDIAN
    assert f"The registration {spelt(number)}{number} is cancelled" in read(browser.get(GUARDIAN))
    registration = Registration.objects.get(code=number.replace("-", ""))
    assert (registration.status, registration.place_no) == (Status.CANCELLED, None)
    assert registration.messages.filter(kind=MessageKind.CANCELLED).exists()
    waits.refresh_from_db()
    assert waits.status == Status.OFFERED
    assert GuardianCall.objects.count() == 1
    assert browser.get(THANKS).url == REGISTER  # it does not say any more that they are registered


@pytest.mark.parametrize(
    ("changes", "says", "is_cancelled"),
    [
        ({"name_km": "", "name_latin": "SOK Sara"}, None, None),
        ({"name_km": "", "name_latin": "SOK Sara"}, "another", False),
        ({"name_km": "", "name_latin": "SOK Sara"}, "correct", True),
        ({"name_km": "", "name_latin": "SOK Sara", "phone": ""}, None, False),
    ],
    ids=["asked", "a child of the family", "the same person", "another person"],
)
def test_child_of_who_signed_up_is_another_person_or_asked_about(edition, changes, says, is_cancelled):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    said = {says: number_of(browser) if says == "correct" else "1"} if says else {}

    response = send(browser, edition, **UNDER_18 | changes | said)

    assert (ASKS in read(response)) is (is_cancelled is None)
    assert GuardianCall.objects.exists() is (is_cancelled is not None)
    assert (Registration.objects.get().status == Status.CANCELLED) is bool(is_cancelled)
    assert ("is cancelled" in read(browser.get(GUARDIAN, follow=True))) is bool(is_cancelled)


def test_who_is_of_age_after_all_signs_up_anew(edition):
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BY_PHONE)
    send(browser, edition, same_form=token, **UNDER_18)

    send(browser, edition, same_form=token, **BY_PHONE)

    assert Registration.objects.get(status=Status.CONFIRMED).spoken_code == number_of(browser)
    assert Registration.objects.count() == 2


def test_neither_cancelled_nor_called_where_the_participant_has_acted_elsewhere(edition):
    browser = Client()
    send(browser, edition, **BY_PHONE)
    open_own_page(Client()).post(f"{OWN}agreements/", {"photos": "no"})

    assert THEIRS in read(send(browser, edition, **UNDER_18))

    assert Registration.objects.get().status == Status.CONFIRMED
    assert not GuardianCall.objects.exists()


# --- What it tells a stranger ----------------------------------------------------------------------------------------


def _full_day(edition):
    edition.intake.day_places.create(day=edition.days.last(), places=0)


CORRECTIONS = {
    "other answers": (BOTH | {"organisation": "Corrected", "access_needs": ["step_free"]}, None),
    "another day": (BOTH, None),
    "address taken away": (BOTH | {"email": ""}, None),
    "another address": (BOTH | {"email": "another@example.org"}, None),
    "another address alone": (BOTH | {"email": "another@example.org", "phone": ""}, None),
    "another name": (BOTH | {"name_km": "", "name_latin": "CHAN Bopha"}, None),
    "a full day": (BOTH, _full_day),
    "too late": (BOTH, lambda _edition: Intake.objects.update(changes_until=timezone.now() - timedelta(hours=1))),
    "closed": (BOTH, lambda _edition: Intake.objects.update(closes_at=timezone.now() - timedelta(hours=1))),
    "under 18": (UNDER_18 | BOTH, None),
    "places gone": (BOTH, lambda _edition: Intake.objects.update(capacity=0)),
    "the owner acts": (BOTH, lambda _edition: open_own_page(Client()).post(f"{OWN}agreements/", {"photos": "no"})),
    "the owner cancels": (BOTH, lambda _edition: open_own_page(Client()).post(f"{OWN}cancel/")),
    "staff change an answer": (
        BOTH,
        lambda _edition: STAFF_ACT["answers"](Registration.objects.get(), User.objects.create_user(uuid.uuid4().hex)),
    ),
    "staff make a new link": (BOTH, lambda _edition: revoke(Registration.objects.get())),
}
HIDDEN = re.compile(  # what differs from visitor to visitor
    r"""name="csrfmiddlewaretoken" value="\w+"|name="shown_at" value="[\w:-]+"|"""
    r"""[0-9A-Z]{7}-[0-9a-f]{32}|<svg.*?</svg>|t\.me/share[^"]*"""
    r"""|<strong class="code"[^>]*>[^<]*|""" + SPELT.pattern
)
TOKEN = re.compile(r'value="[0-9a-f-]{36}"|form=[0-9a-f-]{36}')


def _visit(edition, second, meanwhile, **first):
    """What a visitor sees who signs up, goes back and sends again: without numbers, links and tokens."""
    browser = Client()
    first_day = edition.days.first()
    send_pages(browser, REGISTER, form_data(edition, **BOTH | first | {"days": [first_day.pk]}))
    number = number_of(browser)
    if meanwhile:
        meanwhile(edition)
    answers = [send_pages(browser, REGISTER, form_data(edition, **second)), browser.get(THANKS), browser.get(REGISTER)]
    Intake.objects.update(changes_until=None, closes_at=None, capacity=None)
    DayPlaces.objects.all().delete()
    pages = [(one.status_code, one.get("Location"), one.content.decode().replace(number, "N")) for one in answers]
    return [(*rest, TOKEN.sub("", HIDDEN.sub("", html))) for *rest, html in pages]


@pytest.mark.parametrize("name", CORRECTIONS)
def test_known_and_new_people_who_correct_get_the_same_pages(edition, name):
    """The known person gave another telephone: only the name and the address are what the visitor knows."""
    sign_up(edition, make_answers(edition, **BOTH | {"phone": "+85512000008"}))
    second, meanwhile = CORRECTIONS[name]

    seen = _visit(edition, second, meanwhile)
    Registration.objects.all().delete()
    new = _visit(edition, second, meanwhile)

    assert seen == new


def test_correction_by_a_stranger_changes_nothing_of_a_known_person(edition):
    known = row_of(sign_up(edition, make_answers(edition, **BOTH | {"phone": "+85512000008"})))
    before, agreed = Registration.objects.filter(pk=known.pk).values().get(), Consent.objects.count()
    browser = Client()
    send(browser, edition, **BOTH)

    send(browser, edition, **BOTH, organisation="Stranger", access_needs=["step_free"], photos="no")

    assert Registration.objects.filter(pk=known.pk).values().get() == before
    assert Registration.objects.count() == 1
    assert InclusionAnswers.objects.get().access_needs == []
    assert Consent.objects.count() == agreed
    assert SecondNumber.objects.get().code == number_of(browser).replace("-", "")


def test_stranger_who_says_that_a_known_person_is_under_18_cancels_nothing(edition):
    known = row_of(sign_up(edition, make_answers(edition, **BOTH | {"phone": "+85512000008"})))
    before = kept_of(known)
    browser, token = Client(), str(uuid.uuid4())
    send(browser, edition, same_form=token, **BOTH)
    number = number_of(browser)

    send(browser, edition, same_form=token, **UNDER_18 | BOTH)

    assert f"The registration {spelt(number)}{number} is cancelled" in read(browser.get(GUARDIAN))
    assert kept_of(known) == before
    assert not known.messages.filter(kind=MessageKind.CANCELLED).exists()
    send(browser, edition, same_form=token, **BOTH)
    assert number_of(browser) != number  # as for a newcomer, who signs up anew


def test_stranger_who_takes_the_address_away_is_a_newcomer_with_the_number_they_have(edition):
    known = row_of(sign_up(edition, make_answers(edition, **BOTH | {"phone": "+85512000008"})))
    browser = Client()
    send(browser, edition, **BOTH)
    number = number_of(browser)

    send(browser, edition, **BY_PHONE)

    newcomer = Registration.objects.exclude(pk=known.pk).get()
    assert newcomer.spoken_code == number == number_of(browser)
    assert address_for(newcomer) in links(browser.get(THANKS))
    assert not SecondNumber.objects.exists()
