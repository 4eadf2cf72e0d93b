"""When another visitor's sign-up holds the lock of the places for too long."""

from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conference.errors import later
from conference.models import Edition
from conference.passing import is_passing
from registration.forms.sign_up import SignUpForm


def kept_while_busy(
    view: Callable[[HttpRequest, Edition], HttpResponse],
) -> Callable[[HttpRequest, Edition], HttpResponse]:
    """The form comes back with all that was typed, to be sent again. Sent twice, it still is one registration."""

    @wraps(view)
    def patient(request: HttpRequest, edition: Edition) -> HttpResponse:
        try:
            return view(request, edition)
        except DatabaseError as error:
            if request.method != "POST" or not is_passing(error):
                raise
        form = SignUpForm.keep(request.POST, edition=edition)
        context = {"edition": edition, "form": form, "is_busy": True}
        return later(render(request, "registration/register.html", context, status=503))

    return patient
