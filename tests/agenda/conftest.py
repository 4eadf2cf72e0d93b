import pytest
from django.utils import timezone

from agenda.models import Session
from agenda.publishing import versions
from tests.factories import make_day, make_edition, make_session


@pytest.fixture
def coming(db):
    """An edition that has not ended, with one published session at nine."""
    today = timezone.localdate()
    edition = make_edition(year=today.year + 1)
    make_session(make_day(edition), title_en="Talk", code="talk")
    versions.publish(edition, by=None)
    return edition


@pytest.fixture
def talk(coming):
    return Session.objects.get(code="talk")
