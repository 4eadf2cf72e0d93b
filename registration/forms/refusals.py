"""What the rules refuse although the form was filled in well: in words, where the reader looks for them."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registration import breakouts, signup
from registration.forms.programme import say_full

FULL_DAY = _("A day that you have added is full. Leave it as it was, or call us.")


@contextmanager
def said_in(form, *, too_late):
    """What is refused inside becomes an error of the form; `too_late` is said where nothing is taken any more."""
    try:
        yield
    except (signup.Closed, signup.TooLate):
        form.add_error(None, too_late)
    except signup.Full:
        form.add_error("days", FULL_DAY)
    except breakouts.Full as full:
        say_full(form, full.choice)
    except ValidationError as error:
        form.add_error(None, error.messages)
