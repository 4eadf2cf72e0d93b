"""What waits for staff: tiles on the admin's first page, each with its number and the list where it is done.

To add a tile, name its list in `WAITING`; where more than a right and a number decides, write a function that gives a
Tile, or None where there is nothing to say to this person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from agenda.publishing.pending import Pending
from conference import clock
from conference.asking import HowMany, Questions, first
from conference.models import Edition
from conference.rooms_above import Waiting, rooms_above
from conference.staff.edition_filter import ALL, PARAMETER
from conference.words import date_only, digits, moment
from registration.choices import InvitationState, LetterState, MessageState, Status
from registration.models import (
    Arrangement,
    ChangeRequest,
    GuardianCall,
    Intake,
    Invitation,
    Message,
    PlannedLetter,
    Registration,
    TravelRequest,
)
from registration.retention import erasing

OF_ALL_YEARS = f"{PARAMETER}={ALL}"  # what waits is not hidden because its edition is no longer at work
WEEK, TWO_WEEKS = timedelta(days=7), timedelta(days=14)
HERE = "\x00"  # where the number of a text stands
ARRANGEMENTS, EMAILS, SINCE = "open_arrangements", "waiting_emails", "waiting_since"


@dataclass(frozen=True)
class Tile:
    text: SafeString | str  # with its number as a figure
    address: str
    is_urgent: bool = False


WAITING = [
    Waiting(
        "to_decide",
        "registration.change_registration",
        Registration.objects.received,
        ngettext_lazy("%(number)s registration to decide on", "%(number)s registrations to decide on", "count"),
        "registration_registration_changelist",
        f"&status__exact={Status.RECEIVED}",
    ),
    Waiting(
        "failed_messages",
        "registration.view_message",
        Message.objects.failed,
        ngettext_lazy("%(number)s message could not be sent", "%(number)s messages could not be sent", "count"),
        "registration_message_changelist",
        f"&state__exact={MessageState.FAILED}",
        is_urgent=True,
    ),
    Waiting(
        "to_call",
        "registration.view_message",
        lambda: Message.objects.open_calls().people(),
        ngettext_lazy(
            "%(number)s person to be told by telephone", "%(number)s people to be told by telephone", "count"
        ),
        "registration_message_changelist",
        f"&state__exact={MessageState.TO_CALL}",
        is_urgent=True,
    ),
    Waiting(
        "guardians",
        "registration.view_guardiancall",
        GuardianCall.objects.still_open,
        ngettext_lazy("%(number)s parent or guardian to call", "%(number)s parents or guardians to call", "count"),
        "registration_guardiancall_changelist",
        "&is_done__exact=0",
        is_urgent=True,
    ),
    Waiting(
        "change_requests",
        "registration.view_changerequest",
        ChangeRequest.objects.still_open,
        ngettext_lazy("%(number)s request to change an answer", "%(number)s requests to change an answer", "count"),
        "registration_changerequest_changelist",
        "&done_at__isempty=1",
    ),
    Waiting(
        "merged",
        "registration.view_inclusionanswers",
        Registration.objects.closed_by_merging,
        ngettext_lazy(
            "%(number)s merged registration whose private answers are closed",
            "%(number)s merged registrations whose private answers are closed",
            "count",
        ),
        "registration_registration_changelist",
        "&closed=yes",
    ),
    Waiting(
        "travel",
        "registration.decide_travel",
        TravelRequest.objects.undecided,
        ngettext_lazy("%(number)s travel request to decide on", "%(number)s travel requests to decide on", "count"),
        "registration_travelrequest_changelist",
    ),
    Waiting(
        "invitations",
        "registration.view_invitation",
        Invitation.objects.open,
        ngettext_lazy("%(number)s invitation without an answer", "%(number)s invitations without an answer", "count"),
        "registration_invitation_changelist",
        f"&state={InvitationState.WAITING}",
    ),
    Waiting(
        "letters_held",
        "registration.write_letter",
        PlannedLetter.objects.held,
        ngettext_lazy(
            "%(number)s letter by date did not go: look at it",
            "%(number)s letters by date did not go: look at them",
            "count",
        ),
        "registration_plannedletter_changelist",
        f"&state__exact={LetterState.HELD}",
        is_urgent=True,
    ),
    Waiting(
        "letters_off",
        "registration.write_letter",
        lambda: PlannedLetter.objects.off_before(clock.now() + WEEK),
        ngettext_lazy(
            "%(number)s letter of the next seven days that is not switched on",
            "%(number)s letters of the next seven days that are not switched on",
            "count",
        ),
        "registration_plannedletter_changelist",
        f"&state__exact={LetterState.OFF}",
    ),
    Waiting(
        "letters_on",
        "registration.write_letter",
        PlannedLetter.objects.on,
        ngettext_lazy(
            "%(number)s letter that goes by itself on its date",
            "%(number)s letters that go by themselves on their dates",
            "count",
        ),
        "registration_plannedletter_changelist",
        f"&state__exact={LetterState.ON}",
    ),
]


def _waiting_lists() -> list[Waiting]:
    return [*WAITING, *(one for room in rooms_above() for one in room.waiting)]


def questions(request: HttpRequest) -> Questions:
    """What the tiles of lists ask of the database: only what this person may know."""
    found: Questions = {
        one.name: HowMany(one.rows()) for one in _waiting_lists() if request.user.has_perm(one.permission)
    }
    if request.user.has_perm("registration.change_arrangement"):
        found[ARRANGEMENTS] = HowMany(Arrangement.objects.open())
    if request.user.has_perm("registration.view_message"):
        late = Message.objects.waiting_too_long()
        found |= {EMAILS: HowMany(late), SINCE: first(late, "created_at")}
    return found


def tiles_of_lists(answers: dict[str, Any]) -> list[Tile]:
    tiles = [_waiting(one, answers[one.name]) for one in _waiting_lists() if answers.get(one.name)]
    if answers.get(EMAILS):
        tiles.append(_late_emails(answers))
    if ARRANGEMENTS in answers:
        tiles.append(open_arrangements(answers[ARRANGEMENTS]))
    return tiles


def with_figure(said: str, count: int) -> SafeString:
    """One of our texts, in which the number stands out. It was put in as HERE."""
    before, _here, after = said.partition(HERE)
    return format_html('{}<b class="figure">{}</b>{}', before, digits(count), after)


def _waiting(one: Waiting, count: int) -> Tile:
    address = reverse(f"admin:{one.list_name}")
    said = with_figure(one.text % {"count": count, "number": HERE}, count)
    return Tile(said, f"{address}?{OF_ALL_YEARS}{one.query}", one.is_urgent)


def _late_emails(answers: dict[str, Any]) -> Tile:
    """Since when, for the mail server may have been away for a minute, or for days."""
    count = answers[EMAILS]
    text = ngettext(
        "%(number)s e-mail waits to be sent, since %(moment)s",
        "%(number)s e-mails wait to be sent, the first since %(moment)s",
        count,
    )
    address = reverse("admin:registration_message_changelist")
    said = with_figure(text % {"number": HERE, "moment": moment(answers[SINCE])}, count)
    return Tile(said, f"{address}?{OF_ALL_YEARS}&state__exact={MessageState.QUEUED}", is_urgent=True)


def open_arrangements(count: int) -> Tile:
    """Said with 0 as well: that nothing is open is what inclusion officers look for."""
    text = ngettext("%(number)s arrangement still open", "%(number)s arrangements still open", count)
    said = with_figure(text % {"number": HERE}, count) if count else _("No arrangement is open")
    address = reverse("admin:registration_arrangement_changelist")
    return Tile(said, f"{address}?{OF_ALL_YEARS}&open=yes", is_urgent=count > 0)


def erasure_soon(request: HttpRequest, intakes: Iterable[Intake]) -> Tile | None:
    """Two weeks ahead: figures and lists that are still wanted are to be taken before."""
    if not request.user.has_perm("registration.view_figures"):
        return None
    today = clock.today()
    dates = [erasing.next_date(intake, today) for intake in intakes]
    soon = sorted(day for day in dates if day and day - today <= TWO_WEEKS)
    if not soon:
        return None
    text = _("Personal data is erased on %(date)s: take the figures before") % {"date": date_only(soon[0])}
    return Tile(text, reverse("admin:registration_figures"), is_urgent=True)


def not_public(edition: Edition) -> Tile:
    said = _("The edition of %(year)s is not public yet: make it ready") % {"year": digits(edition.year)}
    return Tile(said, reverse("admin:edition_ready", args=[edition.pk]))


def unpublished(one: Pending) -> Tile | None:
    if not one.waits:
        return None
    year = digits(one.edition.year)
    if one.changes:
        text = ngettext(
            "%(number)s change in the agenda of %(year)s that the public does not see",
            "%(number)s changes in the agenda of %(year)s that the public does not see",
            one.changes,
        )
        said: str = with_figure(text % {"number": HERE, "year": year}, one.changes)
    else:
        said = _("The agenda of %(year)s was never published") % {"year": year}
    return Tile(said, reverse("admin:agenda_publish", args=[one.edition.year]), is_urgent=bool(one.changes))


def of_programme(edition: Edition, counts: dict[str, int]) -> Sequence[Tile]:
    """What is to be confirmed, and whatever else is unfinished."""
    address, year = f"{reverse('admin:agenda_chase')}?edition={edition.year}", digits(edition.year)
    tiles, confirm = [], counts["confirm"]
    if confirm:
        text = ngettext(
            "%(number)s speaker or session to be confirmed",
            "%(number)s speakers and sessions to be confirmed",
            confirm,
        )
        tiles.append(Tile(with_figure(text % {"number": HERE}, confirm), f"{address}#confirm"))
    if all_of_them := sum(counts.values()):
        text = ngettext(
            "%(number)s thing unfinished in the programme of %(year)s",
            "%(number)s things unfinished in the programme of %(year)s",
            all_of_them,
        )
        tiles.append(Tile(with_figure(text % {"number": HERE, "year": year}, all_of_them), address))
    return tiles
