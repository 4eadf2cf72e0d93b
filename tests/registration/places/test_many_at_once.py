"""One step moves many people: it takes as many queries as for few, for all sign-ups wait meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.access import arrangements
from registration.choices import AccessNeed, ArrangementState, Change, MessageKind, Sector, Status
from registration.models import (
    Arrangement,
    DayChoice,
    DayPlaces,
    InclusionAnswers,
    Intake,
    Message,
    Registration,
    ReservedPlaces,
    Step,
)
from registration.signing_up import transitions

MOST = 30  # queries of one step


def crowd(edition, number, **columns):
    """They wait, on every day; each second one has an e-mail address."""
    rows = Registration.objects.bulk_create(
        Registration(
            edition=edition, status=Status.WAITING, waiting_since=timezone.now(), waiting_turn=turn, language="en",
            name_latin=f"SAMPLE {turn}", email=f"sample{turn}@example.org" if turn % 2 else "", phone="+85512000001",
            sector=Sector.STUDENT, part="participant", province="12", **columns,
        )
        for turn in range(number)
    )  # fmt: skip
    DayChoice.objects.bulk_create(DayChoice(registration=row, day=day) for row in rows for day in edition.days.all())
    return rows


def offer(edition, people):
    """Staff raise the number of places, so that some of those who wait have none."""
    crowd(edition, people)
    Intake.objects.update(capacity=people - 1)
    return lambda: transitions.offer_free_places(edition)


def offer_with_every_rule(edition, people):
    """One day has a limit, some places are kept for others, and the numbers have gaps."""
    DayPlaces.objects.create(intake=edition.intake, day=edition.days.first(), places=people + 5)
    ReservedPlaces.objects.create(intake=edition.intake, sector=Sector.GOVERNMENT, places=2)
    crowd(edition, people + 1)
    first, *_others = Registration.objects.order_by("pk")
    Registration.objects.filter(pk=first.pk).update(status=Status.CONFIRMED, place_no=3, waiting_since=None)
    Intake.objects.update(capacity=people + 2)
    return lambda: transitions.offer_free_places(edition)


def offers_run_out(edition, people):
    """The same people's offers lapse, and their places go to as many others."""
    crowd(edition, people * 2)
    Intake.objects.update(capacity=people)
    transitions.offer_free_places(edition)
    Registration.objects.filter(status=Status.OFFERED).update(offered_until=timezone.now() - timedelta(seconds=1))
    return lambda: transitions.offer_free_places(edition)


def tell_of_arrangements(edition, people):
    answers = InclusionAnswers.objects.bulk_create(
        InclusionAnswers(registration=row) for row in crowd(edition, people)
    )
    Arrangement.objects.bulk_create(
        Arrangement(answers=one, need=AccessNeed.CAPTIONS, state=ArrangementState.CONFIRMED) for one in answers
    )
    return lambda: arrangements.tell(Arrangement.objects.all())


@pytest.mark.parametrize("step", [offer, offer_with_every_rule, offers_run_out, tell_of_arrangements])
def test_step_takes_the_same_queries_for_few_and_for_many(edition, step):
    taken = []
    for people in (5, 50):
        Registration.objects.all().delete()
        DayPlaces.objects.all().delete()
        ReservedPlaces.objects.all().delete()
        take = step(edition, people)
        with CaptureQueriesContext(connection) as captured:
            take()
        taken.append(len(captured))

    assert taken[0] == taken[1] <= MOST


def test_each_of_many_stands_as_if_alone(edition):
    offer(edition, 9)()

    *offered, last = Registration.objects.order_by("pk")
    assert [row.status for row in offered] == [Status.OFFERED] * 8
    assert sorted(row.place_no for row in offered) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {row.waiting_turn for row in offered} == {None}
    assert all(row.offered_until > timezone.now() for row in offered)
    assert (last.status, last.place_no) == (Status.WAITING, None)
    assert set(Step.objects.values_list("registration", "what")) == {(row.pk, Change.OFFERED) for row in offered}
    assert set(Message.objects.values_list("registration", "kind")) == {
        (row.pk, MessageKind.OFFERED) for row in offered
    }
    assert [row.person_key is not None for row in offered] == [bool(row.email) for row in offered]
