"""What kind of row a title speaks of, and which of the parallel columns it stands in. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from agenda.choices import Kind
from agenda.hours import span
from agenda.importing.recognising.proposal import Proposed

# The first that fits. A table says none of this outright: it is a suggestion, for new rows only.
_WORDS = [
    (Kind.QA, r"^(?:q\s*(?:&|and)\s*a\b|questions? and answers?|សំណួរ)"),
    (Kind.REGISTRATION, r"^(?:registration|check-?in)\b|^(?:ការ)?ចុះឈ្មោះ"),
    (Kind.CEREMONY, r"anthem|ceremony|ភ្លេងជាតិ|ពិធី"),
    (Kind.MEAL, r"\b(?:lunch|dinner|breakfast)\b|អាហារថ្ងៃត្រង់|អាហារសាមគ្គី"),
    (Kind.BREAK, r"\b(?:coffee|tea|break)\b|សម្រាក"),
    (Kind.KEYNOTE, r"\bkeynote\b|សុន្ទរកថាគន្លឹះ"),
    (Kind.CLOSING, r"\bclosing\b|បិទសន្និសីទ"),
    (Kind.REMARK, r"\bremarks?\b|សុន្ទរកថា"),
    (Kind.RECAP, r"\b(?:recap|highlight\w*|wrap-?up)\b|សង្ខេប|ចំណុចសំខាន់"),
    (Kind.BREAKOUT, r"\bbreakout\b|បន្ទប់ពិភាក្សាក្រុម"),
    (Kind.AWARD, r"\b(?:award\w*|winners?)\b|រង្វាន់"),
    (Kind.HACKATHON, r"\b(?:hackathon|hacking)\b|ហេកកាថុន"),
    (Kind.DISCUSSION, r"\bgroup discussion\b|ការពិភាក្សាក្រុម"),
    (Kind.PANEL, r"\b(?:policy dialogue|panel)\b|វេទិកាពិភាក្សា|កិច្ចសន្ទនា"),
    (Kind.NETWORKING, r"^networking\b|^(?:ការ)?បង្កើតទំនាក់ទំនង"),
]
# A line between the rows, which belongs to neither: "Morning session", "Après-midi", "វគ្គពេលរសៀល".
_PART_OF_DAY = re.compile(
    r"(?:the\s+)?(?:morning|afternoon|evening|lunch ?time)(?:\s+(?:sessions?|program(?:me)?|block|part))?(?:\s+\d)?|"
    r"(?:session\s+)?(?:in\s+the\s+)?(?:morning|afternoon|evening)|[ap]\.?m\.?(?:\s+sessions?)?|"
    r"(?:le\s+)?matin|matinée|(?:l['’])?après-midi|(?:le\s+)?soir|soirée|(?:sessions?\s+)?(?:du\s+matin|de\s+l['’]après-midi)|"
    r"(?:buổi\s+)?(?:sáng|trưa|chiều|tối)|(?:sesi\s+)?(?:pagi|siang|sore|malam)(?:\s+hari)?|"
    r"(?:ช่วง|ภาค)?(?:เช้า|บ่าย|เย็น|ค่ำ)|(?:ពេល|វេន|វគ្គ|វគ្គពេល|កម្មវិធីពេល|រយៈពេល)?(?:ព្រឹក|រសៀល|ល្ងាច|យប់)|"
    r"vormittag|nachmittag|abend|(?:por\s+la\s+)?(?:mañana|tarde|noche)",
    re.IGNORECASE,
)
_SIGNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS]
_PLAIN_LABEL = re.compile(r"^(?:session|presentation|talk|វគ្គ|បទបង្ហាញ)", re.IGNORECASE)

PLENARY, BREAKOUT, HACKATHON = "plenary", "breakout", "hackathon"
_TRACKS = {Kind.BREAKOUT: BREAKOUT, Kind.HACKATHON: HACKATHON, Kind.AWARD: HACKATHON}


def is_part_of_day(text: str) -> bool:
    """Whether a line says nothing else than a part of the day."""
    return bool(_PART_OF_DAY.fullmatch(" ".join(text.split()).strip(" .:៖-–—*()")))


def kind_of(label: str, title: str) -> Kind:
    if _PLAIN_LABEL.match(label):
        return Kind.PRESENTATION
    for kind, pattern in _SIGNS:
        if pattern.search(label) or pattern.search(title):
            return kind
    return Kind.PRESENTATION


def needs_tracks(sessions: Iterable[Proposed]) -> bool:
    """Whether anything may run beside something else."""
    return any(session.kind in _TRACKS for session in sessions)


def with_tracks(sessions: Iterable[Proposed]) -> list[Proposed]:
    """The sessions of one day, each with its column. What runs beside breakouts is the hackathon's."""
    tracked = [_in_track(session, _TRACKS.get(session.kind, PLENARY)) for session in sessions]
    breakouts = [
        span(one.starts_at, one.ends_at) for one in tracked if one.track == BREAKOUT and one.starts_at and one.ends_at
    ]
    found = []
    for session in tracked:
        is_beside = False
        if session.starts_at and session.ends_at:
            begins, ends = span(session.starts_at, session.ends_at)
            is_beside = any(begins < until and since < ends for since, until in breakouts)
        found.append(_in_track(session, HACKATHON) if session.track == PLENARY and is_beside else session)
    return found


def _in_track(session: Proposed, track: str) -> Proposed:
    children = tuple(_in_track(child, track) if child.starts_at else child for child in session.children)
    return replace(session, track=track, children=children)
