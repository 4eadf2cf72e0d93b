"""The buttons beside a page that staff wrote: publish it, take it back, make an older version the draft again."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from conference.pages.tables import NotWhole, Page
from conference.words import digits

LONGEST_NUMBER = 9  # digits


def carry_out(request: HttpRequest, page: Page) -> None:
    number = request.POST.get("version", "")
    if "publish" in request.POST:
        _publish(request, page)
    elif "back" in request.POST:
        page.take_back()
        _note(request, page, _("Taken back"))
        messages.success(request, _("Visitors do not find this page any more."))
    elif number.isdecimal() and len(number) <= LONGEST_NUMBER:
        page.restore(get_object_or_404(page.versions, number=number))
        _note(request, page, _("Restored into the draft"))
        messages.success(request, _("The draft is as in version %(number)s.") % {"number": digits(number)})


def _publish(request: HttpRequest, page: Page) -> None:
    """What the colleague has read, not what another colleague saved meanwhile."""
    if request.POST["publish"] != page.mark:
        messages.warning(request, _("Nothing was published: the page has changed. Read it, then publish."))
        return
    try:
        version = page.publish(request.user)
    except NotWhole:
        messages.warning(request, _("Nothing was published: a page needs both languages."))
        return
    _note(request, page, _("Published"))
    messages.success(request, _("Version %(number)s is published.") % {"number": digits(version.number)})


def _note(request: HttpRequest, page: Page, said: str) -> None:
    LogEntry.objects.log_actions(request.user.pk or 0, [page], CHANGE, said, single_object=True)
