"""What kind of row a title speaks of, and which of the parallel columns it stands in. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from agenda.choices import Kind
from agenda.hours import span
from agenda.importing.recognising.proposal import Proposed

# The first that fits. A table says none of this outright: it is a suggestion, for new rows only. A word that
# may be the subject of a talk counts only where it stands for the whole: "Coffee" is a break, "Coffee farms" is none.
_TALK = (
    r"briefing|meeting|talks?|sessions?|seminar|discussion|round ?table|dialogue|lecture|panel|keynote|workshop|"
    r"and learn"
)
_MEALS = (
    rf"\b(?:lunch|dinner|breakfast|brunch)\b(?!\s+(?:{_TALK}))|"
    r"déjeuner|\bdîner\b|\b(?:ăn|cơm|nghỉ)\s+(?:trưa|tối|sáng)\b|tiệc tối|makan (?:siang|malam)|sarapan|"
    r"\bishoma\b|อาหาร(?:กลางวัน|เที่ยง|เย็น|เช้า|ค่ำ)|mittagessen|abendessen|\b(?:almuerzo|cena)\b|"
    r"អាហារ(?:ថ្ងៃត្រង់|សាមគ្គី|ពេលល្ងាច|ពេលព្រឹក|ពេលថ្ងៃ|ល្ងាច)|ពិសា(?:អាហារ(?!សម្រន់)|បាយ)|បាយថ្ងៃត្រង់"
)
_BREAKS = (
    r"\b(?:coffee|tea|refreshments?|snacks?|morning|afternoon|short|health|comfort|stretch|bio|prayer|networking)[\s-]+break\b|"
    r"^(?:coffee|tea)(?:\s*(?:/|&|and|,)\s*(?:tea|coffee|snacks?|refreshments?|networking))*(?:\s+time)?$|"
    r"^break(?:\s+time)?(?=\s*(?:$|[-–:(/,;&]|and\b|\d))(?!-?\s*outs?)|\b(?:and|&|[-–/])\s*break$|tea ?time|"
    r"\bpause\b(?![- ]button)|giải lao|nghỉ giữa giờ|tiệc trà|^nghỉ\b|istirahat|\brehat\b|พัก(?!อาศัย)|"
    r"รับประทานอาหารว่าง|kaffeepause|^pausa\b|\bdescanso\b|សម្រាក|អាហារសម្រន់|^(?:ពិសា)?(?:កាហ្វេ|តែ)(?:\s*(?:និង|-|/)?\s*(?:កាហ្វេ|តែ|នំ))*$"
)
_REGISTRATIONS = (
    r"^(?:(?:arrivals?|welcome coffee|participants?['’]?|guests?|delegates?|on-?site|morning|breakfast|"
    r"coffee|opening)\s*+"
    r"(?:(?:and|of|&|/|,)\s*+)?)*+(?:registration|check-?in|sign(?:ing)?-?\s?in)\b"
    r"(?!\s+(?:of\s+(?!participants|guests|delegates|attendees)|systems?|laws?|data|forms?|rates?))|"
    r"^(?:inscriptions?|enregistrement|accueil)\b(?:\s+(?:et|des?|&)\s|\s*$)|"
    r"^(?:đăng ký|đón tiếp|đón khách|check-in)\b|^(?:registrasi|pendaftaran|daftar ulang)\b|"
    r"^(?:ลงทะเบียน|รับลงทะเบียน)|^(?:ការ)?(?:ចុះឈ្មោះ|ចុះបញ្ជី)|^(?:ការ)?ទទួលភ្ញៀវ"
)
_CLOSINGS = (
    r"^(?:official\s+)?closing(?:\s*(?:$|[-–:(,;&/]|and\b|of the (?:day|conference|workshop|event|meeting|training)))|"
    r"\bclosing\s+(?:remarks?|speech|address|words|session|plenary)\b|"
    r"\b(?:and|&)\s+closing\b(?!\s+(?:the|a|of)\b)|^clôture|(?:mot|discours|cérémonie|allocution) de clôture|"
    r"bế mạc|^penutup(?:an)?\b|(?<!เ)ปิด(?:การประชุม|งาน|การอบรม|การสัมมนา)|กล่าวปิด|"
    r"បិទ(?:សន្និសីទ|កម្មវិធី|សិក្ខាសាលា|វគ្គ|កិច្ចប្រជុំ|អង្គប្រជុំ)"
)
_REMARKS = (
    r"\bremarks?\b|^opening (?:session|plenary)$|"
    r"\b(?:opening|welcome|welcoming|inaugural)\s+(?:speech(?:es)?|address(?:es)?|words?|note)\b|"
    r"^(?:welcome|opening)(?:\s*(?:and|&|/|,)\s*(?:welcome|opening|introductions?|overview))*$|"
    r"^(?:allocution|mots? de bienvenue|mots? d['’]ouverture|discours|ouverture(?: officielle)?$)|\bphát biểu\b|"
    r"khai mạc|diễn văn|^(?:kata )?sambutan|^pembukaan(?: acara)?$|กล่าว(?:เปิด|ต้อนรับ|รายงาน)|"
    r"មតិ(?:ស្វាគមន៍|បើក|សំណេះសំណាល)|សុន្ទរកថា|សន្ទរកថា|អារម្ភកថា"
)
_WORDS = [
    (
        Kind.QA,
        r"^(?:q\s*(?:&|and|/)\s*a\b|questions?\s*(?:and|&)\s*answers?|questions?[\s/-]*(?:et\s+)?réponses?|hỏi\s*[-–&]?\s*đáp|(?:sesi\s+)?tanya\s*[-–]?\s*jawab|ถาม\s*[-–]?\s*ตอบ|ตอบข้อซักถาม|(?:វគ្គ)?សំណួរ|សួរ\s*[-–]?\s*ឆ្លើយ)",
    ),
    (Kind.REGISTRATION, _REGISTRATIONS),
    (
        Kind.CEREMONY,
        r"anthem|\bceremony\b|\bcérémonie\b|hymne national|chào cờ|quốc ca|lagu (?:kebangsaan|indonesia raya)|"
        r"\bupacara\b|เพลงชาติ|พิธี(?:เปิด|ปิด|มอบ)|ភ្លេងជាតិ|នគររាជ|ពិធី(?!ករ)",
    ),
    (Kind.MEAL, _MEALS),
    (Kind.BREAK, _BREAKS),
    (
        Kind.KEYNOTE,
        r"\bkeynote\b|discours (?:principal|d['’]orientation)|pidato kunci|ปาฐกถา|(?:សុន្ទរ|បាឋ)កថាគន្លឹះ",
    ),
    (Kind.CLOSING, _CLOSINGS),
    (Kind.REMARK, _REMARKS),
    (
        Kind.RECAP,
        r"\b(?:recap\w*|highlight\w*|wrap[- ]?up)\b|^récapitulatif|^synthèse (?:de la journée|des travaux)|"
        r"^tóm tắt|^tổng kết|^rangkuman|^สรุป|សង្ខេប|ចំណុចសំខាន់",
    ),
    (
        Kind.DISCUSSION,
        r"\bgroup (?:discussions?|work|exercises?)\b|\b(?:working|small|discussion) groups?\b|"
        r"travaux (?:de|en) groupes?|travail (?:de|en) groupes?|thảo luận nhóm|diskusi kelompok|kerja kelompok|"
        r"แบ่งกลุ่ม|อภิปรายกลุ่ม|ระดมสมอง|(?:ការ)?ពិភាក្សា(?:តាម|ជា)?ក្រុម|ការងារ(?:ជា)?ក្រុម",
    ),
    (
        Kind.BREAKOUT,
        r"\bbreak-?\s?outs?\b|បន្ទប់ពិភាក្សាក្រុម",
    ),
    (
        Kind.AWARD,
        r"\b(?:award\w*|winners?)\b|remise des prix|trao giải|penyerahan (?:hadiah|penghargaan)|มอบรางวัล|"
        r"រង្វាន់",
    ),
    (
        Kind.HACKATHON,
        r"\b(?:hackathon|hacking)\b(?!\s+(?:results?|outcomes?|findings?|reports?)\b)|ហេកកាថុន",
    ),
    (
        Kind.PANEL,
        r"\b(?:policy dialogue|panel|fireside chat)\b|\bround ?table\b|table ronde|tọa đàm|diskusi panel|เสวนา|"
        r"อภิปราย|វេទិកាពិភាក្សា|កិច្ចសន្ទនា",
    ),
    (
        Kind.NETWORKING,
        r"^networking\b|^(?:(?:welcome|cocktail|evening|networking)\s+)+reception\b|^reception$|^réseautage|"
        r"^cocktail\b|^giao lưu|^ramah tamah|^(?:ការ)?បង្កើតទំនាក់ទំនង",
    ),
    (
        Kind.OTHER,
        r"^(?:group|family)\s+photos?(?:\s+session)?$|^photo (?:de famille|de groupe)$|^chụp ảnh|^foto bersama$|"
        r"^ถ่ายภาพ|^(?:ការ)?ថតរូប",
    ),
]
_SIGNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS]
_SIGNS_BEFORE = re.compile(r"^[^\w\u1780-\u17ff\u0e00-\u0e7f(]+")  # "☕ Break"
_PLAIN_LABEL = re.compile(r"^(?:session|presentation|talk|វគ្គ|បទបង្ហាញ)", re.IGNORECASE)

# A line between the rows, which belongs to neither: "Morning session", "Après-midi", "វគ្គពេលរសៀល".
_PART_OF_DAY = re.compile(
    r"(?:the\s+)?(?:morning|afternoon|evening|lunch ?time)(?:\s+(?:sessions?|program(?:me)?|block|part))?(?:\s+\d)?|"
    r"(?:session\s+)?(?:in\s+the\s+)?(?:morning|afternoon|evening)|[ap]\.?m\.?(?:\s+sessions?)?|"
    r"(?:le\s+)?matin|matinée|(?:l['’])?après-midi|(?:le\s+)?soir|soirée|"
    r"(?:sessions?\s+)?(?:du\s+matin|de\s+l['’]après-midi)|"
    r"(?:buổi\s+)?(?:sáng|trưa|chiều|tối)|(?:sesi\s+)?(?:pagi|siang|sore|malam)(?:\s+hari)?|"
    r"(?:ช่วง|ภาค)?(?:เช้า|บ่าย|เย็น|ค่ำ)|(?:ពេល|វេន|វគ្គ|វគ្គពេល|កម្មវិធីពេល|រយៈពេល)?(?:ព្រឹក|រសៀល|ល្ងាច|យប់)|"
    r"vormittag|nachmittag|abend|(?:por\s+la\s+)?(?:mañana|tarde|noche)",
    re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(r"(?:[A-Za-z]|[IVX]{1,3}|[0-9០-៩]|[ក-អ])\s?[.)៖-]\s*")  # "ក. ព្រឹក"
PLENARY, BREAKOUT, HACKATHON = "plenary", "breakout", "hackathon"
_TRACKS = {Kind.BREAKOUT: BREAKOUT, Kind.HACKATHON: HACKATHON, Kind.AWARD: HACKATHON}


def is_part_of_day(text: str) -> bool:
    """Whether a line says nothing else than a part of the day."""
    text = " ".join(text.split()).strip(" .:៖-–—*()")
    return any(_PART_OF_DAY.fullmatch(part) for part in (text, _LETTER_BEFORE.sub("", text)))


def kind_of(label: str, title: str) -> Kind:
    if _PLAIN_LABEL.match(label):
        return Kind.PRESENTATION
    title = _SIGNS_BEFORE.sub("", title)
    for kind, pattern in _SIGNS:
        if (label and pattern.search(label)) or pattern.search(title):
            return kind
    return Kind.PRESENTATION


def needs_tracks(sessions: Iterable[Proposed]) -> bool:
    """Whether a hackathon runs beside other sessions, and the source names no tracks itself."""
    sessions = tuple(sessions)
    if any(one.track for one in sessions):
        return False
    timed = [(one, span(one.starts_at, one.ends_at)) for one in sessions if one.starts_at and one.ends_at]
    hackathons = [(one, hours) for one, hours in timed if one.kind == Kind.HACKATHON]
    return any(
        one.date == other.date and begins < until and since < ends
        for one, (begins, ends) in hackathons
        for other, (since, until) in timed
        if other is not one
    )


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
