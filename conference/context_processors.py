from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from conference.models import Edition


def edition(request: HttpRequest) -> dict[str, Any]:
    """For templates: the edition of the page (in the address, else the current one), and the site's address."""
    # Lazily: get_host refuses a wrong host, and the page that says so must be drawn all the same.
    site = SimpleLazyObject(lambda: f"{request.scheme}://{request.get_host()}")
    shown = getattr(request, "edition", None) or SimpleLazyObject(Edition.objects.current)
    return {"site": site, "edition": shown, "has_archive": SimpleLazyObject(Edition.objects.has_archive)}
