from datetime import datetime

import pytest
from django.test import Client

from agenda.publishing import chosen
from tests.factories import make_registration
from tests.registration.admin.registrations.test_registration import member_of

FIRST_MORNING = datetime(2024, 3, 26, 8)


@pytest.fixture
def person(edition):
    return make_registration(edition, name_km="សុខ ដារ៉ា", name_latin="SOK Dara", phone="+85512323045")


@pytest.fixture
def first_morning(settings, person):
    """A person has signed up before, and it is eight o'clock on the first day."""
    settings.SITE_CLOCK = FIRST_MORNING
    return person


@pytest.fixture
def today(edition):
    return chosen.days(edition)[0]


@pytest.fixture
def desk(db):
    return member_of("Registration desk", Client())


@pytest.fixture
def colleague(django_user_model):
    return django_user_model.objects.create_user("colleague")
