#!/usr/bin/env bash
# vobject names a time zone in a calendar after its abbreviation, and it keeps one zone for each abbreviation as long as
# the process runs. One would guess that a calendar whose only session is in Manila says what the time is in Manila,
# whatever the process wrote before. But Manila and Los Angeles are both "PST" in winter: after a calendar for Los
# Angeles, the one for Manila carries the rules of Los Angeles, without an error, and the session moves by 15 hours in
# March. So it is with Kolkata and Dublin in July ("IST"). A process that starts anew writes Manila rightly, so a small
# test does not see it. Seen with the versions below on Python 3.11; the calendars are read with icalendar. Fails once
# that changes. The site writes its calendars with icalendar, each with Asia/Phnom_Penh by its full name
# (agenda/feeds/ical.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install vobject==0.9.9 python-dateutil==2.9.0.post0 pytz==2026.6 icalendar==7.3.0 \
    tzdata==2026.6
cat >"$folder/moved.py" <<'PYTHON'
import datetime
import sys
from zoneinfo import ZoneInfo

import icalendar
import vobject


def hours_moved(month: int, *zones: str) -> float:
    """Writes a calendar for each zone; says by how many hours the session of the last one is off."""
    for zone in zones:
        start = datetime.datetime(2024, month, 26, 8, 30, tzinfo=ZoneInfo(zone))
        calendar = vobject.iCalendar()
        session = calendar.add("vevent")
        session.add("summary").value = f"08:30 in {zone}"
        session.add("dtstart").value = start
        written = calendar.serialize()
    read = icalendar.Calendar.from_ical(written).events[0].start
    utc = datetime.UTC
    return (read.astimezone(utc) - start.astimezone(utc)).total_seconds() / 3600


print(hours_moved(int(sys.argv[1]), *sys.argv[2:]))
PYTHON
moved() { "$folder/venv/bin/python" "$folder/moved.py" "$@"; } # each in a process of its own
found="Manila $(moved 3 Asia/Manila), after Los Angeles $(moved 3 America/Los_Angeles Asia/Manila);"
found+=" Dublin $(moved 7 Europe/Dublin), after Kolkata $(moved 7 Asia/Kolkata Europe/Dublin)"
echo "hours by which the session is off: $found"
[[ $found == "Manila 0.0, after Los Angeles 15.0; Dublin 0.0, after Kolkata -4.5" ]]
