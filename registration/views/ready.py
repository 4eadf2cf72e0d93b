"""For machines that watch the site."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registration.watching import readiness

KEPT_SECONDS = 5  # many questions cost the database no more than one


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 where nothing stands in the way, else 503, with a line for each thing that the site needs."""
    answers = cache.get_or_set("readiness", readiness.answers, KEPT_SECONDS) or readiness.answers()
    lines = [f"{name}: {wrong or 'ok'}" for name, wrong in answers.items()]
    status = 503 if any(answers.values()) else 200
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8", status=status)
