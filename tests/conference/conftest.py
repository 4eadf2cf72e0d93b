import pytest
from django.contrib.auth.models import User

from conference.account_tables import Account
from conference.accounts import factor, tries
from tests.signing_in import RIGHT


@pytest.fixture
def dara(db):
    return User.objects.create_superuser("dara", "dara@example.org", RIGHT)


@pytest.fixture(autouse=True)
def at_leisure(request, monkeypatch):
    """Visitors who do not all try in the same minute, as tests do."""
    if "in_a_hurry" not in request.fixturenames:
        monkeypatch.setattr(tries, "IN_A_MINUTE", 1000)
        monkeypatch.setattr(tries, "AGAIN_IN_A_MINUTE", 1000)


@pytest.fixture
def in_a_hurry():
    """The limits as they are."""


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def app(dara):
    """Dara's telephone: app() is the code that it shows. Each call is 30 seconds later for the site."""
    salt = factor.new_salt()
    codes = factor.set_up(dara, salt, 0)

    def shows():
        Account.objects.update(factor_step=0)
        return factor.code_now(dara, salt)

    shows.recovery_codes = codes
    return shows
