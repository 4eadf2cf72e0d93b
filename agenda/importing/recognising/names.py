"""People as agendas print them: with honorifics, roles, positions, several in a line, to be confirmed. Pure.

It tears nothing: "Sample Person, Doctoral Candidate, Sample University" is one person, with all that is printed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from agenda.choices import Role

_WAITING = (
    r"t\.?b\.?[cda]\.?|to be (?:confirmed|determined|announced|advised|decided)|not yet confirmed|(?:à|a) confirmer|"
    r"(?:đang\s+)?chờ xác nhận|sẽ xác nhận(?: sau)?|(?:menunggu|dalam) konfirmasi|akan dikonfirmasi|รอ(?:การ)?ยืนยัน|"
    r"(?:រង់ចាំ)(?:ការ)?បញ្ជាក់|(?:នឹង|ត្រូវ|សូម|រង់ចាំ)?(?:ការ)?(?:បញ្ជាក់|ប្រកាស|កំណត់|ជូនដំណឹង)"
    r"(?:ជូន)?(?:នៅ|តាម)?(?:ពេល)?(?:ក្រោយ|បន្ទាប់)|នឹង(?:ត្រូវ)?(?:បញ្ជាក់|ជូនដំណឹង)|មិនទាន់បញ្ជាក់|por confirmar"
)
TO_BE_CONFIRMED = re.compile(
    rf"\s*[\[(]\s*(?:{_WAITING})\s*[\])]|(?:^|\s+|\s*[-–—,:]\s*)t\.?b\.?[cda]\b\.?|\s*[-–—,:]?\s*(?:{_WAITING})\s*$|"
    r"^\s*N\.\s?N\.\s*$",
    re.IGNORECASE,
)

# Few lines have such a mark; this finds out quickly which.
_MAY_WAIT = re.compile(
    r"t\.?b\.?[cda]|confirm|announc|determin|advised|decid|xác nhận|konfirm|ยืนยัน|បញ្ជាក់|ក្រោយ|បន្ទាប់|ជូនដំណឹង|N\.\s?N",
    re.IGNORECASE,
)

_KHMER_HONORIFIC = (
    r"(?:(?:ឯកឧត្តម|លោកជំទាវ|អ្នកឧកញ៉ា|ឧកញ៉ា|លោកស្រី|អ្នកស្រី|លោកគ្រូ|លោក|កញ្ញា|ព្រះតេជគុណ|សាស្ត្រាចារ្យ|សម្តេច|"
    r"ឯ\.?ឧ\.?|ល\.?ជ\.?ទ\.?)(?:\s*(?:សាស្ត្រាចារ្យ|បណ្ឌិត|វេជ្ជបណ្ឌិត))*|បណ្ឌិត)(?=[\s\u1780-\u17ff])"
)
HONORIFIC = (
    r"(?:(?:H\.\s?E\.?|HE\.?(?=\s[A-Z])|MS\.|"
    r"(?:Mrs?|Ms|Mx|Miss|Dr|Prof|Professor|Ass(?:oc|t)\.?\s?Prof|MRS?|DR|PROF)\.?(?=[\s.])|(?:TS|PGS|GS|ThS)\.|"
    r"(?:Hon|Rev|Ven|Sir|Dame|Mme|Mlle|Madame|Monsieur|Madam|Bpk|Bapak|Ibu|Pak|Bu|Ông|Bà|Drs|Ir|Oknha|"
    r"Lok(?:\sChumteav|\sSrey)?|Neak\sOknha|Samdech|His\sExcellency|Her\sExcellency)\.?(?=[\s.])|"
    rf"M\.(?=\s[A-Z])|(?:คุณ|นาย|นางสาว|นาง|ดร\.|ผศ\.|รศ\.|ศ\.))|{_KHMER_HONORIFIC})"
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"
_NAME_WORD = rf"(?:[{_CAPITAL}][\w’'.-]*|de|van|von|bin|binti|al|el|da|dos)"
# A position may stand before the honorific: «មេឃុំ លោក ...».
_KHMER_POSITION_FIRST = (
    r"(?:(?:អគ្គ|អនុ)?(?:នាយក|ប្រធាន)|មេឃុំ|ចៅសង្កាត់|មេភូមិ|ស្មៀន|អភិបាល|លេខា|សមាជិក|តំណាង|មន្ត្រី|រដ្ឋលេខាធិការ|រដ្ឋមន្ត្រី|"
    r"សាកលវិទ្យាធិការ|ព្រឹទ្ធបុរស)[\u1780-\u17d3]{0,25}\s+"
)
_PERSON = re.compile(
    rf"(?:{_KHMER_POSITION_FIRST})?{HONORIFIC}(?:\s*{HONORIFIC})*\s*(?:(?:[{_CAPITAL}\[][\w’'.\]-]*)(?:\s+{_NAME_WORD}){{0,5}}"
    r"(?=\s*(?:$|[,;(–—:-]))|[\u0e00-\u0e7f\u1780-\u17ff])"
)
POSITION = re.compile(
    r"\b(?:directors?|secretary|minister|professor|lecturer|candidate|managers?|officers?|coordinator|head|chief|ceo|cto|"
    r"president|advis[eo]r|researcher|specialist|consultant|executive|founder|co-founder|representative|governor|ambassador|"
    r"dean|rector|fellow|student|engineer|analyst|deputy|vice|chair(?:man|woman|person)?|expert|leader|lead|trainer|lawyer|"
    r"journalist|editor|member|attaché|counsellor|associate|assistant|scientist|developer|programme|directeur|directrice|"
    r"chargée?|responsable|professeure?|giám đốc|trưởng|phó|chuyên gia|direktur|kepala|ketua|dosen|peneliti)\b|"
    r"នាយក|ប្រធាន|រដ្ឋលេខាធិការ|រដ្ឋមន្ត្រី|តំណាង|មន្ត្រី|អ្នកជំនាញ|ទីប្រឹក្សា|អគ្គ|អនុ|អភិបាល|សាកលវិទ្យាធិការ|មេឃុំ|ចៅសង្កាត់",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:ministry|universit\w+|institute?\w*|committee|foundation|embassy|agency|team|association|organi[sz]ation|"
    r"department|centre|center|office|network|council|commission|bank|school|college|academy|group|union|forum|"
    r"of|for|the|in|on|open|data|development)\b",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(rf"[{_CAPITAL}][\w’'.-]*(?:\s+{_NAME_WORD}){{1,4}}")
_SHORT_NAME = re.compile(rf"(?:{HONORIFIC}\s*)?(?:[{_CAPITAL}][\w’'.-]*)(?:\s+{_NAME_WORD}){{1,4}}")
_KHMER_NAME = re.compile(r"[\u1780-\u17d3]{2,12} [\u1780-\u17d3]{2,12}")
# Also between two scripts: "Facilitators អ្នកសម្របសម្រួល".
_PARTS_OF_HEADING = re.compile(
    r"[/\n|(),&]|\sand\s|(?<=[a-z])\s+(?=[\u1780-\u17ff])|(?<=[\u1780-\u17ff])\s+(?=[A-Za-z])"
)
_SLASH = re.compile(r"\s*/\s*")
_FROM = re.compile(rf"(?P<from>[^:៖,;()\n]{{2,30}}?)\s*[:៖]\s*(?={HONORIFIC})")
_SENTENCE = re.compile(
    r",\s*(?:who|which|that|will|whose)\b|[a-z]{3}[.!?]\s+[A-Z]|\b(?:will|presents|explains|discuss\w*)\b|។"
)

ROLE_WORDS = {
    Role.MODERATOR: (
        r"(?:co-?)?moderators?|moderated by|mod[ée]ration|mod\.?|(?:session |co-?)?chairs?|chair(?:person|man|woman)|"
        r"chaired by|m\.?c\.?s?|emcees?|masters? of ceremon(?:y|ies)|modérateurs?|modératrices?|modéré par|"
        r"présidente? de séance|présidence|présidée? par|"
        r"chủ trì|chủ tọa|người chủ trì|dẫn chương trình|người dẫn chương trình|"
        r"moderator|pembawa acara|ผู้ดำเนินรายการ|พิธีกร|អ្នកសម្របសម្រួលការពិភាក្សា|ពិធីករ|"
        r"អ្នកដឹកនាំ(?:ការ)?ពិភាក្សា|ប្រធានវគ្គ|ប្រធានអង្គប្រជុំ|អ្នកដឹកនាំកម្មវិធី"
    ),
    Role.PANELIST: (
        r"panell?ists?|panel members?|(?:lead )?discussants?|debaters?|respondents?|"
        r"commentators?|panelis|membres du panel|khách mời tọa đàm|"
        r"ผู้ร่วมเสวนา|ผู้ร่วมอภิปราย|វាគ្មិនក្នុងវេទិកាពិភាក្សា|វាគ្មិនពិភាក្សា|អ្នកពិភាក្សា|សមាជិកវេទិកា"
    ),
    Role.FACILITATOR: (
        r"(?:lead |co-?)?facilitators?|facilitated by|facilitation|facilitateurs?|facilitatrices?|animateurs?|"
        r"animatrices?|animée? par|fasilitator|difasilitasi oleh|điều phối(?: viên)?|người điều phối|điều hành|"
        r"coordinators?|coordinated by|ผู้ประสานงาน|អ្នកសម្របសម្រួល|សម្របសម្រួល(?:ដោយ)?"
    ),
    Role.SPEAKER: (
        r"(?:keynote |guest |main |invited |proposed )?speakers?|(?:co-?)?presenters?|presented by|"
        r"presentation by|lecturers?|trainers?|instructors?|resource (?:persons?|people)|led by|lead by|"
        r"delivered by|conducted by|given by|intervenante?s?|orateurs?|oratrices?|présenté par|présentateurs?|"
        r"conférenciers?|formateurs?|formatrices?|diễn giả|báo cáo viên|người trình bày|trình bày|giảng viên|"
        r"narasumber|pembicara|pemateri|penyaji|oleh|วิทยากร|ผู้บรรยาย|ผู้นำเสนอ|โดย|វាគ្មិន(?:កិត្តិយស)?|"
        r"អ្នកធ្វើបទបង្ហាញ|អ្នកបង្ហាញ|(?:ធ្វើ)?បទបង្ហាញដោយ|បង្ហាញដោយ|គ្រូ(?:បង្គោល|បណ្តុះបណ្តាល)?|ដឹកនាំដោយ"
    ),
    Role.MENTOR: (r"mentors?|អ្នកណែនាំ"),
    Role.JUDGE: (r"judges?|jury|គណៈកម្មការវាយតម្លៃ"),
    Role.INTERPRETER: (
        r"(?:sign[- ]language |conference |simultaneous )?interpreters?|interpreted by|interprètes?|"
        r"អ្នកបកប្រែ(?:ភាសា(?:សញ្ញា)?|ផ្ទាល់មាត់)?|បកប្រែដោយ"
    ),
    Role.ORGANISER: (r"organi[sz]ers?|organi[sz]ed by|hosts?|hosted by|អ្នករៀបចំកម្មវិធី|រៀបចំដោយ"),
}
_ROLES = [(role, re.compile(words, re.IGNORECASE)) for role, words in ROLE_WORDS.items()]
_ANY_ROLE = "|".join(ROLE_WORDS.values())
_NO_POSITION = rf"{ROLE_WORDS[Role.PANELIST]}|moderators?|facilitators?|m\.?c|modérat(?:eur|rice)|fasilitator"
_ROLE_BEFORE = re.compile(rf"(?P<role>{_ANY_ROLE})\s*(?:\([^()]*\)\s*)?[:៖]\s*", re.IGNORECASE)
_ROLE_INSIDE = re.compile(rf"(?:^|(?<=[\s;,.(–—]))(?P<role>{_ANY_ROLE})\s*(?:\([^()]*\)\s*)?[:៖]\s*", re.IGNORECASE)
_COLON = re.compile("[:៖]")
_ROLE_BY = re.compile(r"(?P<role>(?:\w+ (?:by|par|oleh))|[\u1780-\u17ff]+ដោយ)\s+(?=\S)", re.IGNORECASE)
_ROLE_BEHIND = re.compile(rf"\s*(?:\((?P<in>{_ANY_ROLE})\)|[,–—-]\s*(?P<behind>{_NO_POSITION}))\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[•·●▪*❖➢\-–—]+\s*|\(?[0-9០-៩]{1,2}\s?[.)]\s+)")
_AND = r"(?:,\s*(?:and|et|និង|và|dan)?|;|\s(?:and|&|et|và|dan|und|y)\s|\s*និង|\s*และ|\s*/|\s\+)\s*"
_BEFORE_HONORIFIC = re.compile(rf"{_AND}(?={HONORIFIC}(?:\s*{HONORIFIC})*\s*[{_CAPITAL}\[\u0e00-\u0e7f\u1780-\u17ff])")
_BY = re.compile(rf"(?:ដោយ|โดย)\s*៖?\s*(?={HONORIFIC})")
_BETWEEN = re.compile(r"\s*[;•●▪]\s*|\s+\|\s+")
_BETWEEN_NAMES = re.compile(r"\s(?:and|&|et|và|dan)\s")
# Where a title ends and the person who gives it begins.
_PERSON_BEHIND = re.compile(
    rf"(?:\s*[,;:–—(]\s*|\s+[-|]\s+|"
    r"\s*[,;(–—-]?\s+\(?(?P<lead>(?:\w+ed\s+)?by|(?:\w+ED\s+)?BY|(?:\w+ée?s?\s+)?par|(?:di\w+\s+)?oleh|โดย)\s+|"
    rf"\s+(?P<khmer>(?:សម្របសម្រួល|ដឹកនាំ|បង្ហាញ|ធ្វើបទបង្ហាញ|រៀបចំ)ដោយ)\s*៖?\s*|\s*ដោយ\s*៖?\s*)(?={HONORIFIC})"
)
_LED_BY = re.compile(
    rf"^(?:[Bb]y|[Pp]ar|[Oo]leh|ដោយ|โดย)\s*[:៖]?\s*(?={HONORIFIC})"
)  # a line of its own: "By Dr. Sample"
_ROLE_OF_TITLE = re.compile(
    rf"(?:\s*[;,.(–—|]\s*|(?<=[?!])\s+)(?=(?:{_ANY_ROLE})\s*[:៖]\s*\S)|\s+-\s+(?=(?:{_ANY_ROLE})\s*[:៖]\s*\S)",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """One of those who are named in a text."""

    name: str
    role: str = ""
    is_to_be_confirmed: bool = False


def take_to_be_confirmed(text: str) -> tuple[str, bool]:
    """(the text without the mark, whether there was one)."""
    if not _MAY_WAIT.search(text):
        return text.strip(), False
    bare = TO_BE_CONFIRMED.sub("", text)
    return bare.strip(), bare != text


def role_named(text: str) -> str:
    """The role that a word names, such as the heading of a column; "" where it names none."""
    text = text.strip(" :៖.")
    return next((role for role, words in _ROLES if words.fullmatch(text)), "")


def role_before(line: str) -> tuple[str, str] | None:
    """(role, the names behind it) of "Moderator: Dr. Sample" or "Facilitated by Dr. Sample"."""
    found = _ROLE_BEFORE.match(line) or _ROLE_BY.match(line)
    role = role_named(found["role"]) if found else ""
    return (role, line[found.end() :]) if found and role else None


def is_person(line: str) -> bool:
    """Whether a line surely names a person, with position and organisation, and says nothing else."""
    line, _waiting = take_to_be_confirmed(_LED_BY.sub("", _ITEM.sub("", line)))
    if len(line) > 200 or _SENTENCE.search(re.sub(HONORIFIC, "", line)):
        return False
    if _PERSON.match(line):
        return True
    name, comma, behind = line.partition(",")
    is_name = bool(_BARE_NAME.fullmatch(name.strip())) and not _ORGANISATION.search(name) and not POSITION.search(name)
    return (
        bool(comma)
        and is_name
        and len(line.split()) <= 25
        and behind.strip()[:1].isupper()
        and bool(POSITION.search(behind))
    )


def title_and_people(line: str) -> tuple[str, str]:
    """(title, people) of a line that surely ends with people: "Opening, H.E. Sample Minister, Ministry of Samples"."""
    if _COLON.search(line) and (found := _ROLE_OF_TITLE.search(line, 1)):
        return _bare_end(line[: found.start()]), line[found.end() :].rstrip(")")
    for found in _PERSON_BEHIND.finditer(line):
        behind = line[found.end() :].rstrip(" )") if "(" in found.group() else line[found.end() :]
        if found.start() > 2 and is_person(behind):
            lead = found["lead"] or found["khmer"] or ""
            said = f"{lead} {behind}" if role_before(f"{lead} {behind}") else behind  # "moderated by Dr. Sample"
            return _bare_end(line[: found.start()]), said
    return line, ""


def _bare_end(title: str) -> str:
    """Without the comma or dash that led to the person: "Opening, by Dr. Sample", "Welcome –". A bracket is closed."""
    bare = re.sub(r"(?:\s*[,;]|\s+[-–—|])\s*$", "", title)
    return f"{bare})" if bare.count("(") > bare.count(")") else bare


def people_in(text: str) -> list[Named]:
    """All who are named in a text that names people only, in its order. Without a name: "TBC" stands for one."""
    found: list[Named] = []
    role = ""
    for line in text.split("\n"):
        bare = _LED_BY.sub("", _ITEM.sub("", line).strip())
        for said, names, lasts in _by_role(bare):
            role = said or role
            single = list(_single(names))
            single = _listed(single[0]) if lasts and len(single) == 1 else single  # "Panelists: A, B"
            people = [_named(one, role) for one in single]
            if people and not said and found and bare == line.strip() and _is_position(bare):
                found[-1] = found[-1]._replace(name=f"{found[-1].name}, {bare}")
                continue
            found += people
            if said and people and not lasts:
                role = ""
    return found


def in_column(people: list[str], lines: list[str], heading: str) -> list[str]:
    """The people of a row with those of a further column, whose heading may name their role: "Moderator".

    A role that the cell names itself holds for the lines below it.
    """
    words = [part.strip(" :៖.") for part in _PARTS_OF_HEADING.split(heading) if role_named(part)]
    if not words or Role.SPEAKER in map(role_named, words):
        return people + lines
    found, is_named = list(people), False
    for line in (one.strip() for several in lines for one in several.split(";") if one.strip()):
        is_named = is_named or role_before(line) is not None
        found.append(line if is_named else f"{words[0]}: {line}")
    return found


def with_origins(people: list[str], origins: list[str]) -> list[str]:
    """The people of a row, each with where it comes from, as another column says: one place is that of all."""
    names = _listed(people[0]) if len(people) == 1 else []
    places = _SLASH.split(origins[0]) if len(origins) == 1 else origins
    if len(origins) == 1 and len(names) == len(listed := re.split(r"\s*[,;]\s*", origins[0])):
        places = listed
    if len(names) > 1 and len(places) in (1, len(names)):
        people, origins = names, places
    origins = origins * len(people) if len(origins) == 1 else origins
    if len(people) == len(origins):
        return [f"{name}, {origin}" for name, origin in zip(people, origins, strict=True)]
    return [f"{people[0]}, {', '.join(origins)}"] if len(people) == 1 else people + origins


def _listed(names: str) -> list[str]:
    """Names between commas, where another column says where they come from: "T. Sample, Anna Sample"."""
    parts = [part.strip() for part in re.split(r",|;|\s(?:and|&|et)\s|\sនិង\s?", names)]
    are_names = all(_SHORT_NAME.fullmatch(part) and not POSITION.search(part) for part in parts)
    are_khmer = all(_KHMER_NAME.fullmatch(part) for part in parts)
    return parts if are_names or are_khmer else [names]


def without_joints(text: str) -> str:
    """Without what stands between people and says nothing of its own: "and", "Moderator:", «និង»."""
    for joint in (_ROLE_INSIDE, _ROLE_BY, _BY, _BEFORE_HONORIFIC, _BETWEEN_NAMES):
        text = joint.sub(" ", text)
    return text


def _by_role(line: str) -> Iterator[tuple[str, str, bool]]:
    """(role, names, whether the lines below have the role too) of each part of "Moderator: A. Panelists: B, C"."""
    if by := role_before(line):
        line = f"{by[0]}: {by[1]}" if not _ROLE_BEFORE.match(line) else line
    places = list(_ROLE_INSIDE.finditer(line)) if _COLON.search(line) else []
    if not places:
        yield "", line, False
        return
    if before := line[: places[0].start()].strip(" ;,.("):
        yield "", before, False
    for place, following in zip(places, [*places[1:], None], strict=True):
        names = line[place.end() : following.start() if following else None].strip(" ;,").rstrip("(–— ")
        names, role = _without_bracket(names), role_named(place["role"])
        first, semicolon, others = names.partition(";")
        is_one = place["role"][-1] < "\u0e00" and not place["role"].endswith(("s", "people"))
        if semicolon and is_one:
            yield role, first, False  # "Moderator: A; B": there is one moderator
            yield "", others, False
        else:
            yield role, names, not names or (place["role"][-1] < "\u0e00" and not is_one)


def _without_bracket(names: str) -> str:
    """Without the end of a bracket that began before the role: "(Moderator: A)"."""
    return names.rstrip(") ") if names.count(")") > names.count("(") else names


def is_item(line: str) -> bool:
    """Whether a line is one of a list: it has a bullet or a number."""
    return bool(_ITEM.match(line))


def _single(names: str) -> Iterator[str]:
    """Each of several people in a line."""
    for part in _BETWEEN.split(names):
        for one in _BEFORE_HONORIFIC.split(part) if re.match(HONORIFIC, part) else [part]:
            both = _BETWEEN_NAMES.split(one)
            are_names = all(_BARE_NAME.fullmatch(name) and not _ORGANISATION.search(name) for name in both)
            yield from (name for name in (both if are_names else [one]) if name.strip(" ,;.-–"))


def _named(text: str, role: str) -> Named:
    name, waiting = take_to_be_confirmed(text)
    if before := _FROM.match(name):  # "Cambodia: Ms. Sample"
        name = f"{name[before.end() :]} ({before['from']})"
    behind = _ROLE_BEHIND.search(name)
    if behind and name[: behind.start()].strip():
        return Named(
            name[: behind.start()].strip(" ,;"), role_named(behind["in"] or behind["behind"]) or role, waiting
        )
    if waiting and role_named(name):  # "Speaker TBC"
        return Named("", role_named(name), waiting)
    return Named(name.strip(" ,;"), role, waiting)


def _is_position(line: str) -> bool:
    """Whether a line goes on with the person above it: "Director, Sample Organisation"."""
    has_no_name = not re.match(HONORIFIC, line) and not is_person(line)
    return has_no_name and bool(re.match(rf"(?:\w+\s+){{0,2}}(?:{POSITION.pattern})", line, re.IGNORECASE))
