"""The true numbers of an edition: who registered, was confirmed, attended and travelled, one question at a time.

They are for staff who may see the rows, and for `figures.snapshots`, which makes of them what may be passed on.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from conference.models import Edition
from registration.choices import DECIDED_COSTS, GIVEN_UP, Group, Paid, Status
from registration.figures.measures import ABOUT_PEOPLE, SIGNED_UP, Measure, to_count
from registration.models import Attendance, ExtraQuestion, Registration, TravelDecision

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


def gather(edition: Edition) -> Counts:
    """Four short reads, however many people: on SQLite no one can write during a long one."""
    known = {question.code: {answer for answer, _words in question.answers} for question in ABOUT_PEOPLE}
    extra = to_count(edition)
    known |= {one.code: {code for code, _words in one.every_option()} for one in extra}
    counts, signed_up = Counts(Counter(), Counter()), Counter[date]()
    for measures, given, signed_up_on in _people(edition, extra):
        counts.people.update(measures)
        signed_up[signed_up_on] += Measure.REGISTERED in measures
        for code, answer in given:
            counted = answer if answer in known[code] else ""
            counts.by_answer.update((code, measure, counted) for measure in measures)
    days = sorted(day for day, number in signed_up.items() if number)
    for day, number in zip(days, accumulate(signed_up[day] for day in days), strict=True):
        counts.by_answer[SIGNED_UP.code, Measure.REGISTERED, day.isoformat()] = number
    # By day: the chosen days; but for participants who attended, the days on which they were there.
    chosen = Registration.objects.filter(edition=edition).order_by().values_list("days", "status")
    for key, status, people in chosen.annotate(Count("pk")):
        for measure in _standing(status):
            counts.by_answer["day", measure, str(key or "")] += people
    attended = Attendance.objects.filter(registration__edition=edition).order_by().values_list("day")
    for key, people in attended.annotate(Count("pk")):
        counts.by_answer["day", Measure.ATTENDED, str(key)] += people
    return counts


def _people(
    edition: Edition, extra: list[ExtraQuestion]
) -> Iterator[tuple[list[Measure], list[tuple[str, str]], date]]:
    """One after the other: in which measures each is counted, what each answered, and on which day each signed up."""
    paid = Q()
    for cost in DECIDED_COSTS:
        paid |= Q(**{f"{cost}__in": [Paid.YES, Paid.PART]})
    decisions = TravelDecision.objects.complete().filter(travel_request__registration=OuterRef("pk"))
    people = (
        Registration.objects.filter(edition=edition)
        .order_by()
        .annotate(
            attends=Exists(Attendance.objects.filter(registration=OuterRef("pk"))),
            is_decided=Exists(decisions),
            is_paid=Exists(decisions.filter(paid)),
        )
    )
    travel = ["travel_request", "is_decided", "is_paid"]
    answers = ["inclusion_answers__gender", "inclusion_answers__age_band", "inclusion_answers__groups"]
    here = timezone.get_current_timezone()
    rows = people.values_list(
        *("created_at", "status", "attends", *travel, "province", "sector", *answers, "extra_answers__answers")
    )
    for at, status, attends, asked, is_decided, is_paid, province, sector, gender, age, groups, further in rows:
        measures = _standing(status) + [Measure.ATTENDED] * attends
        if asked and status == Status.CONFIRMED:
            travelled = is_paid and attends
            measures += [Measure.ASKED] + [Measure.DECIDED] * is_decided + [Measure.TRAVELLED] * travelled
        groups = [group for group in groups or [] if group in Group.values]
        given = [("province", province), ("sector", sector), ("gender", gender), ("age", age)]
        given += [("groups", group) for group in set(groups) - ALONE or groups[:1] or [""]]
        for one in extra:
            given += [(one.code, answer) for answer in (further or {}).get(one.key) or [""]]
        yield measures, given, at.astimezone(here).date()


def _standing(status: str) -> list[Measure]:
    is_in = {Measure.REGISTERED: status not in GIVEN_UP, Measure.CONFIRMED: status == Status.CONFIRMED}
    return [measure for measure, holds in is_in.items() if holds]
