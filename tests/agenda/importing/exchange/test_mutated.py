"""Damaged files of each format: a proposal or a refusal in words, and nothing else."""

import json
import random

import pytest

from agenda.feeds.files import FILES
from agenda.feeds.stamp import stamped
from agenda.importing import steps
from agenda.importing.exchange.entry import box_text, read
from agenda.importing.existing import existing_sessions, intros
from agenda.importing.reading.rows import Unreadable
from tests.agenda.importing.exchange.test_programs import ICS, INDICO, SCHED, XML, schedule

TIMES = 20  # of each format; and of a long file, which takes more work
FEW = 3
SIGNS = ['"', "{", "}", "[", "]", "<", ">", "&", ",", ";", ":", "\n", "\x00", "0", "99999999999999999999", "null", "-"]
SIGNS += ["é", "\ufeff", "ក", "\u202e", "T", "=", "'", "&#0;", "<!--", "]]>", "\r", "\x1f", "2030-13-45", "25:61"]


def mutated(content, chance):
    """A few bytes cut, doubled, changed or put in."""
    for _time in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(content) + 1), chance.choice([1, 2, 8, 200])
        what = chance.randrange(4)
        if what == 0:
            content = content[:at] + content[at + length :]
        elif what == 1:
            content = content[: at + length] + content[at:]
        elif what == 2:
            content = content[:at] + chance.choice(SIGNS).encode() + content[at:]
        else:
            content = content[:at] + bytes(chance.randrange(256) for _byte in range(length)) + content[at + length :]
    return content


def changed(value, chance):
    """JSON that is whole, in which one value is of another kind."""
    found = []

    def walk(one):
        if isinstance(one, dict | list):
            found.extend((one, key) for key in (one if isinstance(one, dict) else range(len(one))))
            for inner in one.values() if isinstance(one, dict) else one:
                walk(inner)

    walk(value)
    for _time in range(chance.randint(1, 4)):
        holder, key = chance.choice(found)
        holder[key] = chance.choice(
            [None, 7, -1.5, "", "x", [], {}, [[]], {"a": {}}, True, "9" * 400, ["x", 3], 10**40]
        )
    return value


@pytest.fixture
def files(edition):
    programme, stamp = stamped(edition, "https://conference.example.org")
    made = {name: FILES[name].make(programme, edition, stamp) for name in FILES if "agenda-both" not in name}
    own = {name: made[name] for name in ("agenda.csv", "agenda.xlsx", "schedule.json", "schedule.xml", "edition.json")}
    others = {"other.ics": ICS, "sched.csv": SCHED, "other.xml": XML, "indico.json": json.dumps(INDICO)}
    others["pretalx.json"] = json.dumps(schedule())
    return own | {"agenda.ics": made["agenda.ics"]} | {name: text.encode() for name, text in others.items()}


def look(edition, name, content, there):
    try:
        text = box_text(name, content)
        proposal = text and read(text, edition)
    except Unreadable:
        return
    if proposal:
        steps.plan(proposal, there, intros(edition))


def test_no_damaged_file_is_an_error_of_the_site(edition, files):
    chance, there = random.Random(14), existing_sessions(edition)
    for name, content in files.items():
        for _time in range(TIMES if len(content) < 10_000 else FEW):
            look(edition, name, mutated(content, chance), there)


def test_no_json_of_another_shape_is_an_error_of_the_site(edition, files):
    chance, there = random.Random(15), existing_sessions(edition)
    for name in ("pretalx.json", "indico.json", "schedule.json", "edition.json"):
        for _time in range(TIMES if len(files[name]) < 10_000 else FEW):
            value = changed(json.loads(files[name]), chance)
            look(edition, name, json.dumps(value).encode(), there)
