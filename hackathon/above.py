"""What this app gives to the pages and rules of the others (conference.rooms_above)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from conference.asking import asked_once
from conference.models import Edition
from conference.rooms_above import Asked, Block, Erased, Link, RoomAbove, Waiting
from hackathon.models import (
    Award,
    Conflict,
    Criterion,
    DataSet,
    Hackathon,
    Judge,
    Member,
    MentorHour,
    Score,
    Team,
    Theme,
)
from hackathon.teaming import rules
from registration.models import Registration

EVERYTHING = ("view", "add", "change", "delete")
STAFF = {
    "Hackathon team – ក្រុមការងារហេកកាថុន": {
        "hackathon.hackathon": ("view", "add", "change", "run"),
        "hackathon.theme": EVERYTHING,
        "hackathon.dataset": EVERYTHING,
        "hackathon.team": ("view", "change"),
        "hackathon.member": ("view",),
        "hackathon.mentor": EVERYTHING,
        "hackathon.mentorhour": EVERYTHING,
        "hackathon.submission": ("view",),
        "hackathon.judge": EVERYTHING,
        "hackathon.criterion": EVERYTHING,
        "hackathon.award": EVERYTHING,
        "hackathon.conflict": ("view", "add", "delete"),
        "hackathon.score": ("view", "add"),
        "hackathon.result": ("publish",),
        "registration.registration": ("view",),
    },
}


def _published(edition: Edition) -> Hackathon | None:
    return asked_once(edition, "hackathon_shown", lambda: Hackathon.objects.published(edition))


def _menu(edition: Edition) -> list[Link]:
    if edition.is_over or _published(edition) is None:
        return []
    return [Link(_("Hackathon"), reverse("hackathon:call", args=[edition.year]))]


def _home(edition: Edition) -> list[Block]:
    """While teams are made, and once there are projects to look at."""
    hackathon = _published(edition)
    if hackathon is None or not (hackathon.takes_teams or hackathon.projects_shown):
        return []
    return [Block("hackathon/_home.html", {"hackathon": hackathon})]


def _own_page(registration: Registration) -> list[Block]:
    hackathon = _published(registration.edition)
    if hackathon is None or not registration.is_coming or registration.edition.is_over:
        return []
    return [Block("hackathon/_own.html", {"hackathon": hackathon, "member": rules.member_of(registration)})]


def _own_data(registration: Registration) -> list[dict[str, str]]:
    member = rules.member_of(registration)
    if member is None:
        return []
    said = {
        _("Team at the hackathon"): str(member.team or _("looks for a team")),
        _("Languages to work in"): member.spoken_words,
        _("What you bring"): member.skills_words,
        _("How your team reaches you"): member.contact,
    }
    return [{"question": question, "answer": answer} for question, answer in said.items() if answer]


def _forget(registration: Registration) -> None:
    """The team stays, but for one that is empty and has no project."""
    member = rules.member_of(registration)
    if member:
        rules.leave(member.hackathon, registration)


def _further(request: HttpRequest, edition: Edition | None) -> list[Link]:
    if edition is None or not request.user.has_perm("hackathon.view_hackathon"):
        return []
    hackathon = Hackathon.objects.of(edition)
    if hackathon is None:
        return []
    links = _judging_pages(request, hackathon)
    if request.user.has_perms(["hackathon.view_team", "registration.view_registration"]):
        address = reverse("admin:hackathon_placing", args=[hackathon.pk])
        links.append(Link(_("Hackathon: teams and people without one"), address))
    if request.user.has_perm("hackathon.run_hackathon"):
        links.append(Link(_("Hackathon: the hall"), reverse("admin:hackathon_hall", args=[hackathon.pk])))
    return links


def _copied(old: Edition, new: Edition) -> None:
    """The call as a draft without moments, with its themes and data sets; no team."""
    hackathon = Hackathon.objects.of(old)
    if hackathon is None:
        return
    themes, data_sets = list(hackathon.themes.all()), list(hackathon.data_sets.all())
    empty = dict.fromkeys(("opens_at", "teams_closed_at", "deadline", "pitch_at", "on_stage", "staged_at"))
    fresh = empty | {"pk": None, "edition": new, "is_published": False, "projects_shown": False, "turn": 0}
    for name, value in fresh.items():
        setattr(hackathon, name, value)
    hackathon._state.adding = True
    hackathon.save()
    for theme in themes:
        theme.pk, theme.hackathon = None, hackathon
    for data_set in data_sets:
        data_set.pk, data_set.hackathon = None, hackathon
    Theme.objects.bulk_create(themes)
    DataSet.objects.bulk_create(data_sets)


def _judging_pages(request: HttpRequest, hackathon: Hackathon) -> list[Link]:
    if not request.user.has_perm("hackathon.view_judge"):
        return []
    links = [Link(_("Hackathon: judging"), reverse("admin:hackathon_panel", args=[hackathon.pk]))]
    if request.user.has_perm("hackathon.view_score"):
        links.append(Link(_("Hackathon: result"), reverse("admin:hackathon_result", args=[hackathon.pk])))
    return links


def _judging_copied(old: Edition, new: Edition) -> None:
    """The criteria, and the awards without teams. The judges are others."""
    hackathon = Hackathon.objects.of(new)
    if hackathon is None:
        return
    criteria = list(Criterion.objects.filter(hackathon__edition=old))
    awards = list(Award.objects.filter(hackathon__edition=old))
    for criterion in criteria:
        criterion.pk, criterion.hackathon = None, hackathon
    for award in awards:
        award.pk, award.hackathon = None, hackathon
    Criterion.objects.bulk_create(criteria)
    Award.objects.bulk_create(awards)


WAITING = (
    Waiting(
        "hackathon_to_place",
        "hackathon.change_team",
        lambda: Member.objects.to_place().running(),
        ngettext_lazy("%(number)s person who looks for a team", "%(number)s people who look for a team", "count"),
        "hackathon_member_changelist",
        "&team=none",
    ),
    Waiting(
        "hackathon_too_small",
        "hackathon.view_team",
        Team.objects.too_small,
        ngettext_lazy(
            "%(number)s team of the hackathon that is too small",
            "%(number)s teams of the hackathon that are too small",
            "count",
        ),
        "hackathon_team_changelist",
        "&missing=people",
    ),
    Waiting(
        "hackathon_no_project",
        "hackathon.view_team",
        Team.objects.without_project,
        ngettext_lazy(
            "%(number)s team of the hackathon without a project, and the deadline is near",
            "%(number)s teams of the hackathon without a project, and the deadline is near",
            "count",
        ),
        "hackathon_team_changelist",
        "&missing=project",
        is_urgent=True,
    ),
    Waiting(
        "hackathon_later",
        "hackathon.change_team",
        Team.objects.without_later,
        ngettext_lazy(
            "%(number)s team to ask what became of its project: six months have passed",
            "%(number)s teams to ask what became of their projects: six months have passed",
            "count",
        ),
        "hackathon_team_changelist",
        "&missing=later",
    ),
)

JUDGING = (
    Waiting(
        "hackathon_to_judge",
        "hackathon.view_judge",
        Judge.objects.to_remind,
        ngettext_lazy(
            "%(number)s judge of the hackathon who has teams left to judge",
            "%(number)s judges of the hackathon who have teams left to judge",
            "count",
        ),
        "hackathon_judge_changelist",
        is_urgent=True,
    ),
    Waiting(
        "hackathon_conflicts",
        "hackathon.view_conflict",
        Conflict.objects.before_result,
        ngettext_lazy(
            "%(number)s conflict of interest of a judge",
            "%(number)s conflicts of interest of judges",
            "count",
        ),
        "hackathon_conflict_changelist",
    ),
)

ASKED = (
    Asked(
        gettext_lazy("A team at the hackathon"),
        (
            gettext_lazy("Languages, what you bring and how your team reaches you: so that teams find each other."),
            gettext_lazy("Your team and staff see it."),
            gettext_lazy(
                "After the deadline the project is public with the name of the team, unless the team wishes no page."
            ),
            gettext_lazy("No person of a team is named in public. The project stays without you."),
        ),
    ),
    Asked(
        gettext_lazy("Mentors and judges of the hackathon"),
        (
            gettext_lazy("The names of mentors are public; those of judges are not."),
            gettext_lazy("Staff see the marks. Each team reads what judges wrote to it, without their names."),
            gettext_lazy("Marks that cannot be sent wait in the judge’s own browser."),
        ),
    ),
)

ROOMS: list[RoomAbove] = [
    RoomAbove(
        has=lambda edition: Hackathon.objects.filter(edition=edition),
        menu=_menu,
        home=_home,
        own_page=_own_page,
        own_data=_own_data,
        forget=_forget,
        merged=rules.unite,
        asked=ASKED,
        waiting=WAITING,
        further=_further,
        shelf=gettext_lazy("Hackathon"),
        tables="Hackathon Team Member Mentor",
        groups=STAFF,
        erased=(
            Erased("members of teams", lambda edition: Member.objects.filter(hackathon__edition=edition)),
            Erased(
                "hours booked with mentors",
                lambda edition: MentorHour.objects.filter(mentor__hackathon__edition=edition, team__isnull=False),
            ),
        ),
        copied=_copied,
        log_words={
            "hackathon team": gettext_lazy("team of the hackathon"),
            "hackathon mentor": gettext_lazy("mentor of the hackathon"),
            "hackathon judge": gettext_lazy("judge of the hackathon"),
            "hackathon figures": gettext_lazy("figures of the hackathon"),
        },
        guide={"admin:hackathon_": "hackathon"},
    ),
    RoomAbove(
        waiting=JUDGING,
        shelf=gettext_lazy("Hackathon"),
        tables="Judge Criterion Award Conflict",
        erased=(
            Erased("marks of judges", lambda edition: Score.objects.filter(judge__hackathon__edition=edition)),
            Erased("conflicts of judges", lambda edition: Conflict.objects.filter(judge__hackathon__edition=edition)),
        ),
        of_other_editions=lambda edition: [Conflict.objects.exclude(judge__hackathon__edition=edition)],
        copied=_judging_copied,
        guide={
            f"admin:hackathon_{name}": "judging"
            for name in (
                "judge",
                "criterion",
                "award",
                "conflict",
                "panel",
                "sheets",
                "type_in",
                "result",
                "certificates",
            )
        },
    ),
]
