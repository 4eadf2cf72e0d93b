"""The link of a team, a mentor or a judge, for staff who hand it on: by Telegram, on paper, or to be photographed."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from conference.files.qr_code import qr_svg
from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon import links
from registration.choices import Look
from registration.models import AccessLog


def link_page(request, model_admin, row, address, *, subject):
    """Each look is noted in the access log."""
    take_only(request, set(), back=request.path)
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied
    if request.method == "POST":
        links.revoke(row)
        model_admin.log_change(request, row, [{"changed": {"fields": [str(_("link"))]}}])
        return redirect(request.path)
    AccessLog.objects.create(user=request.user, look=Look.LINK, subject=subject)
    link = f"{settings.SITE_URL}{address}"
    return admin_page(
        request,
        "admin/hackathon/link.html",
        str(row),
        opts=row._meta,
        row=row,
        link=link,
        qr=qr_svg(link),
        to_telegram=f"https://t.me/share/url?{urlencode({'url': link})}",
    )
