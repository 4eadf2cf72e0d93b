"""The licences of the packages that the site runs with, as the packages themselves name them.

`python -m tests.licences` writes docs/licences.md; bin/lock calls it.
"""

import re
from importlib.metadata import distribution, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Licences of what the site runs with

Written by `bin/lock`, from what each package says of itself. What only the tests need is not handed on and not listed.

| package | licence |
|---|---|
"""
# What lies in static/, with its licence beside it.
FOOT = """
Served to browsers as its authors published it:

| what | licence |
|---|---|
| static/js/qr-0.7.0: `qr` of Paul Miller, which reads QR codes | MIT OR Apache-2.0 |
"""
# Needed by some versions of Python only, so it may not be here to be asked.
ELSEWHERE = {"async-timeout": "Apache-2.0"}
LONGEST = 60  # letters: some packages give the whole text of their licence instead of its name


def locked(file):
    """The version of each package."""
    lines = (ROOT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lines, re.MULTILINE))


def licence(package):
    if package in ELSEWHERE:
        return ELSEWHERE[package]
    said = metadata(package)
    named = [said.get("License-Expression"), said.get("License")]
    classified = [name.rpartition(" :: ")[2] for name in said.get_all("Classifier", []) if name.startswith("License")]
    named += [" or ".join(name for name in classified if name != "OSI Approved")]
    # One that names none has the text beside it, which begins with its name.
    named += [(distribution(package).read_text("licenses/LICENSE") or "").partition("\n")[0]]
    return next((name for name in named if name and len(name) <= LONGEST and "\n" not in name), "")


def page():
    return HEAD + "".join(f"| {package} | {licence(package)} |\n" for package in locked("requirements.lock")) + FOOT


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
