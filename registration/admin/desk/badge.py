"""The page that a badge's QR code opens in any telephone: for the desk one button, for all others nothing.

The address is in no language: the page speaks that of the telephone.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference import clock
from conference.models import Edition
from conference.staff.pages import admin_page
from registration.admin.desk.common import may_check_in, tell
from registration.desk import arrivals
from registration.desk.days import days_of
from registration.desk.people import seen
from registration.desk.tokens import with_tokens
from registration.models import DeskAct, Registration


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    if not may_check_in(request.user):
        return _nothing(request)
    edition = Edition.objects.at_work(clock.today())
    if edition is None:
        return _desk_page(request, token, _("There is no conference yet."))
    today = next((one.day for one in days_of(edition) if one.is_today), None)
    row = with_tokens([token]).get(token)
    if foreign := arrivals.foreign_badge(row, edition):
        return _desk_page(request, token, foreign[1])
    if today is None:
        return _desk_page(request, token, _("Today is no day of the conference: no person is taken in."))
    if request.method == "POST":
        what = DeskAct.What.UNDO if "undo" in request.POST else DeskAct.What.IN
        tell(request, arrivals.note_one(edition, today, token, what, by=request.user))
        return redirect("desk:badge", token)
    person = seen(Registration.objects.filter(pk=row.pk), today)[0]
    return _desk_page(request, token, person=person, today=today)


def _desk_page(request, token, why="", **shown):
    """`why`: no person is taken in."""
    return admin_page(request, "admin/desk/badge.html", _("Badge"), token=token, why=why, **shown)


def _nothing(request):
    """The same for each address: nothing is looked up, so nothing can be told of a badge."""
    sign_in = f"{reverse('admin:login')}?{urlencode({'next': request.path})}"
    has_account = request.user.is_authenticated and request.user.is_staff
    return render(request, "registration/badge.html", {"sign_in": sign_in, "has_account": has_account})
