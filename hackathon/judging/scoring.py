"""What a judge gives is kept: from the judge's phone, also hours later, or typed in from paper by staff."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from conference import clock
from hackathon.choices import Mark
from hackathon.lock import hackathon_lock
from hackathon.models import Conflict, Criterion, Hackathon, Judge, Score, Submission

LONGEST_FEEDBACK = 2000
MOST_WORDS = 10_000  # of several pages, put together


class NotOpen(Exception):
    """Before the deadline, or after the result is published, nothing is judged."""


@dataclass(frozen=True)
class Sheet:
    """What a judge has given one team, as it stands or as it is sent."""

    marks: Mapping[int, int]  # by the key of the criterion
    feedback: str = ""

    @property
    def digest(self) -> str:
        """By it a page knows which of its sheets were changed on it."""
        said = f"{sorted(self.marks.items())} {self.feedback}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def with_earlier(self, earlier: "Sheet") -> "Sheet":
        """Two pages were filled in and knew nothing of each other: the later marks count, and the words of both."""
        words, before = self.feedback, earlier.feedback
        if before not in words:
            words = before if words in before else f"{before}\n\n{words}"
        return Sheet({**earlier.marks, **self.marks}, words)


@dataclass(frozen=True)
class Sent:
    sheet: Sheet
    at: datetime  # when the judge gave it
    had: str = ""  # the digest of what stood when the judge began to change it


def is_open(hackathon: Hackathon) -> bool:
    return hackathon.is_past_deadline and not hasattr(hackathon, "result")


def sheets_of(judge: Judge, criteria: Collection[Criterion]) -> dict[int, tuple[Sheet, Score]]:
    """By team. Marks of a criterion that is gone are left out."""
    scores = Score.objects.filter(judge=judge.pk).select_related("typed_by")
    return {score.team_id: (sheet_of(score, criteria), score) for score in scores}


def sheet_of(score: Score, criteria: Collection[Criterion]) -> Sheet:
    known = {str(one.pk): one.pk for one in criteria}
    return Sheet({known[key]: mark for key, mark in score.marks.items() if key in known}, score.feedback)


def keep(judge: Judge, sent: Mapping[int, Sent], *, by: User | None = None) -> dict[int, bool]:
    """Keeps what was sent, by team, and gives for which teams something stands now. Raises NotOpen.

    True: another page of this judge gave something else meanwhile, and the two were put together. What was given later
    counts, whichever came first. A team that the judge may not judge is left out.
    """
    with _open(judge) as hackathon:
        criteria = list(hackathon.criteria.all())
        projects = Submission.objects.filter(team__hackathon=hackathon, team__is_withdrawn=False)
        may = set(projects.values_list("team", flat=True))
        may -= set(judge.conflicts.values_list("team", flat=True))
        stored = {score.team_id: score for score in judge.scores.all()}
        kept = {}
        for team, one in sent.items():
            if team not in may:
                continue
            score = stored.get(team) or Score(judge=judge, team_id=team)
            stands = sheet_of(score, criteria)
            kept[team] = score.pk is not None and stands.digest not in (one.had, one.sheet.digest)
            _write(score, _put_together(score, stands, one) if kept[team] else one, criteria, by)
    return kept


def _put_together(score: Score, stands: Sheet, one: Sent) -> Sent:
    if score.given_at > one.at:
        return Sent(stands.with_earlier(one.sheet), score.given_at)
    return Sent(one.sheet.with_earlier(stands), one.at)


def exclude(judge: Judge, team: int, reason: str, *, by: User | None = None) -> bool:
    """A conflict of interest: what the judge gave the team is gone, and nothing more is taken. Raises NotOpen."""
    with _open(judge) as hackathon:
        if not hackathon.teams.filter(pk=team).exists():
            return False
        Conflict.objects.get_or_create(judge=judge, team_id=team, defaults={"reason": reason, "by": by})
        Score.objects.filter(judge=judge, team=team).delete()
    return True


@contextmanager
def _open(judge: Judge) -> Iterator[Hackathon]:
    with hackathon_lock(judge.hackathon_id) as hackathon:
        if not is_open(hackathon):
            raise NotOpen
        yield hackathon


def _write(score: Score, one: Sent, criteria: Collection[Criterion], by: User | None) -> None:
    known = {criterion.pk for criterion in criteria}
    marks = {key: mark for key, mark in one.sheet.marks.items() if key in known and mark in Mark.values}
    score.marks = {str(key): mark for key, mark in marks.items()}
    score.is_complete = bool(known) and marks.keys() == known
    score.feedback = one.sheet.feedback[:MOST_WORDS]
    score.given_at = min(one.at, clock.now())
    score.typed_by = by
    score.save()


def count_complete(hackathon: Hackathon) -> None:
    """After a criterion came or went: which scores have a mark for each."""
    with hackathon_lock(hackathon.pk) as locked:
        known = {str(key) for key in locked.criteria.values_list("pk", flat=True)}
        scores = list(Score.objects.filter(judge__hackathon=locked))
        for score in scores:
            score.is_complete = bool(known) and known <= score.marks.keys()
        Score.objects.bulk_update(scores, ["is_complete"])
