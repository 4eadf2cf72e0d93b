"""Staff decide a tie, publish the result, or take it back. What the public and each team then see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils.translation import override

from conference.language.translated import NO_TEXT, Text
from hackathon.choices import Place
from hackathon.judging.results import Standing, standing_of
from hackathon.lock import hackathon_lock
from hackathon.models import Award, Hackathon, Result, Team, TieBreak


class Refused(Exception):
    """The result is not what staff saw, or it is published already. Nothing was changed."""


@dataclass(frozen=True)
class Winner:
    number: int
    name: str
    title: Text  # of the project


@dataclass(frozen=True)
class Awarded:
    place: int
    title: Text
    words: Text
    winners: tuple[Winner, ...]  # two and more share the award


def decide_tie(hackathon: Hackathon, order: Sequence[int], reason: str, *, by: User) -> None:
    """`order`: of all teams that are tied, by their keys. Raises Refused where just these are not tied any more."""
    with hackathon_lock(hackathon.pk) as locked:
        ties = [sorted(one.team_pk for one in tie.projects) for tie in standing_of(locked).ties]
        if hasattr(locked, "result") or sorted(order) not in ties:
            raise Refused
        TieBreak.objects.create(hackathon=locked, order=list(order), reason=reason, by=by)


def publish(hackathon: Hackathon, seen: str, *, by: User) -> Standing:
    """`seen`: the digest of what stood on the page with the button."""
    with hackathon_lock(hackathon.pk) as locked:
        standing = standing_of(locked)
        if hasattr(locked, "result") or standing.digest != seen or not any(row.place for row in standing.rows):
            raise Refused
        Result.objects.create(hackathon=locked, published_by=by, standing=_kept(standing))
        for place in Place.values:
            award, _is_new = Award.objects.get_or_create(hackathon=locked, place=place)
            award.teams.set(row.project.team_pk for row in standing.rows if row.place == place)
    return standing


def take_back(hackathon: Hackathon) -> None:
    """Nothing of it is public any more, and judges go on."""
    with hackathon_lock(hackathon.pk) as locked:
        Result.objects.filter(hackathon=locked).delete()
        for award in locked.prizes.all():
            award.teams.clear()


def announced(hackathon: Hackathon) -> tuple[Awarded, ...]:
    """What all may see: the awards, once staff have published the result. An award that no team got is left out."""
    if not Result.objects.filter(hackathon=hackathon.pk).exists():
        return ()
    teams = Prefetch("teams", Team.objects.select_related("submission"))
    awards = [(award, list(award.teams.all())) for award in hackathon.prizes.prefetch_related(teams)]
    return tuple(
        Awarded(award.place, title_of(award), award.words, tuple(map(_winner, winners)))
        for award, winners in awards
        if winners
    )


def title_of(award: Award) -> Text:
    """Where staff have given none: first, second or third award."""
    if award.title:
        return award.title
    said = {}
    for language in ("en", "km"):
        with override(language):
            said[language] = str(Place(award.place).label)
    return Text(**said)


def feedback_for(team: Team) -> tuple[str, ...]:
    """What the judges wrote to this team, without their names, once the result is published. The order is that of the
    letters: it tells of no judge.
    """
    if not Result.objects.filter(hackathon=team.hackathon_id).exists():
        return ()
    return tuple(sorted(team.scores.exclude(feedback="").values_list("feedback", flat=True)))


def awards_of(team: Team) -> tuple[Award, ...]:
    """Those that are published: teams come to an award by nothing else."""
    return tuple(team.awards.all())


def is_as_published(result: Result, standing: Standing) -> bool:
    """Whether the places, the points and who judged are those of the moment at which staff pressed."""
    return bool(result.standing["teams"] == _kept(standing)["teams"])


def _winner(team: Team) -> Winner:
    """The award is public. Of its project a team that wants no page is asked for nothing, not even its title."""
    submission = getattr(team, "submission", None) if team.is_shown else None
    return Winner(team.number, team.name, submission.title if submission else NO_TEXT)


def _kept(standing: Standing) -> dict[str, object]:
    return {
        "teams": {str(row.project.team_pk): [row.place, row.points, row.judges] for row in standing.rows},
        "judges": {str(one.judge.pk): [one.mildness, one.weight, one.complete] for one in standing.judges},
    }
