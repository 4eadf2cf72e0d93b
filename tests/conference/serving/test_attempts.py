"""How often one visitor may do the same thing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.account_tables import SignInTry
from conference.models import Attempt
from conference.serving import attempts
from conference.serving.attempts import Limit, TooOften
from tests.factories import make_edition

carry_over = import_module("conference.migrations.0008_one_table_of_attempts").carry_over
SALT = "conference.accounts.tries"
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


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_so_many_get_through(other_edition):
    """Each writes under two limits, named in one order and in the other: none waits for another for ever."""
    limited, ready = [(LIMIT, "192.0.2.1"), (Limit("other", an_hour=99), "192.0.2.1")], Barrier(12)

    def is_let_through(number):
        ready.wait(30)
        try:
            return bool(attempts.count(other_edition, *limited[:: number % 2 or -1]))
        except TooOften:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as crowd:
        assert sum(crowd.map(is_let_through, range(12))) == 3

    assert Attempt.objects.count() == 6


def test_what_is_let_through_takes_one_query_and_what_is_refused_two(other_edition, django_assert_num_queries):
    with django_assert_num_queries(1):
        attempts.count(other_edition, (LIMIT, "192.0.2.1"), times=3)

    with django_assert_num_queries(2), pytest.raises(TooOften):  # the second asks for how long to wait
        attempts.count(other_edition, (LIMIT, "192.0.2.1"))


def test_rows_of_the_first_limit_come_first_and_can_be_taken_back(other_edition):
    limited = [(Limit("first", an_hour=5), "192.0.2.1"), (Limit("second", an_hour=9), "192.0.2.1")]
    rows = attempts.count(other_edition, *limited, times=2)

    attempts.take_back(rows[:2])

    assert [times["an_hour"] for times in attempts.tried(other_edition, *limited).values()] == [0, 2]


def test_those_who_sign_in_are_of_no_edition(other_edition):
    attempts.count(None, (Limit("sample", a_quarter=5), "192.0.2.1"), times=5)

    attempts.count(other_edition, (LIMIT, "192.0.2.1"))
    with pytest.raises(TooOften) as stopped:
        attempts.count(None, (Limit("sample", a_quarter=5), "192.0.2.1"))

    assert (stopped.value.seconds, stopped.value.here) == (900, True)


def test_tries_of_before_there_was_one_table_count_on(db):
    """As the migration carries them over: hashed as they were, also under a limit that is of all."""
    for words in ("visitor 192.0.2.1 dara", "first in a minute"):
        key = salted_hmac(SALT, words, algorithm="sha256").hexdigest()
        SignInTry.objects.create(key=key, at=timezone.now())

    carry_over(apps, connection.schema_editor())

    limited = (Limit("visitor", a_quarter=5), "192.0.2.1 dara"), (Limit("first in a minute", a_minute=15), "")
    assert [times["a_minute"] for times in attempts.tried(None, *limited).values()] == [1, 1]


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
