"""What a reviewer sees, in which order, and what they say. What a call hides is not in these values at all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Count, Q

from conference.language.translated import Text
from contributions.choices import ProposalState
from contributions.models import Criterion, Proposal, Review, Reviewer
from registration.models.codes import spoken

SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Said:
    """What others said, without their names: only for reviewers who have said their own."""

    scores: tuple[tuple[str, float], ...]  # criterion, mean
    number: int
    comments: tuple[str, ...]


@dataclass(frozen=True)
class ToReview:
    """A proposal as a reviewer may see it."""

    code: str
    title: Text
    summary: Text
    spoken: tuple[str, ...]
    topics: tuple[Text, ...]
    # Empty where the call hides names.
    speakers: tuple[str, ...] = ()
    link: str = ""
    has_file: bool = False
    mine: Review | None = None

    @property
    def label(self) -> str:
        return spoken(self.code)

    @property
    def is_done(self) -> bool:
        return self.mine is not None


def to_review(reviewer: Reviewer) -> list[ToReview]:
    """In a fair order: first what the fewest have reviewed; among equals by a lot of each reviewer's own, so that the
    same proposals do not always come last. Those with a conflict are not among them. Five queries, however many.
    """
    done = Count("reviews", filter=Q(reviews__has_conflict=False))
    rows = list(
        Proposal.objects.there()
        .filter(call=reviewer.call_id)
        .exclude(reviews__in=reviewer.reviews.filter(has_conflict=True))
        .prefetch_related("call", "topics__session__parent", "speakers")
        .annotate(done=done)
    )
    mine = {one.proposal_id: one for one in reviewer.reviews.all()}
    rows.sort(key=lambda row: (row.pk in mine, vars(row)["done"], _lot(reviewer, row)))
    return [_shown(row, mine.get(row.pk)) for row in rows]


def one_to_review(reviewer: Reviewer, code: str) -> tuple[Proposal, ToReview] | None:
    """None for what is unknown, withdrawn, of another call, or too near to the reviewer: the same answer."""
    row = (
        Proposal.objects.there()
        .filter(call=reviewer.call_id, code=code)
        .select_related("call")
        .prefetch_related("topics__session__parent", "speakers")
        .first()
    )
    mine = Review.objects.filter(proposal=row, reviewer=reviewer).first() if row else None
    if row is None or (mine and mine.has_conflict):
        return None
    return row, _shown(row, mine)


def save(reviewer: Reviewer, proposal: Proposal, *, scores: dict[str, int], comment: str) -> None:
    Review.objects.update_or_create(
        reviewer=reviewer, proposal=proposal, defaults={"scores": scores, "comment": comment, "has_conflict": False}
    )


def say_conflict(reviewer: Reviewer, proposal: Proposal) -> None:
    """From here on the reviewer does not see it. What they said of it before does not count."""
    empty = {"has_conflict": True, "scores": {}, "comment": ""}
    Review.objects.update_or_create(reviewer=reviewer, proposal=proposal, defaults=empty)


def said_by_others(reviewer: Reviewer, proposal: Proposal, criteria: Iterable[Criterion]) -> Said | None:
    reviews = list(proposal.reviews.filter(has_conflict=False).order_by("pk"))
    if not any(one.reviewer_id == reviewer.pk for one in reviews):
        return None
    others = [one for one in reviews if one.reviewer_id != reviewer.pk]
    return Said(
        scores=means(others, criteria),
        number=len(others),
        comments=tuple(one.comment for one in others if one.comment),
    )


def means(reviews: Iterable[Review], criteria: Iterable[Criterion]) -> tuple[tuple[str, float], ...]:
    found = []
    for criterion in criteria:
        given = [review.scores[str(criterion.pk)] for review in reviews if str(criterion.pk) in review.scores]
        if given:
            found.append((str(criterion.name), round(fmean(given), 1)))
    return tuple(found)


def overall(reviews: Iterable[Review]) -> float | None:
    """Of all that reviewers gave one proposal: each reviewer counts once."""
    each = [fmean(one.scores.values()) for one in reviews if one.scores and not one.has_conflict]
    return round(fmean(each), 2) if each else None


@dataclass(frozen=True)
class Progress:
    reviewer: Reviewer
    done: int
    conflicts: int
    of: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.of


def progress_of(call_pk: int) -> list[Progress]:
    """Of each reviewer of a call: two queries."""
    number = Proposal.objects.there().filter(call=call_pk).count()
    there = ~Q(reviews__proposal__state=ProposalState.WITHDRAWN)
    rows = Reviewer.objects.filter(call=call_pk).annotate(
        done=Count("reviews", filter=there & Q(reviews__has_conflict=False)),
        conflicts=Count("reviews", filter=there & Q(reviews__has_conflict=True)),
    )
    return [Progress(row, row.done, row.conflicts, number - row.conflicts) for row in rows]


def _shown(row: Proposal, mine: Review | None) -> ToReview:
    hidden = row.keeps_names_hidden
    return ToReview(
        code=row.code,
        title=row.title,
        summary=row.summary,
        spoken=tuple(row.spoken),
        topics=tuple(topic.called for topic in row.topics.all()),
        speakers=() if hidden else tuple(one.introduced for one in row.speakers.all()),
        link="" if hidden else row.link,
        has_file=not hidden and bool(row.file),
        mine=mine,
    )


def _lot(reviewer: Reviewer, proposal: Proposal) -> str:
    """Always the same for these two, and different for each reviewer."""
    return hashlib.sha256(f"{reviewer.code}:{proposal.code}".encode()).hexdigest()
