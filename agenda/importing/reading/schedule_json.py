"""frab's schedule.json, as other conference software writes it."""

import datetime
import json

from django.utils.translation import gettext as _

from agenda.importing.reading.rows import Unreadable


def looks_like_json(text):
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def read_schedule_json(text):
    """Its days and events as rows of the table that people write: a day, then time and text."""
    try:
        days = json.loads(text.lstrip("\ufeff"))["schedule"]["conference"]["days"]
        return [row for day in days for row in _day(day)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable(_("This is no schedule.json that can be read.")) from error


def _day(day):
    yield [str(day["date"])]
    events = [event for room in day["rooms"].values() for event in room]
    for event in sorted(events, key=lambda event: str(event["start"])):
        yield [_times(event), "\n".join(_lines(event)), "\n".join(_people(event))]


def _times(event):
    begins = datetime.datetime.strptime(event["start"], "%H:%M")
    hours, minutes = event["duration"].split(":")[-2:]
    ends = begins + datetime.timedelta(hours=int(hours), minutes=int(minutes))
    return f"{begins:%H:%M} – {ends:%H:%M}"


def _lines(event):
    """A state that stands behind the title already is not said twice."""
    said = f"({event.get('subtitle')})"
    names = ["title", "subtitle", "abstract", "description"]
    if str(event.get("title")).endswith(said):
        names.remove("subtitle")
    return [str(event[name]) for name in names if event.get(name)]


def _people(event):
    names = [one.get("public_name") or one.get("name") for one in event.get("persons", [])]
    return [f"Speaker: {name}" for name in names if name]
