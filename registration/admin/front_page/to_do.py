"""What waits for staff: lines on the admin's first page, each with its number and the list where it is done.

A line is a function of the request that gives (text, address, count), or None for whoever may not see that list.
Where the count is 0 nothing is shown. To add a line, write such a function and name it in `TO_DO`.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.words import date_only, digits
from registration.admin.front_page.arrangements_to_do import open_arrangements
from registration.admin.front_page.programme_to_do import unfinished_programme
from registration.choices import MessageState, Status
from registration.models import ChangeRequest, GuardianCall, Intake, Message, Registration, TravelRequest
from registration.retention import by_date, erasing

TWO_WEEKS = timedelta(days=14)


def lines_for(request):
    lines = (line(request) for line in TO_DO)
    return [line for line in lines if line and line[2]] + [line for also in ALSO_NONE if (line := also(request))]


def failed_messages(request):
    if not request.user.has_perm("registration.view_message"):
        return None
    count = Message.objects.failed().count()
    text = ngettext("%(number)s message could not be sent", "%(number)s messages could not be sent", count)
    return text % {"number": digits(count)}, _messages(MessageState.FAILED), count


def people_to_call(request):
    if not request.user.has_perm("registration.view_message"):
        return None
    count = Message.objects.open_calls().people().count()
    text = ngettext("%(number)s person to be told by telephone", "%(number)s people to be told by telephone", count)
    return text % {"number": digits(count)}, _messages(MessageState.TO_CALL), count


def people_to_decide_on(request):
    if not request.user.has_perm("registration.change_registration"):
        return None
    count = Registration.objects.received().count()
    text = ngettext("%(number)s registration to decide on", "%(number)s registrations to decide on", count)
    address = f"{reverse('admin:registration_registration_changelist')}?status__exact={Status.RECEIVED}"
    return text % {"number": digits(count)}, address, count


def guardians_to_call(request):
    if not request.user.has_perm("registration.view_guardiancall"):
        return None
    count = GuardianCall.objects.still_open().count()
    text = ngettext("%(number)s parent or guardian to call", "%(number)s parents or guardians to call", count)
    return (
        text % {"number": digits(count)},
        f"{reverse('admin:registration_guardiancall_changelist')}?is_done__exact=0",
        count,
    )


def travel_to_decide_on(request):
    if not request.user.has_perm("registration.decide_travel"):
        return None
    count = TravelRequest.objects.undecided().count()
    text = ngettext("%(number)s travel request to decide on", "%(number)s travel requests to decide on", count)
    return text % {"number": digits(count)}, reverse("admin:registration_travelrequest_changelist"), count


def erasure_soon(request):
    """Two weeks ahead: figures and lists that are still wanted are to be taken before."""
    if not request.user.has_perm("registration.view_figures"):
        return None
    today = timezone.localdate()
    dates = [erasing.next_date(intake, today) for intake in Intake.objects.select_related("edition")]
    soon = sorted(day for day in dates if day and day - today <= TWO_WEEKS)
    text = soon and _("Personal data is erased on %(date)s: take the figures before") % {"date": date_only(soon[0])}
    return text, reverse("admin:registration_figures"), len(soon)


def erasing_that_waits(request: HttpRequest) -> list[tuple[str, str]]:
    """For everybody on the staff: one text for each edition, with the address of its intake for who may open it."""
    may_open = request.user.has_perm("registration.view_intake")
    text = _(
        "%(year)s: personal data has reached its date and is not erased, because %(reason)s. Look at today’s date and "
        "at the dates of the intake. If they are right, ask the person who runs the site to run: %(command)s"
    )
    return [
        (
            text
            % {
                "year": digits(intake.edition.year),
                "reason": intake.get_erasing_waits_display(),
                "command": "manage.py erase_personal_data --yes",
            },
            reverse("admin:registration_intake_change", args=[intake.pk]) if may_open else "",
        )
        for intake in by_date.waiting(timezone.localdate())
    ]


def requests_for_changes(request):
    if not request.user.has_perm("registration.view_changerequest"):
        return None
    count = ChangeRequest.objects.still_open().count()
    text = ngettext("%(number)s request to change an answer", "%(number)s requests to change an answer", count)
    return (
        text % {"number": digits(count)},
        reverse("admin:registration_changerequest_changelist") + "?done_at__isempty=1",
        count,
    )


def _messages(state):
    return f"{reverse('admin:registration_message_changelist')}?state__exact={state}"


TO_DO = (
    people_to_decide_on,
    failed_messages,
    people_to_call,
    guardians_to_call,
    requests_for_changes,
    travel_to_decide_on,
    erasure_soon,
    unfinished_programme,
)
# Shown with 0 as well: that nothing is open is what officers look for.
ALSO_NONE = (open_arrangements,)
