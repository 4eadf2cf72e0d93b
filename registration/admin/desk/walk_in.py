"""A person who comes without having signed up: registered and taken in with one form, by the rules of all sign-ups."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.staff.pages import admin_page
from registration import links
from registration.admin.common.signing_up import look_alikes, sign_up_by_staff
from registration.admin.desk.common import GONE, day_gone, for_desk_day, tell
from registration.admin.desk.page import GIVES_PLACES
from registration.choices import Channel, Look
from registration.desk import arrivals
from registration.desk.counts import counts_of
from registration.desk.days import day_to_show
from registration.desk.people import seen
from registration.forms.walk_in import WalkInForm
from registration.models import AccessLog, Registration
from registration.views.busy import nothing_lost


def _typed(request, edition, shown, **happened):
    form = WalkInForm.keep(request.POST, edition=edition, day=shown.day)
    return _form_page(request, shown, form, **happened)


def _on_another_day(request, edition, days):
    """What was typed stays, also where the day was taken out of the programme meanwhile."""
    shown = day_to_show(days)
    if request.method != "POST" or shown is None:
        return day_gone(request, edition, days)
    return _typed(request, edition, shown, gone=GONE, status=409)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@partial(for_desk_day, when_gone=_on_another_day)
@nothing_lost(_typed)
def page(request, edition, shown):
    if not request.user.has_perm("registration.add_registration"):
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, shown, WalkInForm(edition=edition, day=shown.day))
    form = WalkInForm(request.POST, edition=edition, day=shown.day)
    if not form.is_valid():
        return _form_page(request, shown, form)
    alike = [] if form.cleaned_data["anyway"] else seen(look_alikes(form), shown.day)
    told = None if alike else sign_up_by_staff(request, form, Channel.DESK)
    if told is None:
        return _form_page(request, shown, form, alike)
    row = Registration.objects.get(pk=told.pk)
    if not told.is_same_form and not told.repeats:
        _note_link(request, row)
    tell(request, arrivals.note_one(edition, shown.day, row.badge_token, arrivals.IN, by=request.user))
    return redirect("desk:walked_in", edition.year, shown.number, row.pk)


@require_http_methods(["GET", "HEAD"])
@for_desk_day
def done(request, edition, shown, pk):
    """Who came in, in words, and the link for the person's own telephone: once."""
    person = seen(Registration.objects.filter(edition=edition, pk=pk), shown.day)
    if not person:
        messages.error(request, _("This registration is gone meanwhile."))
        return redirect("desk:day", edition.year, shown.number)
    is_new = request.session.pop(LINK_OF, None) == pk
    ways = links.ways_back(person[0].row) if is_new else {}
    return admin_page(
        request,
        "admin/desk/walked_in.html",
        _("Walk-in"),
        edition=edition,
        shown=shown,
        person=person[0],
        link_qr=ways.get("link_qr"),
        counts=counts_of(edition, shown.day),
    )


LINK_OF = "walked_in"  # in the session of the desk: whose link the next page shows


def _note_link(request, row):
    """Staff see the link on the page that comes: it opens the standing alone (registration.links)."""
    links.add_staff_door(row)
    AccessLog.objects.create(user=request.user, look=Look.LINK, subject=f"registration {row}")
    request.session[LINK_OF] = row.pk


def _form_page(request, shown, form, alike=(), *, status=200, **happened):
    response = admin_page(
        request,
        "admin/desk/walk_in.html",
        _("Walk-in"),
        edition=form.edition,
        shown=shown,
        form=form,
        alike=alike,
        may_give=request.user.has_perm(GIVES_PLACES),
        **happened,
    )
    response.status_code = status
    return response
