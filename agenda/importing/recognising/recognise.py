"""Rows -> proposed days and sessions, and everything that could not be read. Pure: knows no table."""

import datetime
from collections import defaultdict
from dataclasses import replace
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from agenda.choices import Kind, Role
from agenda.importing.reading.rows import MAX_ROWS
from agenda.importing.recognising.entries import Entries
from agenda.importing.recognising.kinds import kind_of, needs_tracks, with_tracks
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed, ProposedDay
from agenda.importing.recognising.wording import Wording, read_wording
from conference.khmer import KHMER_LETTER, LATIN_LETTER, ascii_digits, store_clean
from conference.translated import Text

MAX_LETTERS = {"title": 300, "label": 60}
_NO_QUESTIONS_ABOUT = {Kind.REGISTRATION, Kind.MEAL, Kind.BREAK, Kind.NETWORKING}


def recognise(rows, *, first_day, known) -> Proposal:
    if len(rows) > MAX_ROWS:
        said = _("This table has more than %(number)s rows. Paste one day at a time.") % {"number": MAX_ROWS}
        return Proposal((), (), (Problem(MAX_ROWS + 1, said),), ())
    if rows and {"Stands under", "វគ្គមេ"} & set(rows[0].cells):
        said = _(
            "This is the table that this site writes for reading. Change the agenda on the pages of its days, or "
            "paste the table of your document."
        )
        return Proposal((), (), (Problem(rows[0].number, said),), ())
    read = Entries(first_day).read(rows)
    problems = list(read.problems)
    timed = [_proposed(entry, known) for entry in _with_ends(read.entries, problems)]
    sessions = [session for session in timed if _is_possible(session, problems)]
    by_day = defaultdict(list)
    for session in sessions:
        by_day[session.date].append(session)
    days = tuple(_day(heading) for heading in read.headings)
    nested = [_with_questions(day) for day in by_day.values()]
    if needs_tracks(sessions):
        nested = [with_tracks(day) for day in nested]
    problems.sort(key=lambda problem: problem.row)
    return Proposal(days, tuple(chain(*nested)), tuple(problems), tuple(read.passed_over))


def _day(heading):
    text = _languages(heading.lines)
    return ProposedDay(heading.row, heading.date, Text(*("\n".join(lines) for lines in text)))


def _with_ends(entries, problems):
    """A row without an end lasts until the next one of its day begins."""
    for entry, following in zip_longest(entries, entries[1:]):
        if entry.span.ends_at is None:
            later = following and following.date == entry.date and following.span.starts_at > entry.span.starts_at
            begins = datetime.datetime.combine(entry.date, entry.span.starts_at)
            ends = following.span.starts_at if later else (begins + datetime.timedelta(hours=1)).time()
            said = _("It says no end: taken as %(time)s.") % {"time": f"{ends:%H:%M}"}
            if ends <= entry.span.starts_at:
                problems.append(Problem(entry.row, _("It says no end.")))
                continue
            problems.append(Problem(entry.row, said, stops=False))
            entry.span = replace(entry.span, ends_at=ends)
        yield entry


def _languages(lines):
    """(English lines, Khmer lines): a cell may hold both, one below the other."""
    khmer = [line for line in lines if len(KHMER_LETTER.findall(line)) > len(LATIN_LETTER.findall(line))]
    return [line for line in lines if line not in khmer], [store_clean(line) for line in khmer]


def _proposed(entry, known):
    english, khmer, names = _worded(entry.lines, known)
    title, label = Text(english.title, khmer.title), Text(english.label, khmer.label)
    people = [*(english.people or khmer.people), *_named([*names, *entry.people], known)]
    kind = kind_of(label.en or label.km, title.en or title.km)
    if kind == Kind.PRESENTATION and any(one.role == Role.PANELIST for one in people):
        kind = Kind.PANEL
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
        people=tuple(replace(one, role=one.role or _role(kind)) for one in people if one.name),
        room=entry.room,
        children=_inside(entry, english, khmer),
    )


def _worded(lines, known):
    """The wording in each language, and the lines that are names in another script than the title."""
    in_english, in_khmer = _languages(lines)
    # Under a Khmer title stands "ODC" in Latin letters: that is no English title.
    names = [line for line in in_english if in_khmer and known.alone(line)]
    english = read_wording([line for line in in_english if line not in names], known)
    return english, read_wording(in_khmer, known), names


def _named(lines, known):
    for line in lines:
        yield from known.run(line) or [known.person(line)]


def _role(kind):
    return Role.ORGANISER if kind in (Kind.HACKATHON, Kind.AWARD) else Role.SPEAKER


def _inside(entry, english: Wording, khmer: Wording):
    """Themes and rooms, which have no time of their own; each theme with as many topics as it says."""
    pairs = zip_longest(english.inside, khmer.inside, fillvalue=("", "", 0))
    return tuple(_theme_or_room(entry, *pair) for pair in pairs)


def _theme_or_room(entry, english, khmer):
    label = Text(english[0], khmer[0])
    is_room = label.en.lower().startswith("room") or label.km.startswith("បន្ទប់")
    topic = Proposed(entry.row, entry.date, Kind.TOPIC, Text())
    return Proposed(
        row=entry.row,
        date=entry.date,
        kind=Kind.BREAKOUT if is_room else Kind.THEME,
        title=Text(english[1], khmer[1]),
        label=label,
        room=(label.en or label.km) if is_room else "",
        children=(topic,) * int(ascii_digits(max(english[2], khmer[2]))),
    )


def _is_possible(session, problems):
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


def _with_questions(sessions):
    """Each Q&A under the session before it that can have one."""
    nested = []
    for session in sessions:
        above = nested[-1] if nested else None
        if session.kind == Kind.QA and above and above.kind not in _NO_QUESTIONS_ABOUT | {Kind.QA}:
            nested[-1] = replace(above, children=(*above.children, session))
        else:
            nested.append(session)
    return nested
