"""What `manage.py check` refuses besides Django's own."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from conference import clock

SHORTEST_TOKEN = 32


def no_rehearsal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public server lives in real time: by another clock it takes people in, or refuses them, at the wrong time."""
    if not clock.is_rehearsal():
        return []
    return [Error("SITE_CLOCK is set: the site rehearses.", hint="Leave SITE_CLOCK empty.", id="conference.E001")]


def second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A password alone is guessed, lent, or typed into the wrong page."""
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    said = "REQUIRE_SECOND_FACTOR is off: staff sign in by a password alone."
    return [Warning(said, hint="Set REQUIRE_SECOND_FACTOR=on.", id="conference.W001")]


def no_short_token(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """/metrics takes as many tries as are made."""
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= SHORTEST_TOKEN:
        return []
    hint = f"Give at least {SHORTEST_TOKEN} random characters, or leave METRICS_TOKEN empty."
    return [Error("METRICS_TOKEN can be guessed.", hint=hint, id="conference.E002")]
