"""The part of an own link that only this site can make: 128 bits of an HMAC of what the link opens.

Nothing of it is stored, so nothing can be stolen from the database. `salt` keeps links of one kind from opening
anything of another. A key that was replaced (SECRET_KEY_FALLBACKS) still opens the links that were made with it.
"""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

LENGTH = 32  # hexadecimal digits


def secret_keys() -> list[str]:
    """The one with which links are made, and those that were replaced."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def code_of(salt: str, value: str) -> str:
    return _code(salt, value, settings.SECRET_KEY)


def is_code_of(salt: str, value: str, given: str) -> bool:
    """The work is the same for a right code and a wrong one."""
    is_right = False
    for key in secret_keys():
        is_right |= hmac.compare_digest(given.encode(), _code(salt, value, key).encode())
    return is_right


def _code(salt: str, value: str, key: str) -> str:
    return salted_hmac(salt, value, secret=key, algorithm="sha256").hexdigest()[:LENGTH]
