from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from registration.choices import MessageState, Status
from registration.models import InclusionAnswers, Intake, Message, Registration
from registration.signing_up import transitions
from tests.factories import make_registration


def tend():
    call_command("tend_registration", stdout=StringIO())


def test_tending_passes_on_a_place_whose_offer_ran_out(edition):
    Intake.objects.update(capacity=1)
    first, second, third = (make_registration(edition) for _person in range(3))
    transitions.cancel(first)
    Registration.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(seconds=1))

    tend()

    third.refresh_from_db()
    assert third.status == Status.OFFERED


def test_tending_sends_what_is_due(edition, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    make_registration(edition, email="dara@example.org")

    tend()

    assert len(mail.outbox) == 1
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
def test_tending_erases_on_the_day(edition):
    make_registration(edition)
    Intake.objects.update(erase_sensitive_on=timezone.localdate())

    tend()

    assert not InclusionAnswers.objects.exists()
    assert Registration.objects.exists()
