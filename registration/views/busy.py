"""Nothing typed is lost, whatever hinders that it is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.debug import sensitive_post_parameters

from conference.serving.attempts import TooOften
from conference.serving.errors import later
from conference.serving.passing import is_passing

View = Callable[..., HttpResponse]


def nothing_lost(form_again: View) -> Callable[[View], View]:
    """For a view of a form. `form_again` draws its page with what was typed, to be sent again.

    It is asked for while the database is busy (`is_busy`), where too many forms come from one network (`too_often`),
    and where the page was open for too long or came without its cookie (`sent_in_vain`). Sent twice, a form counts
    once: that is the work of the rules.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def patient(request: HttpRequest, *whose: Any, **kwargs: Any) -> HttpResponse:
            if hasattr(request, "is_sent_in_vain"):
                return form_again(request, *whose, sent_in_vain=True, status=403)
            try:
                return view(request, *whose, **kwargs)
            except TooOften as often:
                again = form_again(request, *whose, too_often=often, status=429)
                return later(again, seconds=often.seconds)
            except Error as error:
                if request.method != "POST" or not is_passing(error):
                    raise
            return later(form_again(request, *whose, is_busy=True, status=503))

        patient.loses_nothing = True  # type: ignore[attr-defined]  # for csrf_failure
        return patient

    return decorate


@sensitive_post_parameters()
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that was open too long, or without its cookie. Its view finds the edition or the
    participant, and draws the form; nothing of what was sent is done.
    """
    match = request.resolver_match
    if match is None or not hasattr(match.func, "loses_nothing"):
        return plain_csrf_failure(request, reason, template_name="403_csrf.html")
    request.is_sent_in_vain = True  # type: ignore[attr-defined]
    request.csrf_processing_done = True  # type: ignore[attr-defined]  # a page of the staff would look again
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
