"""When somebody else holds the lock of the places for too long."""

from functools import wraps

from django.db import DatabaseError
from django.shortcuts import render

from conference.errors import is_passing, later
from registration.forms.sign_up import SignUpForm


def kept_while_busy(view):
    """The form comes back with all that was typed, to be sent again. Sent twice, it still is one registration."""

    @wraps(view)
    def patient(request, edition):
        try:
            return view(request, edition)
        except DatabaseError as error:
            if request.method != "POST" or not is_passing(error):
                raise
        form = SignUpForm.keep(request.POST, edition=edition)
        context = {"edition": edition, "form": form, "is_busy": True}
        return later(render(request, "registration/register.html", context, status=503))

    return patient
