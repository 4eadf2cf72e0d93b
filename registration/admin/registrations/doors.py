"""What staff do about the doors to a participant's own page (registration.links). Each is logged."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from conference.staff.pages import admin_page
from registration import links
from registration.choices import Look
from registration.models import AccessLog, Registration
from registration.own_page import changing

TEMPLATES = "admin/registration/registration"


@admin.site.admin_view
@permission_required("registration.change_registration", raise_exception=True)
def new_link_page(request, pk):
    """A page that asks, and the button on it that makes a new link and shows it this one time, to be handed over."""
    registration = get_object_or_404(Registration, pk=pk)
    made = {}
    if request.method == "POST":
        changing.renew_link(registration, by=request.user, is_shown=True)
        _log(request, Look.LINK, registration)
        ways = links.ways_back(registration)
        made = {"is_made": True, "link": ways["link"], "link_qr": ways["link_qr"]}
    title = _("New link to hand over")
    template = f"{TEMPLATES}/new_link.html"
    return admin_page(request, template, title, opts=Registration._meta, registration=registration, **made)


@admin.site.admin_view
@permission_required("registration.view_inclusionanswers", raise_exception=True)
def open_page(request, pk):
    """For inclusion officers: a page that asks, and the button on it that opens the private answers to every link."""
    registration = get_object_or_404(Registration, pk=pk)
    if request.method == "POST":
        changing.open_answers(registration, by=request.user)
        _log(request, Look.OPEN, registration)
        return redirect("admin:registration_registration_change", pk)
    title = _("Open the private answers on the own page")
    template = f"{TEMPLATES}/open.html"
    return admin_page(request, template, title, opts=Registration._meta, registration=registration)


def _log(request, look, registration):
    AccessLog.objects.create(user=request.user, look=look, subject=f"registration {registration}")
