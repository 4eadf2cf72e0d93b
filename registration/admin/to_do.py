"""What waits for staff: lines on the admin's first page, each with its number and the list where it is done.

A line is a function of the request that gives (text, address, count), or None for whoever may not see that list.
Where the count is 0 nothing is shown. To add a line, write such a function and name it in `TO_DO`.
"""

from django.urls import reverse
from django.utils.translation import ngettext

from registration.admin.arrangements_to_do import open_arrangements
from registration.admin.programme_to_do import unfinished_programme
from registration.choices import MessageState
from registration.models import ChangeRequest, Message


def lines_for(request):
    lines = (line(request) for line in TO_DO)
    return [line for line in lines if line and line[2]] + [line for also in ALSO_NONE if (line := also(request))]


def failed_messages(request):
    if not request.user.has_perm("registration.view_message"):
        return None
    count = Message.objects.failed().count()
    text = ngettext("%(number)s message could not be sent", "%(number)s messages could not be sent", count)
    return text % {"number": count}, _messages(MessageState.FAILED), count


def people_to_call(request):
    if not request.user.has_perm("registration.view_message"):
        return None
    count = Message.objects.open_calls().people().count()
    text = ngettext("%(number)s person to be told by telephone", "%(number)s people to be told by telephone", count)
    return text % {"number": count}, _messages(MessageState.TO_CALL), count


def requests_for_changes(request):
    if not request.user.has_perm("registration.view_changerequest"):
        return None
    count = ChangeRequest.objects.still_open().count()
    text = ngettext("%(number)s request to change an answer", "%(number)s requests to change an answer", count)
    return (
        text % {"number": count},
        reverse("admin:registration_changerequest_changelist") + "?done_at__isempty=1",
        count,
    )


def _messages(state):
    return f"{reverse('admin:registration_message_changelist')}?state__exact={state}"


TO_DO = (failed_messages, people_to_call, requests_for_changes, unfinished_programme)
# Shown with 0 as well: that nothing is open is what officers look for.
ALSO_NONE = (open_arrangements,)
