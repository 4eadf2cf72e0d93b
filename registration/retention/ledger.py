"""Who was erased because they wished it, or was deleted by staff, so that no restored backup brings them back.

A file beside the database, not in it: it outlives a restore. A line is the edition's year, the number of the row, and
a keyed hash (HMAC) of the reference number. After a restore another person may be given the same row number: the hash
tells the two apart. Without the key no number can be tried; with it, and with a list of numbers, the file tells who of
them was erased. So the key lies apart from the file: ERASURE_LEDGER_KEY, or FIELD_ENCRYPTION_KEYS where it is not set.

Lines from before there was a key have four words, and a hash that anybody can try. They still count.
A participant who is erased on one of the dates of an edition needs no line: the daily run erases them again
(retention.by_date).
"""

import hmac
import os
from hashlib import sha256
from secrets import token_hex

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from registration.models import Registration

KEYED = "keyed"  # what stands in a line before the salt and the keyed hash


def note(*registrations: Registration) -> None:
    """On the disk before the rows are gone: an erasure that cannot be noted does not happen.

    In the other order, a process that dies between the two would leave an erasure that a restored backup undoes.
    All of them in one go: the disk takes its time for each.
    """
    key, lines = all_keys()[0], []
    for row in registrations:
        salt = token_hex(8)
        lines.append(f"\n{row.edition.year} {row.pk} {KEYED} {salt} {_keyed(key, row.pk, salt, row.code)}")
    _append("".join(lines))


def make_ready() -> None:
    """If the file cannot be written, this fails at the start, and not only when a participant wants to be erased."""
    all_keys()
    _append("")


def come_back() -> list[Registration]:
    """The registrations that are in the database although they were erased."""
    lines = [line.split() for line in settings.ERASURE_LEDGER.read_text().splitlines()]
    whole = [words for words in lines if len(words) in (4, 5)]  # one that was cut short by a crash is left out
    rows = Registration.objects.in_bulk({int(words[1]) for words in whole})
    found = {int(words[1]) for words in whole if int(words[1]) in rows and _is_of(rows[int(words[1])], words[2:])}
    return [rows[pk] for pk in sorted(found)]


def merge(text: str) -> int:
    """Adds the lines of a copy of this file that are not in it; the number of them. No line is ever taken out."""
    make_ready()
    known = set(settings.ERASURE_LEDGER.read_text().splitlines())
    new = [line for line in text.splitlines() if line.strip() and line not in known]
    if new:
        _append("".join(f"\n{line}" for line in new))
    return len(new)


def all_keys() -> list[str]:
    """The first writes; each of them reads."""
    found = [key for key in (settings.ERASURE_LEDGER_KEY, *settings.FIELD_ENCRYPTION_KEYS) if key]
    if not found:
        raise ImproperlyConfigured("ERASURE_LEDGER_KEY is empty: the ledger of erasures needs a key.")
    return found


def _is_of(row: Registration, words: list[str]) -> bool:
    """Whether the rest of a line is of this row."""
    *form, salt, given = words
    if form == [KEYED]:
        return any(hmac.compare_digest(given, _keyed(key, row.pk, salt, row.code)) for key in all_keys())
    return not form and hmac.compare_digest(given, sha256(f"{salt} {row.code}".encode()).hexdigest())


def _append(text: str) -> None:
    """Each line begins with its line break: one that was cut short by a crash spoils no other."""
    path = settings.ERASURE_LEDGER
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)


def _keyed(key: str, pk: int, salt: str, code: str) -> str:
    return hmac.new(key.encode(), f"{pk} {salt} {code}".encode(), "sha256").hexdigest()
