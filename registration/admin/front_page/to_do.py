"""What waits for staff: lines on the admin's first page, each with its number and the list where it is done.

To add a line, name its list in `WAITING`; where more than a right and a number decides, write a function of the
request that gives (text, address, count), or None where there is nothing to say to this person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from agenda.chase.unfinished import count as count_unfinished
from conference import clock
from conference.edition_filter import ALL, PARAMETER
from conference.models import Edition
from conference.words import date_only, digits, moment
from registration.backups.noted import unsaved_since
from registration.choices import MessageState, Status
from registration.models import (
    Arrangement,
    ChangeRequest,
    GuardianCall,
    Intake,
    Message,
    Registration,
    Tending,
    TravelRequest,
)
from registration.retention import by_date, erasing

OF_ALL_YEARS = f"{PARAMETER}={ALL}"  # what waits is not hidden because its edition is no longer at work
TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Rows of a list in the admin that wait for staff who have the permission. Without any there is no line."""

    permission: str
    rows: Callable[[], QuerySet]
    text: Promise  # of `count`, which chooses the plural, and `number`, the same in words
    table: str
    query: str = ""


WAITING = [
    Waiting(
        "registration.change_registration",
        Registration.objects.received,
        ngettext_lazy("%(number)s registration to decide on", "%(number)s registrations to decide on", "count"),
        "registration",
        f"&status__exact={Status.RECEIVED}",
    ),
    Waiting(
        "registration.view_message",
        Message.objects.failed,
        ngettext_lazy("%(number)s message could not be sent", "%(number)s messages could not be sent", "count"),
        "message",
        f"&state__exact={MessageState.FAILED}",
    ),
    Waiting(
        "registration.view_message",
        lambda: Message.objects.open_calls().people(),
        ngettext_lazy(
            "%(number)s person to be told by telephone", "%(number)s people to be told by telephone", "count"
        ),
        "message",
        f"&state__exact={MessageState.TO_CALL}",
    ),
    Waiting(
        "registration.view_guardiancall",
        GuardianCall.objects.still_open,
        ngettext_lazy("%(number)s parent or guardian to call", "%(number)s parents or guardians to call", "count"),
        "guardiancall",
        "&is_done__exact=0",
    ),
    Waiting(
        "registration.view_changerequest",
        ChangeRequest.objects.still_open,
        ngettext_lazy("%(number)s request to change an answer", "%(number)s requests to change an answer", "count"),
        "changerequest",
        "&done_at__isempty=1",
    ),
    Waiting(
        "registration.view_inclusionanswers",
        Registration.objects.closed_by_merging,
        ngettext_lazy(
            "%(number)s merged registration whose private answers are closed",
            "%(number)s merged registrations whose private answers are closed",
            "count",
        ),
        "registration",
        "&closed=yes",
    ),
    Waiting(
        "registration.decide_travel",
        TravelRequest.objects.undecided,
        ngettext_lazy("%(number)s travel request to decide on", "%(number)s travel requests to decide on", "count"),
        "travelrequest",
    ),
]


def lines_for(request: HttpRequest) -> list[tuple[str, str, int]]:
    lines = []
    for waiting in WAITING:
        count = waiting.rows().count() if request.user.has_perm(waiting.permission) else 0
        if count:
            text = waiting.text % {"count": count, "number": digits(count)}
            address = reverse(f"admin:registration_{waiting.table}_changelist")
            lines.append((text, f"{address}?{OF_ALL_YEARS}{waiting.query}", count))
    others = (
        *(waiting_emails(request), erasure_soon(request)),
        *(unfinished_programme(request), open_arrangements(request)),
    )
    return lines + [line for line in others if line]


def waiting_emails(request):
    """Since when, for the mail server may have been away for a minute, or for days."""
    if not request.user.has_perm("registration.view_message"):
        return None
    waiting = Message.objects.waiting_too_long()
    since = waiting.values_list("created_at", flat=True).first()
    if since is None:
        return None
    count = waiting.count()
    text = ngettext(
        "%(number)s e-mail waits to be sent, since %(moment)s",
        "%(number)s e-mails wait to be sent, the first since %(moment)s",
        count,
    )
    address = reverse("admin:registration_message_changelist")
    said = text % {"number": digits(count), "moment": moment(since)}
    return said, f"{address}?{OF_ALL_YEARS}&state__exact={MessageState.QUEUED}", count


def erasure_soon(request):
    """Two weeks ahead: figures and lists that are still wanted are to be taken before."""
    if not request.user.has_perm("registration.view_figures"):
        return None
    today = clock.today()
    dates = [erasing.next_date(intake, today) for intake in Intake.objects.select_related("edition")]
    soon = sorted(day for day in dates if day and day - today <= TWO_WEEKS)
    if not soon:
        return None
    text = _("Personal data is erased on %(date)s: take the figures before") % {"date": date_only(soon[0])}
    return text, reverse("admin:registration_figures"), len(soon)


def unfinished_programme(request):
    edition = Edition.objects.being_prepared(clock.today())
    if edition is None or not request.user.has_perm("agenda.view_session"):
        return None
    count = count_unfinished(request, edition)
    if not count:
        return None
    text = ngettext(
        "%(number)s thing unfinished in the programme of %(year)s",
        "%(number)s things unfinished in the programme of %(year)s",
        count,
    )
    said = text % {"number": digits(count), "year": digits(edition.year)}
    return said, f"{reverse('admin:agenda_chase')}?edition={edition.year}", count


def open_arrangements(request):
    """Said with 0 as well: that nothing is open is what inclusion officers look for."""
    if not request.user.has_perm("registration.change_arrangement"):
        return None
    count = Arrangement.objects.open().count()
    text = ngettext("%(number)s arrangement still open", "%(number)s arrangements still open", count)
    said = text % {"number": digits(count)} if count else _("No arrangement is open")
    return said, f"{reverse('admin:registration_arrangement_changelist')}?{OF_ALL_YEARS}&open=yes", count


def alarms(request: HttpRequest) -> list[tuple[str, str]]:
    """For all staff: (text, address). What is of one edition leads to its intake, for those who may open it."""
    may_open = request.user.has_perm("registration.view_intake")
    text = _("%(year)s: no date is set on which personal data is erased. Set both dates in the intake.")
    found = [(text % {"year": digits(one.edition.year)}, one) for one in Intake.objects.without_dates()]
    text = _(
        "%(year)s: personal data has reached its date and is not erased, because %(reason)s. Look at today’s date and "
        "at the dates of the intake. If they are right, ask the person who runs the site to run: %(command)s"
    )
    for intake in by_date.waiting(clock.today()):
        said = text % {
            "year": digits(intake.edition.year),
            "reason": intake.get_erasing_waits_display(),
            "command": "manage.py erase_personal_data --yes",
        }
        found.append((said, intake))
    of_editions = [
        (said, reverse("admin:registration_intake_change", args=[intake.pk]) if may_open else "")
        for said, intake in found
    ]
    return [*silent_helper(), *no_backup(), *of_editions]


def silent_helper() -> list[tuple[str, str]]:
    silent = Tending.silent_since()
    if silent is None:
        return []
    text = _(
        "The helper of the site has not reported since %(moment)s. Meanwhile free places are not offered, e-mails "
        "that are late are not sent, and nothing is erased. Ask the person who runs the site to start it again."
    )
    return [(text % {"moment": moment(silent)}, "")]


def no_backup() -> list[tuple[str, str]]:
    since = unsaved_since()
    if since is None:
        return []
    text = _("What was stored since %(date)s is in no backup. Ask the person who runs the site to run: %(command)s")
    return [(text % {"date": date_only(timezone.localdate(since)), "command": "bin/backup"}, "")]
