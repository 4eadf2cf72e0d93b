"""What one text of a source looks like: a time, a length, a day, a room, a note. Pure; each text is looked at once."""

import datetime
import re
from functools import cached_property

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role
from agenda.importing.recognising.days import WrittenDay, read_written_day
from agenda.importing.recognising.kinds import is_part_of_day
from agenda.importing.recognising.likely_names import is_likely_name, is_origin, may_be_who, without_contacts
from agenda.importing.recognising.moments import Span, read_duration, read_span
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, ascii_digits

_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}\s?[:.hH៖ៈ]\s?\d{2}|(?<!\d)\d{1,2}\s?[ap]\.?m", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(r"[^\W\d][^\d\n]{2,30}(?=[\d០-៩])")
_IN_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]{4,80})[)\]]")
_SHORT = 60  # letters of what may be a heading, a room, a day
_BULLET = re.compile(
    r"(?:(?:[-–—•·*▪●○◦➢✓❖►‣]|o(?=\s))\s+|[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+\s*)+"
)
_LISTED = re.compile(r"\(?(?:\d{1,2}|[a-z])\s?[.)]\s+(?:ម៉ោង\s*)?(?=\d{1,2}\s?[:.h៖ៈ]\s?\d\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:no\.?|nr\.?|#)?\s*\d{1,4}(?:\.\d{1,2})?\s*[.)]?|[ivx]{1,5}[.)]|[a-z][.)]", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:(?:break-?out |meeting |training |class)?rooms?|halls?|(?:grand )?ballroom|auditorium|theat(?:re|er)|lab|"
    r"floor|studio|library|lobby|foyer|garden|terrace|salle|amphi(?:théâtre)?|ruang(?:an)?|aula|gedung|phòng|"
    r"hội trường|ห้อง|หอประชุม|(?:បន្ទប់|សាល)(?:ធំ|តូច|ប្រជុំ|សន្និសីទ|សិក្ខាសាលា|បណ្តុះបណ្តាល|កុំព្យូទ័រ|រៀន)?|"
    r"អាគារ|មហោស្រព)(?=$|\W|\d)(?!\s+(?:for|to)\b)[^:]{0,25}|"
    r"[\w’'. -]{2,30}\b(?:room|hall|ballroom|auditorium|lab|lobby|foyer|library|garden|theat(?:re|er)|studio)"
    r"(?: ?[a-z0-9]{1,2})?",
    re.IGNORECASE,
)
_TRACK = re.compile(
    r"(?:(?:parallel )?(?:track|stream|strand|group|parallel session|workshop|class|team|atelier|groupe|piste|kelas|"
    r"kelompok|nhóm|luồng|กลุ่ม|สาย|ក្រុម|ថ្នាក់|ប្រធានបទ)s?)\s*(?:ទី\s*)?(?:\d{1,2}|[a-h]|[០-៩]{1,2}|[ivx]{1,4})"
    r"(?![\w])(?:\s*[:៖–-].{0,50}|\s*\(.{0,50}\))?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*[*†‡¹²³(\[]*\s*(?:notes?|n\.?\s?b\.?|remarque|nota|catatan|ghi chú|lưu ý|หมายเหตุ|សម្គាល់|កំណត់សម្គាល់|ចំណាំ|"
    r"(?:(?:with )?(?:best|kind|warm) )?regards|(?:yours )?sincerely|cordialement|bien à vous|trân trọng|"
    r"hormat (?:kami|saya)|"
    r"disclaimer|contacts?|for (?:more|further) information|source|venue|lieu|tempat|địa điểm|สถานที่|ទីកន្លែង|"
    r"(?:sub)?total(?: hours?| time| duration| minutes)?|sum|សរុប|tổng(?: cộng)?|รวม|jumlah)\s*(?:[:៖,]|$)|"
    r"\s*[*†‡]+\s*\S|\s*[¹²³]\s|"
    r"\s*(?:©|copyright\b)|\s*page \d+ (?:of|/) \d+\W*$|"
    r".{0,60}\bsubject to changes?\b|.{0,60}sous réserve de|.{0,60}អាចមានការផ្លាស់ប្ដូរ|.{0,60}អាចផ្លាស់ប្តូរ",
    re.IGNORECASE,
)
_ENDS_DAY = re.compile(
    r"[\W_]*(?:(?:the )?end(?: of)?(?: the)?(?: day| programme?| agenda| session| event| training| workshop| "
    r"conference| meeting| first day| second day)?(?: (?:\d|one|two|three|i{1,3}))?|"
    r"fin(?: de la journée| du programme)?|close of (?:the )?day(?: \w+)?|"
    r"selesai|akhir (?:hari|acara)|kết thúc(?: ngày(?: \d)?)?|จบ(?:วัน|การประชุม)?|"
    r"ចប់(?:កម្មវិធី)?|បញ្ចប់(?:កម្មវិធី|ថ្ងៃ)?)[\W_]*",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"[\W_]*(?:departure(?: of (?:all )?(?:the )?(?:participants|delegates|guests))?|"
    r"(?:meeting )?adjourn(?:ed|ment|s)?|participants (?:leave|depart)|départ(?: des participants)?)[\W_]*",
    re.IGNORECASE,
)
_MAYBE_DAY = re.compile(
    r"\d|day|^\W*(?:mon|tue|wed|thu|fri|sat|sun)|ថ្ងៃ|ngày|วัน|hari|jour|thứ|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|senin|selasa|rabu|kamis|jumat|sabtu|minggu",
    re.IGNORECASE,
)
_RANGE_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s*(?:[-–—/&,+]|to|and|et|au|dan|và|និង|ដល់|ถึง)\s*$", re.IGNORECASE)


def is_place(text: str) -> bool:
    return len(text) <= _SHORT and bool(_PLACE.fullmatch(text.rstrip(" :៖")))


class Look:
    def __init__(self, text: str, first_day: datetime.date, *, four: bool = False) -> None:
        self.text = text
        self.first_day = first_day
        self.four = four  # the document writes its times as "0830"

    @cached_property
    def plain(self) -> str:
        """Without a bullet before it, or a number that stands before a time: "1. 8:00 – 8:30"."""
        bullet = _BULLET.match(self.text)
        begins = bullet.end() if bullet else 0
        number = _LISTED.match(ascii_digits(self.text), begins)
        return self.text[number.end() if number else begins :]

    @cached_property
    def timed(self) -> tuple[Span, str] | None:
        """The time that stands at the beginning, and the text behind it."""
        found = read_span(self._behind_part_of_day, four=self.four)
        return (found[0], found[1]) if found and found[0] else None

    @property
    def _behind_part_of_day(self) -> str:
        """ "9:00 – 12:00" of "Morning (9:00 – 12:00)"."""
        digit = _BEFORE_CLOCK.match(self.plain)
        return self.plain[digit.end() :] if digit and is_part_of_day(digit.group()) else self.plain

    @cached_property
    def is_time(self) -> bool:
        return self.timed is not None and (not self.timed[1] or len(self.timed[1]) < 4)

    @cached_property
    def timed_behind(self) -> tuple[Span, str] | None:
        """The time that stands at the end, and the text before it: "Tea break (10:00 – 10:15)"."""
        for digits in _CLOCK.finditer(ascii_digits(self.plain)):
            found = read_span(self.plain[digits.start() :])
            before = self.plain[: digits.start()].rstrip(" \t\n([,;:៖|–—-")
            is_whole = found and found[0] and (found[0].ends_at or self.plain[digits.start() - 1] in "([")
            if found and found[0] and is_whole and before:
                before += ")" * (before.count("(") > before.count(")"))  # "Opening (Hall, 9:00 – 9:30)"
                return (found[0], before) if not found[1].strip(" )].") else None
        return None

    @cached_property
    def timed_within(self) -> tuple[Span, tuple[str, ...]] | None:
        """The time in brackets anywhere in a line, and the other words: "Demo (11:00 – 12:00, Room 2) by ODC"."""
        for brackets in _IN_BRACKETS.finditer(self.plain):
            found = read_span(brackets["inside"])
            before, behind = self.plain[: brackets.start()].strip(), self.plain[brackets.end() :].strip()
            if not (found and found[0] and found[0].ends_at and before):
                continue
            is_room = Look(found[1], self.first_day).is_place
            aside = f"({found[1]})" if found[1] and not is_room else ""
            title = " ".join(filter(None, [before, aside, behind]))
            return found[0], (title, f"Room: {found[1]}") if is_room else (title,)
        return None

    @cached_property
    def has_time(self) -> bool:
        """Also behind its date: "3 February, 9:00 – 9:30"."""
        if self.timed:
            return True
        return self.day is not None and bool(self.day[1]) and Look(self.day[1], self.first_day).timed is not None

    @cached_property
    def timed_lines(self) -> int:
        """How many of its lines begin with a time and go on with words, in the line or in the next one."""
        looks = [Look(line, self.first_day) for line in self.text.split("\n")]
        below = [*(look.is_words and not look.timed for look in looks[1:]), False]
        return sum(
            look.timed is not None and (bool(look.timed[1]) or goes_on)
            for look, goes_on in zip(looks, below, strict=True)
        )

    @cached_property
    def is_failed_time(self) -> bool:
        """It was meant as a time, and there is no such time."""
        found = read_span(self.plain)
        return found is not None and found[0] is None

    @cached_property
    def bare_time(self) -> tuple[Span, str] | None:
        """As `timed`, in a column of which it is known that it has times: "9", "0900"."""
        found = read_span(self.plain, bare=True)
        return (found[0], found[1]) if found and found[0] else None

    @cached_property
    def length(self) -> datetime.timedelta | None:
        return read_duration(self.plain)

    @cached_property
    def bare_length(self) -> datetime.timedelta | None:
        """As `length`, in a column of which it is known that it has lengths: "60", "0:45"."""
        return read_duration(self.plain, bare=True)

    @cached_property
    def day(self) -> tuple[WrittenDay, str] | None:
        """The day that stands at the beginning, and the text behind it."""
        return read_written_day(self.plain) if _MAYBE_DAY.search(self.text) else None

    @cached_property
    def day_within(self) -> WrittenDay | None:
        """The one day of a short text: "Agenda – Day 2 (Tuesday)". A range of days is none."""
        if self.day:
            return self.day[0]
        if len(self.text) > 2 * _SHORT or not _MAYBE_DAY.search(self.text):
            return None
        for word in re.finditer(r"(?<![\w\u1780-\u17d3])(?=[\w\u1780-\u17d3])", self.text):
            found = read_written_day(self.text[word.start() :])
            if found and not _RANGE_BEFORE.search(ascii_digits(self.text[: word.start()])):
                return found[0]
        return None

    @cached_property
    def role(self) -> ColumnRole | None:
        return column_role(self.text) if len(self.text) <= _SHORT else None

    @cached_property
    def is_number(self) -> bool:
        return bool(_NUMBER.fullmatch(ascii_digits(self.text)))

    @cached_property
    def is_place(self) -> bool:
        return is_place(self.text)

    @cached_property
    def is_track(self) -> bool:
        return len(self.text) <= _SHORT + 20 and bool(_TRACK.fullmatch(self.text))

    @cached_property
    def is_note(self) -> bool:
        """A note, or only how to reach the organisers."""
        return bool(_NOTE.match(self.text)) or ("0" in ascii_digits(self.text) and without_contacts(self.plain) == "")

    @cached_property
    def ends_day(self) -> bool:
        """ "END OF DAY 1" is no session."""
        return len(self.text) <= _SHORT and bool(_ENDS_DAY.fullmatch(self.text))

    @cached_property
    def is_departure(self) -> bool:
        return len(self.text) <= _SHORT and bool(_LEAVES.fullmatch(self.text))

    @cached_property
    def is_part_of_day(self) -> bool:
        return len(self.text) <= _SHORT and is_part_of_day(self.text)

    @cached_property
    def may_be_who(self) -> bool:
        return len(self.text) <= 4 * _SHORT and may_be_who(self.text)

    @cached_property
    def is_origin(self) -> bool:
        return len(self.text) <= 2 * _SHORT and is_origin(self.text)

    @cached_property
    def is_likely_name(self) -> bool:
        return len(self.text) <= 2 * _SHORT and is_likely_name(self.text)

    @cached_property
    def is_words(self) -> bool:
        """A text such as a title is: no time, number, length or day."""
        return bool(self.letters) and not (self.is_time or self.is_number or self.length or self.is_whole_day)

    @cached_property
    def is_whole_day(self) -> bool:
        return self.day is not None and not self.day[1]

    @cached_property
    def letters(self) -> int:
        return self.khmer + len(LATIN_LETTER.findall(self.text)) + len(re.findall("[\u0e00-\u0e4f]", self.text))

    @cached_property
    def khmer(self) -> int:
        return len(KHMER_LETTER.findall(self.text))


class Looks:
    """One look at each text, however often it is asked for."""

    def __init__(self, first_day: datetime.date, *, four: bool = False) -> None:
        self.first_day, self.four = first_day, four
        self._seen: dict[str, Look] = {}

    def __call__(self, text: str) -> Look:
        if text not in self._seen:
            self._seen[text] = Look(text, self.first_day, four=self.four)
        return self._seen[text]
