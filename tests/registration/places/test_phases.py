"""Where an edition stands, and that every page says the same of it."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from registration.choices import Phase, Status, Vacancy
from registration.models import Intake, Registration
from registration.places.phases import phase_of
from tests.factories import make_registration
from tests.pages import links, read

REGISTER, FIND, NOW = "/en/2024/register/", "/en/2024/register/find/", "/en/2024/agenda/now/"
ON_ITS_DAY, AFTERWARDS = datetime(2024, 3, 26, 12), datetime(2024, 3, 28)
PAST, LATER = (timezone.make_aware(datetime(2024, 3, day)) for day in (19, 21))


def stands(settings, phase):
    """Brings the edition there."""
    if phase == Phase.PREPARED:
        Intake.objects.update(opens_at=LATER)
    elif phase == Phase.FULL:
        Intake.objects.update(capacity=0)
    elif phase == Phase.CLOSED:
        Intake.objects.update(closes_at=PAST)
    elif phase != Phase.OPEN:
        settings.SITE_CLOCK = ON_ITS_DAY if phase == Phase.RUNNING else AFTERWARDS


@pytest.mark.parametrize("phase", Phase)
def test_phase_is_one_of_six(edition, settings, phase):
    stands(settings, phase)
    vacancy = Vacancy.FULL if phase == Phase.FULL else Vacancy.FREE

    assert phase_of(edition, Intake.of(edition), vacancy) == phase


def test_without_an_intake_an_edition_is_being_prepared(edition):
    assert phase_of(edition, None, Vacancy.FREE) == Phase.PREPARED


def test_phase_has_words_in_both_languages():
    assert str(Phase.RUNNING.label) == "under way"
    with translation.override("km"):
        assert str(Phase.RUNNING.label) == "កំពុងប្រព្រឹត្តទៅ"


TAKES_SIGN_UPS = [Phase.OPEN, Phase.FULL, Phase.RUNNING]
SAID = {
    Phase.PREPARED: "Sign-up opens on March 21, 2024, 0:00.",
    Phase.CLOSED: "Sign-up is closed.",
    Phase.OVER: "This conference took place on March 26–27, 2024.",
}


@pytest.mark.parametrize("name", ["conference:home", "conference:participants", "agenda:agenda", "agenda:speakers"])
@pytest.mark.parametrize("phase", Phase)
def test_pages_lead_to_the_form_only_while_it_is_open(client, edition, settings, phase, name):
    stands(settings, phase)

    response = client.get(reverse(name, args=[2024]))

    assert (REGISTER in links(response)) == (phase in TAKES_SIGN_UPS)
    assert FIND in links(response)
    if name.startswith("conference:") and phase in SAID:
        assert SAID[phase] in read(response)


@pytest.mark.parametrize("phase", Phase)
def test_form_is_there_only_while_it_is_open(client, edition, settings, phase):
    stands(settings, phase)

    response = client.get(REGISTER)

    assert ("name_latin" in response.content.decode()) == (phase in TAKES_SIGN_UPS)
    assert SAID.get(phase, "") in read(response)
    assert FIND in links(response)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(
    ("page", "promise"),
    [
        ("/en/2024/", "Say so when you sign up"),
        ("/en/2024/participants/", "When you sign up, choose your province"),
        ("/en/2024/participants/", "Tell us on the sign-up form"),
    ],
)
def test_nothing_is_promised_for_signing_up_once_it_is_too_late(client, edition, settings, phase, page, promise):
    stands(settings, phase)

    assert (promise in read(client.get(page))) == (phase in [Phase.PREPARED, *TAKES_SIGN_UPS])


@pytest.mark.parametrize("phase", Phase)
def test_home_leads_to_now_and_next_on_the_days(client, edition, settings, phase):
    stands(settings, phase)

    assert links(client.get("/en/2024/")).count(NOW) == (2 if phase == Phase.RUNNING else 1)


@pytest.mark.parametrize(
    ("people", "there", "said"),
    [(9, 0, ""), (21, 0, "At least 20 people took part. Provinces that they came from: 1."), (21, 12, "At least 10")],
)
def test_over_there_are_files_round_numbers_and_the_next_one(client, edition, settings, people, there, said):
    first = make_registration(edition)
    columns = {"edition": edition, "status": Status.CONFIRMED, "province": first.province, "phone": "+85512000001"}
    Registration.objects.bulk_create(
        Registration(**columns, place_no=number, name_latin="KUMROU") for number in range(2, people + 1)
    )
    for row in Registration.objects.all()[:there]:
        row.attendance.create(day=edition.days.first())
    settings.SITE_CLOCK = AFTERWARDS

    response = client.get("/en/2024/")

    assert ("took part" in read(response)) == bool(said)
    assert said in read(response)
    assert "/en/2024/files/" in links(response)
    assert "Do you want to hear about the next conference?" in read(response)
