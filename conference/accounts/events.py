"""What happened to an account, when and from where, for its owner's eyes."""

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from conference.account_tables import AccountEvent
from conference.serving.visitors import visitor_of

# The first that is found: what stands below names itself after what stands above, too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
            "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Macintosh": "macOS",
           "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


def note(request: HttpRequest, user: User, what: AccountEvent.What) -> None:
    agent = request.headers.get("User-Agent", "")
    AccountEvent.objects.create(user=user, what=what, visitor=visitor_of(request)[:50], browser=browser_of(agent))


def in_a_day(user: User, what: AccountEvent.What) -> int:
    """How often it happened in the last 24 hours."""
    now = timezone.now()
    return user.account_events.filter(what=what, at__range=(now - timedelta(days=1), now)).count()


def browser_of(agent: str) -> str:
    """Firefox, Android. Nothing where neither is known."""
    named = (
        next((name for word, name in names.items() if re.search(rf"\b{word}\b", agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, named))
