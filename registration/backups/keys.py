"""Whether the keys of a place are those with which a backup was made. None of them is in it."""

import hmac

from cryptography.fernet import InvalidToken
from django.core.signing import BadSignature, Signer

from registration.encryption.columns import box
from registration.retention import ledger

WORD = "backup"
SALT = "registration.backups"


def proofs() -> dict[str, str]:
    """They tell no more than what lies beside them: encrypted answers, the ledger, and links in the mail."""
    return {
        "FIELD_ENCRYPTION_KEYS": box().encrypt(WORD.encode()).decode(),
        "ERASURE_LEDGER_KEY": _of_the_ledger(ledger.all_keys()[0]),
        "SECRET_KEY": Signer(salt=SALT).sign(WORD),
    }


def missing(given: dict[str, str]) -> list[str]:
    """Names of settings whose values are not, or no longer, those of the backup."""
    found = []
    try:
        box().decrypt(given["FIELD_ENCRYPTION_KEYS"].encode())
    except InvalidToken:
        found.append("FIELD_ENCRYPTION_KEYS")
    if given["ERASURE_LEDGER_KEY"] not in [_of_the_ledger(key) for key in ledger.all_keys()]:
        found.append("ERASURE_LEDGER_KEY")
    try:
        Signer(salt=SALT).unsign(given["SECRET_KEY"])
    except BadSignature:
        found.append("SECRET_KEY")
    return found


def _of_the_ledger(key: str) -> str:
    return hmac.new(key.encode(), WORD.encode(), "sha256").hexdigest()
