"""Pages of the admin that check and save under the lock of the places."""

from contextlib import contextmanager, nullcontext

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.words import digits, moment
from registration.places.lock import place_lock_if_any


@contextmanager
def locked(model_admin, request, object_id):
    """For what staff send of a row's page: what is checked still holds when it is saved, in one transaction."""
    row = model_admin.get_object(request, unquote(object_id)) if object_id and request.method == "POST" else None
    with nullcontext() if row is None else place_lock_if_any(row.edition_id):
        yield


def tell_offered(request, offered):
    """To whom a place is offered, because staff have made one free. `offered`: registrations."""
    if not offered:
        return
    said = ngettext(
        "A place is offered to %(number)s person who was waiting: %(codes)s",
        "A place is offered to %(number)s people who were waiting: %(codes)s",
        len(offered),
    )
    until = _("%(code)s (until %(moment)s)")
    codes = [until % {"code": row.spoken_code, "moment": moment(row.offered_until)} for row in offered]
    messages.info(request, said % {"number": digits(len(offered)), "codes": ", ".join(codes)})
