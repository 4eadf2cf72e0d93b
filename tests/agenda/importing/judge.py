"""An independent examiner of the import: what comes of a document, against what a careful person would enter.

    python -m tests.agenda.importing.judge [-v] [-k PART OF A NAME] [--known] [FOLDER or FILE.toml ...]

prints a table of the score. What is ticked by default counts as done. So each document is one of

    RIGHT    every session is ticked as a careful person would enter it, or what is open is asked
    ASKS     nothing ticked is wrong; some sessions wait for staff, each with its reason
    REFUSES  nothing is ticked, and it is said why
    HARM     something ticked is wrong, or a row or words are lost without a word about it
"""

import argparse
import datetime
import os
import re
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
    django.setup()

from agenda.choices import Kind, Role
from agenda.importing import steps
from agenda.importing.reading.document import Document, Paragraph, Spot
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file, read_pasted
from agenda.importing.recognising.account import Became, ColumnRole
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Proposal, Proposed
from agenda.importing.recognising.recognise import recognise
from tests.agenda.importing import sources

CORPUS = Path(__file__).parent / "corpus"
SEEN = set(ColumnRole) & {"time", "start", "end", "duration", "date", "number"}
LANGUAGES = {"en": "English", "km": "Khmer"}
RIGHT, ASKS, REFUSES, HARM = "right", "asks", "refuses", "HARM"


@dataclass
class Expected:
    """A line: "02-03 9:00-9:30 | Title | km: ... | who: A; B | room: R | track: T | kind: meal | tbc | text: ...".

    Before a name may stand its role: "who: moderator: A; B". With "track: none" it may have none.
    """

    date: datetime.date
    starts_at: datetime.time
    ends_at: datetime.time
    titles: list[str]  # the first is the title; others are as good
    wait: str = ""  # "?": only staff can say; "~": staff may be asked
    km: str = ""
    who: list[str] = field(default_factory=list)
    room: str = ""
    track: str = ""
    text: str = ""
    sort: str = ""  # its kind, as the tables call it
    is_to_be_confirmed: bool = False

    @property
    def roles(self) -> list[tuple[str, str]]:
        """(role, name). "moderator: A"; a name without a role is that of a speaker, in a hackathon of an organiser."""
        usual = Role.ORGANISER if self.sort in (Kind.HACKATHON, Kind.AWARD) else Role.SPEAKER
        found = []
        for one in self.who:
            role, colon, name = one.partition(": ")
            found.append((role, name) if colon and role in Role.values else (usual.value, one))
        return found

    def __str__(self):
        return f"{self.date:%m-%d} {self.starts_at:%H:%M}-{self.ends_at:%H:%M} {self.titles[0]}"


@dataclass
class Sample:
    """One document of the corpus, in one of its forms."""

    name: str
    kind: str
    form: str  # "text" is pasted; others are endings of files
    write: Callable[[], str | bytes]
    days: tuple[datetime.date, datetime.date]
    expected: list[Expected]
    words: str  # all words of the source that may not be lost
    refuses: list[str]  # nothing comes of it; one of these words is said
    said: list[str]  # words that must be seen
    intro: str  # words that may stand in the introduction of a day
    private: list[str] = field(default_factory=list)  # words that may stand in no session, ticked or not

    @property
    def key(self) -> str:
        return f"{self.name}-{self.form}"


@dataclass
class Verdict:
    sample: Sample
    result: str
    reasons: list[str]
    fields: Counter
    seconds: float


# -- reading the corpus


def samples(*paths: Path) -> Iterator[Sample]:
    for path in paths or [CORPUS]:
        for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
            for one in tomllib.loads(file.read_text(encoding="utf-8"))["document"]:
                yield from _forms(one, file)


def _forms(one: dict, file: Path) -> Iterator[Sample]:
    first, last = (datetime.date.fromisoformat(text) for text in (*one["days"].split(), one["days"])[:2])
    common = {
        "name": one["name"],
        "kind": one.get("kind", file.stem),
        "days": (first, last),
        "expected": list(_expected(one.get("expected", ""), first)),
        "refuses": one.get("refuses", []),
        "said": one.get("said", []),
        "intro": one.get("intro", ""),
        "private": one.get("private", []),
    }
    for form in one["forms"].split():
        words = one.get("words", _words_of(one))
        yield Sample(form=form, write=partial(_written, one, form, file.parent), words=words, **common)


def _written(one: dict, form: str, folder: Path) -> str | bytes:
    if "file" in one:
        return (folder / one["file"]).read_bytes()
    if "raw" in one:
        return one["raw"] if form == "text" else one["raw"].strip().encode(one.get("encoding", "utf-8"))
    return sources.as_text(one["source"]) if form == "text" else sources.WRITERS[form](one["source"])


def _words_of(one: dict) -> str:
    if "source" not in one:
        return re.sub(r"(?s)<style.*?</style>|<[^>]+>", " ", one.get("raw", ""))
    texts = []
    for sheet in sources.parsed(one["source"]):
        for block in sheet.blocks:
            cells = [block.text] if isinstance(block, sources.Line) else [cell for row in block for cell in row.cells]
            texts += [sources.plain(cell, with_struck=False) for cell in cells]
    return "\n".join(texts)


_LINE = re.compile(r"([?~]?)\s*(?:(?:(\d{4})-)?(\d\d)-(\d\d)\s+)?(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)\s*\|\s*(.+)")


def _expected(text: str, first: datetime.date) -> Iterator[Expected]:
    date = first
    for line in text.strip().split("\n") if text.strip() else []:
        found = _LINE.fullmatch(line.strip())
        if not found:
            raise ValueError(f"This is no expected session: {line}")
        wait, year, month, day, *clock, rest = found.groups()
        if month:
            date = datetime.date(int(year or first.year), int(month), int(day))
        hours = [int(number) for number in clock]
        title, *more = [part.strip() for part in rest.split(" | ")]
        one = Expected(
            date,
            datetime.time(hours[0], hours[1]),
            datetime.time(hours[2], hours[3]),
            title.split(" = "),
            wait,
        )
        for part in more:
            name, _colon, value = part.partition(": ")
            match name:
                case "tbc":
                    one.is_to_be_confirmed = True
                case "who":
                    one.who = value.split("; ")
                case "kind":
                    one.sort = value
                case "km" | "room" | "track" | "text":
                    setattr(one, name, value)
                case _:
                    raise ValueError(f"This says nothing of a session: {part}")
        yield one


# -- the same way as the page


@dataclass(frozen=True)
class Days:
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass
class Brought:
    proposal: Proposal | None = None
    refused: str = ""
    ticked: list[Proposed] = field(default_factory=list)
    waiting: list[Proposed] = field(default_factory=list)
    seen: str = ""  # what the page says without opening anything, beside the sessions themselves
    intros: str = ""  # introductions of days that are ticked
    shown: str = ""  # rows that are called headings or days, and cells with times, as the preview shows them


def bring(sample: Sample) -> Brought:
    first, last = sample.days
    try:
        content = sample.write()
        is_pasted = isinstance(content, str)
        document = read_pasted(content) if is_pasted else read_file(f"agenda.{sample.form}", content)
        proposal = recognise(document, first_day=first, last_day=last, known=Known())
    except Unreadable as error:
        return Brought(refused=str(error))
    brought = Brought(proposal)
    plan = steps.plan(proposal, [], {})
    sure = {step.date for step in plan.of(steps.CREATE) if not step.doubt}
    for step in plan.steps:
        inside = step.date is not None and first <= step.date <= last
        if step.what == steps.DAY and inside and step.date in sure:
            brought.intros += "".join(f"\n{change.new}" for change in step.changes)
        if step.what == steps.CREATE and step.place is not None:
            proposed = plan.items[step.place].proposed
            (brought.ticked if inside and not step.doubt else brought.waiting).append(proposed)
    said = [problem.text for problem in proposal.problems] + [text for _row, text in proposal.passed_over]
    said += [f"{fate.reason} {fate.left}" for fate in proposal.fates] + [one.text for one in proposal.questions]
    said += [f"{one.where} {one.text} {one.reason}" for one in document.left_out]
    _note_rows(document, proposal, said, brought)
    brought.seen = "\n".join(said)
    return brought


def _note_rows(document: Document, proposal: Proposal, said: list[str], brought: Brought) -> None:
    """Rows that are left out are quoted on top; headings, days and times are only shown with that word beside them.
    A column that is left out is named on top.
    """
    became = {fate.spot: fate.became for fate in proposal.fates}
    known = {
        (layout.block, at)
        for layout in proposal.layouts
        for at, (role, heading) in enumerate(zip(layout.columns, layout.headings, strict=True))
        if role in SEEN or (role == ColumnRole.IGNORED and heading and any(f"“{heading}”" in text for text in said))
    }
    for at, block in enumerate(document.blocks):
        for row in [block] if isinstance(block, Paragraph) else block.rows:
            match became.get(Spot(at, row.number)):
                case Became.PASSED | Became.UNREAD:
                    said.append(row.text)
                case Became.DAY | Became.HEADING:
                    brought.shown += f"\n{row.text}"
                case Became.SESSION | Became.PART if not isinstance(row, Paragraph):
                    cells = [cell.text for cell in row.cells if (at, cell.column) in known]
                    brought.shown += "\n".join(["", *cells])


# -- the verdict

_WORD = re.compile(r"[^\W\d_]{3,}|[\u0e00-\u0e7f\u1780-\u17d3]+", re.UNICODE)
# Words that say what a column or a person is: a role and a heading are no words that can be lost.
_OF_COLUMNS = """
    the and for with from til until end start time times date day hrs amp nbsp session sessions activity activities
    topic title programme speaker speakers presenter moderator chair panelists trainer facilitator
    mentors trainers min minutes នាទី responsible confirmed modérateur modératrice moderated facilitated animé par
    សម្របសម្រួលដោយ ដោយ និង
"""
_EMPTY = set(_OF_COLUMNS.split())


def same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(text: str) -> str:
    """Letters and digits alone; the vowels and marks of Khmer and Thai are letters too."""
    text = re.sub(r"\(?\[?\b(?:tbc|to be confirmed)\b\]?\)?", " ", text.casefold())
    return "".join(re.findall(r"[^\W_\u0e00-\u0e7f]|[\u0e01-\u0e5b\u1780-\u17d3]", text))


def parts_of(one: Proposed) -> list[Proposed]:
    """A session with the themes and rooms in it; what has a time of its own is another session."""
    return [one, *(part for child in one.children if not child.starts_at for part in child.walk())]


def texts_of(one: Proposed) -> str:
    """Everything that a session says, with what stands in it."""
    parts = []
    for part in parts_of(one):
        texts = (part.label, part.title, part.description)
        parts += [text for both in texts for text in (both.en, both.km)]
        parts += [person.name for person in part.people] + [part.room, part.track]
        parts += [text for link in part.links for text in link]
        parts += [LANGUAGES.get(code, code) for code in part.languages]
    return "\n".join(parts)


def is_it(one: Proposed, expected: Expected) -> bool:
    names = [
        f"{label}{title}"
        for language in ("en", "km")
        for title in [getattr(one.title, language)]
        for label in ("", f"{getattr(one.label, language)} ")
        if title or label.strip()
    ]
    return any(same(name, title) for name in names for title in expected.titles)


def judge(sample: Sample) -> Verdict:
    begins = time.process_time()
    brought = bring(sample)
    seconds = time.process_time() - begins
    fields: Counter = Counter()
    if brought.refused:
        reasons = [f"refused: {brought.refused}"]
        well = any(word.casefold() in brought.refused.casefold() for word in sample.refuses)
        return Verdict(sample, RIGHT if well else REFUSES, reasons, fields, seconds)
    harm, waits = [], []
    left = list(brought.ticked)
    for expected in sample.expected:
        found = _take(left, expected)
        if found and expected.wait == "?":
            harm.append(f"ticked, where only staff can say: {expected}")
        elif found:
            harm += _wrong_in(found, expected, fields)
        else:
            lost, why = _missing(expected, brought)
            (harm if lost else waits).append(why) if lost or not expected.wait else None
    harm += [f"ticked and wrong: {_said(one)}" for one in left]
    harm += _lost_words(sample, brought)
    for word in sample.said:
        if word.casefold() not in (brought.seen + texts_of_all(brought)).casefold():
            harm.append(f"not said: {word}")
    harm += [f"not for the public: {word}" for word in sample.private if word in texts_of_all(brought)]
    if brought.intros.strip() and not _within(brought.intros, sample.intro):
        harm.append(f"the introduction of a day: {brought.intros.strip()[:80]!r}")
    if sample.refuses and not any(word.casefold() in brought.seen.casefold() for word in sample.refuses):
        harm.append(f"says none of {sample.refuses}: {brought.seen[:200]!r}")
    if harm:
        return Verdict(sample, HARM, harm, fields, seconds)
    if waits and not brought.ticked:
        return Verdict(sample, REFUSES, waits, fields, seconds)
    return Verdict(sample, ASKS if waits else RIGHT, waits, fields, seconds)


def texts_of_all(brought: Brought) -> str:
    return "\n".join(texts_of(one) for one in brought.ticked + brought.waiting)


def _take(ticked: list[Proposed], expected: Expected) -> Proposed | None:
    """The ticked session that is the expected one; of parallel ones that of its room."""
    times = (expected.date, expected.starts_at, expected.ends_at)
    found = [one for one in ticked if (one.date, one.starts_at, one.ends_at) == times and is_it(one, expected)]
    found.sort(key=lambda one: not (expected.room and same(one.room, expected.room)))
    if found:
        ticked.remove(found[0])
    return found[0] if found else None


def _wrong_in(one: Proposed, expected: Expected, fields: Counter) -> Iterator[str]:
    """What of a ticked session is wrong. What stands in another field than its own is counted, and no harm."""
    said, everything = f"{expected}", _key(texts_of(one))
    if expected.km and not same(one.title.km, expected.km):
        yield f"Khmer of {said}: {one.title.km!r}"
    if (
        not expected.km
        and one.title.en
        and one.title.km
        and not any(same(one.title.km, title) for title in expected.titles)
    ):
        yield f"no Khmer title of {said}: {one.title.km!r}"
    if one.is_to_be_confirmed != expected.is_to_be_confirmed:
        waiting = any(person.is_to_be_confirmed for person in one.people)
        if not (expected.is_to_be_confirmed and waiting):
            yield f"{'not ' * expected.is_to_be_confirmed}to be confirmed: {said}"
    people = [person for part in parts_of(one) for person in part.people]
    for role, name in expected.roles:
        fields["people"] += 1
        named = [person for person in people if _key(name) == _key(person.name)]
        fields["people right"] += any(person.role == role for person in named)
        if not named:
            yield f"{'no person of its own' if _key(name) in everything else 'lost'}: {name!r} of {said}"
        elif not any(person.role == role for person in named):
            yield f"{named[0].role}, not {role}: {name!r} of {said}"
    for person in people:
        if not any(_key(person.name) == _key(name) for _role, name in expected.roles):
            yield f"no person: {person.name!r} of {said}"
    for name, wanted in (("room", expected.room), ("track", expected.track)):
        got = getattr(one, name)
        if wanted and wanted != "none":
            fields["places"] += 1
            fields["places right"] += same(got, wanted)
            if not same(got, wanted):
                yield f"{name} {got!r}, not {wanted!r}, of {said}"
        if wanted == "none" and got:
            yield f"a {name}, {got!r}, of {said}"
        elif got and not wanted and got not in ("plenary", "breakout", "hackathon"):
            yield f"wrong {name} {got!r} of {said}"
    if expected.sort and one.kind != expected.sort:
        yield f"{one.kind} is no kind of {said}"
    if expected.text and _key(expected.text) not in everything:
        yield f"lost {expected.text!r} of {said}"


def _missing(expected: Expected, brought: Brought) -> tuple[bool, str]:
    """(whether it is lost silently, what became of it)."""
    for one in brought.waiting:
        if any(_key(title) in _key(texts_of(one)) for title in expected.titles):
            return False, f"waits: {expected} ({one.doubt or 'outside the edition'})"
    if any(_key(title) in _key(brought.seen) for title in expected.titles):
        return False, f"not read, and said: {expected}"
    for one in brought.ticked:
        if any(_key(title) in _key(texts_of(one)) for title in expected.titles):
            return True, f"{expected} is in another: {_said(one)}"
    return True, f"lost: {expected}"


def _lost_words(sample: Sample, brought: Brought) -> Iterator[str]:
    whole = _key("\n".join([brought.seen, brought.shown, brought.intros, texts_of_all(brought)]))
    lost = [word for word in dict.fromkeys(_words(sample.words)) if _key(word) not in whole]
    if lost:
        yield f"words lost: {' '.join(lost)[:200]}"


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _EMPTY]


def _within(text: str, wanted: str) -> bool:
    return all(_key(line) in _key(wanted) for line in text.strip().split("\n") if _key(line))


def _said(one: Proposed) -> str:
    times = f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" if one.starts_at and one.ends_at else ""
    return f"row {one.row} {one.date:%m-%d} {times} {one.label} {one.title}"[:120]


# -- the table of the score


def table(verdicts: list[Verdict]) -> str:
    by_kind = defaultdict(Counter)
    for verdict in verdicts:
        by_kind[verdict.sample.kind][verdict.result] += 1
        by_kind["ALL"][verdict.result] += 1
    names = [RIGHT, ASKS, REFUSES, HARM]
    lines = ["".join([f"{'kind':20}", *(f"{name:>9}" for name in names)])]
    for kind, count in by_kind.items():
        if kind != "ALL":
            lines.append("".join([f"{kind:20}", *(f"{count[name]:>9}" for name in names)]))
    lines.append("".join([f"{'ALL':20}", *(f"{by_kind['ALL'][name]:>9}" for name in names)]))
    fields = sum((verdict.fields for verdict in verdicts), Counter())
    lines.append(f"people in their own field: {fields['people right']} of {fields['people']}")
    lines.append(f"rooms and tracks in theirs: {fields['places right']} of {fields['places']}")
    slowest = max(verdicts, key=lambda verdict: verdict.seconds)
    lines.append(f"slowest: {slowest.sample.key} {slowest.seconds:.2f} s")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="How the import does with sample agendas.")
    parser.add_argument("-v", action="store_true", dest="verbose", help="with the reasons, document by document")
    parser.add_argument("-k", default="", dest="part", help="only documents with this in their name")
    parser.add_argument("--known", action="store_true", help="write the list of those that are not yet right")
    parser.add_argument("paths", nargs="*", type=Path)
    chosen = parser.parse_args()
    verdicts = []
    for sample in samples(*chosen.paths):
        if chosen.part not in sample.key:
            continue
        verdict = judge(sample)
        verdicts.append(verdict)
        if chosen.verbose and verdict.result != RIGHT:
            sys.stdout.write(f"{verdict.result:8} {verdict.sample.kind:14} {verdict.sample.key}\n")
            sys.stdout.write("".join(f"    {reason}\n" for reason in verdict.reasons[:12]))
    sys.stdout.write(table(verdicts) + "\n")
    if chosen.known:
        known = sorted(verdict.sample.key for verdict in verdicts if verdict.result == HARM)
        (CORPUS / "known_failures.txt").write_text("".join(f"{key}\n" for key in known))


if __name__ == "__main__":
    main()
