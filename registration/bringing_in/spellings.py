"""Answers as people and other forms write them: the words of our own questions in both languages, and others."""

import re
from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import override

from conference.language.khmer import KHMER_LETTER, match_key
from registration.choices import (
    AccessNeed,
    AgeBand,
    BadgeRole,
    FollowedLanguage,
    Food,
    Gender,
    Group,
    Part,
    Province,
    Sector,
)

_MORE: dict[type[TextChoices], dict[str, str]] = {
    Province: {
        "01": "Banteay Mean Chey; Banteay Mean Choay; Banteaymeanchey; BMC",
        "02": "Baat Dambang; Batdambang; Battambong; BTB; Bat Dambang",
        "03": "Kampong Chaam; Kompong Cham",
        "04": "Kompong Chhnang; Kampong Chnang; Kompong Chnang",
        "05": "Kampong Spueu; Kompong Speu; Kampong Speu",
        "06": "Kampong Thum; Kompong Thom; Kampong Tom",
        "07": "Kompot",
        "08": "Kandaal; Kondal; កណ្ដាល",
        "09": "Kaoh Kong; Kohkong",
        "10": "Kracheh; Kratié; Krotie",
        "11": "Mondul Kiri; Mondol Kiri; Mondolkiri; Mondulkiry; មណ្ឌលគីរី",
        "12": "Phnom Penh Capital; Phnompenh; PP; Phnom Pehn; Phnum Penh; ភ្នំពេញ",
        "13": "Preah Vihea; Preahvihear",
        "14": "Prey Veaeng; Prey Veang; Preyveng",
        "15": "Pousaat; Pouthisat; Posat",
        "16": ("Ratanak Kiri; Rattanakiri; Rattanak Kiri; Rotanak Kiri; Ratanakkiri; Ratana Kiri; រតនៈគិរី"),
        "17": "Siem Reab; Siemreap; Siem Riep; SR",
        "18": "Sihanoukville; Preah Sihanouk Ville; Sihanouk; Kampong Som; Kompong Som; Sihanouk Ville",
        "19": "Stueng Traeng; Stoeung Treng; Steung Treng; Stungtreng",
        "20": "Svaay Rieng; Svayrieng",
        "21": "Takéo; Taakaev; Ta Keo; Takev",
        "22": ("Otdar Meanchey; Otdar Mean Chey; Uddar Meanchey; Odar Meanchey; Oddor Meanchey; ឧត្ដរមានជ័យ"),
        "23": "Kaeb",
        "24": "Pai Lin",
        "25": "Tbong Khmum; Tboung Khmom; Tbaung Khmum; Thbong Khmum",
        "abroad": (
            "abroad; overseas; foreign; not in Cambodia; ក្រៅប្រទេស; បរទេស; Thailand; Bangkok; Vietnam; "
            "Viet Nam; Hanoi; Laos; Lao PDR; Singapore; Malaysia; Indonesia; Philippines; Myanmar; Japan; China; "
            "South Korea; Korea; India; Australia; USA; United States; France; Germany; United Kingdom; UK; "
            "Canada; Switzerland; Netherlands; Nepal; Bangladesh"
        ),
    },
    Sector: {
        "government": (
            "govt; public sector; ministry; government institution; state; public; government agency; "
            "រដ្ឋាភិបាល; ស្ថាប័នរដ្ឋ; វិស័យសាធារណៈ; រដ្ឋ; ក្រសួង"
        ),
        "local_ngo": (
            "NGO; local NGO; civil society; CSO; non-governmental organization; civil society organization; "
            "អង្គការក្នុងស្រុក; អង្គការ; សង្គមស៊ីវិល; អង្គការមិនមែនរដ្ឋាភិបាល; អង្គការសង្គមស៊ីវិល; "
            "អង្គការក្រៅរដ្ឋាភិបាល"
        ),
        "international_ngo": (
            "INGO; international NGO; development partner; UN; UN agency; donor; embassy; "
            "international organization; អង្គការអន្តរជាតិ; ដៃគូអភិវឌ្ឍន៍"
        ),
        "private": "private; business; company; private company; វិស័យឯកជន; ឯកជន; ក្រុមហ៊ុន",
        "academia": (
            "academia; academic; university; research; education; school; academic institution; សាកលវិទ្យាល័យ; "
            "ស្រាវជ្រាវ; អប់រំ; គ្រឹះស្ថានសិក្សា"
        ),
        "media": "press; journalist; news; សារព័ត៌មាន; ប្រព័ន្ធផ្សព្វផ្សាយ",
        "community": "community; youth; youth group; community group; សហគមន៍; ក្រុមយុវជន; យុវជន",
        "student": "students; និស្សិត; សិស្ស",
        "another": "other; others; ផ្សេងៗ; ផ្សេងទៀត",
    },
    Part: {
        "participant": (
            "participants; attendee; guest; delegate; visitor; regular; invited guest; audience; អ្នកចូលរួម; "
            "ភ្ញៀវ; ភ្ញៀវកិត្តិយស; សិក្ខាកាម"
        ),
        "speaker": (
            "speaker; speakers; panelist; panellist; presenter; moderator; keynote speaker; facilitator; "
            "វាគ្មិន; អ្នកបង្ហាញ; វាគ្មិនកិត្តិយស; អ្នកសម្របសម្រួល; ឧទ្ទេសនាម"
        ),
        "hackathon": "hackathon; hacker; hackathon team; hackathon participant; ហេកាថុន",
        "media": "press; journalist; reporter; អ្នកសារព័ត៌មាន; អ្នកកាសែត; សារព័ត៌មាន",
    },
    BadgeRole: {
        "panelist": "panellist",
        "moderator": "facilitator; អ្នកសម្របសម្រួល",
        "organiser": "organizer; staff; អ្នករៀបចំ",
        "press": "journalist; reporter; media; អ្នកកាសែត",
        "volunteer": "អ្នកស្ម័គ្រចិត្ត",
        "judge": "jury; គណៈកម្មការ",
    },
    Gender: {
        "woman": "f; female; w; girl; ms; mrs; ស; ស្រី; ស្ត្រី; នារី; she her",
        "man": "m; male; boy; mr; ប; ប្រុស; បុរស; he him",
        "another": "non binary; nonbinary; other; another; third gender; ផ្សេងៗ; ភេទទីបី",
        "not_said": "prefer not to say; n a; មិនចង់បញ្ជាក់; មិនចង់ប្រាប់",
    },
    AgeBand: {
        "60+": "over 60; 60 and over; 60 and above; above 60; 60 plus",
    },
    Food: {
        "vegetarian": "vegetarian; veggie; veg; បួស; អាហារបួស; ម្ហូបបួស",
        "vegan": "vegan",
        "halal": "halal; muslim; ហាឡាល់; អ៊ីស្លាម",
        "no_pork": "without pork; no pork; មិនញ៉ាំសាច់ជ្រូក; មិនទទួលទានសាច់ជ្រូក",
        "no_beef": "without beef; no beef; មិនញ៉ាំសាច់គោ; មិនទទួលទានសាច់គោ",
    },
    AccessNeed: {
        "sign_language": "sign language; sign language interpreter; ភាសាសញ្ញា; អ្នកបកប្រែភាសាសញ្ញា",
        "captions": "captions; captioning; subtitles; អក្សររត់",
        "step_free": "wheelchair; wheelchair access; ramp; step free; រទេះរុញ; ជម្រាល",
        "large_print": "large print; អក្សរធំ",
        "screen_reader": "screen reader",
        "quiet_room": "quiet room; បន្ទប់ស្ងាត់",
        "prayer": "prayer room",
        "assistant": "assistant; personal assistant; អ្នកជំនួយ",
    },
    Group: {
        "indigenous": "indigenous; indigenous peoples; ជនជាតិដើមភាគតិច",
        "disability": ("disability; people with disabilities; person with disabilities; pwd; ជនពិការ; ជនមានពិការភាព"),
        "lgbtqi": "lgbt; lgbtq; lgbtqi; lgbtqia; lgbtiq",
        "shethinks": "shethinks; she thinks",
    },
    FollowedLanguage: {
        "km": "khmer; ខ្មែរ; ភាសាខ្មែរ; cambodian",
        "en": "english; អង់គ្លេស; ភាសាអង់គ្លេស",
        "csl": "sign language; ភាសាសញ្ញា",
    },
}
YES = (
    "yes; y; true; 1; ok; x; agree; i agree; ✓; ✔; ☑; បាទ; ចាស; បាទ ចាស; យល់ព្រម; ខ្ញុំយល់ព្រម; ព្រម; មក; អាច; "
    "បាន; accept; i accept; ចូលរួម; នឹងចូលរួម; attend; attending; will attend; joining; coming; present"
)
NO = (
    "no; n; false; 0; disagree; i do not agree; don t agree; ទេ; អត់ទេ; មិនយល់ព្រម; មិនព្រម; អត់; មិន; មិនមក; មិនចូលរួម; "
    "not attending; will not attend; not joining; not coming; absent"
)
NOTHING = (
    "none; nothing; n/a; na; nil; -; –; —; no; not applicable; anonymous; null; none of these; គ្មាន; អត់មាន; "
    "មិនមាន; ទេ; អត់ទេ; គ្មានទេ; មិនមានទេ; អត់"
)
GIVEN_UP = (
    "cancelled; canceled; declined; rejected; withdrawn; refunded; expired; no show; not coming; បានលុបចោល; "
    "បោះបង់; មិនមក; បដិសេធ; លុបចោល; បានបដិសេធ"
)


BEGINS_A_YES = "ខ្ញុំយល់ព្រម; យល់ព្រម; បាទ; ចាស; i agree; i consent; i accept"
BEGINS_A_NO = "មិន; ខ្ញុំមិន; i do not; i don't; i disagree; not "
# A yes to a part, or on a condition, is none: “yes, but not on Facebook”, «បាទ តែ…».
ON_A_CONDITION = re.compile(
    r"\b(?:but|except|unless|however|provided that)\b|"
    r"^\W*(?:yes|ok|(?:i )?(?:agree|accept|consent))\W+(?:only|if|not)\b|"
    r"ប៉ុន្តែ|លើកលែង|^(?:ខ្ញុំ)?(?:បាទ|ចាស|យល់ព្រម)[\s,។]*(?:តែ|មិន|កុំ)",
    re.IGNORECASE,
)
SHORT = 3  # letters: not looked for inside of a longer text


def key(text: str) -> str:
    return match_key(text) or re.sub(r"\s", "", text)


def scripts(text: str) -> list[str]:
    """The whole, and its part in each script: a form in both languages answers “ភ្នំពេញ / Phnom Penh”."""
    khmer = "".join(re.findall("[\u1780-\u17ff\u200b ]+", text))
    latin = re.sub("[\u1780-\u17ff\u200b]+", " ", text)
    return [text, khmer, latin] if KHMER_LETTER.search(text) else [text]


@cache
def spellings(choices: type[TextChoices]) -> Mapping[str, str]:
    """The key of each spelling, and the answer that it is."""
    found: dict[str, str] = {}
    for language in ("en", "km"):
        with override(language):
            for choice in choices:
                found |= {key(part): choice.value for part in (str(choice.label), _without_kind(str(choice.label)))}
    found |= {key(choice.value): choice.value for choice in choices if not choice.value.isdecimal()}
    for value, more in _MORE.get(choices, {}).items():
        found |= {key(one): value for one in more.split("; ") if key(one) not in found}
    return {spelling: value for spelling, value in found.items() if spelling}


def one_of(choices: type[TextChoices], text: str) -> str:
    """The answer that this is, or "" where it is none of them."""
    known = spellings(choices)
    parts = scripts(text)
    if "(" in text:
        parts += [*scripts(re.sub(r"\(.*?\)", " ", text)), *re.findall(r"\((.*?)\)", text)]
    return next((known[spelt] for part in parts if (spelt := key(part)) in known), "")


def _without_kind(text: str) -> str:
    """Of the name of a province."""
    return re.sub("(?i)(រាជធានី|ខេត្ត|ក្រុង|\\b(province|capital|city|municipality|krong|khet|prov)\\b)", " ", text)


def province_of(text: str) -> str:
    """Also with the word for province, and at the end of a longer address."""
    plain = re.sub(r"(?i)\b(?:kp?g|kp|k|kompong)\b\.?\s*(?=[cst])", "Kampong ", _without_kind(text))
    if found := one_of(Province, text) or one_of(Province, plain):
        return found
    if named := re.search(r"(?:ខេត្ត|រាជធានី)\s*([\u1780-\u17d3\u17dd]+)", text):
        return one_of(Province, named[1])
    parts = {one_of(Province, part) for part in re.split(r"[,;/()\n]|\s-\s", plain)} - {""}
    return parts.pop() if len(parts) == 1 else ""


@cache
def _labels(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """The words of our own questions in both languages, the longest first."""
    labels = []
    for language in ("en", "km"):
        with override(language):
            labels += [(str(one.label).casefold(), one.value) for one in choices]
    return sorted((pair for pair in labels if len(pair[0]) > SHORT), key=lambda pair: -len(pair[0]))


def some_of(choices: type[TextChoices], text: str) -> tuple[list[str], str]:
    """The answers in a cell, and the words that are none of them. A label may have a comma in it."""
    found: list[str] = []
    rest = text
    for label, value in _labels(choices):
        if label in rest.casefold():
            at = rest.casefold().index(label)
            rest = rest[:at] + rest[at + len(label) :]
            found.append(value)
    words = []
    for part in re.split(r"[,;\n|]|\s/\s|\s\+\s", rest):
        if not part.strip(" .()/-–") or is_nothing(part):
            continue
        if value := one_of(choices, part):
            found.append(value)
        else:
            words.append(part.strip())
    return list(dict.fromkeys(found)), ", ".join(words)


def is_one_of(words: str, text: str) -> bool:
    """`words` as they stand above. What is far longer than all of them is none of them."""
    keys, longest = _keys(words)
    return len(text) <= 3 * longest and any(key(part) in keys for part in scripts(text))


@cache
def _keys(words: str) -> tuple[frozenset[str], int]:
    """And the letters of the longest."""
    return frozenset(key(word) for word in words.split("; ")), max(map(len, words.split("; ")))


def is_nothing(text: str) -> bool:
    return not text.strip() or is_one_of(NOTHING, text)


def has_given_up(text: str) -> bool:
    """“Cancelled”, “cancelled by the participant”."""
    return any(is_one_of(GIVEN_UP, part) for part in (text, _first_word(text)))


def yes_or_no(text: str) -> bool | None:
    """None where it is neither, or a yes on a condition. A long sentence says it with its first word."""
    said = _first_said(text)
    return None if said and ON_A_CONDITION.search(text) else said


def _first_said(text: str) -> bool | None:
    for part in (text, _first_word(text)):
        if is_one_of(NO, part):
            return False
        if is_one_of(YES, part):
            return True
    begins = key(text)
    if any(begins.startswith(word) for word in _keys(BEGINS_A_NO)[0]):
        return False
    return True if any(begins.startswith(word) for word in _keys(BEGINS_A_YES)[0]) else None


def _first_word(text: str) -> str:
    return re.split(r"[\s,.;:។៖(]", text.strip(), maxsplit=1)[0]
