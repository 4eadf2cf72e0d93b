"""Whether the keys of this process serve: a lost key is found at the start, not by the first participant."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import Model

from registration.encryption.columns import box
from registration.encryption.rotation import CLOSED, as_they_lie, encrypted_columns


def what_is_wrong() -> str:
    """With the keys, in words for the operator; empty where nothing is. Tells no value and no key."""
    if not settings.FIELD_ENCRYPTION_KEYS:
        return "FIELD_ENCRYPTION_KEYS is empty"
    try:
        box()
    except ValueError:
        return "FIELD_ENCRYPTION_KEYS holds something that is no key"
    closed = [model._meta.label for model, names in encrypted_columns() if not _opens(model, names)]
    return f"no key in FIELD_ENCRYPTION_KEYS opens what is stored in {', '.join(closed)}" if closed else ""


def _opens(model: type[Model], names: list[str]) -> bool:
    """The newest and the oldest row of a table, which may have been closed with different keys."""
    rows = as_they_lie(model, names)
    for key in ("-pk", "pk"):
        row = rows.order_by(key).values_list(*(CLOSED + name for name in names)).first() or ()
        for value in row:
            try:
                if value is not None:
                    box().decrypt(value)
            except InvalidToken:
                return False
    return True
