"""The reference number of a registration: which letters it has, and how it is read aloud."""

import re
import secrets

from django.utils.crypto import get_random_string

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for something else when read aloud
CODE_LENGTH = 7
CODE = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
BADGE_TOKEN = re.compile(r"[-\w]{1,32}", re.ASCII)
CODE_BEGUN = re.compile(f"[{CODE_LETTERS}]{{3,{CODE_LENGTH}}}")  # with fewer letters it would find many by chance


def new_code() -> str:
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


def spoken(code: str) -> str:
    """In two parts, as it is read aloud and written down."""
    return f"{code[:3]}-{code[3:]}"


def new_badge_token() -> str:
    """128 bits by lot: it can be neither guessed nor worked out from anything that the site knows of a person."""
    return secrets.token_urlsafe(16)
