"""The first page of the form as each visitor first sees it: drawn once in a few seconds, for all of them.

What belongs to one visitor is put in each time: the token of their form, that against forged forms, and when they were
shown it. None of the three is kept.
"""

import re
import secrets
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from conference.models import Edition
from registration.forms import machines

Drawing = list[str]  # by turns what all visitors see, and the name of what is put in there

FORM, FORGERY, SHOWN = "form", "forgery", "shown"
HIDDEN = {"csrfmiddlewaretoken": FORGERY, machines.SHOWN: SHOWN}


def first_page(request: HttpRequest, edition: Edition, draw: Callable[[str], HttpResponse]) -> HttpResponse:
    """`draw` draws the page with this token of the form."""
    key = f"first-page-{edition.pk}-{get_language()}-{request.scheme}-{request.get_host()}"
    drawing: Drawing | None = cache.get(key)
    if drawing is None:
        drawing = _for_all(draw)
        cache.set(key, drawing, settings.PUBLIC_PAGE_SECONDS)
    own = {
        FORM: str(uuid4()),
        FORGERY: get_token(request),
        SHOWN: machines.shown(QueryDict()),
    }
    return HttpResponse("".join(own[part] if at % 2 else part for at, part in enumerate(drawing)))


def _for_all(draw: Callable[[str], HttpResponse]) -> Drawing:
    token, mark = str(uuid4()), secrets.token_hex(16)  # which no text that staff write can hold
    html = draw(token).content.decode().replace(token, f"{mark}{FORM}{mark}")
    for name, put_in in HIDDEN.items():
        html = re.sub(rf'(name="{name}"[^>]*? value=")[^"]*"', rf'\g<1>{mark}{put_in}{mark}"', html)
    return html.split(mark)
