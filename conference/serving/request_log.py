"""A number for each request, and one line in the log about it: how it went, never who asked or what for.

The address is left out, because it may carry a secret or what was searched for; the name of its route stands for it.
"""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("conference.requests")

NUMBER = re.compile(r"[0-9a-f]{10,32}")
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


def number_requests(get_response: View) -> View:
    """Pages of errors show the number, the answer's header X-Request-ID and the log have it too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.number = _number_of(request)  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        if log.isEnabledFor(logging.INFO):
            log.info(json.dumps(_line(request, response, time.perf_counter() - started)))
        return response

    return middleware


def _number_of(request: HttpRequest) -> str:
    """The front's own, so that its line and ours can be laid side by side; a visitor's is not taken."""
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if NUMBER.fullmatch(given) else secrets.token_hex(5)


def _line(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, str | int | float]:
    route = "static" if request.path.startswith(settings.STATIC_URL) else "unknown"
    if request.resolver_match:
        route = request.resolver_match.view_name or "unnamed"
    line: dict[str, str | int | float] = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "id": request.number,  # type: ignore[attr-defined]
        "method": request.method if request.method in METHODS else "other",
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "language": getattr(request, "LANGUAGE_CODE", ""),
    }
    if given := getattr(request, "given", 0):  # so often since the last line its answer was given as it was kept
        line["given"] = given
    return line
