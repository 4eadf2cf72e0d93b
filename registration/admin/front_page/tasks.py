"""What staff do most: six buttons on their first page, and the further pages that belong to no list."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.rooms_above import rooms_above
from registration.choices import MessageState
from registration.paper.parts import may_take_any


@dataclass(frozen=True)
class Task:
    text: str
    address: str
    kind: str = ""  # of session, for its pictogram


def tasks_for(request: HttpRequest, edition: Edition | None) -> list[Task]:
    """The six buttons, as far as this person may do it."""
    may, found = request.user.has_perm, []
    if edition and may("agenda.publish_programme"):
        address = reverse("admin:agenda_publish", args=[edition.year])
        found.append(Task(_("Publish the agenda"), address, "presentation"))
    if may("agenda.add_session") and may("agenda.change_session"):
        found.append(Task(_("Paste the agenda"), reverse("admin:agenda_import"), "registration"))
    if may("agenda.change_day"):
        found.append(Task(_("Move times"), reverse("admin:agenda_day_changelist"), "break"))
    if may("registration.view_registration"):
        found.append(Task(_("Lists and badges"), reverse("admin:registration_lists"), "panel"))
    if may("registration.view_message"):
        to_call = f"{reverse('admin:registration_message_changelist')}?state__exact={MessageState.TO_CALL}"
        found.append(Task(_("Call list"), to_call, "remark"))
    if may("registration.view_travelrequest"):
        found.append(Task(_("Travel"), reverse("admin:registration_travelrequest_changelist"), "networking"))
    return found


def further_pages(request: HttpRequest, edition: Edition | None) -> list[Task]:
    may, found = request.user.has_perm, []
    if may("registration.check_in_registration"):
        found.append(Task(_("Desk"), reverse("desk:today")))
    if edition and may_take_any(request.user):
        found.append(Task(_("All that is printed for one day of the conference"), reverse("paper:first")))
    if may("registration.add_bringingin") and may("registration.add_registration"):
        found.append(Task(_("Bring in a list of people"), reverse("admin:registration_bringingin_add")))
    if may("registration.add_invitation") and may("registration.add_registration"):
        found.append(Task(_("Invite guests and speakers"), reverse("admin:registration_invitation_add")))
    if may("registration.view_figures"):
        found.append(Task(_("Figures of the conference"), reverse("admin:registration_figures")))
    if may("registration.view_figures") or may("conference.change_edition"):
        found.append(Task(_("Report to the funder"), reverse("admin:registration_report")))
    if may("agenda.view_session"):
        found.append(Task(_("What is unfinished in the programme"), reverse("admin:agenda_chase")))
    if may("conference.invite_dayaccount") and may("registration.check_in_registration"):
        found.append(Task(_("Volunteers at the desk"), reverse("volunteers")))
    found += [Task(link.text, link.address) for room in rooms_above() for link in room.further(request, edition)]
    return found
