"""Which edition a page of the admin is about."""

from django.http import Http404

from conference.models import Edition


def chosen(request):
    """The one of the year in the address, else the current one."""
    year = request.GET.get("edition", "")
    if not year:
        edition = Edition.objects.current() or Edition.objects.latest_first().first()
    else:
        edition = Edition.objects.filter(year=year).first() if year.isdecimal() and len(year) == 4 else None
    if edition is None:
        raise Http404
    return edition
