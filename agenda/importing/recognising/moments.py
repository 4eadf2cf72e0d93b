"""Times and lengths as agendas write them, in many languages and in the digits of each. Pure."""

import datetime
import re
from dataclasses import dataclass

_DIGITS = str.maketrans(
    "០១២៣៤៥៦៧៨៩" "๐๑๒๓๔๕๖๗๘๙" "໐໑໒໓໔໕໖໗໘໙" "０１２３４５６７８９", "0123456789" * 4
)  # fmt: skip
_LATIN_ENDS = r"(?![^\W\d_])"  # behind a word of Latin letters: no further letter
_STOPS = r"(?=\s*(?:$|[-–—:|,.()\[\]/\n~]|\d|to\b|à\b|đến\b|s\.?/?d|sampai\b|ถึง|ដល់))"

# Words for the half of the day. "sáng" is also the beginning of "sáng tạo": these count where nothing follows.
_MORNING = r"ព្រឹក|a\.?m\b\.?"
_MORNING_ALONE = r"(?:buổi\s+)?sáng|pagi|(?:du\s+)?matin|เช้า|ตอนเช้า"
_LATE = r"រសៀល|ល្ងាច|p\.?m\b\.?"
_LATE_ALONE = r"(?:buổi\s+)?(?:chiều|tối)|sore|(?:de\s+l['’])?après-midi|(?:du\s+)?soir|บ่าย|เย็น|ค่ำ"
_NIGHT = r"យប់"
_NIGHT_ALONE = r"đêm|malam|กลางคืน|mn"
_NOON = r"ថ្ងៃត្រង់|(?-i:noon|NOON)\b|n\.?n\b\.?"
_NOON_ALONE = r"noon|trưa|siang|midi"
_PARTS = (
    rf"(?P<morning>(?:{_MORNING})|(?:{_MORNING_ALONE}){_STOPS})|(?P<late>(?:{_LATE})|(?:{_LATE_ALONE}){_STOPS})|"
    rf"(?P<night>(?:{_NIGHT})|(?:{_NIGHT_ALONE}){_STOPS})|(?P<noon>(?:{_NOON})|(?:{_NOON_ALONE}){_STOPS})"
)
_HOURS = rf"(?:(?:hrs?|h|hours?|heures?|uhr|giờ){_LATIN_ENDS}\.?|ម៉ោង|โมง|นาฬิกา|ໂມງ)"
_SAYS_HOUR = re.compile(r"(?:ម៉ោង|pukul|pkl\.?|lúc|เวลา)[\s:៖]*$", re.IGNORECASE)  # before a bare hour: "ម៉ោង ៩"
_MINUTES = rf"(?:នាទី|(?:phút|minutes?|mins?|mn|menit){_LATIN_ENDS}|นาที)"
_CLOCK = re.compile(
    r"(?:(?:from|at|between|de|à|von|um|desde|từ|lúc|dari|pukul|pkl\.?|jam|เวลา|ចាប់ពី|ពី|វេលា|នៅ|ម៉ោង|ເວລາ)[\s:៖]*+){0,4}+"
    r"(?:(?P<before>ព្រឹក|រសៀល|ល្ងាច|យប់|เช้า|บ่าย)\s*(?:ម៉ោង\s*)?)?"
    r"(?:(?P<midday>(?:12\s*)?(?:midday|mittag|tengah hari|mediodía)|noon|midi|เที่ยงวัน|เที่ยง(?!คืน))"
    rf"{_LATIN_ENDS}{_STOPS}|(?P<midnight>midnight|minuit|mitternacht|tengah malam|medianoche|เที่ยงคืน|អធ្រាត្រ)"
    rf"{_LATIN_ENDS}{_STOPS}|(?P<four>\d{{4}})(?!\d)|(?P<hour>\d{{1,2}})(?:"
    r"(?:\s?[:：៖ៈ]\s?|\s?\.(?!\s\d\d?\s?[:.h៖ៈ]\s?\d)\s?)(?P<minute>\d\d)(?!\d)(?:[:.]\d\d(?!\d))?"
    rf"|\s?(?P<word>{_HOURS}|[hg](?=\s?\d\d))\s?(?:និង\s*)?(?:(?P<behind>\d\d)(?!\d|\s?[:.h]\s?\d)(?:\s?{_MINUTES})?)?"
    rf"|\s?(?:និង\s?)?(?P<said>\d{{1,2}})\s?នាទី"
    r")?(?!\d)(?:\s?(?P<half>កន្លះ|rưỡi|ครึ่ง))?)"
    rf"(?:\s?(?P<suffix>(?:hrs?|hours?|h|hs|uhr){_LATIN_ENDS}\.?|น\.|ນ\.|នាទី|['’′](?=\s*(?:$|[-–—:|,.)\n])))){{0,2}}"
    rf"(?:\s*(?:នា|ពេល|វេលា)?(?:{_PARTS}))?",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\s*(?:[-‐‑‒–—―−→~～>]{{1,3}}(?:\s*(?:until|till|jusqu['’]à){_LATIN_ENDS})?|"
    rf"(?:to|until|till|à|au|a|bis|đến|tới|s\.?/?d\.?|sampai(?: dengan)?|hingga)"
    rf"{_LATIN_ENDS}|(?:រហូត)?ដល់|ถึง|ຫາ|至)\s*",
    re.IGNORECASE,
)
# Arrows and pictures, such as posts in social media have them.
PICTURES = r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]"
_BESIDE = re.compile(r"\s*[(\[/]\s*")  # between a time and the same time on another clock
_NEW_LINE = re.compile(r"[ \t]*\n\s*")
# Behind a dash "close" is an end that is not said; "3 pm Close" is a title.
_WITHOUT_END = re.compile(
    rf"(?:{_TO.pattern})?\s*(?:(?:onwards?|trở đi){_LATIN_ENDS}|តទៅ|เป็นต้นไป)(?=\s*(?:$|[-–—:៖|,.)\n]))|"
    rf"(?:{_TO.pattern})(?:(?:onwards?|end|late|close|finish|selesai|fin|kết thúc){_LATIN_ENDS}|បញ្ចប់|ចប់|เสร็จสิ้น)"
    rf"(?=\s*(?:$|[-–—:៖|,.)\n]|{PICTURES}))",
    re.IGNORECASE,
)
_PLACE = r"(?:cambodian?|phnom penh|local|bangkok|thailand|vietnam|hanoi|jakarta|indochina)"
_LOCALLY = r"(?:heure locale|giờ Việt Nam|giờ địa phương|waktu setempat|ម៉ោងនៅកម្ពុជា|ម៉ោងកម្ពុជា|เวลาประเทศไทย)"
_ZONE = re.compile(
    r"\s*[(\[]?\s*(?:(?P<here>ICT|WIB|(?:GMT|UTC)\s?\+\s?0?7(?::?00)?(?!\d)|(?<=\d)\+07:?00(?!\d)|(?i:"
    + _PLACE
    + r"\s+time|"
    + _LOCALLY
    + r"))|"
    r"(?P<there>(?:GMT|UTC)(?:\s?[+−–-]\s?\d{1,2}(?::?\d\d)?)?|(?<=\d)(?:Z|\+\d\d:?\d\d)|WITA|WIT|E[SD]T|C[SD]T|M[SD]T|P[SD]T|CES?T|BST|IST|JST|KST|"
    r"SGT|MYT|PHS?T|AE[SD]?T|HKT|MMT|[ECMP]T(?=\s*(?:$|[-–—:|,.)/\n]))))(?![A-Za-z])\s*[)\]]?"
)
# What was meant as a time and is none: "8:3 – 9", "25:00".
_ATTEMPT = re.compile(r"\s*\d{1,3}\s?[:h]\s?\d", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[-–—:៖|,.()\[\]\n]|[A-Z]{2,4}\b)")
_ENDS_NUMBER = re.compile(r"\s*(?:$|[-–—()|\n])")
_BEFORE_TITLE = re.compile(rf"^[\s)\]]*(?:[-–—:៖|,;•·*]+|[./](?=\s|$))?\s*(?:{PICTURES}+\s*(?=\S))*")

_LENGTH_HOURS = r"(?:h|hrs?|hours?|heures?|std|stunden?|horas?|giờ|tiếng|jam|ម៉ោង|ชั่วโมง|ชม\.?|ຊົ່ວໂມງ)"
_LENGTH_MINUTES = r"(?:m|mn|mins?|minutes?|minuten|minutos?|phút|menit|mnt|នាទី|นาที|ນາທີ|['’′])"
_LENGTH = re.compile(
    r"\s*[(\[]?\s*(?:(?:about|approx\.?|ca\.?|រយៈពេល|~|≈)\s*)?(?:"
    rf"(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?|½|half an|an|one)\s*-?{_LENGTH_HOURS}\.?"
    rf"(?:\s*(?:and|et|និង|,)?\s*(?P<and>\d{{1,2}})\s*{_LENGTH_MINUTES}?|\s*(?P<half>កន្លះ|rưỡi|ครึ่ง|and a half))?"
    rf"|(?P<minutes>\d{{1,3}})\s*-?{_LENGTH_MINUTES})\.?\s*[)\]]?\s*",
    re.IGNORECASE,
)
_LENGTH_BARE = re.compile(r"\s*(?:(?P<h>\d{1,2}):(?P<m>\d\d)(?::00)?|(?P<minutes>\d{1,3}))\s*")
_SHORTEST = 5  # minutes: a bare "1" or "2" in a column of lengths may be hours
_IN_BRACKETS = re.compile(r"\s*(?=[(\[])[(\[][^()\[\]\n]{1,25}[)\]]")
_BEGINNING = 300  # letters of a line in which a time is looked for, so that no line takes long
_DAY = datetime.timedelta(days=1)


# A scanner takes a nought for an O, and a one for an l: "08:OO", "l0.00".
_SCANNED = re.compile(
    r"(?<!\w)(?=[\doOlI]*\d|\d)(?:\d[\doOlI]?|[lI]\d)\s?[:.]\s?(?:[\doOlI]\d|\d[oOlI]|[oO]{2})(?!\w)"
)
_LETTERS_AS_DIGITS = str.maketrans("oOlI", "0011")


def ascii_digits(text: str) -> str:
    """With the digits of English for those of Khmer, Thai, Lao and for wide ones. As long as before."""
    return text.translate(_DIGITS)


@dataclass(frozen=True)
class Span:
    starts_at: datetime.time
    ends_at: datetime.time | None
    says_half: bool = False  # morning or afternoon is written, or the clock has 24 hours: nothing is open
    zone: str = ""  # of a clock elsewhere: "ET", "GMT+9"


@dataclass(frozen=True)
class _Clock:
    hour: int
    minute: int
    half: str  # "am", "pm" or ""
    is_plain: bool  # a number that only its place makes a time: "9"
    is_four: bool  # "0830"
    end: int

    @property
    def time(self) -> datetime.time | None:
        hour = self.hour
        if self.half == "pm" and hour < 12:
            hour += 12
        if self.half == "am" and hour == 12:
            hour = 0
        if (hour, self.minute) == (24, 0):  # the end of the day
            return datetime.time(0)
        return datetime.time(hour, self.minute) if hour < 24 and self.minute < 60 else None

    def in_half(self, half: str) -> datetime.time | None:
        return _Clock(self.hour, self.minute, half, self.is_plain, self.is_four, self.end).time

    @property
    def is_certain(self) -> bool:
        return bool(self.half) or self.is_four or self.hour >= 12 or self.hour == 0


def _as_typed(text: str) -> str:
    return (
        _SCANNED.sub(lambda found: found[0].translate(_LETTERS_AS_DIGITS), text) if re.search("[oOlI]", text) else text
    )


def read_span(text: str, *, bare: bool = False, four: bool = False) -> tuple[Span | None, str] | None:
    """(Span, the rest of the text), or None where no time stands at the beginning.

    Without a Span where a time was meant and there is no such time.
    Bare: where a column says that its cells are times, "9", "9 – 10" and "0830" are times too.
    Four: where the whole document writes its times so, "0830 Opening" begins with one.
    """
    plain = _as_typed(ascii_digits(text[:_BEGINNING]))
    begins, ends = _clocks(plain, bare=bare, four=four)
    if not begins:
        return (None, text) if _ATTEMPT.match(plain) else None
    starts_at, ends_at = begins.time, ends.time if ends else None
    if starts_at is None or (ends and ends_at is None):
        return None, text
    if ends and ends_at:
        starts_at, ends_at = _halves(begins, ends, starts_at, ends_at)
    end = _behind(plain, (ends or begins).end, has_end=ends is not None)
    zone = _ZONE.match(plain, end)
    end = zone.end() if zone else end
    end, ends_at = _length_behind(plain, end, starts_at, ends_at)
    elsewhere = " ".join((zone["there"] or "").split()) if zone else ""
    is_certain = begins.is_certain or bool(ends and ends.is_certain)
    if beside := _on_another_clock(plain, end):
        here, end = beside
        if elsewhere and here:
            return here, _BEFORE_TITLE.sub("", text[end:]).strip()
    return Span(starts_at, ends_at, is_certain, elsewhere), _BEFORE_TITLE.sub("", text[end:]).strip()


def _on_another_clock(text: str, at: int) -> tuple[Span | None, int] | None:
    """Behind a time the same one on another clock, "9:00 ICT (02:00 UTC)": (it, if that clock is ours; its end)."""
    between = _BESIDE.match(text, at)
    begins, ends = _clocks(text[between.end() :], bare=False) if between else (None, None)
    zone = _ZONE.match(text, between.end() + (ends or begins).end) if between and begins else None
    if not begins or not zone or begins.time is None:
        return None
    return Span(begins.time, ends.time if ends else None, says_half=True) if zone["here"] else None, zone.end()


def _clocks(text: str, *, bare: bool, four: bool = False) -> tuple[_Clock | None, _Clock | None]:
    """(from, to) at the beginning of the text: (None, None) where a number is no time."""
    at = len(text) - len(text.lstrip(" \t\xa0([•·*"))
    begins = _clock(text, at)
    if not begins:
        return None, None
    to = _TO.match(text, begins.end)
    ends = _clock(text, to.end()) if to else None
    if not to and (line := _NEW_LINE.match(text, begins.end)):  # the end below the beginning, and nothing else
        below = _clock(text, line.end())
        ends = below if below and not text[below.end :].strip() else None
    if ends and ends.is_plain and not (bare and begins.is_plain) and not _ENDS.match(text, ends.end):
        ends = None  # "9:00 – 10 tips for data"
    is_number = (begins.is_plain or begins.is_four) and ends is None
    if bare and is_number and not _ENDS_NUMBER.match(text, begins.end):  # "1:1 meetings", "2030 Agenda"
        return None, None
    if ends and ends.is_four and not (begins.is_four or bare):
        ends = None
    if ends and begins.is_four and ends.is_plain:  # "2027-03-10"
        return None, None
    is_time = (
        bare
        or (four and begins.is_four)
        or not (begins.is_plain or begins.is_four)
        or (ends is not None and _makes_time(begins, ends))
    )
    return (begins, ends) if is_time else (None, None)


def _makes_time(begins: _Clock, ends: _Clock) -> bool:
    """Whether the end shows that the beginning is a time: "9 – 10 am", "9 – 10:30", "0800-0830"; not "2024-2027"."""
    if begins.is_four:
        years = {19, 20}
        in_fives = begins.minute % 5 == 0 and ends.minute % 5 == 0
        if not ends.is_four:  # "0800 – 0830 hrs"
            return in_fives and not ends.is_plain
        return in_fives and not (begins.hour in years and ends.hour in years)
    return not ends.is_plain and not ends.is_four


def _clock(text: str, at: int) -> _Clock | None:
    found = _CLOCK.match(text, at)
    if not found:
        return None
    if found["midday"] or found["midnight"]:
        return _Clock(12 if found["midday"] else 24, 0, "pm" if found["midday"] else "", False, False, found.end())
    if four := found["four"]:
        is_plain = not (found["suffix"] or _half(found, int(four[:2])))
        half = _half(found, int(four[:2]))
        return _Clock(int(four[:2]), int(four[2:]), half, False, is_plain, found.end())
    hour = int(found["hour"])
    minute = found["minute"] or found["behind"] or found["said"]
    half = _half(found, hour)
    is_led = bool(_SAYS_HOUR.search(found.group()[: found.start("hour") - found.start()]))
    is_plain = not (minute or half or found["half"] or found["word"] or found["suffix"] or is_led)
    if hour == 12 and (found["night"] or found["before"] == "យប់"):
        hour, half = 24, ""
    return _Clock(hour, 30 if found["half"] else int(minute or 0), half, is_plain, False, found.end())


def _half(found: re.Match[str], hour: int) -> str:
    before = found["before"] or ""
    if found["morning"] or before in ("ព្រឹក", "เช้า"):
        return "am"
    if found["noon"]:
        return "am" if 10 <= hour < 12 else "pm"
    return "pm" if found["late"] or found["night"] or before else ""


def _halves(
    begins: _Clock, ends: _Clock, starts_at: datetime.time, ends_at: datetime.time
) -> tuple[datetime.time, datetime.time]:
    """Both times, where the half of the day stands at one of them or at none."""
    if ends.half and not begins.half and begins.hour <= 12:  # "11:30 – 1:00 pm", "1 – 2 pm", "8:00 – 12:30 am"
        same = begins.in_half(ends.half) or starts_at
        if same > ends_at:
            same = begins.in_half("pm" if ends_at.hour < 12 else "am") or starts_at
        return same, ends_at
    # "1:30 pm – 2:30", "12:15 – 1:00": what begins in the morning or at noon ends in the afternoon.
    later = ends.in_half("pm") or ends_at
    by_day = bool(begins.half) or (7 <= begins.hour <= 12 and 1 <= ends.hour <= 7)
    is_later = not ends.half and by_day and ends_at < starts_at < later
    return starts_at, later if is_later else ends_at


def _behind(text: str, at: int, *, has_end: bool) -> int:
    """Where "onwards" or "– end" ends, if that stands there for an end."""
    found = None if has_end else _WITHOUT_END.match(text, at)
    return found.end() if found else at


def _length_behind(
    text: str, at: int, starts_at: datetime.time, ends_at: datetime.time | None
) -> tuple[int, datetime.time | None]:
    """Behind a time, its length in brackets says what the end is: "9:00 (30 min)"."""
    found = _IN_BRACKETS.match(text, at)
    length = read_duration(found.group()) if found else None
    if not found or not length:
        return at, ends_at
    if ends_at is None:
        ends_at = (datetime.datetime.combine(datetime.date.min, starts_at) + length).time()
    return found.end(), ends_at


def read_duration(text: str, *, bare: bool = False) -> datetime.timedelta | None:
    """The length that a text is, and nothing else. Bare: in a column of lengths "60" and "0:45" are some too."""
    plain = ascii_digits(text[:_BEGINNING])
    if found := _LENGTH.fullmatch(plain):
        if found["minutes"]:
            length = datetime.timedelta(minutes=int(found["minutes"]))
        else:
            said = (found["hours"] or "").casefold().replace(",", ".")
            hours = {"½": 0.5, "half an": 0.5, "an": 1.0, "one": 1.0}.get(said) or float(said)
            minutes = 30 if found["half"] else int(found["and"] or 0)
            length = datetime.timedelta(hours=hours, minutes=minutes)
    elif bare and (found := _LENGTH_BARE.fullmatch(plain)):
        length = datetime.timedelta(hours=int(found["h"] or 0), minutes=int(found["m"] or found["minutes"]))
        if found["minutes"] and int(found["minutes"]) < _SHORTEST:
            return None
    else:
        return None
    return length if datetime.timedelta(0) < length <= _DAY else None
