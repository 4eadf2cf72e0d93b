"""A new key for everything that is encrypted, while the site goes on.

Every encrypted column of every table is found by its class. A value is exchanged only if it is still the one that was
read: whoever saves meanwhile has closed it with the newest key anyway. What the newest key opens is left alone, so a
run that was interrupted goes on where it stopped.
"""

from collections import Counter

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from registration.encryption.columns import EncryptedTextField, box

BATCH = 500
CLOSED = "closed_"  # in front of a column's name: its value as it lies in the database


def encrypted_columns():
    """Each table with encrypted columns, and their names."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, EncryptedTextField)]
        if names:
            yield model, names


def rotate(model, names):
    """Gives one table the newest key, batch by batch. Counts the rows, the new values, and those no key opens."""
    numbers, last = Counter(rows=0, renewed=0, unreadable=0), None
    while rows := _batch(model, names, last):
        with transaction.atomic():
            for row in rows:
                numbers += _renew(model, row)
        numbers["rows"] += len(rows)
        last = rows[-1]["pk"]
    return numbers


def _as_they_lie(model, names):
    return model._base_manager.annotate(**{CLOSED + name: Cast(name, TextField()) for name in names})


def _batch(model, names, last):
    rows = _as_they_lie(model, names).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.values("pk", *(CLOSED + name for name in names))[:BATCH])


def _renew(model, row):
    closed = {name.removeprefix(CLOSED): value for name, value in row.items() if name != "pk" and value is not None}
    numbers, renewed = Counter(), {}
    for name, value in closed.items():
        try:
            if not _has_newest_key(value):
                renewed[name] = Value(box().rotate(value).decode(), TextField())
        except InvalidToken:
            numbers["unreadable"] += 1
    if renewed:
        unchanged = {CLOSED + name: closed[name] for name in renewed}
        rows = _as_they_lie(model, renewed).filter(pk=row["pk"], **unchanged)
        numbers["renewed"] += len(renewed) * rows.update(**renewed)
    return numbers


def _has_newest_key(value):
    try:
        Fernet(settings.FIELD_ENCRYPTION_KEYS[0]).decrypt(value)
    except InvalidToken:
        return False
    return True
