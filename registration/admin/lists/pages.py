"""The ready-made lists in the admin: one page to choose from, a file of each, and sheets for paper.

Not a ModelAdmin: staff who may take the numbers of meals alone meet no names on the way. The addresses of these pages
stand in RegistrationAdmin.get_urls.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import hand_out, list_as_file
from registration.lists import files
from registration.lists.ready import OF_MEALS, OF_PEOPLE, ready_lists


def may_take_any(user):
    return user.has_perm(OF_PEOPLE) or user.has_perm(OF_MEALS)


@admin.site.admin_view
def lists_page(request):
    if not may_take_any(request.user):
        raise PermissionDenied
    edition = chosen_edition(request)
    return admin_page(
        request,
        "admin/registration/lists.html",
        _("Lists"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        lists=[one for one in ready_lists(edition) if request.user.has_perm(one.permission)],
    )


@admin.site.admin_view
def list_file(request, code, ending):
    edition = chosen_edition(request)
    ready_list = _list(request, edition, code)
    name = f"{ready_list.code}-{edition.year}.{ending}"
    columns, count = files.codes(ready_list), files.size(ready_list)
    file = list_as_file(ready_list, name)
    return hand_out(request, file, name, columns=columns, count=count, edition=edition)


@admin.site.admin_view
def list_for_paper(request, code):
    """The whole list on one page, for the browser to print."""
    edition = chosen_edition(request)
    ready_list = _list(request, edition, code)
    if not ready_list.is_for_paper:
        raise Http404
    page = admin_page(
        request,
        "admin/registration/list_for_paper.html",
        ready_list.title,
        chosen=edition,
        list=ready_list,
        rows=[list(zip(ready_list.columns, row, strict=True)) for row in files.rows(ready_list)],
    )
    subject = f"{ready_list.code}-{edition.year} on paper"
    columns, count = files.codes(ready_list), files.size(ready_list)
    return hand_out(request, page, subject, columns=columns, count=count, edition=edition)


def _list(request, edition, code):
    if not may_take_any(request.user):
        raise PermissionDenied
    ready_list = next((one for one in ready_lists(edition) if one.code == code), None)
    if ready_list is None:
        raise Http404
    if not request.user.has_perm(ready_list.permission):
        raise PermissionDenied
    return ready_list
