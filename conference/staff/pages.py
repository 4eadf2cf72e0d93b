"""What pages of our own in the admin share: their frame, the edition they are about, how a number is told."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from conference import clock
from conference.models import Edition
from conference.staff.list_admin import take_only
from conference.words import digits

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def admin_page(
    request: HttpRequest, template: str, title: "str | StrPromise", *, status: int = 200, **context: object
) -> TemplateResponse:
    """A page of our own inside the admin: with what the admin's frame around it needs."""
    whole = admin.site.each_context(request) | {"title": title} | context
    return TemplateResponse(request, template, whole, status=status)


def tell_number(request: HttpRequest, text: "StrPromise", number: int) -> None:
    """Tells for how many rows something was done. `text` is an ngettext_lazy text that takes its plural by `count`."""
    messages.info(request, text % {"count": number, "number": digits(number)})


def chosen_edition(
    request: HttpRequest, otherwise: Callable[[], Edition | None] | None = None, *, also: Iterable[str] = ()
) -> Edition:
    """Which edition a page of the admin is about: the one of the year in the address, else the edition at work.

    `otherwise` finds another one to begin with.
    Such a page takes no other parameter, but for those in `also`: a filter that it passed over would be thought to
    have been heard.
    """
    take_only(request, {"edition", *also}, back=request.path)
    year = request.GET.get("edition", "")
    if not year:
        edition = otherwise() if otherwise else Edition.objects.at_work(clock.today())
    elif year.isdecimal() and len(year) == 4:
        edition = Edition.objects.filter(year=year).first()
    else:
        edition = None
    if edition is None:
        raise Http404
    return edition
