"""Rows -> proposed days and sessions, and everything that could not be read. Pure: it asks nothing of the database."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from agenda.choices import Kind, Role
from agenda.hours import is_possible
from agenda.importing.reading.rows import Row
from agenda.importing.recognising.entries import Entries, Entry
from agenda.importing.recognising.kinds import kind_of, needs_tracks, with_tracks
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed, ProposedDay
from agenda.importing.recognising.word_breaks import WordBreaks, without_breaks
from agenda.importing.recognising.wording import Inside, Wording, read_wording
from conference.khmer import KHMER_LETTER, LATIN_LETTER, store_clean
from conference.translated import Text

MAX_LETTERS = {"title": 300, "label": 60}
_NO_QUESTIONS_ABOUT = {Kind.REGISTRATION, Kind.MEAL, Kind.BREAK, Kind.NETWORKING}


def recognise(rows: Sequence[Row], *, first_day: datetime.date, known: Known) -> Proposal:
    if rows and {"Stands under", "វគ្គមេ"} & set(rows[0].cells):
        said = _(
            "This is the table that this site writes for reading. Change the agenda on the pages of its days, or "
            "paste the table of your document."
        )
        return Proposal((), (), (Problem(rows[0].number, said),), ())
    return WordBreaks(rows).put_back(_recognised(without_breaks(rows), first_day, known), MAX_LETTERS)


def _recognised(rows: Sequence[Row], first_day: datetime.date, known: Known) -> Proposal:
    read = Entries(first_day).read(rows)
    days = []
    for heading in read.headings:
        english, khmer = _languages(heading.lines)
        days.append(ProposedDay(heading.row, heading.date, Text("\n".join(english), "\n".join(khmer))))
    problems = list(read.problems)
    timed = [_proposed(entry, known) for entry in _with_ends(read.entries, problems)]
    sessions = [session for session in timed if _is_possible(session, problems)]
    by_day = defaultdict(list)
    for session in sessions:
        by_day[session.date].append(session)
    nested = [_with_questions(day) for day in by_day.values()]
    if needs_tracks(sessions):
        nested = [with_tracks(day) for day in nested]
    problems.sort(key=lambda problem: problem.row)
    return Proposal(tuple(days), tuple(chain(*nested)), tuple(problems), tuple(read.passed_over))


def _with_ends(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """A row without an end lasts until the next one of its day begins."""
    for entry, following in zip_longest(entries, entries[1:]):
        begins = entry.span.starts_at
        if entry.span.ends_at is None:
            if following and following.date == entry.date and is_possible(begins, following.span.starts_at):
                ends = following.span.starts_at
            else:
                ends = (datetime.datetime.combine(entry.date, begins) + datetime.timedelta(hours=1)).time()
            if not is_possible(begins, ends):
                problems.append(Problem(entry.row, _("It says no end.")))
                continue
            said = _("It says no end: taken as %(time)s.") % {"time": f"{ends:%H:%M}"}
            problems.append(Problem(entry.row, said, stops=False))
            entry.span = replace(entry.span, ends_at=ends)
        yield entry


def _languages(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """(English lines, Khmer lines): a cell may hold both, one below the other."""
    english, khmer = [], []
    for line in lines:
        if len(KHMER_LETTER.findall(line)) > len(LATIN_LETTER.findall(line)):
            khmer.append(store_clean(line))
        else:
            english.append(line)
    return english, khmer


def _proposed(entry: Entry, known: Known) -> Proposed:
    in_english, in_khmer = _languages(entry.lines)
    # Under a Khmer title stands "ODC" in Latin letters: that is who appears, and no English title.
    names = [line for line in in_english if in_khmer and known.alone(line)]
    english = read_wording([line for line in in_english if line not in names], known)
    khmer = read_wording(in_khmer, known)
    title, label = Text(english.title, khmer.title), Text(english.label, khmer.label)
    people = list(english.people or khmer.people)
    for line in [*names, *entry.people]:
        people += known.run(line) or [known.person(line)]
    kind = kind_of(label.en or label.km, title.en or title.km)
    if kind == Kind.PRESENTATION and any(one.role == Role.PANELIST for one in people):
        kind = Kind.PANEL
    role = Role.ORGANISER if kind in (Kind.HACKATHON, Kind.AWARD) else Role.SPEAKER
    return Proposed(
        row=entry.row,
        date=entry.date,
        kind=kind,
        title=title,
        label=label,
        description=Text("\n".join(english.description), "\n".join(khmer.description)),
        starts_at=entry.span.starts_at,
        ends_at=entry.span.ends_at,
        is_to_be_confirmed=english.is_to_be_confirmed or khmer.is_to_be_confirmed,
        open_call=english.open_call or khmer.open_call,
        people=tuple(replace(one, role=one.role or role) for one in people if one.name),
        room=entry.room,
        uuid=entry.guid,
        children=tuple(_inside(entry, english, khmer)),
    )


def _inside(entry: Entry, english: Wording, khmer: Wording) -> Iterator[Proposed]:
    """Themes and rooms, which have no time of their own; each theme with as many topics as it says."""
    topic = Proposed(entry.row, entry.date, Kind.TOPIC, Text())
    for in_english, in_khmer in zip_longest(english.inside, khmer.inside, fillvalue=Inside()):
        label = Text(in_english.label, in_khmer.label)
        is_room = label.en.lower().startswith("room") or label.km.startswith("បន្ទប់")
        yield Proposed(
            row=entry.row,
            date=entry.date,
            kind=Kind.BREAKOUT if is_room else Kind.THEME,
            title=Text(in_english.title, in_khmer.title),
            label=label,
            room=(label.en or label.km) if is_room else "",
            children=(topic,) * max(in_english.topics, in_khmer.topics),
        )


def _is_possible(session: Proposed, problems: list[Problem]) -> bool:
    if not session.title:
        problems.append(Problem(session.row, _("This row has a time and no title.")))
        return False
    for part in session.walk():
        for name, most in MAX_LETTERS.items():
            text = getattr(part, name)
            if max(len(text.en), len(text.km)) > most:
                said = _("The title or its label is too long: “%(text)s”") % {"text": f"{str(text)[:60]}…"}
                problems.append(Problem(session.row, said))
                return False
    return True


def _with_questions(sessions: Iterable[Proposed]) -> list[Proposed]:
    """Each Q&A under the session before it that can have one."""
    nested: list[Proposed] = []
    for session in sessions:
        above = nested[-1] if nested else None
        if session.kind == Kind.QA and above and above.kind not in _NO_QUESTIONS_ABOUT | {Kind.QA}:
            nested[-1] = replace(above, children=(*above.children, session))
        else:
            nested.append(session)
    return nested
