"""What some of the staff see beside a name at the desk. Never what a person asked for: that something waits."""

from collections.abc import Sequence

from agenda.models import Day
from registration.models import Arrangement, Registration, Stay


def arrangements_wait(rows: Sequence[Registration]) -> set[int]:
    """Of whom something that was arranged has not reached its end: the person does not know of it yet."""
    waiting = Arrangement.objects.open().filter(answers__registration__in=[row.pk for row in rows])
    return set(waiting.order_by().values_list("answers__registration", flat=True))


def rooms_on(rows: Sequence[Registration], day: Day) -> dict[int, str]:
    """In which room of which hotel each sleeps in the night after this day."""
    stays = Stay.objects.filter(
        travel_request__registration__in=[row.pk for row in rows], night=day.date, is_assistant=False
    ).select_related("room__hotel", "travel_request")
    return {stay.travel_request.registration_id: str(stay.room) for stay in stays}
