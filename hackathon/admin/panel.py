"""How far the judges are: who has still to judge whom, and who may not."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon.judging import scoring
from hackathon.judging.results import standing_of
from hackathon.models import Hackathon


@admin.site.admin_view
@permission_required("hackathon.view_judge", raise_exception=True)
def page(request, pk):
    """Which teams, not which marks: those are for staff who may see them."""
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition", "result"), pk=pk)
    return admin_page(
        request,
        "admin/hackathon/panel.html",
        _("Judging"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        standing=standing_of(hackathon),
        is_open=scoring.is_open(hackathon),
    )
