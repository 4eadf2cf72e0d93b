"""The same work whether something is kept or not, so that nobody can tell by the time an answer takes."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def written(*, kept):
    """What is written inside is kept or taken back: the same statements but for the last. Inside a transaction."""
    before = transaction.savepoint()
    yield
    if kept:
        transaction.savepoint_commit(before)
    else:
        transaction.savepoint_rollback(before)
