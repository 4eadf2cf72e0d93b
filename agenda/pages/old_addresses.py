"""An address of a session that was published once leads on, for links are in messages, calendars and on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from agenda.programme.value import Programme
from agenda.publishing import versions
from conference.models import Edition


def old_address(request: HttpRequest, edition: Edition, code: str, programme: Programme) -> HttpResponse:
    """To the same page under the id that the session has today. Raises Http404 where there is none."""
    now, here = versions.code_now(edition, code, programme), request.resolver_match
    if now is None or here is None:
        raise Http404
    return redirect(here.view_name, edition.year, now)
