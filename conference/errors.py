import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import server_error as plain_server_error

TRY_AGAIN_AFTER = 30  # seconds; a database that starts anew takes less


def bad_request(request, exception=None):
    """A request that no page of ours sends: too large, or not readable."""
    return render(request, "400.html", status=400)


def server_error(request):
    """A database that is away or too busy comes back by itself: that is no fault, and a proxy should know it too."""
    if not is_passing(sys.exc_info()[1]):
        return plain_server_error(request)
    # Without the request: nothing here may ask the database.
    return later(HttpResponse(render_to_string("503.html"), status=503))


def is_passing(error):
    """The database is away, or busy. psycopg2 says no more than DatabaseError when its line breaks at a bad moment."""
    return isinstance(error, InterfaceError | OperationalError) or type(error) is DatabaseError


def later(response):
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def refuse_null_characters(get_response):
    """Nobody types one, and PostgreSQL cannot hold one. Forms refuse them by themselves."""

    def middleware(request):
        parts = [request.path, *request.GET.values(), *request.COOKIES.values()]
        if any("\x00" in part for part in parts):
            return bad_request(request)
        return get_response(request)

    return middleware
