"""What `manage.py check` refuses besides Django's own."""

from typing import Any

from django.core.checks import CheckMessage, Error

from conference import clock


def no_rehearsal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public server lives in real time: by another clock it takes people in, or refuses them, at the wrong time."""
    if not clock.is_rehearsal():
        return []
    return [Error("SITE_CLOCK is set: the site rehearses.", hint="Leave SITE_CLOCK empty.", id="conference.E001")]
