"""The participant changes what they told us."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conference.models import Edition
from registration.choices import Agreement, Change, Province, Status, Subject
from registration.forms.change import AnswersForm
from registration.links import address_for
from registration.models import Consent, InclusionAnswers, Intake, Registration, Step, TravelRequest
from registration.own_page import changing
from registration.places import lock
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read
from tests.travel_factories import decide

OWN = "/en/registration/"
# Of the own page, before the agenda is published; how full it is, is asked once in a while; one is of apps on top.
QUERIES = 24
PAGES = ["change/", "needs/", "travel/"]
TRAVEL = {"nights": ["2024-03-25"], "mode": "bus", "share_with": "CANARY friend"}


def answers(edition, **changed):
    """What a browser sends of the page with what is not sensitive."""
    data = {
        "name_km": "គំរូ សាកល្បង",
        "name_latin": "KUMROU Sakalbang",
        "phone": "012 000 001",
        "language": "en",
        "organisation": "Sample Organisation",
        "sector": "local_ngo",
        "part": "participant",
        "days": [day.pk for day in edition.days.all()],
        "province": Province.PHNOM_PENH,
    }
    return data | changed


@pytest.fixture
def intake(edition):
    """Changes are taken for a day."""
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    return edition.intake


@pytest.fixture
def person(edition, intake):
    return make_registration(
        edition,
        email="kumrou@example.org",
        province="02",
        inclusion={"languages": ["km"], "access_note": "CANARY note"},
        travel=TRAVEL,
    )


@pytest.fixture
def own(client, person):
    client.get(address_for(person))
    return client


def steps(person):
    return [(step.what, step.columns) for step in Step.objects.filter(registration=person)]


def test_answers_stand_on_the_page_as_they_were_given(own, person):
    html = own.get(f"{OWN}change/").content.decode()

    assert 'value="គំរូ សាកល្បង"' in html
    assert 'value="012 000 001"' in html
    assert "CANARY" not in html


def test_person_changes_contact_and_gives_up_a_day(own, person, edition):
    first = edition.days.first()

    response = own.post(
        f"{OWN}change/", answers(edition, phone="០១២ ០០០ ០០២", days=[first.pk], province="02"), follow=True
    )

    assert "Your change is saved." in read(response)
    person.refresh_from_db()
    assert (person.phone, list(person.days.all()), person.status) == ("+85512000002", [first], Status.CONFIRMED)
    # The address is taken out: the link that it got opens no more.
    assert steps(person) == [(Change.ANSWERS, ["phone", "email", "days"]), (Change.LINK, [])]


def test_own_page_tells_in_words_what_was_changed_and_when(own, person, edition):
    own.post(
        f"{OWN}change/", answers(edition, email="kumrou@example.org", days=[edition.days.first().pk], province="02")
    )

    assert f"{timezone.localtime():%B} {timezone.localtime().day}, {timezone.localtime().year}: Days: changed" in read(
        own.get(OWN)
    )


def test_saving_without_a_change_leaves_no_line(own, person, edition):
    own.post(f"{OWN}change/", answers(edition, email="kumrou@example.org", province="02"))

    assert steps(person) == []


def test_wrong_answer_is_told_beside_it_and_nothing_typed_is_lost(own, person, edition):
    response = own.post(f"{OWN}change/", answers(edition, phone="", telegram="", name_latin="SAMPLE Newname", days=[]))

    text = read(response)
    assert "Give a telephone number, a Telegram name or an e-mail address." in text
    assert "Choose at least one day." in text
    assert 'value="SAMPLE Newname"' in response.content.decode()
    person.refresh_from_db()
    assert person.name_latin == "KUMROU Sakalbang"


def test_switching_the_language_keeps_what_was_typed_and_saves_nothing(own, person, edition):
    data = answers(edition, name_latin="SAMPLE Newname", switch="km")

    response = own.post("/km/registration/change/", data)

    assert 'value="SAMPLE Newname"' in response.content.decode()
    assert "កែប្រែចម្លើយរបស់ខ្ញុំ" in read(response)
    assert steps(person) == []


def test_phnom_penh_is_refused_while_the_journey_is_asked_for(own, edition, person):
    response = own.post(f"{OWN}change/", answers(edition))

    assert "You have asked ODC to pay your journey" in read(response)
    person.refresh_from_db()
    assert person.province == "02"


def test_needs_are_shown_only_on_the_page_asked_for_and_kept_by_no_cache(own):
    response = own.get(f"{OWN}needs/")

    assert "CANARY note" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    for page in ("", "change/", "travel/", "agreements/"):
        assert "CANARY note" not in own.get(OWN + page).content.decode()


def test_person_changes_what_they_need_and_the_line_names_no_column(own, person):
    own.post(f"{OWN}needs/", {"languages": ["km"], "access_needs": ["captions"], "access_note": "CANARY two"})

    changed = InclusionAnswers.objects.get(registration=person)
    assert (changed.access_needs, changed.access_note) == (["captions"], "CANARY two")
    assert steps(person) == [(Change.NEEDS, [])]


def test_changing_needs_leaves_gender_and_groups_as_they_were(own, person):
    InclusionAnswers.objects.update_or_create(registration=person, defaults={"gender": "woman", "groups": ["none"]})

    own.post(f"{OWN}needs/", {"languages": ["en"]})

    changed = InclusionAnswers.objects.get(registration=person)
    assert (changed.languages, changed.gender, changed.groups) == (["en"], "woman", ["none"])


def test_need_that_asks_for_words_is_told(own):
    assert "Write which allergy you have." in read(
        own.post(f"{OWN}needs/", {"languages": ["km"], "food": ["allergy"]})
    )


def test_journey_is_shown_and_changed(own, person):
    assert "CANARY friend" in own.get(f"{OWN}travel/").content.decode()

    own.post(f"{OWN}travel/", {"needs_travel": "yes", "mode": "boat"})

    travel = TravelRequest.objects.get(registration=person)
    assert (travel.mode, travel.nights, travel.share_with) == ("boat", [], "")
    assert steps(person) == [(Change.TRAVEL, [])]


def test_journey_no_longer_asked_for_is_taken_out(own, person):
    own.post(f"{OWN}travel/", {"needs_travel": "no"})

    assert not TravelRequest.objects.exists()


def test_person_of_phnom_penh_asks_for_no_journey(client, edition, intake):
    client.get(address_for(make_registration(edition)))

    response = client.post(f"{OWN}travel/", {"needs_travel": "yes"})

    assert "ODC pays the journey from other provinces." in read(response)
    assert f"{OWN}travel/" not in links(client.get(OWN))


@pytest.mark.parametrize("page", PAGES)
def test_after_the_time_for_changes_the_page_leads_to_a_request(own, intake, page):
    Intake.objects.update(changes_until=timezone.now())

    response = own.get(OWN + page, follow=True)

    assert "What should we change?" in read(response)
    assert "CANARY" not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_changes_after_the_time_for_changes(own, person, edition, page):
    Intake.objects.update(changes_until=timezone.now())

    own.post(OWN + page, answers(edition) | {"languages": ["en"], "needs_travel": "no"})

    assert steps(person) == []


def test_change_sent_just_after_the_time_is_refused_under_the_lock(person, edition):
    form = AnswersForm(answers(edition, province="02"), registration=person)
    assert form.is_valid()
    Intake.objects.update(changes_until=timezone.now())

    with pytest.raises(lock.TooLate):
        changing.change_answers(person, **form.answers())


def test_without_a_date_changes_end_when_the_first_day_begins(edition):
    Intake.objects.update(changes_until=None, closes_at=timezone.now() - timedelta(days=1))
    assert Intake.objects.get().takes_changes

    Edition.objects.update(starts_on=timezone.localdate())

    assert not Intake.objects.get().takes_changes


def test_without_a_date_changes_are_taken_as_long_as_people_can_sign_up(edition):
    Intake.objects.update(changes_until=None, closes_at=None)

    assert Intake.objects.get().takes_changes


@pytest.mark.parametrize("page", ["needs/", "travel/"])
def test_sensitive_answers_are_not_taken_again_once_they_are_erased(own, page):
    Intake.objects.update(erase_sensitive_on=timezone.localdate())

    assert own.get(OWN + page).url == OWN
    assert OWN + page not in links(own.get(OWN))


def test_change_of_a_person_erased_meanwhile_is_too_late(person, edition):
    form = AnswersForm(answers(edition, province="02"), registration=person)
    assert form.is_valid()
    Registration.objects.all().delete()

    with pytest.raises(lock.TooLate):
        changing.change_answers(person, **form.answers())


def test_who_has_cancelled_changes_nothing(own, person, edition):
    transitions.cancel(person)

    own.post(f"{OWN}change/", answers(edition, name_latin="SAMPLE Newname", province="02"))

    person.refresh_from_db()
    assert person.name_latin == "KUMROU Sakalbang"


@pytest.mark.parametrize("page", [*PAGES, "agreements/", "ask/", "new-link/", "data/"])
def test_pages_are_closed_without_the_link(client, person, page):
    assert client.get(OWN + page).status_code == 404
    assert client.post(OWN + page).status_code in (404, 405)


def test_agreement_changed_is_a_new_row_beside_the_old_one(own, person):
    own.post(f"{OWN}agreements/", {"photos": "decide_there", "later_events": "on"})

    given = [(one.subject, one.answer) for one in Consent.objects.filter(registration=person)]
    assert given[:2] == [(Subject.DATA_USE, Agreement.YES), (Subject.PHOTOS, Agreement.NO)]
    assert (Subject.PHOTOS, Agreement.DECIDE_THERE) in given
    assert (Subject.LATER_EVENTS, Agreement.YES) in given
    assert steps(person) == [(Change.AGREEMENTS, [])]


def test_agreement_is_taken_back_also_when_answers_change_no_more(own, person):
    own.post(f"{OWN}agreements/", {"photos": "yes"})
    Intake.objects.update(changes_until=timezone.now())

    own.post(f"{OWN}agreements/", {"photos": "no"})

    assert changing.agreements_of(person)[Subject.PHOTOS].answer == Agreement.NO


def test_same_agreements_again_leave_no_row(own, person):
    own.post(f"{OWN}agreements/", {"photos": "yes"})
    before = Consent.objects.count()

    own.post(f"{OWN}agreements/", {"photos": "yes"})

    assert Consent.objects.count() == before


def test_own_page_shows_each_agreement_with_the_words_that_were_shown(own, client):
    page = own.get(OWN)

    assert "Use of the answers for the conference: yes" in read(page)
    assert "wording 2024-1" in read(page)
    assert "I agree that ODC uses these answers" in read(client.get("/en/2024/register/agreement/2024-1/"))
    assert "/en/2024/register/agreement/2024-1/" in links(page)


def test_taking_back_the_use_of_the_answers_leads_to_erasing(own):
    assert f"{OWN}erase/" in links(own.get(f"{OWN}agreements/"))


def test_list_of_changes_takes_the_same_queries_at_two_lengths(own, person, django_assert_num_queries):
    own.get(OWN)
    with django_assert_num_queries(QUERIES):
        own.get(OWN)
    for _number in range(20):
        Step.objects.create(registration=person, what=Change.ANSWERS, columns=["phone"])

    with django_assert_num_queries(QUERIES):
        own.get(OWN)


def test_change_keeps_the_number_of_people_and_their_places(own, person, edition):
    before = Registration.objects.values_list("place_no", "status").get(pk=person.pk)

    own.post(f"{OWN}change/", answers(edition, organisation="Sample Group", province="02"))

    assert Registration.objects.values_list("place_no", "status").get() == before


def test_journey_that_is_decided_is_not_taken_back_without_staff(own, person):
    decide(person.travel_request)

    response = own.post(f"{OWN}travel/", {"needs_travel": "no"})

    assert "It is no longer possible to change this." in read(response)
    assert TravelRequest.objects.exists()
