"""Columns that are encrypted in the database, and that fail closed.

A stolen copy of the database tells nothing without the keys (FIELD_ENCRYPTION_KEYS, newest first). A value that no
key opens raises `DecryptionError`: it is never shown as it lies there, and never saved back. Nobody can search them.
"""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models


class DecryptionError(Exception):
    """A stored value does not open with any of the keys."""


@lru_cache(maxsize=4)
def _box(keys):
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: sensitive answers cannot be kept without a key.")
    return MultiFernet([Fernet(key) for key in keys])


def box():
    return _box(tuple(settings.FIELD_ENCRYPTION_KEYS))


class EncryptedTextField(models.TextField):
    def get_prep_value(self, value):
        return None if value is None else box().encrypt(self.to_text(value).encode()).decode()

    def get_db_prep_value(self, value, connection, prepared=False):
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        try:
            return self.from_text(box().decrypt(value.encode()).decode())
        except InvalidToken:
            raise DecryptionError(f"{self.model._meta.label}.{self.name}") from None

    def get_lookup(self, name):
        if name == "isnull":
            return super().get_lookup(name)
        raise FieldError(f"{self.name} is encrypted: it cannot be searched or filtered.")

    def to_text(self, value):
        return str(value)

    def from_text(self, text):
        return text


class EncryptedListField(EncryptedTextField):
    """A list of chosen values."""

    def to_text(self, value):
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text):
        return json.loads(text)

    def to_python(self, value):
        return json.loads(value) if isinstance(value, str) and value else value
