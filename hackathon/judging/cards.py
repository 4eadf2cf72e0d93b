"""The page of a judge as values: a card for each team, and what comes back from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

from conference import clock
from conference.language.khmer import visible
from hackathon.choices import Mark
from hackathon.judging.scoring import MOST_WORDS, Sent, Sheet, sheets_of
from hackathon.models import Criterion, Judge, Score
from hackathon.submitting.projects import Project

NOTHING = Sheet({})
# A clock that is so little off is taken for right: the difference may be the time that the line took.
RIGHT_ENOUGH = timedelta(minutes=1)
MILLISECONDS = 13  # digits of a moment that a script sends, until the year 2286


@dataclass(frozen=True)
class Answer:
    criterion: Criterion
    name: str  # of the field
    mark: int | None


@dataclass(frozen=True)
class Card:
    project: Project
    name: str  # what the names of its fields begin with
    answers: tuple[Answer, ...]
    feedback: str
    had: str  # the digest of what is stored: what differs from it was changed on this page
    is_kept_out: bool  # for a conflict of interest: the judge sees no project and gives nothing
    score: Score | None

    @property
    def marked(self) -> int:
        return sum(answer.mark is not None for answer in self.answers)

    @property
    def is_complete(self) -> bool:
        return bool(self.answers) and self.marked == len(self.answers)

    @property
    def fields(self) -> dict[str, str]:
        """What the fields of the card hold, as a form sends it."""
        marks = {answer.name: str(answer.mark) for answer in self.answers if answer.mark is not None}
        return marks | {f"{self.name}-feedback": self.feedback}

    @property
    def is_left(self) -> bool:
        return not self.is_complete and not self.is_kept_out


def cards_of(
    judge: Judge,
    projects: Collection[Project],
    criteria: Sequence[Criterion],
    typed: Mapping[int, Sent] | None = None,
) -> list[Card]:
    """`typed`, by team: what was sent and is not stored; it is shown in place of what is."""
    stored, typed = sheets_of(judge, criteria), typed or {}
    kept_out = set(judge.conflicts.values_list("team", flat=True))
    cards = []
    for project in projects:
        sheet, score = stored.get(project.team_pk, (NOTHING, None))
        had = sheet.digest
        if project.team_pk in typed:
            sheet = typed[project.team_pk].sheet
        name = prefix(project)
        answers = tuple(Answer(one, f"{name}-c{one.pk}", sheet.marks.get(one.pk)) for one in criteria)
        cards.append(Card(project, name, answers, sheet.feedback, had, project.team_pk in kept_out, score))
    return cards


def prefix(project: Project) -> str:
    return f"t{project.number}"


def sent_in(posted: QueryDict, projects: Collection[Project], criteria: Collection[Criterion]) -> dict[int, Sent]:
    """By team, what was changed on the page. A script says of each team when that was; else it is now."""
    now, found = clock.now(), {}
    sent_at = _moment(posted.get("sent_at", ""))
    ahead = sent_at - now if sent_at and abs(sent_at - now) > RIGHT_ENOUGH else timedelta(0)
    for project in projects:
        name = prefix(project)
        if f"{name}-had" not in posted:
            continue
        sheet, at = _sheet(posted, name, criteria), _moment(posted.get(f"{name}-at", ""))
        if at is None and sheet.digest == posted[f"{name}-had"]:
            continue
        found[project.team_pk] = Sent(sheet, min(now, at - ahead) if at else now, posted.get(f"{name}-had", ""))
    return found


def _sheet(posted: QueryDict, name: str, criteria: Collection[Criterion]) -> Sheet:
    known = {str(value): value for value in Mark.values}
    given = {one.pk: known.get(posted.get(f"{name}-c{one.pk}", "")) for one in criteria}
    marks = {key: mark for key, mark in given.items() if mark is not None}
    words = (
        posted.get(f"{name}-feedback", "").replace("\r\n", "\n").replace("\x00", "")
    )  # which PostgreSQL cannot store
    words = visible(words).strip()
    return Sheet(marks, words[:MOST_WORDS])


def _moment(typed: str) -> datetime | None:
    """Milliseconds since 1970, as a browser counts them."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= MILLISECONDS):
        return None
    return datetime.fromtimestamp(int(typed) / 1000, tz=UTC)
