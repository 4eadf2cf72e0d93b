"""Any programme, written down in each layout that people use, is read as the same programme."""

import datetime
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agenda.importing import sources
from tests.agenda.importing.judge import RIGHT, Expected, Sample, judge

FIRST = datetime.date(2027, 2, 2)  # a Tuesday
TITLES = [
    ("Open maps of the villages", "ផែនទីបើកទូលាយរបស់ភូមិ"),
    ("Data in daily life", "ទិន្នន័យក្នុងជីវិតប្រចាំថ្ងៃ"),
    ("Who owns the forest?", "តើនរណាជាម្ចាស់ព្រៃឈើ?"),
    ("Budgets that everyone reads", "ថវិកាដែលគ្រប់គ្នាអាចអាន"),
    ("Clinics and their numbers", "មណ្ឌលសុខភាព និងតួលេខ"),
    ("Rights of indigenous peoples", "សិទ្ធិជនជាតិដើមភាគតិច"),
    ("Coffee break", "សម្រាក"),
    ("Group discussion", "ការពិភាក្សាក្រុម"),
    ("Opening ceremony", "ពិធីបើក"),
    ("Lunch", "អាហារថ្ងៃត្រង់"),
]
PEOPLE = ["", "Ms. Sample Farmer", "Dr. Sample Researcher", "H.E. Sample Minister", "Mr. Sample One"]
ROOMS = ["Main hall", "Room A", "Room 12"]


@dataclass
class Slot:
    begins: int  # minutes after midnight
    ends: int
    cells: list[list[int]] = field(default_factory=list)  # of each day and each room the number of its title
    people: list[list[str]] = field(default_factory=list)

    def clock(self, pattern="{} – {}"):
        return pattern.format(_clock(self.begins), _clock(self.ends))


@dataclass
class Programme:
    slots: list[Slot]
    days: int
    rooms: int
    languages: str  # "en", "km" or "en km"

    def title(self, number):
        english, khmer = TITLES[number]
        return {"en": english, "km": khmer, "en km": f"{english} // {khmer}"}[self.languages]

    def expected(self, *, with_people=True, with_rooms=True):
        for day in range(self.days):
            for slot in self.slots:
                for room in range(self.rooms):
                    english, khmer = TITLES[slot.cells[day][room]]
                    who = slot.people[day][room]
                    yield Expected(
                        FIRST + datetime.timedelta(days=day),
                        datetime.time(*divmod(slot.begins, 60)),
                        datetime.time(*divmod(slot.ends, 60)),
                        [khmer if self.languages == "km" else english],
                        km=khmer if self.languages == "en km" else "",
                        who=[who] if with_people and who else [],
                        room=ROOMS[room] if with_rooms else "",
                    )


def _clock(minutes):
    return f"{minutes // 60}:{minutes % 60:02}"


@st.composite
def programmes(draw, *, days=(1, 3), rooms=(1, 1)):
    number_of_days, number_of_rooms = draw(st.integers(*days)), draw(st.integers(*rooms))
    slots, at = [], draw(st.sampled_from([8 * 60, 8 * 60 + 30, 9 * 60]))
    for _slot in range(draw(st.integers(3, 5))):
        length = draw(st.sampled_from([15, 30, 60, 90]))
        titles = draw(st.lists(st.integers(0, len(TITLES) - 1), min_size=9, max_size=9, unique=True))
        grid = [
            [titles[day * number_of_rooms + room] for room in range(number_of_rooms)] for day in range(number_of_days)
        ]
        people = [[draw(st.sampled_from(PEOPLE)) for _room in row] for row in grid]
        slots.append(Slot(at, at + length, grid, people))
        at += length
    return Programme(slots, number_of_days, number_of_rooms, draw(st.sampled_from(["en", "km", "en km"])))


def _rows(programme, day, row):
    return [row(slot, programme.title(slot.cells[day][0]), slot.people[day][0]) for slot in programme.slots]


def _day_after_day(programme, heading, row, day_line):
    lines = []
    for day in range(programme.days):
        lines += [day_line(day), heading, *_rows(programme, day, row)]
    return "\n".join(lines)


def _named(day):
    return f"Day {day + 1}"


def _dated(day):
    return f"{FIRST + datetime.timedelta(days=day):%A %d %B %Y}"


def time_and_title(programme):
    return _day_after_day(
        programme,
        "| Time | Session | Speaker |",
        lambda slot, title, who: f"| {slot.clock()} | {title} | {who} |",
        _dated,
    )


def number_before_time(programme):
    lines = ["| No | Date | Time | Activity | Trainer |"]
    for day in range(programme.days):
        for number, slot in enumerate(programme.slots, start=1):
            who, title = slot.people[day][0], programme.title(slot.cells[day][0])
            lines.append(f"| {number} | {_dated(day)} | {slot.clock('{}-{}')} | {title} | {who} |")
    return "\n".join(lines)


def start_and_end(programme):
    return _day_after_day(
        programme,
        "| Start | End | Title | Presenter |",
        lambda slot, title, who: f"| {_clock(slot.begins)} | {_clock(slot.ends)} | {title} | {who} |",
        _named,
    )


def start_and_length(programme):
    return _day_after_day(
        programme,
        "| Start | Duration | Topic | Trainer |",
        lambda slot, title, who: f"| {_clock(slot.begins)} | {slot.ends - slot.begins} min | {title} | {who} |",
        _named,
    )


def sheet_a_day(programme):
    lines = []
    for day in range(programme.days):
        lines += [f"= Day {day + 1}", "| Time | Activity | By |"]
        lines += _rows(programme, day, lambda slot, title, who: f"| {slot.clock('{} to {}')} | {title} | {who} |")
    return "\n".join(lines)


def grid_of_days(programme):
    lines = [f"| Time | {' | '.join(map(_dated, range(programme.days)))} |"]
    for slot in programme.slots:
        titles = [programme.title(slot.cells[day][0]) for day in range(programme.days)]
        lines.append(f"| {slot.clock()} | {' | '.join(titles)} |")
    return "\n".join(lines)


def grid_of_rooms(programme):
    lines = [f"| Time | {' | '.join(ROOMS[: programme.rooms])} |"]
    for slot in programme.slots:
        lines.append(f"| {slot.clock()} | {' | '.join(map(programme.title, slot.cells[0]))} |")
    return "\n".join(lines)


def parallel_rows(programme):
    lines = ["| Time | Session | Room | Speaker |"]
    for slot in programme.slots:
        for room, number in enumerate(slot.cells[0]):
            time = "^" if room else slot.clock()
            lines.append(f"| {time} | {programme.title(number)} | {ROOMS[room]} | {slot.people[0][room]} |")
    return "\n".join(lines)


SEVERAL_DAYS, SEVERAL_ROOMS = programmes(), programmes(days=(1, 1), rooms=(2, 3))
LAYOUTS = [  # how it is written, which programmes, which files, whether people and rooms stand in it
    (time_and_title, SEVERAL_DAYS, "text docx html md", True, False),
    (number_before_time, SEVERAL_DAYS, "csv xlsx docx", True, False),
    (start_and_end, SEVERAL_DAYS, "text docx", True, False),
    (start_and_length, SEVERAL_DAYS, "docx html", True, False),
    (sheet_a_day, SEVERAL_DAYS, "xlsx ods", True, False),
    (grid_of_days, programmes(days=(2, 3)), "text xlsx docx html", False, False),
    (grid_of_rooms, SEVERAL_ROOMS, "csv xlsx docx ods", False, True),
    (parallel_rows, SEVERAL_ROOMS, "docx xlsx html", True, True),
]


@pytest.mark.parametrize(("write", "of", "forms", "with_people", "with_rooms"), LAYOUTS)
def test_programme_comes_back_from_each_layout(write, of, forms, with_people, with_rooms):
    @settings(max_examples=8, deadline=None, derandomize=True)
    @given(of, st.sampled_from(forms.split()))
    def check(programme, form):
        source = write(programme)
        verdict = judge(
            Sample(
                name=write.__name__,
                kind="any",
                form=form,
                write=lambda: sources.as_text(source) if form == "text" else sources.WRITERS[form](source),
                days=(FIRST, FIRST + datetime.timedelta(days=programme.days - 1)),
                expected=list(programme.expected(with_people=with_people, with_rooms=with_rooms)),
                words="",
                refuses=[],
                said=[],
                intro="",
            )
        )

        assert verdict.result == RIGHT, (form, verdict.reasons, source)
        counted = verdict.fields
        right = counted["people right"] + counted["places right"]
        assert right == counted["people"] + counted["places"], (form, counted, source)

    check()
