"""frab's schedule.json, as other conference software writes it."""

import datetime
import json

from django.utils.translation import gettext as _

from agenda.importing.reading.rows import Table, Unreadable


def read_schedule_json(text: str) -> Table:
    """Its days and events as rows of the table that people write: a day, then time and text."""
    rows = []
    try:
        for day in json.loads(text.lstrip("\ufeff"))["schedule"]["conference"]["days"]:
            rows.append([str(day["date"])])
            events = [event for room in day["rooms"].values() for event in room]
            for event in sorted(events, key=lambda event: str(event["start"])):
                begins = datetime.datetime.strptime(event["start"], "%H:%M")
                hours, minutes = event["duration"].split(":")[-2:]
                ends = begins + datetime.timedelta(hours=int(hours), minutes=int(minutes))
                names = ["title", "subtitle", "abstract", "description"]
                if str(event.get("title")).endswith(f"({event.get('subtitle')})"):
                    names.remove("subtitle")  # a state that stands behind the title already
                lines = [str(event[name]) for name in names if event.get(name)]
                people = [one.get("public_name") or one.get("name") for one in event.get("persons", [])]
                speakers = [f"Speaker: {name}" for name in people if name]
                rows.append([f"{begins:%H:%M} – {ends:%H:%M}", "\n".join(lines), "\n".join(speakers)])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable(_("This is no schedule.json that can be read.")) from error
    return rows
