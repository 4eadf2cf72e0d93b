"""Every public address carries a year: it becomes the edition before a view sees it."""

from functools import wraps

from django.http import Http404

from conference.models import Edition


def for_edition(view):
    @wraps(view)
    def with_edition(request, year=None, **kwargs):
        editions = Edition.objects.public()
        request.edition = editions.current() if year is None else editions.filter(year=year).first()
        if request.edition is None:
            raise Http404
        return view(request, request.edition, **kwargs)

    return with_edition
