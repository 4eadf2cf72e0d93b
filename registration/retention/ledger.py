"""Who was erased because they wished it, or was deleted by staff, so that no restored backup brings them back.

A file beside the database, not in it: it outlives a restore. A line is the edition's year, the number of the row, and
a salted hash of the reference number, which tells the person from somebody who is given the same row number after a
restore. Nothing personal. Who goes on one of the dates of an edition needs no line: the daily run erases them again
(erasing_by_date.py).
"""

import os
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex

from django.conf import settings

from registration.models import Registration


def note(registration):
    """On the disk before the row is gone: an erasure that cannot be noted does not happen.

    Were it the other way round, a process that dies in between would leave one that a restore undoes.
    """
    salt = token_hex(8)
    _append(f"\n{registration.edition.year} {registration.pk} {salt} {_hash(salt, registration.code)}")


def make_ready():
    """Fails at the start, not when somebody wants to be erased, if the file cannot be written."""
    _append("")


def come_back():
    """The registrations that are in the database although they were erased."""
    noted = [line.split() for line in settings.ERASURE_LEDGER.read_text().splitlines()]
    noted = [(int(pk), salt, given) for _year, pk, salt, given in (words for words in noted if len(words) == 4)]
    rows = Registration.objects.in_bulk({pk for pk, _salt, _given in noted})
    found = {pk for pk, salt, given in noted if pk in rows and compare_digest(given, _hash(salt, rows[pk].code))}
    return [rows[pk] for pk in sorted(found)]


def _append(text):
    """Each line begins with its line break: one that was cut short by a crash spoils no other."""
    path = settings.ERASURE_LEDGER
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)


def _hash(salt, code):
    return sha256(f"{salt} {code}".encode()).hexdigest()
