"""Every public address carries a year: it becomes the edition before a view sees it.

Under `<year>/draft/` staff who see the programme in the admin see the same pages, drawn from what is not published yet
(agenda.publishing.versions); under `<year>/draft/before/` and `<year>/draft/open/` as they will be before sign-up
opens, and while it is open.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from conference.asking import Given, Prepared
from conference.models import Edition
from conference.rooms_above import for_pages

_PUBLIC_OF_YEAR = Prepared(lambda: for_pages(Edition.objects.public()).filter(year=Given("year")))


def sees_drafts(user: User | AnonymousUser) -> bool:
    """Staff who may see the programme in the admin."""
    rights = ("agenda.view_session", "agenda.change_session")
    return user.is_staff and any(user.has_perm(right) for right in rights)


def for_edition(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the edition of the year in the address, or the current one where there is no year."""

    @wraps(view)
    def with_edition(
        request: HttpRequest, year: int | None = None, draft: bool = False, phase: str = "", **kwargs: Any
    ) -> HttpResponse:
        if draft and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "admin:login")
        # A public page asks for no user: it depends on no session.
        if draft and not sees_drafts(request.user):
            raise PermissionDenied
        if year is None:
            edition = for_pages(Edition.objects.public()).current()
        elif draft:
            edition = for_pages(Edition.objects.all()).filter(year=year).first()
        else:
            edition = _PUBLIC_OF_YEAR.first(year=year)
        if edition is None:
            raise Http404
        edition.previews_draft, edition.previews_phase = draft, phase
        request.edition = edition  # type: ignore[attr-defined]  # for templates (context_processors)
        return view(request, edition, **kwargs)

    return with_edition
