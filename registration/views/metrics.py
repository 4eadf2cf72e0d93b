"""Numbers for a program that watches the site."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference import clock
from registration.watching.counters import counters, for_prometheus


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For who has the operator's token; to others there is nothing here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    text = for_prometheus(counters(), clock.now())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
