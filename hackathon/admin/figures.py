"""The figures of a hackathon, as far as each of the staff may see them."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon.figures import figures_of
from hackathon.models import Hackathon
from registration.choices import Look
from registration.models import AccessLog


@admin.site.admin_view
@permission_required("hackathon.view_hackathon", raise_exception=True)
def page(request, pk):
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition"), pk=pk)
    shown = ("province", "sector") if request.user.has_perm("registration.view_registration") else ()
    if shown and request.user.has_perm("registration.view_inclusionanswers"):
        shown += ("gender",)
        subject = f"hackathon figures {hackathon.edition.year}"
        AccessLog.objects.create(user=request.user, look=Look.VIEW, subject=subject, columns="gender")
    return admin_page(
        request,
        "admin/hackathon/figures.html",
        _("Figures of the hackathon"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        figures=figures_of(hackathon, shown=shown),
        shown=shown,
    )
