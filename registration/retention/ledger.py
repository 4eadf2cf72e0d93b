"""Who was erased because they wished it, or was deleted by staff, so that no restored backup brings them back.

A file beside the database, not in it: it outlives a restore. A line is the edition's year, the number of the row, and
a salted hash of the reference number. After a restore another person may be given the same row number: the hash tells
the two apart. Nothing in the file is personal. A participant who is erased on one of the dates of an edition needs no
line: the daily run erases them again (retention.by_date).
"""

import os
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex

from django.conf import settings

from registration.models import Registration


def note(registration: Registration) -> None:
    """On the disk before the row is gone: an erasure that cannot be noted does not happen.

    In the other order, a process that dies between the two would leave an erasure that a restored backup undoes.
    """
    salt = token_hex(8)
    _append(f"\n{registration.edition.year} {registration.pk} {salt} {_hash(salt, registration.code)}")


def make_ready() -> None:
    """If the file cannot be written, this fails at the start, and not only when a participant wants to be erased."""
    _append("")


def come_back() -> list[Registration]:
    """The registrations that are in the database although they were erased."""
    lines = [line.split() for line in settings.ERASURE_LEDGER.read_text().splitlines()]
    noted = [(int(pk), salt, given) for _year, pk, salt, given in (words for words in lines if len(words) == 4)]
    rows = Registration.objects.in_bulk({pk for pk, _salt, _given in noted})
    found = {pk for pk, salt, given in noted if pk in rows and compare_digest(given, _hash(salt, rows[pk].code))}
    return [rows[pk] for pk in sorted(found)]


def _append(text: str) -> None:
    """Each line begins with its line break: one that was cut short by a crash spoils no other."""
    path = settings.ERASURE_LEDGER
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)


def _hash(salt: str, code: str) -> str:
    return sha256(f"{salt} {code}".encode()).hexdigest()
