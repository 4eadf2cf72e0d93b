"""Public pages are kept for a few seconds, so that a crowd costs nothing; staff always see the live page.

While the database is away, all see the last good copy (conference.keeping.copies).
"""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from http.client import responses
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_response_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.keeping import copies
from conference.keeping.kept import HIGHEST_NUMBER, WHILE_DRAWN, Reads, answer_of, answers, drawing, is_for_all
from conference.serving.passing import is_passing

View = Callable[..., HttpResponse]
AWAY, AWAY_SECONDS = "database-away", 5  # for so long it is not asked again: to ask may take seconds


def in_front(application: WSGIApplication) -> WSGIApplication:
    """In front of the site: an answer that is kept is given before Django makes a request of what was asked.

    It has no line in the log. The line of the next drawing tells how often it was given
    (conference.serving.request_log).
    """

    def front(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = answers.find(environ) if is_for_all(environ) else None
        if answer is None or not answer.is_fresh:
            return application(environ, start_response)
        form = answer.form_for(environ)
        start_response(f"{form.status} {responses[form.status]}", [*form.headers, *answer.for_front.items()])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.content]

    return front


def keep_whole_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before all other middleware: what a page that is public draws is kept, and not drawn again for some seconds."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_for_all(request.META):
            return get_response(request)
        answer = answers.find(request.META)
        if answer is None:
            return _drawn(request, get_response)
        if answer.is_fresh:
            return answer.to(request)
        with drawing(request.META) as is_alone:
            if not is_alone and answer.age < settings.PUBLIC_PAGE_SECONDS + WHILE_DRAWN:
                return answer.to(request)
            request.given = answer.given  # type: ignore[attr-defined]
            return _drawn(request, get_response)

    return middleware


def _drawn(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    response = get_response(request)
    reads: Reads | None = getattr(response, "reads", None)
    if reads is None:
        return response
    if answer := answer_of(response):
        answers.put(request.META, reads, answer)
        sent = answer.to(request)
        sent.headers["X-Request-ID"] = response.headers["X-Request-ID"]
        return sent
    return response


def public_page_reading(*, flags: Collection[str] = (), numbers: Collection[str] = ()) -> Callable[[View], View]:
    """For a page without form or cookie, which reads these parameters of its address: flags, and small numbers.

    A visitor may get a copy that is a few seconds old. Neither a made-up cookie nor a made-up parameter leads past
    it: only a session of staff is served live, and what the page does not read is taken out of the address. Where the
    view knows the highest number that there is, it says so (`is_up_to`): all above it are then one page.
    """
    reads = Reads(frozenset(flags), dict.fromkeys(numbers, HIGHEST_NUMBER))

    def decorate(view: View) -> View:
        drawn, live = _for_all(view, reads), never_cache(view)

        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _read_address(request, reads.in_one_spelling(request.META["QUERY_STRING"]))
            if cache.get(AWAY) and (copy := copies.latest(request)):
                return copy
            try:
                # Without a session of ours nothing is asked: the page then depends on none. Django would answer a
                # cookie that is made up, and such an answer is not kept.
                if is_for_all(request.META):
                    request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
                elif request.user.is_staff:
                    return live(request, *args, **kwargs)
                elif (answer := answers.find(request.META)) and answer.is_fresh:
                    return answer.to(request)
                return drawn(request, *args, **kwargs)
            except Error as error:
                copy = copies.latest(request) if is_passing(error) else None
                if copy is None:
                    raise
                cache.set(AWAY, 1, AWAY_SECONDS)
                return copy

        return page

    return decorate


public_page = public_page_reading()


def is_up_to(response: HttpResponse, **highest: int) -> HttpResponse:
    """Of the numbers that the page reads in its address. Else each number of three digits would be a page to draw."""
    response.highest = highest  # type: ignore[attr-defined]
    return response


def leave_in_address(request: HttpRequest, names: Collection[str]) -> None:
    """What a page with a form reads in its address. It never repeats the rest, such as the mark that Facebook adds."""
    given = [(name, value) for name, values in request.GET.lists() if name in names for value in values]
    _read_address(request, urlencode(given))


def _read_address(request: HttpRequest, query: str) -> None:
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)


def _for_all(view: View, reads: Reads) -> View:
    """What it draws is kept for all visitors, and is what they see while the database is away."""

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            copies.forget(request)
            raise
        patch_response_headers(response, settings.PUBLIC_PAGE_SECONDS)
        copies.note(request, response)
        highest: dict[str, int] = getattr(response, "highest", {})
        response.reads = reads.up_to(highest)  # type: ignore[attr-defined]
        return response

    return drawn
