"""Which edition a page of the admin is about."""

from conference import editions
from conference.models import Edition


def chosen(request):
    """The one of the year in the address, else the current one."""
    return editions.chosen(request, _current)


def _current():
    return Edition.objects.current() or Edition.objects.latest_first().first()
