"""The true numbers of an edition: who registered, was confirmed, attended and travelled, one question at a time.

They are for staff who may see the rows, and for `figures.snapshots`, which makes of them what may be passed on.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from conference.models import Edition
from registration.choices import DECIDED_COSTS, GIVEN_UP, Group, Paid, Status
from registration.figures.measures import ABOUT_PEOPLE, SENSITIVE, SIGNED_UP, Measure, to_count
from registration.models import Attendance, ExtraQuestion, Registration, TravelDecision, TravelRequest
from registration.models.registration import RegistrationQuerySet

GROUPS = set(Group.values)
COLUMN_OF = {"gender": "gender", "age": "age_band", "groups": "groups"}  # of the sensitive ones, by their codes
ALONE = {"", Group.NONE, Group.NOT_SAID}  # answers about groups that go with no other


@dataclass(frozen=True)
class Counts:
    people: Counter[Measure]
    by_answer: Counter[tuple[str, Measure, str]]  # question, measure, answer; "" where there is no known answer

    def column(self, code: str, measure: Measure) -> dict[str, int]:
        return {
            answer: count
            for (question, of, answer), count in self.by_answer.items()
            if (question, of) == (code, measure)
        }


class Standing(NamedTuple):
    """What decides in which measures a person is counted."""

    status: str
    attends: bool
    asks: bool  # for travel
    is_decided: bool
    is_paid: bool

    @property
    def measures(self) -> list[Measure]:
        found = _by_status(self.status) + [Measure.ATTENDED] * self.attends
        if self.asks and self.status == Status.CONFIRMED:
            found += [Measure.ASKED] + [Measure.DECIDED] * self.is_decided
            found += [Measure.TRAVELLED] * (self.is_paid and self.attends)
        return found


Tally = Counter[tuple[Standing, str]]  # how many people who stand alike gave the same answer


def gather(edition: Edition, *, opened: Collection[str] = SENSITIVE) -> Counts:
    """Four short reads, however many people: on SQLite no one can write during a long one.

    To open the sensitive answers takes most of the time. Of the questions about them, those in `opened` are counted.
    """
    known = {question.code: {answer for answer, _words in question.answers} for question in ABOUT_PEOPLE}
    extra = to_count(edition)
    known |= {one.code: {code for code, _words in one.every_option()} for one in extra}
    counts, signed_up = Counts(Counter(), Counter()), Counter[str]()
    for code, tally in _tallies(edition, extra, opened):
        for (standing, answer), people in tally.items():
            measures = standing.measures
            if code == SIGNED_UP.code:
                counts.people.update(dict.fromkeys(measures, people))
                signed_up[answer] += people if Measure.REGISTERED in measures else 0
            else:
                counted = answer if answer in known[code] else ""
                counts.by_answer.update({(code, measure, counted): people for measure in measures})
    days = sorted(day for day, number in signed_up.items() if number)
    for day, number in zip(days, accumulate(signed_up[day] for day in days), strict=True):
        counts.by_answer[SIGNED_UP.code, Measure.REGISTERED, day] = number
    # By day: the chosen days; but for participants who attended, the days on which they were there.
    chosen = Registration.objects.filter(edition=edition).order_by().values_list("days", "status")
    for key, status, people in chosen.annotate(Count("pk")):
        for measure in _by_status(status):
            counts.by_answer["day", measure, str(key or "")] += people
    attended = Attendance.objects.filter(registration__edition=edition).order_by().values_list("day")
    for key, people in attended.annotate(Count("pk")):
        counts.by_answer["day", Measure.ATTENDED, str(key)] += people
    return counts


def _tallies(edition: Edition, extra: list[ExtraQuestion], opened: Collection[str]) -> Iterator[tuple[str, Tally]]:
    """By the codes of the questions. Each person answers that of the day on which they signed up just once."""
    here = timezone.get_current_timezone()
    sensitive = {code: f"inclusion_answers__{column}" for code, column in COLUMN_OF.items() if code in opened}
    columns = ["created_at", "province", "sector", *sensitive.values()]
    columns += ["extra_answers__answers"] if extra else []
    rows = list(_with_standing(edition).values_list(*Standing._fields, *columns))
    of = len(Standing._fields)
    known: dict[tuple[Any, ...], Standing] = {}
    stand = [known.get(row[:of]) or known.setdefault(row[:of], Standing(*row[:of])) for row in rows]
    given = {name: [row[at] for row in rows] for at, name in enumerate(columns, start=of)}

    def tally(answers: Iterable[str]) -> Tally:
        return Counter(zip(stand, answers, strict=True))

    yield SIGNED_UP.code, tally(at.astimezone(here).date().isoformat() for at in given["created_at"])
    yield "province", tally(given["province"])
    yield "sector", tally(given["sector"])
    for code, column in sensitive.items():
        if code != "groups":
            yield code, tally(given[column])
            continue
        groups = map(_groups, given[column])
        yield code, Counter((standing, one) for standing, said in zip(stand, groups, strict=True) for one in said)
    for one in extra:
        said = ((further or {}).get(one.key) or [""] for further in given["extra_answers__answers"])
        yield (
            one.code,
            Counter((standing, answer) for standing, all in zip(stand, said, strict=True) for answer in all),
        )


def _groups(said: list[str] | None) -> Collection[str]:
    """Those that are counted of the answers of one person."""
    groups = [group for group in said or [] if group in GROUPS]
    return set(groups) - ALONE or groups[:1] or [""]


def _with_standing(edition: Edition) -> RegistrationQuerySet:
    """The people of an edition with what `Standing` says of each."""
    paid = Q()
    for cost in DECIDED_COSTS:
        paid |= Q(**{f"{cost}__in": [Paid.YES, Paid.PART]})
    decisions = TravelDecision.objects.complete().filter(travel_request__registration=OuterRef("pk"))
    people = Registration.objects.filter(edition=edition).order_by()
    return people.annotate(
        attends=Exists(Attendance.objects.filter(registration=OuterRef("pk"))),
        asks=Exists(TravelRequest.objects.filter(registration=OuterRef("pk"))),
        is_decided=Exists(decisions),
        is_paid=Exists(decisions.filter(paid)),
    )


def _by_status(status: str) -> list[Measure]:
    is_in = {Measure.REGISTERED: status not in GIVEN_UP, Measure.CONFIRMED: status == Status.CONFIRMED}
    return [measure for measure, holds in is_in.items() if holds]
