"""How often one visitor may do the same thing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conference import attempts
from conference.attempts import Limit, TooOften
from conference.models import Attempt
from tests.factories import make_edition

LIMIT = Limit("sample", an_hour=5, a_minute=3)


@pytest.fixture
def other_edition(db):
    return make_edition()


def time_passes(**time):
    Attempt.objects.update(at=timezone.now() - timedelta(**time))


def test_so_many_a_minute(other_edition):
    for _time in range(3):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))

    with pytest.raises(TooOften) as stopped:
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))

    assert stopped.value.seconds == 60


def test_so_many_an_hour(other_edition):
    attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=3)
    time_passes(minutes=2)
    attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=2)

    with pytest.raises(TooOften) as stopped:
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))

    assert stopped.value.seconds == 3600


def test_what_is_refused_does_not_count(other_edition):
    for _time in range(2):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))
    for _time in range(9):
        with pytest.raises(TooOften):
            attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=2)

    attempts.count(other_edition, (LIMIT, "192.0.2.1"))

    assert Attempt.objects.count() == 3


def test_several_limits_are_counted_together_or_not_at_all(other_edition):
    strict = Limit("strict", an_hour=1)
    attempts.count(other_edition, (LIMIT, "192.0.2.1"), (strict, "192.0.2.1"))

    with pytest.raises(TooOften):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"), (strict, "192.0.2.1"))

    assert Attempt.objects.count() == 2


def test_those_that_come_at_once_are_counted_too(other_edition, monkeypatch):
    """Each of them saw no other when it looked first."""
    check = attempts._check

    def seen_late(limits, *, ahead=0):
        if not ahead:
            check(limits)

    attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=3)
    monkeypatch.setattr(attempts, "_check", seen_late)

    with pytest.raises(TooOften):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))

    assert Attempt.objects.count() == 3


@pytest.mark.parametrize("other", [(Limit("other", an_hour=5, a_minute=3), "192.0.2.1"), (LIMIT, "192.0.2.2")])
def test_another_visitor_and_another_thing_are_counted_apart(other_edition, other):
    attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=3)

    attempts.count(other_edition, other, times=3)


def test_attempts_are_forgotten_after_an_hour_and_no_earlier(other_edition):
    attempts.count(other_edition, (LIMIT, "192.0.2.1"))
    time_passes(minutes=59)
    attempts.forget_past()
    assert Attempt.objects.exists()

    time_passes(minutes=61)
    attempts.forget_past()

    assert not Attempt.objects.exists()


def test_attempts_that_a_wrong_clock_wrote_ahead_keep_no_visitor_out(other_edition):
    for _time in range(3):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))
    time_passes(days=-180)

    attempts.count(other_edition, (LIMIT, "192.0.2.1"))
