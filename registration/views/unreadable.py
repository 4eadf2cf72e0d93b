"""Where an answer is needed that no key opens: said in words, and nothing typed is lost."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from conference.serving.errors import later, typed_in
from registration.encryption.columns import DecryptionError

log = logging.getLogger("django.request")


class SayUnreadable:
    """For pages of participants and of staff alike. A page that needs no such answer is drawn as always."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DecryptionError):
            return None
        log.error("No key in FIELD_ENCRYPTION_KEYS opens %s.", exception, extra={"request": request})
        context = {"typed": typed_in(request), "address": request.get_full_path()}
        response = later(render(request, "registration/unreadable.html", context, status=503))
        add_never_cache_headers(response)
        return response
