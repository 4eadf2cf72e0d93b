import pytest

from tests.hackathon.factories import make_hackathon


@pytest.fixture
def hackathon(edition):
    return make_hackathon(edition)
