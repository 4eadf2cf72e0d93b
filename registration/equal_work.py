"""The same work whether something is kept or not, so that the time an answer takes tells nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def written(*, kept: bool) -> Iterator[None]:
    """What is written inside is kept or taken back: the same statements but for the last. Inside a transaction."""
    before = transaction.savepoint()
    yield
    if kept:
        transaction.savepoint_commit(before)
    else:
        transaction.savepoint_rollback(before)
