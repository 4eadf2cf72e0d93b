"""Registrations while workers are killed and the database is: what the site said it has, it has, once.

More people and a longer run: STORM_PEOPLE=5000 bin/test tests/test_killed.py -s
"""

import os
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from types import SimpleNamespace

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from agenda.editions.loading import load_edition
from agenda.models import Day
from agenda.publishing.versions import publish_first
from conference.models import Edition
from registration.choices import Status
from registration.models import Message, Registration
from tests.crowd import again_and_again, database_url, kill_a_worker, open_form, send_until_registered
from tests.factories import form_data, open_intake
from tests.postgres import throw_away_server
from tests.server import manage, running_server

PEOPLE, AT_ONCE = int(os.environ.get("STORM_PEOPLE", 150)), 64
PLACES = PEOPLE // 2
# Every so many seconds; but a short run on a slow machine must come to its end.
KILL = (2, 1) if PEOPLE > 1000 else (0.5, PEOPLE // 10)
RESTART = (0.5, PEOPLE // 3)  # twice, and once more where it comes before the end

pytestmark = pytest.mark.real_server


def storm(address, edition, registered, **columns):
    """Everybody sends a form of their own until it is taken; tells how it went."""
    headers, token = open_form(address)
    columns["csrfmiddlewaretoken"] = token
    tokens = [str(uuid.uuid4()) for _person in range(PEOPLE)]
    forms = [form_data(edition, **columns, form_token=token, organisation=token) for token in tokens]
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        visits = list(crowd.map(partial(send_until_registered, address, headers, registered), forms))
    answers = Counter(answer for visit in visits for answer in visit.answers)
    broken = sum(visit.broken for visit in visits)
    print(f"\n{PEOPLE} people in {time.monotonic() - started:.0f} s: {broken} lines broken, answers {dict(answers)}")
    return visits, answers


def test_no_registration_is_lost_or_doubled_while_workers_are_killed(transactional_db, tmp_path):
    load_edition(2024)
    edition = Edition.objects.current()
    publish_first(edition)
    open_intake(edition, capacity=PLACES)
    environment = {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
    }

    registered = []
    with (
        running_server(environment, tmp_path, workers=4) as site,
        again_and_again(partial(kill_a_worker, tmp_path), KILL[0], registered, after=KILL[1]) as killed,
    ):
        visits, _answers = storm(f"{site}/km/2024/register/", edition, registered)

    print(f"{connection.vendor}: {len(killed)} workers killed")
    assert killed
    assert all(visit.is_registered for visit in visits)
    tokens = set(Registration.objects.values_list("organisation", flat=True))
    assert tokens == {visit.token for visit in visits}
    assert Registration.objects.count() == Message.objects.count() == PEOPLE
    assert Registration.objects.filter(status=Status.CONFIRMED).count() == PLACES
    assert Registration.objects.filter(status=Status.WAITING).count() == PEOPLE - PLACES


def test_no_registration_is_lost_or_doubled_while_postgresql_is_killed_too(tmp_path):
    # What it acknowledges must be written down, as it is on a real server.
    with throw_away_server(synchronous_commit="on") as database:
        environment = {
            "DATABASE_URL": database.url,
            # Those of this process, which seals when a form was shown (tests/factories.py).
            "SECRET_KEY": settings.SECRET_KEY,
            "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
        }
        for command in ("migrate", "load_edition", "make_intakes"):
            manage(command, environment)
        opened = f"UPDATE registration_intake SET capacity = {PLACES}, opens_at = '2024-01-01' RETURNING 1"  # noqa: S608 -- our number
        ask(database, opened)
        days = [day for (day,) in ask(database, "SELECT id FROM agenda_day")]

        def kill_postgresql():
            database.stop()
            database.start()

        registered = []
        with (
            running_server(environment, tmp_path, workers=4) as site,
            again_and_again(kill_postgresql, RESTART[0], registered, after=RESTART[1]) as restarts,
            again_and_again(partial(kill_a_worker, tmp_path), KILL[0], registered, after=KILL[1]) as killed,
        ):
            edition = SimpleNamespace(days=Day.objects.none())
            visits, answers = storm(f"{site}/en/2024/register/", edition, registered, days=days)

        print(f"{len(restarts)} times PostgreSQL, {len(killed)} workers killed")
        assert restarts
        assert killed
        assert set(answers) <= {(503, "30")}
        assert all(visit.is_registered for visit in visits)
        tokens = [token for (token,) in ask(database, "SELECT organisation FROM registration_registration")]
        assert sorted(tokens) == sorted(visit.token for visit in visits)
        assert ask(database, "SELECT count(*) FROM registration_message") == [(PEOPLE,)]
        standing = ask(database, "SELECT status, count(*) FROM registration_registration GROUP BY status")
        assert dict(standing) == {Status.CONFIRMED: PLACES, Status.WAITING: PEOPLE - PLACES}


def ask(database, question):
    with (
        closing(psycopg2.connect(host=database.home, user="postgres", dbname="postgres")) as line,
        line,
        line.cursor() as cursor,
    ):
        cursor.execute(question)
        return cursor.fetchall()
