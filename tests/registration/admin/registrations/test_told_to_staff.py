"""Needs and the journey, written down by officers: how the person said it, and that they agreed, is kept."""

import pytest

from registration.choices import Agreement, Subject, ToldHow
from registration.models import AccessLog, Consent, InclusionAnswers, TravelRequest
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of

NEEDS = {"languages": ["km"], "access_needs": ["captions"], "told_how": "telephone", "told_agreed": "on"}
TRAVEL = {"needs_travel": "yes", "sharing": "alone", "told_how": "in_person", "told_agreed": "on"}


def told(person):
    return Consent.objects.filter(registration=person).exclude(told_how="")


def test_what_is_told_by_telephone_is_kept_with_their_agreement_and_the_look_is_logged(client, edition):
    person, officer = make_registration(edition), member_of("Inclusion officers", client)

    officer.post(f"{LIST}{person.pk}/needs/", NEEDS)

    assert InclusionAnswers.objects.get(registration=person).access_needs == ["captions"]
    kept = told(person).get()
    assert (kept.subject, kept.answer, kept.told_how) == (Subject.DATA_USE, Agreement.YES, ToldHow.TELEPHONE)
    officer.get(f"{LIST}{person.pk}/needs/")
    assert AccessLog.objects.filter(subject=f"needs {person}").exists()
    desk = member_of("Registration desk", client)
    assert "by telephone" in read(desk.get(f"{LIST}{person.pk}/change/"))


def test_travel_likewise(client, edition):
    person = make_registration(edition, province="16")
    desk = member_of("Travel desk", client)

    desk.post(f"{LIST}{person.pk}/travel/", TRAVEL)

    assert TravelRequest.objects.get(registration=person).sharing == "alone"
    assert told(person).get().told_how == ToldHow.IN_PERSON


@pytest.mark.parametrize("missing", ["told_how", "told_agreed"])
def test_without_how_or_their_agreement_nothing_is_kept_and_nothing_is_lost(client, edition, missing):
    person, officer = make_registration(edition), member_of("Inclusion officers", client)

    page = officer.post(f"{LIST}{person.pk}/needs/", {**NEEDS, "access_note": "CANARY", missing: ""})

    said = {"told_how": "Say how the person told you.", "told_agreed": "Ask the person first"}
    assert said[missing] in read(page)
    assert "CANARY" in page.text
    assert [one.access_needs for one in InclusionAnswers.objects.all()] in ([], [[]])
    assert not told(person).exists()


def test_what_does_not_change_notes_no_agreement(client, edition):
    person, officer = make_registration(edition), member_of("Inclusion officers", client)
    for _time in range(2):
        officer.post(f"{LIST}{person.pk}/needs/", NEEDS)

    assert told(person).count() == 1
