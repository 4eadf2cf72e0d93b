"""Khmer text: what to store, what to compare, how to sort, how to write digits and dates.

After The Unicode Standard, chapter 16 (structure of the Khmer syllable). Text that looks the same can be typed in
several orders: `store_clean` gives it one order and changes nothing that a reader sees. `match_key` goes further; what
it gives is for comparing only.
"""

import datetime
import re
import unicodedata
from itertools import permutations

MONTHS = ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]
WEEKDAYS = ["ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ"]  # Monday first

_TO_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_TO_ASCII = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

LONGEST_SEARCH = 200  # letters that are looked for: of a thousand words SQLite makes no query

COENG = "\u17d2"  # makes the next consonant a subscript
_BASE = "\u1780-\u17b3\u25cc"
# Zero-width marks, direction marks, soft hyphen and the two invisible vowels: a reader cannot see them.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\u17b4\u17b5]")
_BETWEEN_WORDS = re.compile("(?<=[\u1780-\u17d1\u17d3\u17d7\u17dd])\u200b+(?=[\u1780-\u17b3])")
_KEPT = "\ue000"  # for private use: no text has it
KHMER_LETTER = re.compile("[\u1780-\u17b3]")  # consonants and independent vowels: what stands by itself
KHMER_LETTER_OR_DIGIT = re.compile("[\u1780-\u17b3\u17e0-\u17e9]")
LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SYLLABLE = re.compile(f"[{_BASE}](?:{COENG}+[{_BASE}]|[\u17b6-\u17d1\u17d3\u17dd]|{COENG}+(?![{_BASE}]))+")
_PART = re.compile(f"{COENG}+[{_BASE}]|.", re.DOTALL)
_UPPER_VOWEL = re.compile("[\u17b7-\u17ba\u17be\u17bf\u17d0\u17dd]|\u17b6\u17c6")
# Letters that NFKD does not take apart: ø is no o with a mark.
_FOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "œ": "oe", "æ": "ae", "þ": "th", "ŋ": "ng"}
)
_TITLE_KM = re.compile("^(?:ឯកឧត្តម|លោកជំទាវ|អ្នកឧកញ៉ា|ឧកញ៉ា|លោកស្រី|អ្នកស្រី|លោក|កញ្ញា|បណ្ឌិត)[ .]+")
# The order of a dictionary. What ends in ំ or ះ is a vowel of its own; subscripts follow the vowels. Latin comes last.
_CONSONANTS = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរឫឬលឭឮវឝឞសហឡអ"
_VOWELS = [chr(mark) for mark in range(0x17B6, 0x17C6)]
_VOWELS += ["\u17bb\u17c6", "\u17c6", "\u17b6\u17c6"]
_VOWELS += ["\u17c7", "\u17b7\u17c7", "\u17bb\u17c7", "\u17c1\u17c7", "\u17c4\u17c7"]
_ALPHABET = [" ", *"0123456789", *_CONSONANTS, *_VOWELS, COENG, *"abcdefghijklmnopqrstuvwxyz"]
_PLACES = {letter: chr(ord("!") + place) for place, letter in enumerate(_ALPHABET)}
_LETTERS = re.compile("[\u17bb\u17b6]\u17c6|[\u17b7\u17bb\u17c1\u17c4]\u17c7|.", re.DOTALL)
_ROBAT = re.compile("([\u1780-\u17b3])\u17cc")
# Independent vowels, but for ឫ ឬ ឭ ឮ, are sorted as អ with a vowel; two of them hold a consonant too.
_SPELT_OUT = str.maketrans(
    {
        **{"ឣ": "អ", "ឤ": "អា", "ឥ": "អិ", "ឦ": "អី", "ឧ": "អុ", "ឨ": "អុក", "ឩ": "អូ", "ឪ": "អូវ"},
        **{"ឯ": "អែ", "ឰ": "អៃ", "ឱ": "អោ", "ឲ": "អោ", "ឳ": "អៅ"},
    }
)
MOST_WORDS = 4  # of a name that is compared in any order: 24 orders
_TITLE_EN = re.compile(r"^(?:h\.?\s?e\.?|mrs?|ms|miss|dr|prof|ven|oknha)\.?\s+", re.IGNORECASE)


def khmer_digits(value: object) -> str:
    return str(value).translate(_TO_KHMER)


def ascii_digits(value: object) -> str:
    return str(value).translate(_TO_ASCII)


def visible(text: str) -> str:
    """Without invisible characters, but for those that show where a Khmer word ends: a line may break there."""
    if text.isascii():
        return text
    return INVISIBLE.sub("", _BETWEEN_WORDS.sub(_KEPT, text)).replace(_KEPT, "\u200b")


def store_clean(text: str | None) -> str:
    """A one-line text as it is to be stored: it looks the same, and has no invisible characters without a use."""
    text = text or ""
    if text.isascii():
        return " ".join(text.split())
    text = visible(unicodedata.normalize("NFC", text))
    return order(re.sub(r"\s+", " ", text).strip())


def clean_name(text: str | None) -> str:
    """The name of a person. On Khmer keyboards the space bar gives U+200B: where there is no other, it is a space."""
    text = text or ""
    if "\u200b" in text.strip("\u200b ") and not re.search(r"\S\s\S", text):
        text = text.replace("\u200b", " ")
    return store_clean(INVISIBLE.sub("", text))


def match_key(text: str | None) -> str:
    """The same key for the same name, also where it is typed differently. For comparing, never for showing."""
    text = _without_title(text)
    if text.isascii():
        return re.sub(r"[\W_]+", "", text.casefold())
    text = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED)
    text = re.sub("[\u0300-\u036f]", "", ascii_digits(text))
    text = text.replace(COENG + "\u178a", COENG + "\u178f")  # subscript DA and TA look alike
    text = text.replace("\u17b2", "\u17b1").replace("\u17d3", "\u17c6").replace("\u17c8", "\u17c7")
    text = _SYLLABLE.sub(_same_shifter, text)
    # \w knows no Khmer vowels: spell them out before everything that is not a letter goes.
    text = re.sub("[\u17b6-\u17d3\u17dd]", lambda mark: f"x{ord(mark.group()):x}", text)
    return re.sub(r"[\W_]+", "", text)


def sort_key(text: str | None) -> str:
    """Khmer texts stand in the order of a dictionary where these keys stand in the order of their bytes.

    As the Common Locale Data Repository has it (collation "km"), on its first level: signs such as ៉ ៊ ់ count for
    nothing, and a robat is the RO with a subscript as which it is read. Texts with the same key are in any order.
    """
    text = _ROBAT.sub(f"\u179a{COENG}\\1", store_clean(text).translate(_SPELT_OUT))
    text = unicodedata.normalize("NFKD", ascii_digits(text)).casefold()
    return "".join(_PLACES.get(letter, "") for letter in _LETTERS.findall(text))


def match_parts(text: str | None) -> list[str]:
    """The keys of the words of a name, without a title: to be looked for in a key of the whole name, in any order."""
    return [key for word in _without_title(text).split() if (key := match_key(word))]


def search_parts(text: str | None) -> list[tuple[str, str]]:
    """Of each word that is looked for: its key, and its sort_key where it is Khmer, else "".

    What is found is only shown, so a search may be coarser than a comparison: signs such as ៉ ៊ ់, which people leave
    out or confuse, count for nothing in a sort_key. What is compared decides who is the same person.
    """
    words = [(match_key(word), word) for word in _without_title(text).split()]
    return [(key, sort_key(word) if KHMER_LETTER.search(word) else "") for key, word in words if key]


def keys_in_any_order(text: str | None) -> set[str]:
    """The keys of a name with its words in each order: people put the family name first or last.

    A name of very many words is compared as it is.
    """
    parts = match_parts(text)
    orders = permutations(parts) if len(parts) <= MOST_WORDS else [parts]
    return {key for key in map("".join, orders) if key}


def _without_title(text: str | None) -> str:
    return _TITLE_EN.sub("", _TITLE_KM.sub("", clean_name(text)))


def order(text: str) -> str:
    """Puts the marks of each syllable into the standard order."""
    text = text.replace("\u17a4", "\u17a2\u17b6").replace("\u17a3", "\u17a2")
    return _SYLLABLE.sub(_order_syllable, text)


def _order_syllable(match: re.Match[str]) -> str:
    syllable = match.group()
    parts = [COENG + part[-1] if part[0] == COENG and len(part) > 1 else part for part in _PART.findall(syllable[1:])]
    ordered = [syllable[0]]
    for part in sorted(parts, key=_rank):
        if part != ordered[-1]:  # the same mark typed twice
            ordered.append(part)
    return "".join(ordered).replace("\u17c1\u17b8", "\u17be").replace("\u17c1\u17b6", "\u17c4")


# In the order of the syllable: robat, subscripts, register shifters, vowels by where they are written, other signs
_RANKS = [
    (1, "\u17cc"),
    (3, "\u17c9\u17ca"),
    (4, "\u17c1\u17c2\u17c3\u17be\u17bf\u17c0\u17c4\u17c5"),
    (5, "\u17bb\u17bc\u17bd"),
    (6, "\u17b7\u17b8\u17b9\u17ba"),
    (7, "\u17b6"),
    (9, "\u17c7\u17c8"),
]


def _rank(part: str) -> tuple[int, bool]:
    if part[0] == COENG:
        return (2, part[-1] == "\u179a")  # subscript RO comes last
    for rank, marks in _RANKS:
        if part[0] in marks:
            return (rank, False)
    return (8, False)


def _same_shifter(match: re.Match[str]) -> str:
    """Vowel U under an upper vowel looks like a register shifter: one sign stands for all of them."""
    syllable = match.group()
    if not _UPPER_VOWEL.search(syllable):
        return syllable
    syllable = re.sub("[\u17c9\u17ca\u17bb]", "\u17ca", syllable)
    return syllable[0] + "".join(sorted(_PART.findall(syllable[1:]), key=_rank))


def khmer_date(date: datetime.date, *, weekday: bool = False) -> str:
    """ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤, or ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤. Gregorian years only."""
    day = f"ថ្ងៃ{WEEKDAYS[date.weekday()]} ទី{date.day}" if weekday else f"ថ្ងៃទី{date.day}"
    return khmer_digits(f"{day} ខែ{MONTHS[date.month - 1]} ឆ្នាំ{date.year}")


def khmer_date_range(first: datetime.date, last: datetime.date) -> str:
    """ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤"""
    if first == last:
        return khmer_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return khmer_digits(f"ថ្ងៃទី{first.day}–{last.day} ខែ{MONTHS[first.month - 1]} ឆ្នាំ{first.year}")
    return f"{khmer_date(first)} ដល់{khmer_date(last)}"
