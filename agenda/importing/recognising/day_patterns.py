"""The patterns that find days in a text: dates in words and figures, weekdays, "Day 2". Made when first asked."""

import re
from collections.abc import Iterable
from functools import cache

from agenda.importing.recognising.calendar_words import months, numbers, weekdays

_NO_LATIN = "\u0e00"  # from Thai on; names of months and weekdays end in no letter of Latin Extended Additional
_LATIN_ENDS = r"(?![^\W\d_])"

# What may stand before a day in its own line: "Agenda for Day 1", "Hari/Tanggal: Selasa".
_ANNOUNCED = (
    r"(?:(?:(?:draft|tentative|provisional|final|detailed|main)\s++){0,3}"
    r"(?:agenda|program(?:me)?|schedule|timetable|workshop|conference|training|dates?|"
    r"hari\s*[/,]\s*tanggal|jadwal|acara|lịch|chương trình|"
    r"កម្មវិធី|កាលវិភាគ|របៀបវារៈ|កាលបរិច្ឆេទ|សិក្ខាសាលា|សន្និសីទ|វគ្គបណ្តុះបណ្តាល|កិច្ចប្រជុំ|กำหนดการ)"
    r"[\s:៖–—-]*+(?:(?:for|of|on|du|de la|de|untuk|ប្រចាំ|សម្រាប់)\s*+)?){1,4}+"
)
_LEAD = (
    rf"(?:(?:(?:on|le|the|den|el|dated?|ngày|hari|tanggal|tgl\.?){_LATIN_ENDS}|วันที่|ที่|ວັນທີ|ថ្ងៃទី|ថ្ងៃ|ទី)"
    r"[\s:៖/]*+){0,3}"
)
_HALF_WORDS = (
    rf"(?:(?:(?:buổi\s+)?(?:sáng|trưa|chiều|tối)|morning|afternoon|evening|matin|après-midi|soir|pagi|siang|sore|malam)"
    rf"{_LATIN_ENDS}|(?:ពេល)?(?:ព្រឹក|រសៀល|ល្ងាច)|เช้า|บ่าย)"
)
_HALF = rf"(?:{_HALF_WORDS}(?:\s+(?:of|du))?[\s,:៖–-]*)?"  # before a day: "Sáng 09/3"
_AND = (
    rf"\s*(?:[-–—&+/,]|(?:to|and|au|et|until|through|đến|và|sampai|hingga|s\.?/?d\.?|dan|bis|und){_LATIN_ENDS}|"
    r"ដល់|និង|ถึง|และ)\s*"
)
_DAY_WORD = r"(?:day|jour(?:née)?|tag|día|hari(?:\s*ke)?|ngày(?:\s*thứ)?|วัน(?:ที่)?|ວັນທີ|ថ្ងៃទី|ថ្ងៃ(?=ដំបូង))"
_ENGLISH = r"(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)\b\.?"
_LED = r"(?:ថ្ងៃ\s*|hari\s+|on\s+|le\s+)?"  # before a weekday
_ERA = r"(?P<era>ឆ្នាំ(?:ទី)?|năm|tahun|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ព\.?\s?ស\.?|គ\.?\s?ស\.?|de|ປີ)"
_FULL_YEAR = rf"[\s,./-]*(?:ឆ្នាំ\s*)?{_ERA}?\s*(?P<y>(?:19|20|21|24|25|26)\d\d)(?!\d|[:-]\d)(?:\s?B\.?E\.?)?"
_THAI_SHORT = r"(?<=[\u0e00-\u0e7f]\.)\s?"  # "26 มี.ค. 67"
_TWO_FIGURES = r"(?P<yy>\d\d)(?![\d:/.-])"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    written = {**_dates(), **_weekdays(), **_numbered()}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


def _any_of(names: Iterable[str]) -> str:
    """One of these names; behind one in Latin letters no further letter: "Mar" is not in "Market"."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(
        re.escape(one).replace(r"\ ", r"\s+") + ("" if one[-1] >= _NO_LATIN else _LATIN_ENDS) for one in ordered
    )


def _month() -> str:
    return (
        rf"(?:(?:ខែ|เดือน)\s*)?(?P<w>{_any_of(months())})\.?|"
        r"(?P<month>ខែ|tháng|thg\.?|เดือน)\s*(?P<n>\d{1,2})(?!\d)"
    )


def _any_month() -> str:
    return re.sub(r"\?P<\w+>", "?:", _month())


def _dates() -> dict[str, str]:
    return {
        "announced": _ANNOUNCED,
        "lunar": r"ថ្ងៃ[\s\S]{0,150}?ត្រូវនឹង\s*",
        "half": _HALF,
        "lead": _LEAD,
        "between": r"[\s:៖,.()\[\]|–—•·/-]*",
        "and": _AND,
        "figure alone": rf"\d{{1,2}}(?:st|nd|rd|th)?(?=\s*(?:$|[),]|\d{{4}}|{_any_month()}))",
        "year first": (
            r"(?P<y>\d{4})(?:[-/.](?P<n>\d{1,2})[-/.]|年\s?(?P<n2>\d{1,2})月)\s?(?P<d>\d{1,2})(?!\d)日?"
            r"(?:[ T]00:00(?::00)?(?!\d))?"
        ),
        "day and name": (
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s,/-]*(?:(?:of|de)\s+)?(?:{_month()})"
            rf"(?:{_FULL_YEAR}|(?:[-/]|{_THAI_SHORT}){_TWO_FIGURES})?"
        ),
        "name and day": (
            rf"(?P<w>{_any_of(months())})\.?[\s-]*(?:the\s+)?(?P<d>\d{{1,2}})(?!\d|\s?[:h]\s?\d|\.\d)"
            rf"(?:st|nd|rd|th)?(?:{_FULL_YEAR})?"
        ),
        "figures": (
            r"(?P<d>\d{1,2})(?:\s?[/.-]\s?(?P<n>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})|[/-](?P<n2>\d{1,2})[/-](?P<y2>\d\d))"
            r"(?!\d|:\d)"
        ),
        "without year": (
            rf"(?P<d>\d{{1,2}})(?:/|-(?=\d{{1,2}}\s*(?:$|[),])))(?P<n>\d{{1,2}})(?![\d/:.-]|\s*(?:{_any_month()}))"
        ),
        "without year, alone": r"(?P<d>\d\d(?=/)|\d(?=/\d\d))/(?P<n>\d{1,2})\s*$",
    }


def _weekdays() -> dict[str, str]:
    long, short = _any_of(weekdays(short=False)), _any_of(weekdays(short=True))
    ends = rf"(?=\s*(?:$|[:៖,(|–—\n])|\s+-|\s+{_HALF_WORDS})"
    return {
        "weekday": rf"{_LED}(?P<weekday>{long}|{_ENGLISH}|(?:{short})\.?{_LATIN_ENDS})",
        "weekday alone": rf"{_LED}(?P<weekday>{long}){ends}|^(?P<short>{_ENGLISH})\s*$",
        "weekday behind": rf"[\s,(–—-]*{_LED}(?P<weekday>{long}|{_ENGLISH})\)?",
        "weekday of number": (  # "Day 1 (Mon)"
            rf"[\s:៖,.(–—-]*{_LED}(?P<weekday>{long}|{_ENGLISH}|(?:{short})){_LATIN_ENDS}\.?\)?(?=\s*(?:$|[:៖,|–—\n]))"
        ),
        "day of month": r"(?:ទី|ที่)?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?(?=\s*(?:$|[):|–—\n]))",
    }


def _numbered() -> dict[str, str]:
    number = _any_of(numbers())
    in_figures = (
        rf"(?!ថ្ងៃទី\s*\d+\s*[-–—]\s*\d+\s*ខែ)(?:{_DAY_WORD}|ថ្ងៃ)\s*(?:(?:no\.?|number|n[°º]|#|[-–:])\s*)?0*(\d{{1,2}})"
        rf"(?:st|nd|rd|th)?(?!\d|[/.:h]\d|\s*(?:{_any_month()}))(?:\s*(?:of|/)\s*\d+)?"
    )
    in_words = rf"{_DAY_WORD}\s*(?:[-–:]\s*)?({number})|({number})\s+(?:day|jour(?:née)?|tag|día){_LATIN_ENDS}"
    in_brief = r"[dj]\s?0?(\d)(?=\s*(?:$|[:–—-]))"
    return {"numbered": rf"(?:the\s+)?(?:{in_figures}|{in_words}|{in_brief})"}
