"""What stands in the folder for containers, and what a public server says of itself."""

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
KEYS = {
    "SECRET_KEY": "fL0yQmH4p1Zx8Kc3Vn6Rt9Wb2Jd5Gs7Ae0Ui4Yo8Pl6Mk",
    "FIELD_ENCRYPTION_KEYS": "x8Yx4bHnTjP1oTqkYk0mKQm2m3Gq9m3Jm3b0m0b0m0k=",
    "ALLOWED_HOSTS": "conference.example.org",
    "DEBUG": "off",
    "HTTPS": "on",
}


def is_left_out(path):
    """By the rules of .dockerignore that are here: a name at the top, or with **/ in every folder."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    names = [path, *[path[: match.start()] for match in re.finditer("/", path)]]
    return any(
        fnmatch(name, rule) or (rule.startswith("**/") and fnmatch(name.rpartition("/")[2], rule[3:]))
        for rule in rules
        for name in names
    )


@pytest.mark.parametrize(
    "path", [".env", "deploy/.env", "deploy/.env.new", ".git/config", "var/db.sqlite3", ".env.bak"]
)
def test_keys_and_data_stay_out_of_the_image(path):
    assert is_left_out(path)


@pytest.mark.parametrize("path", ["manage.py", "conference/settings.py", "deploy/compose.yaml", "templates/base.html"])
def test_site_is_in_the_image(path):
    assert not is_left_out(path)


def test_example_has_every_setting_that_the_containers_ask_for():
    example = (ROOT / "deploy" / ".env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE)) | {"SECRET_KEY", "FIELD_ENCRYPTION_KEYS"}

    assert asked == asked & set(re.findall(r"^(\w+)=", example, re.MULTILINE))


@pytest.mark.parametrize(
    ("said", "subdomains", "preload"),
    [
        ({}, False, False),
        ({"HSTS_SUBDOMAINS": "on"}, True, False),
        ({"HSTS_PRELOAD": "on"}, False, False),
        ({"HSTS_SUBDOMAINS": "on", "HSTS_PRELOAD": "on"}, True, True),
        ({"HSTS_SUBDOMAINS": "on", "HSTS_PRELOAD": "on", "HTTPS": "off"}, False, False),
    ],
)
def test_other_hosts_are_bound_on_the_operators_word_only(said, subdomains, preload):
    show = "from conference import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"

    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, env=KEYS | said, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == [str(subdomains), str(preload)]


def test_a_pool_of_connections_takes_the_site_and_an_older_secret_key_is_read():
    show = "from conference import settings as s; print(s.DATABASES['default']['OPTIONS'], s.SECRET_KEY_FALLBACKS)"
    said = {"DATABASE_URL": "postgres://site@pool/site", "SECRET_KEY_FALLBACKS": "one,two"}

    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, env=KEYS | said, capture_output=True, text=True, check=True
    )

    # pgbouncer refuses "options" when a client connects.
    assert done.stdout.strip() == "{'connect_timeout': 5} ['one', 'two']"
