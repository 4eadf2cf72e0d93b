"""The settings of an installation as a backup holds them: without keys and passwords."""

import os
import re

from django.conf import settings

NAMED = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]*)=", re.MULTILINE)
SECRET = re.compile("KEY|PASSWORD|SECRET|TOKEN")
USER = re.compile(r"//.*@")  # and the password, which may hold a slash that is not escaped


def without_secrets() -> dict[str, str]:
    """Those that .env.example names, in its order, and that are set here."""
    names = NAMED.findall((settings.BASE_DIR / ".env.example").read_text(encoding="utf-8"))
    found = {name: os.environ[name] for name in names if name in os.environ and not SECRET.search(name)}
    shown = {name: USER.sub("//", value.partition("?")[0]) for name, value in found.items() if name.endswith("_URL")}
    return found | shown


def as_text(values: dict[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in values.items())


def of_text(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines())
