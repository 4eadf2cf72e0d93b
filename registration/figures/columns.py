"""Columns of numbers that may be passed on. Each is a snapshot; no number in it can be worked out.

A number is shown as the range of five that it lies in: “10–14”. People who did not answer stand in no row, so that the
rows do not add up to the total. When a column is looked at anew is a matter of totals alone: at least ten people have
come or gone since. So two looks with one person in between see the same. The new column is shown only if a reader
cannot work out more from it, not even one who knows this code and the exact total of each column. Such a reader knows
that the rows hold at most all people, and that one column lies within another: the confirmed within the registered,
those of last week within those of today. `_tells` looks at nothing but what that reader sees, and so each table that
looks like the one that is shown could be the true one.

docs/decisions/16-figures-in-ranges.md says what else was tried; tests/registration/figures/reader.py is the reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registration.figures.measures import Question

STEP = 5  # a number is shown as the range of so many that it lies in
ENOUGH = 10  # people come or gone before a column is taken anew
OPEN = 2  # every number keeps at least so much room: three values that it may have


@dataclass(frozen=True)
class Column:
    people: int  # in all, exactly, when the numbers were taken; readers see a range
    lowest: Mapping[str, int] | None  # answer -> the lower end of its range; None where nothing was shown yet
    tried_with: int  # people in all when it was last looked at

    @property
    def is_new(self) -> bool:
        """What was looked at last is shown."""
        return self.lowest is not None and self.people == self.tried_with


def lower_end(count: int) -> int:
    return count - count % STEP


def is_due(people: int, last: Column | None) -> bool:
    """Whether a column is looked at anew: a matter of totals alone."""
    return abs(people - last.tried_with) >= ENOUGH if last else people == 0 or people >= ENOUGH


def next_column(
    question: Question, people: int, counts: Mapping[str, int], last: Column | None, beside: Iterable[Column]
) -> Column | None:
    """What is kept from now on, or None where nothing changes. `beside`: the other columns of this table."""
    if not is_due(people, last):
        return None
    others = [other for other in (last, *beside) if other and other.lowest is not None and other.people]
    lowest = {answer: lower_end(counts.get(answer, 0)) for answer, _words in question.answers}
    if people and question.adds_up and _tells(question, people, lowest, others):
        # Not looked at again with the next person: it would be known that this one made the difference.
        return replace(last, tried_with=people) if last else Column(0, None, people)
    return Column(people, lowest, people)


def _tells(question: Question, people: int, lowest: Mapping[str, int], others: Iterable[Column]) -> bool:
    """Whether a number, or the difference of two columns, has fewer than three values that it may have."""
    for rows in question.in_one_row_only:
        # Staff who know the exact total see the rows themselves, where they are not sensitive.
        if question.is_sensitive and people - sum(lowest[row] for row in rows) < OPEN:
            return True
        for other in others:
            apart = abs(people - other.people)
            theirs = other.lowest or {}
            steps = [lowest.get(row, 0) - theirs.get(row, 0) for row in rows]
            if people < other.people:
                steps = [-step for step in steps]
            if 0 < apart < STEP or (apart == 0 and any(steps)):
                return True
            # Of the people in one column only, so many are in these rows at the least. Where a row goes down while
            # the total goes up, neither column lies within the other.
            at_least = sum(max(0, step - (STEP - 1)) for step in steps)
            if apart and min(steps, default=0) >= 0 and apart - at_least < OPEN:
                return True
    return False
