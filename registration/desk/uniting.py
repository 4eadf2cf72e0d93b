"""Two registrations become one: when the person was there, and from when on."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from registration.desk.arrivals import begins_with
from registration.models import Attendance, DeskAct, Registration

SECOND = timedelta(seconds=1)


def unite(kept: Registration, other: Registration) -> None:
    """Before the rows of the other go over (duplicates.merging): of two arrivals on a day the earlier one stands.

    What was taken back of one must not take the other out. So of both all acts that no longer count are put before
    the day: they are still known when a device sends them again.
    """
    both = [kept, other]
    there = {(row.registration_id, row.day_id): row for row in Attendance.objects.filter(registration__in=both)}
    for (pk, day), row in there.items():
        mine = there.get((kept.pk, day))
        if pk == other.pk and mine and row.arrived_at and (not mine.arrived_at or row.arrived_at < mine.arrived_at):
            mine.arrived_at, mine.noted_by_id = row.arrived_at, row.noted_by_id
            mine.save(update_fields=["arrived_at", "noted_by"])
    acts: defaultdict[tuple[int, int], list[DeskAct]] = defaultdict(list)
    for act in DeskAct.objects.filter(registration__in=both):
        acts[act.registration_id, act.day_id].append(act)
    past = []
    for of_a_day in acts.values():
        begins = begins_with(of_a_day)
        midnight = timezone.localtime(of_a_day[0].at).replace(hour=0, minute=0, second=0, microsecond=0)
        for act in of_a_day if begins is None else of_a_day[: of_a_day.index(begins)]:
            act.at = midnight - (SECOND if act.what == DeskAct.What.UNDO else 2 * SECOND)
            past.append(act)
    DeskAct.objects.bulk_update(past, ["at"])
