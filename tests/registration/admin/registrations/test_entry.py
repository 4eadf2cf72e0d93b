"""Staff register a participant: on the telephone, from paper, in a village."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from registration.choices import AccessNeed, Channel, Province, Status
from registration.models import GuardianCall, InclusionAnswers, Intake, Registration
from registration.staff import make_groups
from tests.factories import form_data, make_registration
from tests.pages import links, read

ADD = "/admin/registration/registration/add/"


@pytest.fixture
def desk(client, edition):
    """Signed in as staff of the registration desk, who see no sensitive answer."""
    make_groups()
    user = get_user_model().objects.create_user("desk", password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith="Registration desk"))
    client.force_login(user)
    return client


def entered(edition, **changes):
    """What staff type for a participant who calls."""
    return form_data(edition, **{"channel": Channel.TELEPHONE, "language": "km", "_save": "", **changes})


def test_list_of_registrations_leads_to_the_form(desk):
    assert any(link and link.startswith(ADD) for link in links(desk.get("/admin/registration/registration/")))


def test_staff_register_a_person_and_it_is_noted_who_did(desk, edition):
    response = desk.post(ADD, entered(edition, channel=Channel.PAPER), follow=True)

    registration = Registration.objects.get()
    assert (registration.channel, registration.registered_by.username) == (Channel.PAPER, "desk")
    assert (registration.status, registration.language) == (Status.CONFIRMED, "km")
    page = read(response)
    assert f"Registered: {registration.spoken_code}, confirmed." in page
    assert "paper form" in page
    assert "desk" in page
    assert LogEntry.objects.get().object_repr == registration.spoken_code


def test_staff_register_while_registration_is_closed_to_the_public(desk, edition):
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    desk.post(ADD, entered(edition))

    assert Registration.objects.count() == 1


def test_edition_without_intake_takes_no_person_and_loses_nothing(desk, edition):
    Intake.objects.all().delete()

    response = desk.post(ADD, entered(edition, organisation="Typed with care"))

    assert "it has no intake yet" in read(response)
    assert 'value="Typed with care"' in response.content.decode()


def test_how_it_comes_the_language_and_the_agreement_must_be_said(desk, edition):
    page = read(desk.post(ADD, entered(edition, channel=None, language=None, data_use=None)))

    for words in (
        "Choose how this registration came to us.",
        "Choose the language of this person.",
        "Without the person’s agreement we may not keep these answers.",
    ):
        assert words in page
    assert not Registration.objects.exists()


def test_web_form_is_no_way_in_which_staff_register(desk, edition):
    assert "Choose from the answers on this page." in read(desk.post(ADD, entered(edition, channel=Channel.WEB)))


def test_next_person_starts_with_what_they_have_in_common(desk, edition):
    day = edition.days.last()
    common = {"organisation": "Sample Village", "province": Province.KEP, "needs_travel": "no", "days": [day.pk]}

    response = desk.post(ADD, entered(edition, channel=Channel.VILLAGE, _next="", email="one@example.org", **common))

    form = desk.get(response.url).context["form"]
    assert {name: form[name].value() for name in ("organisation", "province", "days", "channel", "language")} == {
        **{"organisation": "Sample Village", "province": Province.KEP, "days": [str(day.pk)]},
        **{"channel": Channel.VILLAGE, "language": "km"},
    }
    assert form["name_km"].value() is None
    assert form["email"].value() is None
    assert "organisation" not in desk.get(ADD).context["form"].initial


@pytest.mark.parametrize(
    "known",
    [
        {"phone": "+85512000001", "name_km": "គំរូ ផ្សេង", "name_latin": ""},
        {"phone": "+85512000002"},
        {"phone": "+85512000002", "name_km": "សាកល្បង គំរូ", "name_latin": ""},
    ],
)
def test_look_alike_is_told_and_nothing_is_saved_before_staff_say_so(desk, edition, known):
    known = make_registration(edition, **known)
    data = entered(edition, organisation="Typed with care")

    response = desk.post(ADD, data)

    assert known.spoken_code in read(response)
    assert f"/admin/registration/registration/{known.pk}/change/" in links(response)
    assert 'value="Typed with care"' in response.content.decode()
    assert Registration.objects.count() == 1

    desk.post(ADD, data | {"anyway": "on"})

    assert Registration.objects.count() == 2


@pytest.mark.parametrize("changed", [{"days": 1}, {"access_needs": ["step_free"]}, {}])
@pytest.mark.parametrize("button", ["_save", "_next"])
def test_form_sent_again_says_that_the_first_answers_stand(desk, edition, changed, button):
    data = entered(edition) | {button: "1"}
    desk.post(ADD, data)
    row = Registration.objects.get()
    again = {"days": [edition.days.first().pk]} if "days" in changed else changed

    page = read(desk.post(ADD, data | again, follow=True))

    assert f"{row.spoken_code} was registered with this form before" in page
    assert row.days.count() == edition.days.count()
    assert not Registration.objects.exclude(pk=row.pk).exists()
    assert LogEntry.objects.count() == 1


def test_form_sent_twice_registers_once(desk, edition):
    data = entered(edition)

    for _time in range(2):
        response = desk.post(ADD, data)

    assert response.status_code == 302
    assert Registration.objects.count() == 1


def test_sensitive_answers_are_typed_in_and_not_seen_again(desk, edition):
    data = entered(edition, access_needs=[AccessNeed.CAPTIONS], access_note="CANARY-NOTE")

    response = desk.post(ADD, data, follow=True)

    assert InclusionAnswers.objects.get().access_note == "CANARY-NOTE"
    assert "CANARY" not in response.content.decode()
    assert "CANARY" not in desk.get(ADD).content.decode()


def test_call_to_the_guardian_is_noted_for_a_person_under_18(desk, edition):
    Intake.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    data = entered(edition, adult="no", guardian_name="CANARY Mother", guardian_phone="012 000 003")
    response = desk.post(ADD, data, follow=True)

    assert "No person is registered yet" in read(response)
    assert GuardianCall.objects.get().language == "km"
    assert not Registration.objects.exists()


def test_call_to_the_guardian_needs_only_whom_to_call(desk, edition):
    data = entered(edition, adult="no", guardian_name="CANARY Mother", guardian_phone="012 000 003", channel=None)

    assert "No person is registered yet" in read(desk.post(ADD, data, follow=True))


def test_offices_computer_keeps_nothing_of_what_is_typed(desk):
    assert "data-keep" not in desk.get(ADD).content.decode()


def test_contact_is_not_taken_from_a_person_whom_no_helper_reaches(desk, edition):
    page = f"/admin/registration/registration/{make_registration(edition).pk}/change/"
    form = desk.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"days": [day.pk for day in edition.days.all()], "phone": "", "attendance-TOTAL_FORMS": 0}
    data |= {"attendance-INITIAL_FORMS": 0, "consents-TOTAL_FORMS": 0, "consents-INITIAL_FORMS": 0}

    assert "Give a telephone number, a Telegram name or an e-mail address." in read(desk.post(page, data))


def test_who_may_only_enter_sees_neither_names_nor_pages(client, edition):
    user = get_user_model().objects.create_user("typist", password="a long password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_registration"))
    client.force_login(user)
    known = make_registration(edition)
    data = entered(edition, name_latin="KUMROU Sakalbang")

    response = client.post(ADD, data)
    assert known.spoken_code in read(response)
    assert "KUMROU" not in read(response)

    assert client.post(ADD, data | {"anyway": "on"}, follow=True).status_code == 200
    assert Registration.objects.count() == 2
