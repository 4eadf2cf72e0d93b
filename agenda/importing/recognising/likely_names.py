"""Texts that are likely people or organisations, or surely none of them, though no honorific says so. Pure.

One such text alone proves nothing. A column of them does, and so does one of them where people are expected.
"""

import re
from collections.abc import Iterable

from agenda.choices import Kind
from agenda.importing.recognising.kinds import kind_of
from agenda.importing.recognising.names import POSITION, is_person, role_named
from agenda.importing.recognising.usual_names import has_usual_name
from conference.language.khmer import KHMER_LETTER

_SPLIT = re.compile(r"\s*(?:[,;()]|\s[-–—]\s|\n)\s*")
_NAME = re.compile(
    r"(?:[^\W\d_][\w’'.-]*)(?:\s(?:[^\W\d_][\w’'.-]*|de|van|von|bin|binti|al|el|da|dos)){1,3}", re.UNICODE
)
# Words of titles and of no name: "Digital Rights" is none.
_TOPIC = re.compile(
    r"\b(?:data|open\w*|digital|rights?|freedom|justice|climate|education|health|law|policy|policies|land|water|budgets?|"
    r"sessions?|panels?|talks?|discussions?|clos\w+|remarks?|introductions?|overview|training|workshops?|exercises?|"
    r"presentations?|questions?|answers?|reports?|tools?|maps?|mapping|stor(?:y|ies)|research|media|press|online|security|"
    r"privacy|access|information|governance|development|future|way|next|steps?|summary|update|planning|review|lessons?|"
    r"case|study|studies|visit|tour|demo|lab|clinic|fair|market|group|work|free|time|what|why|how|with|and|for|to|in|on)\b",
    re.IGNORECASE,
)
_PLACE_OF_WORK = re.compile(
    r"\b(?i:ministry|department|universit\w+|institut\w*|committee|foundation|embassy|agency|team|association|"
    r"organi[sz]ations?|organi[sz]ers?|office|network|council|commission|bank|school|college|academy|union|ngos?|ong|"
    r"centre|center|company|ltd|inc|gmbh|ministère|université|association|bộ|sở|trường|viện|kementerian|dinas|"
    r"universitas|yayasan|lembaga|org|fund|trust|society|alliance|international|cambodia|world|oxfam|caritas|wikimedia|"
    r"mozilla|google|microsoft|usaid|hub|partners|solutions|technologies|consulting|forum|foundation)\b|"
    r"^[A-Z]{2,8}(?:[-/ ][A-Z]\w+)?$|"
    r"กระทรวง|มหาวิทยาลัย|สมาคม|มูลนิธิ|สำนักงาน",
)
_KHMER_PLACE_OF_WORK = re.compile(
    r"(?:អង្គការ|ក្រសួង|មន្ទីរ|សាកលវិទ្យាល័យ|សមាគម|វិទ្យាស្ថាន|អគ្គនាយកដ្ឋាន|នាយកដ្ឋាន|ការិយាល័យ|គណៈកម្ម|ស្ថានទូត|"
    r"មូលនិធិ|ក្រុមការងារ|អង្គពិធី|រដ្ឋបាល|សាលា(?:ខេត្ត|ស្រុក|ឃុំ|រាជធានី)|ក្រុមហ៊ុន|បណ្តាញ|សភា|មជ្ឈមណ្ឌល)"
)
_KHMER_POSITION = re.compile(r"(?:អគ្គ|អនុ)?(?:នាយក|ប្រធាន|រដ្ឋលេខាធិការ|រដ្ឋមន្ត្រី|តំណាង|មន្ត្រី|អ្នកជំនាញ|ទីប្រឹក្សា)")
_KHMER_NAME = re.compile(r"[\u1780-\u17d3]{2,12} [\u1780-\u17d3]{2,12}(?: [\u1780-\u17d3]{2,12})?")
_KHMER_TOPIC = re.compile(
    r"(?:^| )(?:ការ|កិច្ច|ពិធី|មតិ|បទ|វគ្គ|សេចក្|សំណួរ|សួរ|ពិភាក្សា|អាហារ|ពិសា|សម្រាក|ថ្ងៃ|ចុះ|បើក|បិទ|បញ្ច|ទិន្នន័យ|"
    r"របៀប|វេទិកា|សិក្ខា|សន្និសីទ|ថតរូប|ស្វាគមន៍|គោរព|ផែន|ច្បាប់|គោល|ព័ត៌មាន|បច្ចេក|និង|នៃ|ដោយ|ក្នុង|សម្រាប់|ពី)"
)

_ALL = (
    r"all|all (?:the )?[a-z]+s|every(?:one|body)|all of us|plenary|(?:all |the )*(?:participants?|"
    r"attendees|delegates|guests|trainees|students|members|teams|groups|staff|speakers|panell?ists)|"
    r"tous|toutes|tout le monde|(?:tous )?les participants|"
    r"semua|(?:semua |seluruh )?peserta|tất cả|(?:toàn thể |tất cả |các )?(?:đại biểu|học viên|mọi người)|"
    r"ทุกคน|ผู้เข้าร่วม(?:ประชุม|อบรม|สัมมนา)?(?:ทุกคน|ทุกท่าน|ทั้งหมด)?|"
    r"គ្រប់គ្នា|ទាំងអស់(?:គ្នា)?|(?:អ្នកចូលរួម|សិក្ខាកាម|សមាជិក|ភ្ញៀវ|អ្នក|គណៈប្រតិភូ)(?:ទាំងអស់|ទាំងអស់គ្នា|គ្រប់រូប)?"
)
_EVERYONE = re.compile(rf"\W*(?:{_ALL})\W*", re.IGNORECASE)
_OF_EVERYONE = re.compile(
    r"\W*(?:all (?:participants|attendees|delegates|trainees|students|teams|groups)|participants|"
    r"អ្នកចូលរួម|សិក្ខាកាម)\b.+",
    re.IGNORECASE | re.DOTALL,
)
# What is done in the session, and for how long: "10 min each, then questions".
_INSTRUCTION = re.compile(
    r"\W*\d+\s*(?:[-–]\s*\d+\s*)?(?:min|mn|phút|menit|នាទី|นาที|h\b|hours?|x\s|×|speakers|talks|groups|teams|people)|"
    r"(?:open |group |plenary |short )?(?:discussions?|questions?(?: (?:and|&) answers?)?|q\s?&\s?a|exercises?|"
    r"presentations?|group work|free time|self[- ]study|practice|role play)(?: .*)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;/+&]|\band\b|និង|\bet\b|\bvà\b|\bdan\b)\s*")


_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?<!\w)(?:\+|\(?[0០])(?:[\s.()-]{0,2}\d){8,}(?!\w)")
_AROUND_CONTACT = re.compile(r"\s*[(<\[,;–-]?\s*(?:(?:e-?mail|tel|phone|mobile|ទូរស័ព្ទ)\s?[.:៖]+\s*)?$", re.IGNORECASE)


def contacts_in(text: str) -> list[str]:
    return _CONTACT.findall(text)


def without_contacts(text: str) -> str:
    """Without e-mail addresses and telephone numbers, and the brackets around them."""
    before, *behind = _CONTACT.split(text)
    for part in behind:
        before = _AROUND_CONTACT.sub("", before) + part.lstrip(" )>];,")
    return before.strip()


def parted(lines: Iterable[str], heading: str) -> tuple[list[str], list[str]]:
    """(who is named in a cell of people; for whom the session is, and how long each may speak)."""
    people, others = [], []
    for line in lines:
        parts = _BETWEEN.split(line)
        audience = [part for part in parts if _EVERYONE.fullmatch(part)]
        if line.rstrip().endswith((":", "៖")) and role_named(line):  # "Panelists:", above their names
            audience = []
        if audience and len(audience) < len(parts):
            people += [part for part in parts if part not in audience]
        elif not audience and (role_named(line) or not is_nobody(line)):
            people.append(line)
            continue
        said = ", ".join(audience) or line
        others.append(f"{heading}: {said}" if audience and heading else said)
    return people, others


def is_nobody(text: str) -> bool:
    """ "All", "Participants", "10 min each": never who appears."""
    says_so = _EVERYONE.fullmatch(text) or _OF_EVERYONE.fullmatch(text) or _INSTRUCTION.match(text)
    return bool(says_so) and not is_person(text)


def is_topic(text: str) -> bool:
    return bool(_TOPIC.search(text) or _KHMER_TOPIC.search(text))


def is_origin(text: str) -> bool:
    """A position or an organisation: where a person comes from."""
    if is_person(text) or (text.isupper() and has_usual_name(text)):  # "THY RITHY" is no abbreviation
        return False
    if KHMER_LETTER.search(text):
        return bool(_KHMER_PLACE_OF_WORK.match(text) or _KHMER_POSITION.match(text))
    is_short = len(text.split()) <= 12
    return is_short and bool(_PLACE_OF_WORK.search(text) or POSITION.match(text)) and not _kind(text)


def is_likely_name(text: str) -> bool:
    """A name without an honorific, perhaps with the position or the organisation behind it."""
    if is_person(text):
        return True
    name, *_behind = _SPLIT.split(text.strip(), maxsplit=1)
    if KHMER_LETTER.search(name):
        place = _KHMER_PLACE_OF_WORK.search(name)
        bare = name[: place.start()].strip() if place else name
        return bool(_KHMER_NAME.fullmatch(bare)) and not _KHMER_TOPIC.search(bare)
    if name.isupper() and has_usual_name(name):
        return not (_TOPIC.search(name) or POSITION.search(name))
    is_name = bool(_NAME.fullmatch(name)) and all(word[0].isupper() or len(word) < 6 for word in name.split())
    is_shouted = name.isupper() and name.count(" ") > 1  # "SHOULD BE SHORTER"
    return (
        is_name
        and name[0].isupper()
        and not is_shouted
        and not (_TOPIC.search(name) or _PLACE_OF_WORK.search(name) or POSITION.search(name) or _kind(name))
    )


def is_named_person(text: str) -> bool:
    """A Khmer line that surely names a person: with an honorific, or with the place of work behind the name."""
    return is_person(text) or (is_likely_name(text) and bool(_KHMER_PLACE_OF_WORK.search(text)))


def may_be_who(text: str) -> bool:
    """Whether every line may name who appears."""
    return all(is_likely_name(line) or is_origin(line) for line in text.split("\n"))


def _kind(text: str) -> bool:
    return kind_of("", text) != Kind.PRESENTATION
