"""What the desk's page needs to open without a line: its frame, and the worker that keeps it in the browser."""

from functools import wraps

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.serving.headers import HEADERS
from conference.serving.workers import worker_script
from conference.staff.pages import admin_page
from registration.admin.desk.common import for_desk_day

POLICY = "Permissions-Policy"


def with_camera(view):
    """The page may ask for the camera, which no other page of the site may."""

    @wraps(view)
    def allowed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers[POLICY] = HEADERS[POLICY].replace("camera=()", "camera=(self)")
        return response

    return allowed


@require_safe
@for_desk_day
def frame(request, edition, shown):
    """The page without any person, form or account: what the browser keeps of it."""
    return admin_page(request, "admin/desk/frame.html", _("Desk"), edition=edition, shown=shown)


@never_cache
@require_safe
def worker(request):
    """Under the desk's own address: a service worker rules over what lies below it, and over nothing else."""
    return worker_script("desk-worker.js")
