"""Which edition a page of the admin is about."""

from conference import editions
from conference.models import Edition


def chosen(request):
    """The one of the year in the address, else the current one."""
    return editions.chosen(request, Edition.objects.current_or_latest)
