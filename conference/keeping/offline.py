"""Reading without a line: the worker that keeps public pages in the browser, and the page that shows what is kept."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from conference import words
from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition
from conference.serving.workers import worker_script


@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """Under the address of a language: it rules over the pages below that, and never over the staff's side."""
    site = {
        "zone": settings.TIME_ZONE,
        "digits": words.digits("0123456789"),
        "months": [str(name) for name in MONTHS.values()],
        "moment": pgettext("a day and the time on the clock", "{day} {month}, {time}"),
        "saved": _(
            "There is no line at this moment. This page is as it was saved on this phone on {moment}; "
            "what it says of “now” was so then."
        ),
        "missing": _("There is no line at this moment, and the page that you asked for is not saved on this phone."),
    }
    return worker_script("offline.js", f"const SITE = {json.dumps(site, ensure_ascii=False)};\n")


@public_page
@for_edition
def saved(request: HttpRequest, edition: Edition) -> HttpResponse:
    return render(request, "conference/saved.html", {"edition": edition})
