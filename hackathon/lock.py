"""The locks of the hackathon: what may be refused is counted, or compared with the deadline, only under one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F

from hackathon.models import Hackathon, Submission, Team
from registration.places.lock import LONGEST_WAIT


@contextmanager
def hackathon_lock(pk: int) -> Iterator[Hackathon]:
    """Changes of who is in which team, one after the other. The first statement writes the row of the hackathon: that
    takes PostgreSQL's row lock or SQLite's write lock.
    """
    with transaction.atomic():
        _wait_not_for_long()
        Hackathon.objects.filter(pk=pk).update(turn=F("turn") + 1)
        yield Hackathon.objects.select_related("edition").get(pk=pk)


@contextmanager
def team_lock(pk: int) -> Iterator[Team]:
    """Changes of one team's project, one after the other. Teams do not wait for each other in the last seconds.

    The hackathon, with its deadline, is read after the wait: a deadline that staff moved meanwhile counts.
    """
    with transaction.atomic():
        _wait_not_for_long()
        Team.objects.filter(pk=pk).update(link_version=F("link_version"))
        yield Team.objects.select_related("hackathon").get(pk=pk)


def project_of(team: Team) -> Submission | None:
    """Asked anew: the row that a team carries with it may be older than the lock."""
    return Submission.objects.select_related("theme").filter(team=team.pk).first()


def _wait_not_for_long() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
