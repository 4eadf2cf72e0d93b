from typing import Any

from django.template import Library
from django.template.context import RequestContext

from registration.admin.front_page.home import Home, home_of
from registration.admin.front_page.shelves import Shelf, shelves

register = Library()


@register.simple_tag(takes_context=True)
def staff_home(context: RequestContext) -> Home:
    """All of the first page. `app_list` is what the admin found that this person may see."""
    apps: list[dict[str, Any]] = context["app_list"]
    return home_of(context["request"], apps)


@register.simple_tag
def shelves_of(apps: list[dict[str, Any]]) -> list[Shelf]:
    """The tables in the column beside each page, as on the first page."""
    return shelves(apps)
