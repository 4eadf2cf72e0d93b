"""Scripts that go on working in the browser without a page: each rules over the addresses below its own."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse


def worker_script(name: str, before: str = "") -> HttpResponse:
    """A file of static/js, with a line of the site's own before it."""
    return HttpResponse(before + _script(name), content_type="text/javascript; charset=utf-8")


@cache
def _script(name: str) -> str:
    return (settings.BASE_DIR / "static" / "js" / name).read_text(encoding="utf-8")
