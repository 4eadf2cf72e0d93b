import logging

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from registration.links import address_for
from tests.factories import make_registration


@pytest.fixture
def line():
    """Writes a record as the site's log has it."""
    columns = dict(settings.LOGGING["formatters"]["line"])
    formatter = import_string(columns.pop("()"))(columns["format"], style=columns["style"])
    return lambda text, *values: formatter.format(logging.LogRecord("a", logging.WARNING, "", 1, text, values, None))


def test_own_link_does_not_reach_the_log(line, edition):
    address = address_for(make_registration(edition))

    said = line("Not Found: %s", address)

    assert address.split("/")[-2] not in said
    assert said.endswith("Not Found: /en/registration/(own link)/")


def test_other_addresses_stand_in_the_log_as_they_are(line):
    assert line("Not Found: %s", "/en/2024/nowhere/").endswith("Not Found: /en/2024/nowhere/")
