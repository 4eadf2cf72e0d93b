from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from conference.models import Edition
from conference.pages.tables import PageVersion
from conference.rooms_above import for_pages


def edition(request: HttpRequest) -> dict[str, Any]:
    """For templates: the edition of the page (in the address, else the current one), its pages, the site's address."""
    # Lazily: get_host refuses a wrong host, and the page that says so must be drawn all the same.
    site = SimpleLazyObject(lambda: f"{request.scheme}://{request.get_host()}")
    current = SimpleLazyObject(lambda: for_pages(Edition.objects.all()).current())
    shown: Any = getattr(request, "edition", None) or current

    def pages() -> list[PageVersion]:
        """Asked for where there are some, or where it is not known (knowing_pages)."""
        return PageVersion.objects.for_menu(shown) if shown and getattr(shown, "has_pages", True) else []

    return {
        "site": site,
        "edition": shown,
        "has_archive": SimpleLazyObject(Edition.objects.has_archive),
        "own_pages": SimpleLazyObject(pages),
    }
