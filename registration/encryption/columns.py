"""Columns that are encrypted in the database, and that fail closed.

A stolen copy of the database tells nothing without the keys (FIELD_ENCRYPTION_KEYS, newest first). A value that no
key opens raises `DecryptionError`: it is never shown as it lies there, and never saved back. They cannot be searched.
"""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Lookup


class DecryptionError(Exception):
    """A stored value does not open with any of the keys."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: sensitive answers cannot be kept without a key.")
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS))


class EncryptedTextField(models.TextField):  # type: ignore[type-arg] # a field takes none at run time
    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else box().encrypt(self.to_text(value).encode()).decode()

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> str | None:
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        if value is None:
            return None
        try:
            return self.from_text(box().decrypt(value.encode()).decode())
        except InvalidToken:
            raise DecryptionError(f"{self.model._meta.label}.{self.name}") from None

    def get_lookup(self, name: str) -> "type[Lookup[Any]] | None":
        if name == "isnull":
            return super().get_lookup(name)
        raise FieldError(f"{self.name} is encrypted: it cannot be searched or filtered.")

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text


class EncryptedListField(EncryptedTextField):
    """A list of chosen values."""

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) and value else value


class EncryptedDictField(EncryptedListField):
    """Lists of values by name."""
