"""What staff are asked to change, and how they see what changed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from registration import wordings
from registration.choices import Change, PhotoAnswer, Subject
from registration.forms import questions
from registration.links import address_for
from registration.models import AccessLog, ChangeRequest, Intake, Registration, Step
from registration.signing_up import rules, transitions
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import take
from tests.registration.admin.registrations.test_registration import member_of

ASK = "/en/registration/ask/"
LIST = "/admin/registration/changerequest/"


@pytest.fixture
def person(edition):
    return make_registration(edition)


@pytest.fixture
def own(person):
    client = Client()
    client.get(address_for(person))
    return client


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def test_request_reaches_the_desk_and_the_person_hears_so(own, desk, person):
    response = own.post(ASK, {"text": "CANARY: I come on one day"}, follow=True)

    assert "We have your request." in read(response)
    assert "1 request to change an answer" in read(desk.get("/admin/"))
    listed = read(desk.get(f"{LIST}?done_at__isempty=1"))
    assert person.spoken_code in listed
    assert "CANARY" not in listed


def test_look_at_a_request_is_logged_without_its_words(own, desk, person):
    own.post(ASK, {"text": "CANARY: I come on one day"})

    page = desk.get(f"{LIST}{ChangeRequest.objects.get().pk}/change/")

    assert "CANARY: I come on one day" in read(page)
    line = AccessLog.objects.get()
    assert person.spoken_code in line.subject
    assert "CANARY" not in f"{line.subject} {line.columns}"


def test_desk_marks_a_request_as_done(own, desk):
    own.post(ASK, {"text": "I come on one day"})

    chosen = {"action": "mark_done", "_selected_action": [ChangeRequest.objects.get().pk]}
    assert "1 request is done." in read(desk.post(LIST, chosen, follow=True))

    request = ChangeRequest.objects.get()
    assert request.done_at
    assert request.done_by.is_staff
    assert "request to change" not in read(desk.get("/admin/"))


def test_programme_editors_see_no_request(client, own):
    own.post(ASK, {"text": "CANARY"})
    editor = member_of("Programme editors", client)

    assert editor.get(LIST).status_code == 403
    assert "request to change" not in read(editor.get("/admin/"))


def test_empty_request_says_what_to_write(own):
    assert "Write what we should change." in read(own.post(ASK, {"text": " "}))


def test_same_request_twice_is_one(own):
    for _time in range(2):
        own.post(ASK, {"text": "I come on one day"})

    assert ChangeRequest.objects.count() == 1


def test_sixth_open_request_is_asked_to_call_and_keeps_what_was_typed(own):
    for number in range(6):
        response = own.post(ASK, {"text": f"Sample request {number}"})

    assert "You have asked for several changes already." in read(response)
    assert "Sample request 5" in response.content.decode()
    assert ChangeRequest.objects.count() == 5


def test_request_lies_encrypted(own):
    own.post(ASK, {"text": "CANARY"})

    assert not ChangeRequest.objects.extra(where=["text LIKE '%%CANARY%%'"]).exists()


def test_no_request_is_taken_once_sensitive_answers_are_erased(own):
    Intake.objects.update(erase_sensitive_on=timezone.localdate())

    response = own.post(ASK, {"text": "CANARY"})

    assert "To change an answer, call us." in read(response)
    assert not ChangeRequest.objects.exists()


def test_step_of_staff_is_remembered_with_their_name(desk, person):
    take(desk, "cancel", person)

    step = Step.objects.get()
    assert (step.what, step.by.is_staff) == (Change.CANCELLED, True)


def test_step_of_the_person_is_theirs(own, person):
    own.post("/en/registration/cancel/")

    assert Step.objects.get().who == "the participant"


def test_place_passed_on_is_the_sites_own_step(edition):
    Intake.objects.update(capacity=1)
    first, second = make_registration(edition), make_registration(edition)

    transitions.cancel(first)

    assert second.steps.get().who == "by itself"


def test_staff_change_in_the_admin_is_remembered_and_shown_to_both(desk, own, person):
    page = f"/admin/registration/registration/{person.pk}/change/"
    data = desk.get(page).context["adminform"].form.initial | {"organisation": "Sample Group", "days": days_of(person)}
    for prefix in ("attendance", "consents", "steps"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    assert desk.post(page, data).status_code == 302

    step = Step.objects.get()
    assert (step.what, step.columns, step.by.is_staff) == (Change.ANSWERS, ["organisation"], True)
    assert "Organisation or group: changed" in read(desk.get(page))
    assert "Organisation or group: changed (by the organisers)" in read(own.get("/en/registration/"))


def days_of(person):
    return [day.pk for day in person.days.all()]


def test_history_in_the_admin_takes_the_same_queries_at_two_lengths(
    staff_client, person, django_assert_max_num_queries
):
    page = f"/admin/registration/registration/{person.pk}/change/"
    chief = get_user_model().objects.get()
    with django_assert_max_num_queries(40) as short:
        staff_client.get(page)
    for _number in range(20):
        Step.objects.create(registration=person, what=Change.ANSWERS, columns=["phone"], by=chief)

    with django_assert_max_num_queries(len(short)):
        staff_client.get(page)


def test_list_of_requests_takes_the_same_queries_at_two_lengths(
    staff_client, person, edition, django_assert_max_num_queries
):
    person.change_requests.create(text="Sample request")
    with django_assert_max_num_queries(40) as short:
        staff_client.get(LIST)
    for _number in range(10):
        make_registration(edition).change_requests.create(text="Sample request")

    with django_assert_max_num_queries(len(short)):
        staff_client.get(LIST)


def test_history_line_never_holds_a_name(person):
    step = Step.objects.create(registration=person, what=Change.ANSWERS, columns=["phone"])

    assert person.name_latin not in f"{step} {step.words} {step.who}"


@pytest.mark.parametrize("language", ["en", "km"])
def test_newest_wording_is_what_the_form_shows(language):
    """A colleague who changes a question of agreement must write a new version."""
    fields = questions.AGREEMENTS | questions.DATA_USE

    with_translation = wordings.VERSIONS[rules.CONSENT_WORDING]
    assert set(with_translation) == set(Subject)
    for subject, words in with_translation.items():
        assert words[language].strip() == words_of(fields[subject], language)


def words_of(field, language):
    with override(language):
        lines = [str(field.label)]
        if field.help_text:
            lines.append(str(field.help_text))
        if hasattr(field, "choices"):
            lines += [f"- {choice.label}" for choice in PhotoAnswer]
        return "\n".join(lines)


@pytest.mark.parametrize(("language", "words"), [("en", "May we photograph or film you?"), ("km", "ថតវីដេអូ")])
def test_wording_can_be_read_in_both_languages(client, edition, language, words):
    assert words in read(client.get(f"/{language}/2024/register/agreement/2024-1/"))


def test_unknown_wording_is_not_found(client, edition):
    assert client.get("/en/2024/register/agreement/1999-1/").status_code == 404


def test_registration_that_staff_erased_takes_its_history_along(person):
    Step.objects.create(registration=person, what=Change.ANSWERS, columns=["phone"])

    transitions.erase(person)

    assert not Step.objects.exists()
    assert not Registration.objects.exists()


def test_changes_are_taken_until_the_moment_that_staff_set(edition):
    Intake.objects.update(changes_until=timezone.now() + timedelta(minutes=1))
    assert Intake.of(edition).takes_changes

    Intake.objects.update(changes_until=timezone.now() - timedelta(minutes=1))
    assert not Intake.of(edition).takes_changes
