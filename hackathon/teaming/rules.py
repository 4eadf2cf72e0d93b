"""Who makes a team, who comes into one and who leaves it. All of it happens under the lock of the hackathon."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from hackathon.lock import hackathon_lock
from hackathon.mentoring.booking import give_all_back
from hackathon.models import Hackathon, Member, Team
from registration.models import Registration

KNOWN_BY = ("spoken", "skills", "contact")  # what a member says of themselves


class Refused(Exception):
    """The team, or the hackathon, does not take this step any more. What stands is to be shown."""


class NotOpen(Refused):
    """Teams are not made yet, or not any more."""


class Full(Refused):
    """The team has as many people as a team may have."""


class InATeam(Refused):
    """The participant is in a team already."""


class Moved(Refused):
    """The participant is not where the page showed them: they left, or a colleague has moved them."""


class NoSuchTeam(Refused):
    """No team that takes part has this code."""


def member_of(registration: Registration) -> Member | None:
    of_person = Member.objects.filter(registration=registration.pk)
    return of_person.select_related("team", "hackathon__edition").first()


def make_team(hackathon: Hackathon, registration: Registration, name: str, said: Mapping[str, Any]) -> Team:
    with hackathon_lock(hackathon.pk) as now:
        _check_open(now)
        _check_free(registration)
        last = now.teams.aggregate(last=Max("number"))["last"] or 0
        team = Team.objects.create(hackathon=now, number=last + 1, name=name)
        _put(now, registration, team, said)
    return team


def join(hackathon: Hackathon, registration: Registration, code: str, said: Mapping[str, Any]) -> Team:
    """By the code that a member of the team has told the participant."""
    with hackathon_lock(hackathon.pk) as now:
        _check_open(now)
        _check_free(registration)
        team = now.teams.taking_part().filter(code=code).first()
        if team is None:
            raise NoSuchTeam
        _check_room(now, team)
        _put(now, registration, team, said)
    return team


def ask_to_be_placed(hackathon: Hackathon, registration: Registration, said: Mapping[str, Any]) -> None:
    with hackathon_lock(hackathon.pk) as now:
        _check_open(now)
        _check_free(registration)
        _put(now, registration, None, said)


def leave(hackathon: Hackathon, registration: Registration) -> None:
    """Also after teams are complete: no person is held. The team's project stays with the team.

    A team that the last one leaves before it has a project takes part no more.
    """
    with hackathon_lock(hackathon.pk) as now:
        member = Member.objects.select_related("team").filter(registration=registration.pk, hackathon=now).first()
        if member:
            _delete(member)


def place(member: Member, team: Team) -> None:
    """Staff put a person into a team, also after teams are complete."""
    with hackathon_lock(team.hackathon_id) as now:
        member = _as_it_stands(member)
        if member.team_id is not None:
            raise InATeam
        current = now.teams.taking_part().filter(pk=team.pk).first()
        if current is None:
            raise NoSuchTeam
        _check_room(now, current)
        member.team, member.is_by_staff = current, True
        member.save(update_fields=["team", "is_by_staff"])
        _come_back(current, member)


def take_out(member: Member, team: Team) -> None:
    """Staff take a person out of this team: the person asks to be placed again."""
    with hackathon_lock(member.hackathon_id):
        member = _as_it_stands(member)
        if member.team_id != team.pk:
            raise Moved
        _go(member)
        member.team, member.is_by_staff = None, False
        member.save(update_fields=["team", "is_by_staff"])
        _end_empty(team)


def make_team_of(hackathon: Hackathon, members: list[Member], name: str) -> Team:
    """Staff make a team of people who asked to be placed."""
    with hackathon_lock(hackathon.pk) as now:
        free = list(now.members.to_place().filter(pk__in=[member.pk for member in members]))
        if len(free) < len(members):
            raise InATeam
        if len(free) > now.largest_team:
            raise Full
        last = now.teams.aggregate(last=Max("number"))["last"] or 0
        team = Team.objects.create(hackathon=now, number=last + 1, name=name)
        Member.objects.filter(pk__in=[member.pk for member in free]).update(team=team, is_by_staff=True)
    return team


def unite(kept: Registration, other: Registration) -> None:
    """Two registrations of one person become one, and so do the two places that the person has at the hackathon.

    Of two teams the one with a project counts; else that of `kept`. The other team loses this person, as if they left.
    What `other` has alone goes over by itself, with all rows that belong to a registration.
    """
    mine, theirs = member_of(kept), member_of(other)
    if mine is None or theirs is None:
        return
    with hackathon_lock(mine.hackathon_id):
        mine, theirs = _as_it_stands(mine), _as_it_stands(theirs)
        stays, goes = (theirs, mine) if _weight(theirs) > _weight(mine) else (mine, theirs)
        stays.spoken = list(dict.fromkeys([*stays.spoken, *goes.spoken]))
        stays.skills = list(dict.fromkeys([*stays.skills, *goes.skills]))
        stays.contact = stays.contact or goes.contact
        _delete(goes)
        stays.registration = kept
        stays.save()


def _weight(member: Member) -> int:
    """How far this person's place is along: a team with a project, a team, none."""
    return 0 if member.team is None else 2 if hasattr(member.team, "submission") else 1


def _as_it_stands(member: Member) -> Member:
    """Asked anew under the lock: a participant may leave while staff press."""
    found = Member.objects.select_related("team__submission").filter(pk=member.pk).first()
    if found is None:
        raise Moved
    return found


def _check_open(hackathon: Hackathon) -> None:
    if not hackathon.takes_teams:
        raise NotOpen


def _check_free(registration: Registration) -> None:
    """Who asked to be placed may still choose a team."""
    if Member.objects.filter(registration=registration.pk).exclude(team=None).exists():
        raise InATeam


def _check_room(hackathon: Hackathon, team: Team) -> None:
    if team.members.coming().count() >= hackathon.largest_team:
        raise Full


def _put(hackathon: Hackathon, registration: Registration, team: Team | None, said: Mapping[str, Any]) -> None:
    known = {name: said[name] for name in KNOWN_BY}
    known |= {"hackathon": hackathon, "team": team, "is_by_staff": False}
    member, _is_new = Member.objects.update_or_create(registration=registration, defaults=known)
    if team:
        _come_back(team, member)


def _delete(member: Member) -> None:
    _go(member)
    member.delete()
    if member.team:
        _end_empty(member.team)


def _go(member: Member) -> None:
    """The person's link opens the pages of the team no more."""
    if member.team_id:
        team = Team.objects.get(pk=member.team_id)
        team.left = sorted(team.gone | {member.pk})
        team.save(update_fields=["left"])


def _come_back(team: Team, member: Member) -> None:
    """Who was taken out and comes again reads with the others."""
    if member.pk in team.gone:
        team.left = sorted(team.gone - {member.pk})
        team.save(update_fields=["left"])


def _end_empty(team: Team) -> None:
    if not team.members.exists() and not hasattr(team, "submission"):
        Team.objects.filter(pk=team.pk).update(is_withdrawn=True)
        give_all_back(team)
