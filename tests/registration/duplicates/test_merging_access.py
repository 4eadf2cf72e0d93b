"""What a person needs, and what is arranged for it, stays when two registrations become one."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from registration.choices import ArrangementState, Currency, ToldHow
from registration.duplicates import merging
from registration.models import Arrangement, InclusionAnswers
from tests.factories import make_registration

REQUESTED = {}
BOOKED = {"state": ArrangementState.BOOKED, "provider": "SAMPLE Co", "cost": Decimal(50), "currency": Currency.USD}
TOLD = {**BOOKED, "state": ArrangementState.TOLD, "told_how": ToldHow.EMAIL, "provider": "KUMROU Co"}
IMPOSSIBLE = {"state": ArrangementState.NOT_POSSIBLE, "offered_instead": "SAMPLE instead"}


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief of the desk")


def person(edition, needs, worked, **inclusion):
    """A participant with these needs, each of them as far as `worked` says."""
    row = make_registration(edition, inclusion={"access_needs": needs, **inclusion})
    Arrangement.objects.of(row).update(**worked)
    return row


def arranged(registration):
    rows = Arrangement.objects.of(registration)
    return {row.need: (row.state, row.provider, row.cost, row.currency) for row in rows}


BOOKED_ROW = ("booked", "SAMPLE Co", Decimal(50), "USD")
TOLD_ROW = ("told", "KUMROU Co", Decimal(50), "USD")


@pytest.mark.parametrize(
    ("of_kept", "of_other", "captions", "step_free"),
    [
        (REQUESTED, BOOKED, BOOKED_ROW, BOOKED_ROW),
        (BOOKED, BOOKED, BOOKED_ROW, BOOKED_ROW),
        (BOOKED, TOLD, TOLD_ROW, TOLD_ROW),
        (TOLD, BOOKED, TOLD_ROW, BOOKED_ROW),
        (BOOKED, REQUESTED, BOOKED_ROW, ("requested", "", None, "")),
        (IMPOSSIBLE, BOOKED, BOOKED_ROW, BOOKED_ROW),
        (IMPOSSIBLE, REQUESTED, ("not_possible", "", None, ""), ("requested", "", None, "")),
    ],
)
def test_needs_are_united_and_what_is_further_stays(edition, chief, of_kept, of_other, captions, step_free):
    kept = person(edition, ["captions"], of_kept)
    other = person(edition, ["captions", "step_free"], of_other)

    merging.merge(kept, other, by=chief)

    assert InclusionAnswers.objects.get().access_needs == ["captions", "step_free"]
    assert arranged(kept) == {"captions": captions, "step_free": step_free}
    assert Arrangement.objects.count() == 2


def test_second_booking_of_one_need_is_noted_for_the_officers(edition, chief):
    kept = person(edition, ["captions"], {**TOLD, "note": ""})
    other = person(edition, ["captions"], BOOKED)

    merging.merge(kept, other, by=chief)

    assert Arrangement.objects.get().note == "SAMPLE Co"


def test_languages_and_food_are_united_and_groups_stay(edition, chief):
    kept = person(edition, [], {}, languages=["km"], food=["vegetarian"], groups=["indigenous"])
    other = person(edition, [], {}, languages=["km", "csl"], food=["halal"], groups=["none"])

    merging.merge(kept, other, by=chief)

    answers = InclusionAnswers.objects.get()
    assert answers.languages == ["km", "csl"]
    assert answers.food == ["vegetarian", "halal"]
    assert answers.groups == ["indigenous"]
    assert set(arranged(kept)) == {"sign_language"}
