"""What every page of the desk begins with: the right, the edition and the day in its address."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from conference.staff.pages import admin_page
from registration.desk.arrivals import Outcome
from registration.desk.days import days_of

RIGHT = "registration.check_in_registration"
DONE = {Outcome.NOTED, Outcome.UNDONE}
GONE = _(
    "This day is not in the published programme: no person is taken in on it. Tell the colleague who publishes the "
    "programme."
)


def may_check_in(user):
    return user.is_active and user.is_staff and user.has_perm(RIGHT)


def day_gone(request, _edition, _days):
    """To a form or a device that was open when the day was taken out of the published programme, or an old address."""
    if request.headers.get("X-Desk-Day"):
        return JsonResponse({"error": str(GONE)}, status=410)
    page = admin_page(request, "admin/desk/closed.html", _("Desk"), said=GONE, leads_on=True)
    page.status_code = 404
    return page


def for_desk_day(view, when_gone=day_gone):
    """Gives the view the edition and the day (desk.days.DeskDay) of the address.

    Forms and devices say the date too. It goes before the number, which is another one as soon as a day is published
    before this one, or taken out: else people would be noted on a day that no colleague at the desk has seen.
    All days stand in `request.desk_days`.
    """

    @admin.site.admin_view
    @permission_required(RIGHT, raise_exception=True)
    @wraps(view)
    def with_day(request, year, number, **kwargs):
        edition = Edition.objects.filter(year=year).first()
        date = request.headers.get("X-Desk-Day") or request.POST.get("on")
        if edition is None:
            raise Http404
        if getattr(request.user, "volunteer_of", edition.pk) != edition.pk:
            raise PermissionDenied
        days = days_of(edition)
        shown = next((one for one in days if (str(one.day.date) == date if date else one.number == number)), None)
        if shown is None:
            return when_gone(request, edition, days)
        request.desk_days = days
        return view(request, edition, shown, **kwargs)

    return with_day


def tell(request, answer, whom=""):
    """`whom`: the name, where the page does not show it."""
    words = f"{whom} – {answer.words}" if whom else answer.words
    messages.add_message(request, messages.SUCCESS if answer.outcome in DONE else messages.WARNING, words)
