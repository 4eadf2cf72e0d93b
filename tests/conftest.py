import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import translation

from agenda.editions.loading import load_edition
from conference.models import Edition
from registration.models import Intake

# The real one takes most of a second for each account, on purpose; no test is about it.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

NEEDS_THE_MACHINE = {"browser", "real_server"}


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in its own
def pytest_collection_modifyitems(items):
    """Where tests run side by side, those with a real server still run one after the other, as does each browser's.

    They begin at once, so that the others are never finished long before them.
    """
    for item in items:
        if item.get_closest_marker("real_server"):
            item.add_marker(pytest.mark.xdist_group("machine"))
    items.sort(key=_needs_the_machine, reverse=True)


def _needs_the_machine(item):
    return any(mark.name in NEEDS_THE_MACHINE for mark in item.iter_markers())


@pytest.fixture(autouse=True)
def _no_page_kept_from_another_test():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _ledger_of_its_own(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.txt"


@pytest.fixture
def edition(db):
    """The real 2024 edition, open for sign-up."""
    load_edition(2024)
    edition = Edition.objects.current()
    Intake.objects.create(edition=edition)
    return edition


@pytest.fixture
def intake(edition):
    return edition.intake


@pytest.fixture
def staff_client(client, db):
    """Signed in with every right."""
    client.force_login(get_user_model().objects.create_superuser("chief", password="a long password"))
    return client
