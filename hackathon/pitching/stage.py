"""Which team is on the stage, which comes next, and how much time is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from conference import clock
from hackathon.lock import hackathon_lock
from hackathon.models import Hackathon
from hackathon.submitting.projects import Project, submitted


@dataclass(frozen=True)
class Stage:
    """What the hall sees. `ends_at`: of the time that runs now, to present or for questions."""

    now: Project | None
    next: Project | None
    is_over: bool  # all teams have presented
    pitch_ends_at: datetime | None
    questions_end_at: datetime | None
    moment: datetime

    @property
    def is_question_time(self) -> bool:
        return self.pitch_ends_at is not None and self.moment >= self.pitch_ends_at

    @property
    def ends_at(self) -> datetime | None:
        return self.questions_end_at if self.is_question_time else self.pitch_ends_at

    @property
    def seconds_left(self) -> int | None:
        """None where no time runs; 0 where it is over."""
        if self.ends_at is None:
            return None
        return max(0, int((self.ends_at - self.moment).total_seconds() + 0.999))

    @property
    def time_left(self) -> str:
        """4:05"""
        seconds = self.seconds_left or 0
        return f"{seconds // 60}:{seconds % 60:02}"


def stage_of(hackathon: Hackathon) -> Stage:
    order = [one for one in submitted(hackathon) if one.pitch_no is not None]
    place = hackathon.on_stage or 0
    now = next((one for one in order if one.pitch_no == place), None)
    coming = next((one for one in order if (one.pitch_no or 0) > place), None)
    pitch_ends_at = questions_end_at = None
    if now and hackathon.staged_at:
        pitch_ends_at = hackathon.staged_at + timedelta(minutes=hackathon.pitch_minutes)
        questions_end_at = pitch_ends_at + timedelta(minutes=hackathon.question_minutes)
    is_over = bool(order) and now is None and coming is None
    return Stage(now, coming, is_over, pitch_ends_at, questions_end_at, clock.now())


def call_next(hackathon: Hackathon, *, after: int) -> None:
    """The next team comes to the stage. `after`: the place that the page showed: a press that comes twice counts once.

    A team that has withdrawn since the order was drawn is passed over.
    """
    with hackathon_lock(hackathon.pk) as now:
        if (now.on_stage or 0) != after:
            return
        coming = stage_of(now).next
        now.on_stage = coming.pitch_no if coming else after + 1
        now.staged_at = None
        now.save(update_fields=["on_stage", "staged_at"])


def call_back(hackathon: Hackathon, *, after: int) -> None:
    """The team before it comes again: the button was pressed too early."""
    with hackathon_lock(hackathon.pk) as now:
        if (now.on_stage or 0) != after:
            return
        places = [one.pitch_no for one in submitted(now) if one.pitch_no and one.pitch_no < after]
        now.on_stage, now.staged_at = max(places, default=None), None
        now.save(update_fields=["on_stage", "staged_at"])


def start_clock(hackathon: Hackathon) -> None:
    """From the beginning, also where it runs already: the sound failed, or the slides did not open."""
    with hackathon_lock(hackathon.pk) as now:
        if now.on_stage:
            now.staged_at = clock.now()
            now.save(update_fields=["staged_at"])
