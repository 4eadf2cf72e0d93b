"""What was answered, summed up.

What is passed on is shown in ranges, once no more can come, and only of enough people: so no two looks tell what one
person said (registration.figures.columns).
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise

from agenda.programme.value import Programme
from conference.models import Edition
from contributions.feedback.rules import Subject, subject, subjects
from contributions.models import CommentState, Feedback, Followed, Useful
from registration.figures.columns import ENOUGH, STEP, lower_end
from registration.figures.tables import Cell

Rows = Sequence[tuple[str | Promise, Cell]]


@dataclass(frozen=True)
class Summary:
    about: Subject | None  # None of a session that is no longer in the programme
    people: Cell
    useful: Rows
    followed: Rows
    comments: tuple[Feedback, ...] = ()


@dataclass
class _Counted:
    people: int
    useful: Counter[str]
    followed: Counter[str]


def to_pass_on(edition: Edition, programme: Programme) -> list[Summary]:
    """The conference first, then sessions; only those of which enough people have said something."""
    counted, comments = _counted(edition), _comments(edition)
    found = []
    for about in _all(edition, programme):
        one = counted.get(about.uuid)
        if one and one.people >= ENOUGH:
            found.append(_summed(about, one, _range, *comments[about.uuid]))
    return found


def for_staff(edition: Edition, programme: Programme) -> list[Summary]:
    """True numbers, of everything that was said anything of."""
    counted = _counted(edition)
    known = [about for about in _all(edition, programme) if about.uuid in counted]
    found = [_summed(about, counted.pop(about.uuid), _exactly) for about in known]
    return found + [_summed(None, one, _exactly) for one in counted.values()]


def _all(edition: Edition, programme: Programme) -> list[Subject]:
    whole = subject(edition, programme)
    return [*([whole] if whole else []), *subjects(edition, programme)]


def _summed(about: Subject | None, one: _Counted, cell: Callable[[int], Cell], *comments: Feedback) -> Summary:
    useful = [(label, cell(one.useful[value])) for value, label in Useful.choices]
    followed = [(label, cell(one.followed[value])) for value, label in Followed.choices]
    return Summary(about, cell(one.people), useful, followed, comments)


def _range(number: int) -> Cell:
    lowest = lower_end(number)
    return Cell(lowest, lowest + STEP - 1)


def _exactly(number: int) -> Cell:
    return Cell(number, number)


def _counted(edition: Edition) -> dict[uuid.UUID | None, _Counted]:
    found: dict[uuid.UUID | None, _Counted] = defaultdict(lambda: _Counted(0, Counter(), Counter()))
    rows = (
        Feedback.objects.filter(edition=edition)
        .order_by()
        .values_list("session_uuid", "useful", "followed")
        .annotate(Count("pk"))
    )
    for about, useful, followed, number in rows:
        found[about].people += number
        found[about].useful[useful] += number
        found[about].followed[followed] += number
    return dict(found)


def _comments(edition: Edition) -> dict[uuid.UUID | None, list[Feedback]]:
    """Those of which staff have said that they may be shown."""
    found: dict[uuid.UUID | None, list[Feedback]] = defaultdict(list)
    for one in Feedback.objects.filter(edition=edition, comment_state=CommentState.SHOWN):
        found[one.session_uuid].append(one)
    return found
