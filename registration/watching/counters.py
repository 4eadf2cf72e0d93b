"""How the site is doing, in numbers without people: for a program that watches it, and for staff in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from conference.asking import HowMany, asked_at_once, first
from conference.models import Edition
from registration.models import Backup, Message, Registration, Tending
from registration.watching.readiness import room_left

Figure = tuple[str, str, list[tuple[dict[str, str], float]]]  # name, what it is, and values by their labels


@dataclass(frozen=True)
class Counters:
    registrations: dict[tuple[int, str], int]  # by year and standing
    waiting: int  # e-mails
    waits_since: datetime | None
    failed: int
    backup_at: datetime | None
    helper_at: datetime | None
    room: int  # bytes

    def of_edition(self, edition: Edition) -> dict[str, int]:
        return {status: count for (year, status), count in self.registrations.items() if year == edition.year}


def counters() -> Counters:
    waiting = Message.objects.waiting()
    said = asked_at_once(
        {
            "waiting": HowMany(waiting),
            "waits_since": first(waiting, "created_at"),
            "failed": HowMany(Message.objects.failed()),
            "backup_at": first(Backup.objects.order_by("-made_at"), "made_at"),
            "helper_at": first(Tending.objects.all(), "reported_at"),
        }
    )
    registrations = Registration.objects.order_by("edition__year", "status")
    by_standing = registrations.values_list("edition__year", "status").annotate(count=Count("pk"))
    return Counters(
        registrations={(year, status): count for year, status, count in by_standing}, room=room_left(), **said
    )


def for_prometheus(found: Counters, now: datetime) -> str:
    """In its text format, version 0.0.4. All is a gauge: each is counted anew, and may fall."""
    return "".join(_lines(found, now))


def _lines(found: Counters, now: datetime) -> Iterator[str]:
    for name, meaning, values in _figures(found, now):
        yield f"# HELP conference_{name} {meaning}\n# TYPE conference_{name} gauge\n"
        for labels, value in values:
            # Our own words and numbers: nothing in them has to be escaped.
            shown = ",".join(f'{label}="{word}"' for label, word in labels.items())
            yield f"conference_{name}{'{' + shown + '}' if shown else ''} {value:.0f}\n"


def _figures(found: Counters, now: datetime) -> list[Figure]:
    by_standing = [
        ({"year": str(year), "standing": status}, float(count))
        for (year, status), count in found.registrations.items()
    ]
    oldest = (now - found.waits_since).total_seconds() if found.waits_since else 0
    return [
        ("registrations", "Registrations by edition and standing.", by_standing),
        ("emails_waiting", "E-mails that are to be sent.", [({}, found.waiting)]),
        ("emails_oldest_waiting_seconds", "Age of the oldest of them, or 0.", [({}, max(oldest, 0))]),
        ("emails_failed", "E-mails that could not be sent.", [({}, found.failed)]),
        ("backup_timestamp_seconds", "When the last backup was made; missing without one.", _at(found.backup_at)),
        ("helper_timestamp_seconds", "When tend_registration last reported.", _at(found.helper_at)),
        ("disk_free_bytes", "Room on the fullest disk that the site writes to.", [({}, found.room)]),
    ]


def _at(moment: datetime | None) -> list[tuple[dict[str, str], float]]:
    return [({}, moment.timestamp())] if moment else []
