"""frab's schedule.xml, written from the value of its schedule.json."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from agenda.feeds.frab import Event, ScheduleFile
from conference.files.cells import text as plain


def schedule_xml(value: ScheduleFile, address: str) -> bytes:
    """`value` is what frab.schedule gives; `address` is where the file itself is found."""
    schedule, conference, generator = value["schedule"], value["schedule"]["conference"], value["generator"]
    root = Element("schedule")
    SubElement(root, "generator", name=generator["name"], version=generator["version"], system=generator["url"])
    _add(root, "url", address)
    _add(root, "version", schedule["version"])
    about = SubElement(root, "conference")
    _add(about, "title", conference["title"])
    _add(about, "acronym", conference["acronym"])
    _add(about, "start", conference["start"])
    _add(about, "end", conference["end"])
    _add(about, "days", conference["daysCount"])
    _add(about, "timeslot_duration", conference["timeslot_duration"])
    _add(about, "base_url", schedule["base_url"])
    _add(about, "url", conference["url"])
    _add(about, "time_zone_name", conference["time_zone_name"])
    for day in conference["days"]:
        attributes = {
            "index": str(day["index"]),
            "date": day["date"],
            "start": day["day_start"],
            "end": day["day_end"],
        }
        element = SubElement(root, "day", attributes)
        for name, events in day["rooms"].items():
            room = SubElement(element, "room", name=plain(name))
            for event in events:
                _add_event(room, event)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add(parent: Element, name: str, value: object) -> None:
    SubElement(parent, name).text = plain(value)


def _add_event(room: Element, event: Event) -> None:
    element = SubElement(room, "event", guid=event["guid"], id=str(event["id"]))
    _add(element, "date", event["date"])
    _add(element, "start", event["start"])
    _add(element, "duration", event["duration"])
    _add(element, "room", event["room"])
    _add(element, "slug", event["slug"])
    _add(element, "url", event["url"])
    _add(element, "title", event["title"])
    _add(element, "subtitle", event["subtitle"])
    _add(element, "track", event["track"])
    _add(element, "type", event["type"])
    _add(element, "language", event["language"])
    _add(element, "abstract", event["abstract"])
    _add(element, "description", event["description"])
    persons = SubElement(element, "persons")
    for person in event["persons"]:
        _add(persons, "person", person["name"])
    links = SubElement(element, "links")
    for link in event["links"]:
        SubElement(links, "link", href=plain(link["url"])).text = plain(link["title"])
