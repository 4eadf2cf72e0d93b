"""Every public address carries a year: it becomes the edition before a view sees it.

Under `<year>/draft/` staff see the same pages drawn from what is not published yet (agenda.publishing).
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from conference.models import Edition


def for_edition(view):
    @wraps(view)
    def with_edition(request, year=None, draft=False, **kwargs):
        if draft and not request.user.is_staff:
            return redirect_to_login(request.get_full_path(), "admin:login")
        editions = Edition.objects.all() if draft else Edition.objects.public()
        request.edition = editions.current() if year is None else editions.filter(year=year).first()
        if request.edition is None:
            raise Http404
        request.edition.previews_draft = draft
        return view(request, request.edition, **kwargs)

    return with_edition


def chosen(request, otherwise):
    """For a page of the admin: the edition of the year in the address, else what `otherwise` finds. 404 if none."""
    year = request.GET.get("edition", "")
    if not year:
        edition = otherwise()
    else:
        edition = Edition.objects.filter(year=year).first() if year.isdecimal() and len(year) == 4 else None
    if edition is None:
        raise Http404
    return edition
