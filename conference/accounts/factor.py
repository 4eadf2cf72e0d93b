"""The second factor: six digits of an authenticator app (TOTP, RFC 6238), or a recovery code from paper.

The secret of an account is made of the site's key and a salt that lies in the database. So neither a stolen database
nor a backup makes codes.
"""

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from conference.account_tables import Account, RecoveryCode

SALT = "conference.accounts.factor"
STEP = 30  # seconds
DIGITS = 6
AROUND = 1  # steps before and after: clocks differ, and typing takes a while
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12
ISSUER = "Open Data Conference"  # the app shows it beside the code


def new_salt() -> str:
    return get_random_string(32)


def is_set_up(user: User) -> bool:
    return Account.objects.filter(user=user).exclude(factor_salt="").exists()


def spoken_secret(user: User, salt: str) -> str:
    """As people type it into the app: ABCD EFGH IJKL …"""
    letters = base64.b32encode(_secret(user, salt, settings.SECRET_KEY)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address(user: User, salt: str) -> str:
    """What the QR code says to the app."""
    return _totp(user, salt, settings.SECRET_KEY).get_provisioning_uri(user.get_username(), ISSUER)


def step_of(user: User, salt: str, digits: str) -> int | None:
    """To which step of time the code belongs, or None. Also an app that was set up with an older key is right."""
    now = int(time.time()) // STEP
    for key in _keys():
        for step in range(now + AROUND, now - AROUND - 1, -1):
            if constant_time_compare(_totp(user, salt, key).generate(step * STEP), digits):
                return step
    return None


def code_now(user: User, salt: str) -> str:
    """What the app shows at this moment."""
    return _totp(user, salt, settings.SECRET_KEY).generate(int(time.time())).decode()


def set_up(user: User, salt: str, step: int) -> list[str]:
    """From now on the app with this salt is asked. Returns new recovery codes, which are shown this once."""
    with transaction.atomic():
        Account.objects.update_or_create(user=user, defaults={"factor_salt": salt, "factor_step": step})
        return new_recovery_codes(user)


def take_away(user: User) -> None:
    """The next sign-in sets it up anew."""
    with transaction.atomic():
        Account.objects.filter(user=user).update(factor_salt="")
        RecoveryCode.objects.filter(user=user).delete()


def new_recovery_codes(user: User) -> list[str]:
    codes = [get_random_string(RECOVERY_DIGITS, "0123456789") for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        hashed = [_hashed(user, code, settings.SECRET_KEY) for code in codes]
        RecoveryCode.objects.bulk_create([RecoveryCode(user=user, hashed=one) for one in hashed])
    return [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]


def takes(user: User, digits: str) -> bool:
    """Whether it is a code of the app, or a recovery code. Neither is taken a second time."""
    if len(digits) == RECOVERY_DIGITS:
        hashed = [_hashed(user, digits, key) for key in _keys()]
        used, _by_table = RecoveryCode.objects.filter(user=user, hashed__in=hashed).delete()
        return used > 0
    account = Account.objects.filter(user=user).exclude(factor_salt="").first()
    step = step_of(user, account.factor_salt, digits) if account else None
    if step is None:
        return False
    later = Account.objects.filter(user=user, factor_step__lt=step)
    return later.update(factor_step=step) == 1


def _keys() -> list[str]:
    """The newest first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _secret(user: User, salt: str, key: str) -> bytes:
    """Twenty bytes and SHA-1, since that is what all apps know."""
    return salted_hmac(SALT, f"{user.pk} {salt}", secret=key, algorithm="sha1").digest()


def _totp(user: User, salt: str, key: str) -> TOTP:
    return TOTP(_secret(user, salt, key), DIGITS, SHA1(), STEP)  # noqa: S303 -- in an HMAC it is sound


def _hashed(user: User, code: str, key: str) -> str:
    return salted_hmac(f"{SALT} recovery", f"{user.pk} {code}", secret=key, algorithm="sha256").hexdigest()
