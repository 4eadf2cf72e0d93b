import sys
from collections.abc import Callable

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.core.exceptions import FieldDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from conference.serving.passing import is_passing

View = Callable[[HttpRequest], HttpResponse]

OUT_OF_RANGE = "22003"  # PostgreSQL: numeric_value_out_of_range
TRY_AGAIN_AFTER = 30  # seconds; a database that starts anew takes less


class NotTaken(SuspiciousOperation):
    """What stands in the address of a page of the staff is none of the page's filters."""

    def __init__(self, back: str = "") -> None:
        """`back` is the address of the page that can be asked."""
        super().__init__("A parameter in the address is not taken by this page.")
        self.back = back


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For a request that no page of this site sends: too large, not readable, or not taken by the page."""
    if isinstance(exception, RequestDataTooBig):
        return in_both_languages(request, 413)
    if isinstance(exception, NotTaken | DisallowedModelAdminLookup | DisallowedModelAdminToField):
        back = getattr(exception, "back", "") or reverse("admin:index")
        return render(request, "400_filter.html", {"back": back}, status=400)
    if not hasattr(request, "LANGUAGE_CODE"):  # refused before the reader's language was looked for
        return in_both_languages(request, 400)
    return render(request, "400.html", status=400)


# Django's own two pages look for the code against forged forms before they answer. That reads what was sent, and what
# cannot be read made 500 of them.
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is away or busy, because that passes by itself; else 500. A form comes back whole."""
    if not is_passing(sys.exc_info()[1]):
        return in_both_languages(request, 500)
    if not (typed := typed_in(request)):
        return later(in_both_languages(request, 503))
    # The page of a form cannot be drawn without the database.
    context = {"request": request, "typed": typed, "address": request.get_full_path()}
    response = HttpResponse(render_to_string("503_form.html", context), status=503)
    add_never_cache_headers(response)
    return later(response)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What a page can hold to be sent again as it was: no files, and never a password."""
    if request.FILES or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def in_both_languages(request: HttpRequest, status: int) -> HttpResponse:
    """One of the pages that the front serves as well, as they are (deploy/nginx.conf.template).

    Drawn without the context of other pages: nothing here may ask the database.
    """
    return HttpResponse(render_to_string(f"in_both_languages/{status}.html", {"request": request}), status=status)


def later(response: HttpResponse, *, seconds: int = TRY_AGAIN_AFTER) -> HttpResponse:
    """Tells the browser or proxy when to ask again."""
    response.headers["Retry-After"] = str(seconds)
    return response


def refuse_null_characters(get_response: View) -> View:
    """In addresses and cookies: PostgreSQL cannot store them. Forms refuse them by themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        parts = [request.path, *request.GET.values(), *request.COOKIES.values()]
        if any("\x00" in part for part in parts):
            return bad_request(request)
        return get_response(request)

    return middleware


class RefuseOddValues:
    """A number in a form that no column holds: Django asks the database for several rows without a look at it. A null
    character, which PostgreSQL cannot store. And the empty name of a column in an address of the admin, which Django
    takes for one.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        names_no_column = isinstance(exception, FieldDoesNotExist) and "_to_field" in {*request.GET, *request.POST}
        is_odd = names_no_column or is_too_long(exception) or has_null_character(exception)
        return bad_request(request) if is_odd else None


def has_null_character(error: Exception) -> bool:
    """In what a page reads without a form of ours, such as the name of a button. As PostgreSQL's driver says it."""
    return isinstance(error, ValueError) and "NUL (0x00)" in str(error)


def is_too_long(error: Exception) -> bool:
    """As SQLite says it, and as PostgreSQL does."""
    if isinstance(error, OverflowError):
        return "SQLite" in str(error)
    return isinstance(error, DataError) and getattr(error.__cause__, "pgcode", "") == OUT_OF_RANGE
