"""A new key for everything that is encrypted, while the site goes on.

Every encrypted column of every table is found by its class. A value is exchanged only if it is still the one that was
read: a row that is saved meanwhile has the newest key anyway. What the newest key opens is left alone, so a
run that was interrupted goes on where it stopped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from registration.encryption.columns import EncryptedTextField, box

BATCH = 500
CLOSED = "closed_"  # in front of a column's name: its value as it lies in the database


def encrypted_columns() -> Iterator[tuple[type[Model], list[str]]]:
    """Each table with encrypted columns, and their names."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, EncryptedTextField)]
        if names:
            yield model, names


def rotate(model: type[Model], names: list[str]) -> Counter[str]:
    """Gives one table the newest key, batch by batch. Counts the rows, the new values, and those no key opens."""
    numbers = Counter(rows=0, renewed=0, unreadable=0)
    last: Any = None
    while rows := _batch(model, names, last):
        with transaction.atomic():
            for row in rows:
                numbers += _renew(model, row)
        numbers["rows"] += len(rows)
        last = rows[-1]["pk"]
    return numbers


def count_readable() -> Counter[str]:
    """How many values there are, and how many of them no key opens."""
    numbers = Counter(values=0, unreadable=0)
    for model, names in encrypted_columns():
        for row in as_they_lie(model, names).values_list(*(CLOSED + name for name in names)).iterator():
            for value in row:
                if value is not None:
                    numbers["values"] += 1
                    try:
                        box().decrypt(value)
                    except InvalidToken:
                        numbers["unreadable"] += 1
    return numbers


def as_they_lie(model: type[Model], names: Iterable[str]) -> QuerySet[Model]:
    rows: QuerySet[Model] = model._base_manager.annotate(**{CLOSED + name: Cast(name, TextField()) for name in names})
    return rows


def _batch(model: type[Model], names: list[str], last: Any) -> list[dict[str, Any]]:
    rows = as_they_lie(model, names).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.values("pk", *(CLOSED + name for name in names))[:BATCH])


def _renew(model: type[Model], row: dict[str, Any]) -> Counter[str]:
    closed = {name.removeprefix(CLOSED): value for name, value in row.items() if name != "pk" and value is not None}
    numbers: Counter[str] = Counter()
    renewed = {}
    newest = Fernet(settings.FIELD_ENCRYPTION_KEYS[0])
    for name, value in closed.items():
        with suppress(InvalidToken):
            newest.decrypt(value)
            continue  # it has the newest key
        try:
            renewed[name] = Value(box().rotate(value).decode(), TextField())
        except InvalidToken:
            numbers["unreadable"] += 1
    if renewed:
        unchanged = {CLOSED + name: closed[name] for name in renewed}
        rows = as_they_lie(model, renewed).filter(pk=row["pk"], **unchanged)
        numbers["renewed"] += len(renewed) * rows.update(**renewed)
    return numbers
