"""What is installed is what was tested: pinned, with all that it needs in turn, and each file known by its hash."""

import re
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import licences
from tests.licences import ROOT, locked

FILES = ["requirements", "requirements-dev"]
NEWLY = "bin/lock writes it anew"


def asked(file):
    """What a readable list asks for itself, and what it takes over from another."""
    text = (ROOT / file).read_text(encoding="utf-8")
    own = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}
    for other in re.findall(r"^-r (\S+)", text, re.MULTILINE):
        own = asked(other) | own
    return own


def needed(names, extras=()):
    """All packages that these need on this machine, and those need in turn."""
    found, ahead = set(), {(canonicalize_name(name), extra) for name in names for extra in ["", *extras]}
    while ahead - found:
        found |= ahead
        for name, extra in list(ahead):
            for need in map(Requirement, requires(name) or []):
                if need.marker is None or need.marker.evaluate({"extra": extra}):
                    ahead |= {(canonicalize_name(need.name), each) for each in ["", *need.extras]}
    return {name for name, _extra in found}


@pytest.mark.parametrize("file", FILES)
def test_lock_has_the_versions_of_the_readable_list(file):
    assert asked(f"{file}.txt").items() <= locked(f"{file}.lock").items(), NEWLY


@pytest.mark.parametrize("file", FILES)
def test_lock_names_all_that_is_needed_and_no_more(file):
    lock = (ROOT / f"{file}.lock").read_text(encoding="utf-8")
    elsewhere = set(re.findall(r"^([\w.-]+)==\S+ ; ", lock, re.MULTILINE))  # needed on some machines only

    needs = needed(asked(f"{file}.txt"))

    assert needs <= set(locked(f"{file}.lock")) <= needs | elsewhere, NEWLY


@pytest.mark.parametrize("file", FILES)
def test_each_locked_package_is_known_by_its_hashes(file):
    entries = re.split(r"^(?=[\w.-]+==)", (ROOT / f"{file}.lock").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert len(entries) == len(locked(f"{file}.lock"))
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []


def test_tests_run_with_the_versions_of_the_site():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items(), NEWLY


def test_what_is_installed_here_is_what_is_locked():
    here = needed(asked("requirements-dev.txt"))

    assert {name: version(name) for name in here} == {name: locked("requirements-dev.lock")[name] for name in here}


@pytest.mark.parametrize("file", ["bin/set-up", "deploy/Containerfile"])
def test_nothing_is_installed_without_a_hash(file):
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    installs = [line for line in text.splitlines() if "pip install" in line]

    assert installs
    assert [line for line in installs if "--require-hashes" not in line or ".lock" not in line] == []


def test_licences_are_listed():
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), NEWLY
    assert "|  |" not in licences.page()
