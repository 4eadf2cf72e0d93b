"""The password of the first account: in a file that only the site's own user may read, until it is changed."""

import os

from django.conf import settings
from django.contrib.auth.models import User


def keep(user: User, password: str) -> None:
    unfinished = settings.FIRST_PASSWORD_FILE.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{user.get_username()} {password}\n")
    unfinished.replace(settings.FIRST_PASSWORD_FILE)


def is_kept() -> bool:
    return bool(settings.FIRST_PASSWORD_FILE.exists())


def forget(user: User) -> None:
    """It is used: its owner has chosen another."""
    if is_kept() and settings.FIRST_PASSWORD_FILE.read_text(encoding="utf-8").split()[:1] == [user.get_username()]:
        settings.FIRST_PASSWORD_FILE.unlink(missing_ok=True)
