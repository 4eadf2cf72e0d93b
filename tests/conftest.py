import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import translation

from agenda.loading import load_edition
from conference.models import Edition
from registration.models import Intake


@pytest.fixture(autouse=True)
def _no_page_kept_from_another_test():
    cache.clear()
    with translation.override("en"):
        yield


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
