"""frab's schedule.json, as other conference software writes it."""

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from agenda.hours import Times, span
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.within import check_depth

# A text in quotes, also one that never ends; or a bracket.
_SIGN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_schedule_json(text: str) -> Iterator[list[str]]:
    """Its days and events as rows of the table that people write: a day, then time and text; and the guid."""
    _check_depth(text)
    try:
        for day in json.loads(text.lstrip("\ufeff"))["schedule"]["conference"]["days"]:
            yield [str(day["date"])]
            events = [event for room in day["rooms"].values() for event in room]
            for event in sorted(events, key=lambda event: span(*_times(event))):
                begins, ends = _times(event)
                names = ["title", "subtitle", "abstract", "description"]
                if str(event.get("title")).endswith(f"({event.get('subtitle')})"):
                    names.remove("subtitle")  # a state that stands behind the title already
                lines = [str(event[name]) for name in names if event.get(name)]
                people = [one.get("public_name") or one.get("name") for one in event.get("persons", [])]
                speakers = [f"Speaker: {name}" for name in people if name]
                guid = str(event.get("guid") or "").lower()
                yield [f"{begins:%H:%M} – {ends:%H:%M}", "\n".join(lines), "\n".join(speakers), guid]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable(_("This is no schedule.json that can be read.")) from error


def _times(event: dict[str, Any]) -> Times:
    begins = datetime.datetime.strptime(event["start"], "%H:%M")
    hours, minutes = event["duration"].split(":")[-2:]
    ends = begins + datetime.timedelta(hours=int(hours), minutes=int(minutes))
    return begins.time(), ends.time()


def _check_depth(text: str) -> None:
    depth = 0
    for sign in _SIGN.finditer(text):
        if sign[0] in "[{":
            depth += 1
            check_depth(depth)
        elif sign[0] in "]}":
            depth -= 1
