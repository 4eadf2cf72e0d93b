"""What the rules refuse although the form was filled in well: in words, where the reader looks for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.forms.programme import say_full
from registration.places import lock, seats

FULL_DAY = _("A day that you have added is full. Leave it as it was, or call us.")


@contextmanager
def said_in(form: BaseForm, *, too_late: Promise, closed: Promise | None = None) -> Iterator[None]:
    """What is refused inside becomes an error of the form. `too_late` is said where nothing is accepted any more;
    `closed`, if it is given, where no newcomer is.
    """
    try:
        yield
    except lock.Closed:
        form.add_error(None, closed or too_late)
    except lock.TooLate:
        form.add_error(None, too_late)
    except lock.NoPlaceLeft:
        form.add_error("days", FULL_DAY)
    except seats.NoSeatLeft as full:
        say_full(form, full.choice)
    except ValidationError as error:
        form.add_error(None, error.messages)
