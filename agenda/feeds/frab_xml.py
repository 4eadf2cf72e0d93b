"""frab's schedule.xml, written from the value of its schedule.json."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conference.cells import text as plain


def schedule_xml(value, address):
    """`value` is what frab.schedule gives; `address` is where the file itself is found."""
    schedule, conference = value["schedule"], value["schedule"]["conference"]
    root = Element("schedule")
    generator = value["generator"]
    SubElement(root, "generator", name=generator["name"], version=generator["version"], system=generator["url"])
    _add(root, "url", address)
    _add(root, "version", schedule["version"])
    _add_conference(SubElement(root, "conference"), conference, schedule["base_url"])
    for day in conference["days"]:
        _add_day(root, day)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent, name, value):
    SubElement(parent, name).text = plain(value)


def _add_conference(element, conference, base_url):
    _add(element, "title", conference["title"])
    _add(element, "acronym", conference["acronym"])
    _add(element, "start", conference["start"])
    _add(element, "end", conference["end"])
    _add(element, "days", conference["daysCount"])
    _add(element, "timeslot_duration", conference["timeslot_duration"])
    _add(element, "base_url", base_url)
    _add(element, "url", conference["url"])
    _add(element, "time_zone_name", conference["time_zone_name"])


def _add_day(root, day):
    attributes = {"index": str(day["index"]), "date": day["date"], "start": day["day_start"], "end": day["day_end"]}
    element = SubElement(root, "day", attributes)
    for name, events in day["rooms"].items():
        room = SubElement(element, "room", name=plain(name))
        for event in events:
            _add_event(room, event)


def _add_event(room, event):
    element = SubElement(room, "event", guid=event["guid"], id=str(event["id"]))
    for name in [
        "date",
        "start",
        "duration",
        "room",
        "slug",
        "url",
        "title",
        "subtitle",
        "track",
        "type",
        "language",
        "abstract",
        "description",
    ]:
        _add(element, name, event[name])
    persons = SubElement(element, "persons")
    for person in event["persons"]:
        _add(persons, "person", person["name"])
    SubElement(element, "links")
