import pytest
from django.utils import timezone

from tests.hackathon.factories import make_hackathon


@pytest.fixture(autouse=True)
def _database_lives_in_the_time_of_the_tests(monkeypatch):
    """PostgreSQL has the real clock; tests/time.py has put the site's back."""
    monkeypatch.setattr("hackathon.submitting.arriving.of_database", timezone.now)


@pytest.fixture
def hackathon(edition):
    return make_hackathon(edition)
