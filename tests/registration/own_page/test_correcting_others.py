"""A browser that has signed several people up sends their form again: Back, correct, send."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registration.choices import Status
from registration.links import address_for
from registration.models import Consent, DayPlaces, Helper, Intake, Registration, TravelRequest
from registration.own_page import changing
from registration.signing_up import transitions
from tests.factories import make_answers, make_registration, others_data, row_of, sign_up
from tests.pages import SPELT, read

OTHERS = "/en/2024/register/others/"
THANKS = "/en/2024/register/others/thanks/"
CODE = re.compile(r'<strong class="code"[^>]*>([0-9A-Z]{3}-[0-9A-Z]{4})')
ASKS = "Is it a correction, or another person?"
COUNTS = "You have sent the form more than once: what you sent last counts."
DARA = {"name_latin": "SOK Dara", "phone": "012 000 001"}
SARA = {"name_latin": "SOK Sara", "phone": "012 000 002"}
EMAIL = {"name_latin": "SOK Dara", "email": "dara@example.org"}
THROUGH = {"name_latin": "SOK Dara"}  # reached through the helper alone


def send(browser, edition, *people, form, **changes):
    return browser.post(OTHERS, others_data(edition, *people, form_token=form, **changes))


def numbers(browser):
    return CODE.findall(browser.get(THANKS).content.decode())


def names():
    return sorted(Registration.objects.values_list("name_latin", flat=True))


def days_of(name):
    return Registration.objects.get(name_latin=name).days.count()


# --- What is a correction, and what is another person ----------------------------------------------------------------

CASES = [
    # the person first, what is different the second time, and what it is: in the same form, and in a form anew
    pytest.param(DARA, {}, "correction", "correction", id="nothing different"),
    pytest.param(DARA, {"sector": "student"}, "correction", "correction", id="other answers"),
    pytest.param(THROUGH, {"sector": "student"}, "correction", "correction", id="other answers, through the helper"),
    pytest.param(DARA, {"phone": "012 000 007"}, "correction", "asked", id="telephone typed wrong"),
    pytest.param(EMAIL, {"email": "d@example.org"}, "correction", "asked", id="address typed wrong"),
    pytest.param(THROUGH, {"phone": "012 000 007"}, "correction", "asked", id="a telephone of their own"),
    pytest.param(DARA, {"name_latin": "SOK Darra"}, "asked", "asked", id="name typed wrong, or a sister"),
    pytest.param(THROUGH, {"name_latin": "SOK Darra"}, "asked", "another", id="name typed wrong, through the helper"),
    pytest.param(DARA, {"name_latin": "CHAN B", "phone": "012 000 007"}, "asked", "another", id="all is different"),
]


@pytest.mark.parametrize("is_same_form", [True, False], ids=["same form", "form anew"])
@pytest.mark.parametrize(("first", "different", "in_same_form", "in_form_anew"), CASES)
def test_each_person_who_is_sent_again_is_corrected_or_another_or_asked_about(
    edition, first, different, in_same_form, in_form_anew, is_same_form
):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, first, SARA, form=form)
    number = numbers(browser)[0]

    again = form if is_same_form else str(uuid.uuid4())
    response = send(browser, edition, first | different, SARA, form=again)

    is_what = in_same_form if is_same_form else in_form_anew
    assert (ASKS in read(response)) is (is_what == "asked")
    assert (COUNTS in read(browser.get(THANKS))) is (is_what != "asked")  # SARA is sent again
    assert Registration.objects.count() == (3 if is_what == "another" else 2)
    if is_what == "correction":
        row = Registration.objects.get(name_latin="SOK Dara")
        assert (row.spoken_code, row.sector) == (number, different.get("sector", "community"))
        assert row.phone.removeprefix("+855") == (first | different).get("phone", "").replace(" ", "").lstrip("0")
        assert row.email == (first | different).get("email", "")


@pytest.mark.parametrize("lost", [True, False], ids=["answer lost", "answer seen"])
@pytest.mark.parametrize("person", [DARA, EMAIL, THROUGH], ids=["telephone", "address", "through the helper"])
def test_changed_days_are_kept(edition, person, lost):
    form, browser = str(uuid.uuid4()), Client()
    send(browser, edition, person, form=form)

    send(Client() if lost else browser, edition, person | {"days": [edition.days.first().pk]}, form=form)

    assert Registration.objects.count() == 1
    assert days_of("SOK Dara") == 1


@pytest.mark.parametrize("is_correction", [True, False])
@pytest.mark.parametrize("first", [DARA, THROUGH], ids=["telephone", "through the helper"])
def test_helper_says_which_it_is_and_nothing_typed_is_lost_meanwhile(edition, first, is_correction):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, first, SARA, form=form)
    number = numbers(browser)[0]
    changed = first | {"name_latin": "SOK Darra"}

    asked = send(browser, edition, changed, SARA, {"name_latin": "CHAN Bopha"}, form=form)
    assert Registration.objects.count() == 2
    assert 'value="SOK Darra"' in asked.content.decode()
    assert f'name="person-1-same" value="{number}"' in re.sub(r"\s+", " ", asked.content.decode())
    said = {"same": number if is_correction else "another"}
    response = send(browser, edition, changed | said, SARA, {"name_latin": "CHAN Bopha"}, form=form)

    assert response.url == THANKS
    more = [] if is_correction else ["SOK Dara"]
    assert names() == sorted(["CHAN Bopha", "SOK Darra", "SOK Sara", *more])
    assert (Registration.objects.get(name_latin="SOK Darra").spoken_code == number) is is_correction


def test_what_was_said_is_not_asked_again_after_another_mistake(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)
    changed = DARA | {"name_latin": "SOK Darra", "same": numbers(browser)[0]}

    response = send(browser, edition, changed, form=form, agreed=None)

    assert f'type="hidden" name="person-1-same" value="{changed["same"]}"' in response.content.decode()


def test_person_taken_out_stays_and_the_next_in_their_row_is_no_correction(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, SARA, form=form)

    send(browser, edition, SARA, {"name_latin": "CHAN Bopha", "phone": "012 000 003"}, form=form)

    assert names() == ["CHAN Bopha", "SOK Dara", "SOK Sara"]
    assert sorted(numbers(browser)) == sorted(row.spoken_code for row in Registration.objects.all())


def test_slips_are_those_of_the_form_and_the_form_before_can_still_be_corrected(edition):
    browser, first, second = Client(), str(uuid.uuid4()), str(uuid.uuid4())
    send(browser, edition, DARA, form=first)
    send(browser, edition, SARA, form=second)
    assert numbers(browser) == [Registration.objects.get(name_latin="SOK Sara").spoken_code]

    send(browser, edition, DARA | {"sector": "student"}, form=first)

    assert names() == ["SOK Dara", "SOK Sara"]
    assert numbers(browser) == [Registration.objects.get(sector="student").spoken_code]


def test_two_namesakes_on_one_telephone_stay_apart(edition):
    browser, form = Client(), str(uuid.uuid4())
    people = [DARA | {"email": "a@example.org"}, DARA | {"email": "b@example.org"}]
    send(browser, edition, *people, form=form)

    send(browser, edition, people[0] | {"sector": "student"}, people[1], form=form)

    assert list(Registration.objects.order_by("pk").values_list("email", "sector")) == [
        ("a@example.org", "student"),
        ("b@example.org", "community"),
    ]


FAMILY = [{"name_latin": f"SOK {name}", "phone": "012 000 001"} for name in ("Dara", "Sara", "Vanna")]


@pytest.mark.parametrize("is_same_form", [True, False], ids=["same form", "form anew"])
def test_family_on_one_telephone_is_sent_again_without_a_question(edition, is_same_form):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, *FAMILY, form=form)

    again = form if is_same_form else str(uuid.uuid4())
    response = send(browser, edition, *FAMILY, form=again, organisation="Corrected")

    assert response.url == THANKS
    assert Registration.objects.filter(organisation="Corrected").count() == Registration.objects.count() == 3


def test_one_more_of_a_family_on_one_telephone_is_another_person(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, *FAMILY[:2], form=form)

    response = send(browser, edition, *FAMILY, form=form)

    assert response.url == THANKS
    assert names() == ["SOK Dara", "SOK Sara", "SOK Vanna"]
    assert len(numbers(browser)) == 3


def test_form_for_other_people_asks_nothing(edition):
    browser = Client()
    for people in ([DARA, THROUGH | {"name_latin": "KEO A"}], [SARA, THROUGH | {"name_latin": "KEO B"}]):
        assert send(browser, edition, *people, form=str(uuid.uuid4())).url == THANKS

    assert names() == ["KEO A", "KEO B", "SOK Dara", "SOK Sara"]


@pytest.mark.parametrize("person", [DARA, EMAIL], ids=["telephone", "address"])
def test_person_who_has_acted_on_their_own_page_is_not_overwritten(edition, person):
    browser, form, their_own = Client(), str(uuid.uuid4()), Client()
    send(browser, edition, SARA, person, form=form)
    row = Registration.objects.get(name_latin="SOK Dara")
    their_own.get(address_for(row))
    their_own.post("/en/registration/agreements/", {"photos": "no"})
    changed = {"sector": "student"}

    refused = send(browser, edition, SARA | changed, person | changed, form=form)
    assert f"Person 2: This is the registration {row.spoken_code}." in read(refused)
    assert set(Registration.objects.values_list("sector", flat=True)) == {"community"}
    send(browser, edition, SARA | changed, form=form)

    assert sorted(Registration.objects.values_list("name_latin", "sector")) == [
        ("SOK Dara", "community"),
        ("SOK Sara", "student"),
    ]


@pytest.mark.parametrize("is_same_form", [True, False], ids=["same form", "form anew"])
def test_person_who_cancelled_on_their_own_page_is_signed_up_anew_when_the_helper_says_so(edition, is_same_form):
    browser, form, their_own = Client(), str(uuid.uuid4()), Client()
    send(browser, edition, DARA, SARA, form=form)
    row = Registration.objects.get(name_latin="SOK Dara")
    their_own.get(address_for(row))
    their_own.post("/en/registration/cancel/")
    again = form if is_same_form else str(uuid.uuid4())

    asked = send(browser, edition, DARA, SARA, form=again)
    assert f"This is the registration {row.spoken_code}." in read(asked)
    assert 'name="person-1-same" value="another"' in re.sub(r"\s+", " ", asked.content.decode())
    for _time in range(2):  # sent twice, it is one person
        assert send(browser, edition, DARA | {"same": "another"}, SARA, form=again).url == THANKS

    coming = Registration.objects.exclude(status=Status.CANCELLED)
    assert sorted(coming.values_list("name_latin", flat=True)) == ["SOK Dara", "SOK Sara"]
    assert Registration.objects.count() == 3


ANEW = re.compile(r'name="person-1-same" value="(another[^"]*)"')


@pytest.mark.parametrize("keeps_session", [True, False], ids=["session", "no session"])
def test_tick_leads_on_for_who_was_signed_up_anew_and_cancels_again(edition, keeps_session):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, SARA, form=form)

    ticked = {}
    for people in (3, 4):
        their_own = Client()
        their_own.get(address_for(Registration.objects.filter(name_latin="SOK Dara").latest("pk")))
        their_own.post("/en/registration/cancel/")
        browser = browser if keeps_session else Client()
        # What was ticked before stands on the page still. It signs up no person who has cancelled since.
        asked = send(browser, edition, DARA | ticked, SARA, form=form)
        ticked = {"same": ANEW.search(re.sub(r"\s+", " ", asked.content.decode()))[1]}
        for _time in range(2):  # sent twice, it is one person
            again = browser if keeps_session else Client()
            assert send(again, edition, DARA | ticked, SARA, form=form).url == THANKS
        assert Registration.objects.count() == people


@pytest.mark.parametrize("first", [{"name_latin": "SOK D"}, {}], ids=["both are said to be", "one surely is"])
def test_two_people_are_not_one_registration_and_the_second_is_told(edition, first):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)
    said = {"same": numbers(browser)[0]}

    people = [DARA | first | said, DARA | {"name_latin": "SOK Darra"} | said]
    response = send(browser, edition, *people, form=form)

    assert f"Person 2: You say this of person 1 already: {said['same']}" in read(response)
    assert names() == ["SOK Dara"]


def test_helper_who_opens_the_own_page_can_still_correct(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)
    browser.get(address_for(Registration.objects.get()))
    browser.post("/en/registration/agreements/", {"photos": "no"})

    send(browser, edition, DARA | {"sector": "student"}, form=form)

    assert Registration.objects.get().sector == "student"


# --- What a correction keeps -----------------------------------------------------------------------------------------


def test_corrected_helper_is_the_one_who_is_called(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, THROUGH, SARA, form=form)

    send(browser, edition, THROUGH, SARA, form=form, helper_phone="012 000 008")

    assert Registration.objects.count() == 2
    assert {row.helper.phone for row in Registration.objects.all()} == {"+85512000008"}
    assert Helper.objects.without_people().count() == 1  # tending forgets it


def test_what_the_person_said_themselves_stays(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)
    row = Registration.objects.get()
    changing.change_needs(row, needs={"access_needs": ["step_free"]})
    changing.change_travel(row, travel={"mode": "bus"})
    changing.change_agreements(row, agreements={"photos": "no"}, language="en")

    send(browser, edition, DARA | {"sector": "student"}, form=form)

    row = Registration.objects.get()
    assert (row.sector, row.inclusion_answers.access_needs) == ("student", ["step_free"])
    assert TravelRequest.objects.count() == 1
    assert Consent.objects.filter(subject="photos").latest("pk").answer == "no"


def test_who_is_erased_signs_up_anew_and_the_others_stay(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, SARA, form=form)
    transitions.erase(Registration.objects.get(name_latin="SOK Dara"))

    send(browser, edition, DARA, SARA, form=form)

    assert names() == ["SOK Dara", "SOK Sara"]


def test_row_that_surely_is_one_person_is_not_the_other_whom_the_helper_named(edition):
    """The helper was asked about a name of before, and has typed another one since: the page keeps what was said."""
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, SARA, form=form)
    dara, sara = (Registration.objects.get(name_latin=one["name_latin"]) for one in (DARA, SARA))

    response = send(browser, edition, SARA | {"same": dara.spoken_code, "sector": "student"}, form=form)

    assert response.url == THANKS
    for row in (dara, sara):
        row.refresh_from_db()
    assert (dara.name_latin, dara.sector) == ("SOK Dara", "community")
    assert (sara.name_latin, sara.sector) == ("SOK Sara", "student")


@pytest.mark.parametrize("with_address_first", [True, False])
def test_namesakes_on_one_telephone_are_told_apart_by_what_they_have_most_in_common(edition, with_address_first):
    browser = Client()
    people = [DARA, DARA | {"email": "dara@example.org"}]
    send(browser, edition, *people, form=str(uuid.uuid4()))
    codes = dict(Registration.objects.values_list("email", "code"))
    again = [people[0] | {"sector": "student"}, people[1]]

    send(browser, edition, *(reversed(again) if with_address_first else again), form=str(uuid.uuid4()))

    assert dict(Registration.objects.values_list("email", "code")) == codes
    assert Registration.objects.get(sector="student").email == ""


def test_helper_decides_between_two_who_are_as_sure(edition):
    browser = Client()
    for person in (DARA, EMAIL | {"same": "another"}):
        send(browser, edition, person, form=str(uuid.uuid4()))
    first, _second = Registration.objects.order_by("pk")
    both = DARA | EMAIL | {"sector": "student"}

    send(browser, edition, both | {"same": first.spoken_code}, form=str(uuid.uuid4()))

    assert Registration.objects.get(sector="student") == first


@pytest.mark.parametrize("is_same_form", [True, False], ids=["same form", "form anew"])
@pytest.mark.parametrize("says", ["take out", "sign up anew"])
def test_helper_who_cancelled_one_person_and_corrects_the_others_is_asked_about_that_one(edition, says, is_same_form):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, SARA, form=form)
    row = Registration.objects.get(name_latin="SOK Dara")
    browser.get(address_for(row))
    browser.post("/en/registration/cancel/")
    again, corrected = form if is_same_form else str(uuid.uuid4()), SARA | {"sector": "student"}

    asked = send(browser, edition, DARA, corrected, form=again)
    assert f"Person 1: This is the registration {row.spoken_code}, and it is cancelled." in read(asked)
    assert Registration.objects.exclude(status=Status.CANCELLED).get().sector == "community"
    people = [corrected] if says == "take out" else [DARA | {"same": "another"}, corrected]
    for _time in range(2):
        assert send(browser, edition, *people, form=again).url == THANKS

    coming = Registration.objects.exclude(status=Status.CANCELLED)
    anew = [] if says == "take out" else [("SOK Dara", "community")]
    assert sorted(coming.values_list("name_latin", "sector")) == [*anew, ("SOK Sara", "student")]


def _full_day(edition):
    edition.intake.day_places.create(day=edition.days.last(), places=0)


def _too_late(_edition):
    Intake.objects.update(changes_until=timezone.now() - timedelta(hours=1))


def _closed(_edition):
    now = timezone.now()
    Intake.objects.update(closes_at=now - timedelta(hours=1), changes_until=now + timedelta(hours=1))


REFUSED = [
    pytest.param(_full_day, [DARA], "A day that you have added is full.", id="a full day"),
    pytest.param(_too_late, [DARA], "Your first answers stand", id="too late for changes"),
    pytest.param(_closed, [DARA, SARA], "Registration closed while you were writing", id="a person more, closed"),
]


@pytest.mark.parametrize(("meanwhile", "people", "words"), REFUSED)
def test_what_is_refused_is_said_and_nothing_is_changed_or_lost(edition, meanwhile, people, words):
    browser, form = Client(), str(uuid.uuid4())
    first_day = [edition.days.first().pk]
    send(browser, edition, DARA | {"days": first_day}, form=form)
    meanwhile(edition)

    response = send(browser, edition, *people, form=form, organisation="Typed with care")

    assert words in read(response)
    assert 'value="Typed with care"' in response.content.decode()
    row = Registration.objects.get()
    assert (row.organisation, row.days.count()) == ("Sample Village", 1)


def test_correction_is_taken_after_sign_up_has_closed(edition):
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)
    _closed(edition)

    send(browser, edition, DARA, form=form, organisation="Corrected")

    assert Registration.objects.get().organisation == "Corrected"


# --- What it tells a stranger ----------------------------------------------------------------------------------------

KNOWN = EMAIL | {"phone": "012 000 001"}


def _act():
    own = Client()
    own.get(address_for(Registration.objects.get()))
    own.post("/en/registration/agreements/", {"photos": "no"})


CORRECTIONS = {
    "other answers": ({"sector": "student"}, None),
    "address taken away": ({"email": ""}, None),
    "another address": ({"email": "another@example.org"}, None),
    "another name": ({"name_latin": "CHAN Bopha"}, None),
    "a full day": ({}, _full_day),
    "too late": ({}, _too_late),
    "the owner acts": ({}, lambda _edition: _act()),
    "places gone": ({}, lambda _edition: Intake.objects.update(capacity=0)),
}
HIDDEN = re.compile(  # what differs from visitor to visitor
    r"""name="csrfmiddlewaretoken" value="\w+"|name="shown_at" value="[\w:-]+"|"""
    r"""[0-9A-Z]{7}-[0-9a-f]{32}|<svg.*?</svg>|[0-9A-Z]{3,4}-[0-9A-Z]{4}"""
    r"""|value="[0-9a-f-]{36}"|id_person-1-same_\d""" + "|" + SPELT.pattern
)


def _visit(edition, different, meanwhile):
    """What a helper sees who sends the form, goes back and sends it again: without numbers, links and tokens."""
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, KNOWN | {"days": [edition.days.first().pk]}, form=form)
    if meanwhile:
        meanwhile(edition)
    answers = [send(browser, edition, KNOWN | different, form=form), browser.get(THANKS)]
    Intake.objects.update(changes_until=None, capacity=None)
    DayPlaces.objects.all().delete()
    return [(one.status_code, one.get("Location"), HIDDEN.sub("", one.content.decode())) for one in answers]


@pytest.mark.parametrize("name", CORRECTIONS)
def test_known_and_new_people_who_are_corrected_get_the_same_pages(edition, name):
    sign_up(edition, make_answers(edition, **EMAIL, name_km="", phone="+85512000008"))
    different, meanwhile = CORRECTIONS[name]

    seen = _visit(edition, different, meanwhile)
    Registration.objects.all().delete()
    new = _visit(edition, different, meanwhile)

    assert seen == new


def test_correction_by_a_stranger_changes_nothing_of_a_known_person(edition):
    known = row_of(sign_up(edition, make_answers(edition, **EMAIL, name_km="", phone="+85512000008")))
    before = Registration.objects.filter(pk=known.pk).values().get()
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, KNOWN, form=form)

    send(browser, edition, KNOWN | {"sector": "student"}, form=form)

    assert Registration.objects.filter(pk=known.pk).values().get() == before
    assert Registration.objects.count() == 1
    assert known.days.count() == edition.days.count()


def test_number_of_another_browser_is_no_correction(edition):
    other = make_registration(edition, name_latin="CHAN Bopha", name_km="", phone="+85512000009")
    browser, form = Client(), str(uuid.uuid4())
    send(browser, edition, DARA, form=form)

    response = send(browser, edition, DARA | {"name_latin": "SOK Darra", "same": other.spoken_code}, form=form)

    assert ASKS in read(response)
    other.refresh_from_db()
    assert other.name_latin == "CHAN Bopha"
