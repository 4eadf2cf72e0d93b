"""The order in which the teams present: drawn by lot, so that every reader can draw it again.

For each team the SHA-256 sum of the words and its number is made; the smallest goes first. The words are published
with the order. `printf '%s' 'rice 7 12 30 4' | sha256sum` gives the sum of team 4 for the words "rice 7 12 30".
"""

from collections.abc import Iterable
from hashlib import sha256
from secrets import token_hex

from django.contrib.auth.models import User

from hackathon.lock import hackathon_lock
from hackathon.models import Hackathon, PitchDraw, Team


class TooEarly(Exception):
    """The deadline is not over: teams may still send a project, or stay away."""


class NoReason(Exception):
    """The order was drawn before. To draw it again needs a reason, which is published too."""


class NoTeam(Exception):
    """There is no team with a project."""


def in_order(seed: str, numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: sha256(f"{seed} {number}".encode()).hexdigest())


def draw(hackathon: Hackathon, by: User, *, seed: str = "", reason: str = "") -> PitchDraw:
    """Of the teams that have sent a project. Without words the site takes some by chance."""
    with hackathon_lock(hackathon.pk) as now:
        if not now.is_past_deadline:
            raise TooEarly
        if now.draws.exists() and not reason:
            raise NoReason
        teams = {team.number: team for team in now.teams.taking_part().exclude(submission=None)}
        if not teams:
            raise NoTeam
        made = PitchDraw.objects.create(hackathon=now, seed=seed or token_hex(6), reason=reason, drawn_by=by)
        now.teams.update(pitch_no=None)
        for place, number in enumerate(in_order(made.seed, teams), start=1):
            teams[number].pitch_no = place
        Team.objects.bulk_update(teams.values(), ["pitch_no"])
        Hackathon.objects.filter(pk=now.pk).update(on_stage=None, staged_at=None)
    return made
