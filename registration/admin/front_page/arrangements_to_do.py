"""A line for the admin's first page: how many arrangements are still open."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.words import digits
from registration.models import Arrangement


def open_arrangements(request):
    """(text, address, count), or None for whoever may not see arrangements."""
    if not request.user.has_perm("registration.change_arrangement"):
        return None
    count = Arrangement.objects.open().count()
    text = ngettext("%(number)s arrangement still open", "%(number)s arrangements still open", count)
    said = text % {"number": digits(count)} if count else _("No arrangement is open")
    return said, f"{reverse('admin:registration_arrangement_changelist')}?open=yes", count
