"""The links of a team, a mentor and others who work at the hackathon without an account.

A link is a kind, the number of a row, and a code of 128 bits that only this site can make. Nothing of it is stored:
`link_version` of the row revokes it. A link that is wrong, revoked or old gets one answer.

Staff hand on one link of a team. Each person of the team has another one, from their own page: it ends when the person
leaves, and the links of the others go on. It outlives the erasing of the people, so that the team can still tell what
became of its project.
"""

import re
from typing import Protocol, TypeVar

from django.db import models
from django.db.models import F
from django.urls import reverse

from conference.serving.link_codes import code_of, is_code_of
from hackathon.models import Judge, Member, Mentor, Team

SALT = "hackathon.links"
TOKEN = re.compile(r"([0-9]{1,18})-([0-9a-f]{32})")
OF_MEMBER = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{32})")


class Linked(Protocol):
    """A row that a link opens."""

    pk: int
    link_version: int


Row = TypeVar("Row", bound=models.Model)


def token_for(kind: str, row: Linked) -> str:
    """`kind` keeps the link of a team from opening the mentor of the same number."""
    return f"{row.pk}-{code_of(SALT, _value(kind, row.pk, row.link_version))}"


def opened_by(kind: str, token: str, rows: "models.QuerySet[Row]") -> Row | None:
    """The row that a link opens, or None. The work is the same for a number that we do not know."""
    found = TOKEN.fullmatch(token)
    pk, given = (int(found[1]), found[2]) if found else (0, "")
    row = rows.filter(pk=pk).first()
    version = getattr(row, "link_version", 0)
    return row if is_code_of(SALT, _value(kind, pk, version), given) else None


def revoke(row: models.Model) -> None:
    """The link that was given out opens nothing from now on. In the database, so that two at once count twice."""
    row._meta.default_manager.filter(pk=row.pk).update(link_version=F("link_version") + 1)  # type: ignore[union-attr]
    row.refresh_from_db(fields=["link_version"])


def team_for(token: str) -> Team | None:
    """By the link of the team, or by that of a person who has not left it."""
    teams = Team.objects.select_related("hackathon__edition")
    found = OF_MEMBER.fullmatch(token)
    if found is None:
        return opened_by("team", token, teams)
    pk, reader, given = int(found[1]), int(found[2]), found[3]
    team = teams.filter(pk=pk).first()
    is_right = is_code_of(SALT, _value(f"member {reader}", pk, team.link_version if team else 0), given)
    if team is None or not is_right or _has_gone(reader, team):
        return None
    team.reader = reader
    return team


def team_address(team: Team, page: str = "team") -> str:
    """Without host, in the language that is set. On a page that a person of the team opened: by this person's link."""
    if team.reader is None:
        return reverse(f"hackathon:{page}", args=[token_for("team", team)])
    code = code_of(SALT, _value(f"member {team.reader}", team.pk, team.link_version))
    return reverse(f"hackathon:{page}", args=[f"{team.pk}-{team.reader}-{code}"])


def member_address(team: Team, member: Member) -> str:
    """Of the page of the team, for this person alone."""
    team.reader = member.pk
    return team_address(team)


def _has_gone(reader: int, team: Team) -> bool:
    """Who left the team or was taken out of it, and who does not come any more. Erased people have not gone."""
    if reader in team.gone:
        return True
    member = team.members.select_related("registration").filter(pk=reader).first()
    return member is not None and not member.registration.is_coming


def mentor_for(token: str) -> Mentor | None:
    return opened_by("mentor", token, Mentor.objects.select_related("hackathon__edition"))


def mentor_address(mentor: Mentor) -> str:
    return reverse("hackathon:mentor", args=[token_for("mentor", mentor)])


def judge_for(token: str) -> Judge | None:
    return opened_by("judge", token, Judge.objects.select_related("hackathon__edition", "hackathon__result"))


def judge_address(judge: Judge, page: str = "judge", *more: int) -> str:
    return reverse(f"hackathon:{page}", args=[token_for("judge", judge), *more])


def _value(kind: str, pk: int, version: int) -> str:
    return f"{kind}:{pk}:{version}"
