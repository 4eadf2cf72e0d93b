"""Every public address carries a year: it becomes the edition before a view sees it."""

from functools import wraps

from django.shortcuts import get_object_or_404

from conference.models import Edition


def for_edition(view):
    @wraps(view)
    def with_edition(request, year=None, **kwargs):
        editions = Edition.objects.public()
        request.edition = (
            get_object_or_404(editions, year=year) if year else get_object_or_404(editions.latest_first()[:1])
        )
        return view(request, request.edition, **kwargs)

    return with_edition
