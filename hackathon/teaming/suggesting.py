"""Which team a person might go to, with the reasons in words. Staff decide: nothing is done by itself.

Only what people told the hackathon counts, and their province. No sensitive answer is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.words import comma, digits
from hackathon.choices import Skill, Spoken
from hackathon.models import Hackathon, Member, Team
from registration.choices import Province

MOST = 3  # suggestions for one person


@dataclass(frozen=True)
class Suggestion:
    team: Team
    reasons: tuple[str, ...]
    points: int
    shares_language: bool


@dataclass(frozen=True)
class Standing:
    """A team with a free place, and what its people bring. The lists are those of people who come."""

    team: Team
    members: tuple[Member, ...]

    @property
    def spoken(self) -> set[str]:
        """What all of them speak; where none has said it, all languages."""
        said = [set(member.spoken) for member in self.members if member.spoken]
        return set.intersection(*said) if said else set(Spoken.values)

    @property
    def skills(self) -> set[str]:
        return {skill for member in self.members for skill in member.skills}

    @property
    def provinces(self) -> set[str]:
        return {member.registration.province for member in self.members} - {""}


def standings(hackathon: Hackathon) -> list[Standing]:
    """All teams that take part. Two queries, however many there are."""
    people: dict[int | None, list[Member]] = {}
    for member in hackathon.members.coming().exclude(team=None):
        people.setdefault(member.team_id, []).append(member)
    return [Standing(team, tuple(people.get(team.pk, ()))) for team in hackathon.teams.taking_part()]


def suggestions(hackathon: Hackathon, member: Member, teams: Iterable[Standing]) -> list[Suggestion]:
    """The best first. A team with which the person shares no language comes last, and its reasons say so."""
    free = [one for one in teams if len(one.members) < hackathon.largest_team]
    found = [_suggestion(hackathon, member, one) for one in free]
    found.sort(key=lambda one: (not one.shares_language, -one.points, one.team.number))
    return found[:MOST]


def _suggestion(hackathon: Hackathon, member: Member, one: Standing) -> Suggestion:
    reasons, points = [], 0
    shared = [code for code in Spoken.values if code in one.spoken and (not member.spoken or code in member.spoken)]
    if shared:
        reasons.append(_("can work together in: %(languages)s") % {"languages": _named(Spoken, shared)})
    else:
        reasons.append(_("no language that all of them speak"))
    if new := [skill for skill in member.skills if skill not in one.skills]:
        points += 3 * min(len(new), 2)
        reasons.append(_("brings what the team does not have yet: %(skills)s") % {"skills": _named(Skill, new)})
    elif member.skills:
        reasons.append(_("the team has already what this person brings"))
    missing = hackathon.smallest_team - len(one.members)
    if missing > 0:
        points += 4
        said = ngettext("the team lacks %(number)s person", "the team lacks %(number)s people", missing)
        reasons.append(said % {"number": digits(missing)})
    points += hackathon.largest_team - len(one.members)
    province = member.registration.province
    if province and one.provinces and province not in one.provinces:
        points += 1
        named = Province(province).label
        reasons.append(_("from a province that is not in the team yet: %(province)s") % {"province": named})
    return Suggestion(one.team, tuple(reasons), points, bool(shared))


def _named(words: "type[Skill] | type[Spoken]", codes: Iterable[str]) -> str:
    labels: list[str | Promise] = [words(code).label for code in codes if code in words.values]
    return comma().join(map(str, labels))
