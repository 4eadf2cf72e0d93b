"""How to report a hole in the site: /.well-known/security.txt, as RFC 9116 wants it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from conference.models import Edition

ADDRESS = "/.well-known/security.txt"


def fields(response):
    return [line.split(": ", 1) for line in response.content.decode().splitlines()]


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ("", "mailto:desk@example.org"),
        ("hole@example.org", "mailto:hole@example.org"),
        ("https://example.org/report", "https://example.org/report"),
        ("mailto:hole@example.org", "mailto:hole@example.org"),
    ],
)
def test_contact_is_the_operators_or_that_of_the_edition(client, edition, settings, said, contact):
    Edition.objects.update(contact_email="desk@example.org")
    settings.SECURITY_CONTACT = said
    settings.SITE_URL = "https://example.org"

    response = client.get(ADDRESS)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    found = dict(fields(response))
    assert len(found) == len(fields(response))  # each once
    assert found["Contact"] == contact
    assert found["Canonical"] == f"https://example.org{ADDRESS}"
    left = datetime.fromisoformat(found["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_nothing_is_there_without_a_contact(client, db, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get(ADDRESS).status_code == 404
