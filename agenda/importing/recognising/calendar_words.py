"""Names of months and weekdays, and words around days, in the languages in which agendas come here.

The names are those of the Unicode CLDR, which Babel carries; what agendas write besides stands here. Pure.
"""

from functools import cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

_LOCALES = ("en", "fr", "de", "es", "vi", "id", "ms", "th", "lo", "km")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")

# Besides those of CLDR: spellings that are common, and short forms. Month -> names.
_MORE_MONTHS = {
    1: "januari|tháng một|tháng giêng",
    2: "febuari|pebruari|peb|fevrier|fev|tháng hai|កុម្ភះ|កុម្ភ|กุมภา",
    3: "tháng ba|mrt|marz|មិនា|มีนา",
    4: "tháng tư|tháng bốn|เมษา",
    5: "tháng năm|ឧសភា|อุสภា",
    6: "tháng sáu|មិថុនា|មថុនា",
    7: "tháng bảy|កក្តដា|កក្កដា",
    8: "agt|agust|aout|tháng tám|សីហា|សិហា",
    9: "sept|tháng chín|កញ្ញា",
    10: "okt|tháng mười",
    11: "nopember|nop|tháng mười một|វិច្ឆកា|វិច្ឆិការ",
    12: "decembre|tháng mười hai|tháng chạp|ធ្នូរ",
}
# Weekday (Monday is 0) -> names. Short forms count only before a date.
_MORE_WEEKDAYS = {
    0: "ច័ន្ទ|ចន្ទ|ចន័្ទ|thứ 2|senen",
    1: "អង្គា|អង្គារ៍|thứ 3|tues",
    2: "ពុធ|thứ 4|weds",
    3: "ព្រហស្បតិ៍|ព្រហស្បតិ|ព្រហស្បត្តិ៍|ព្រហស្បត្តិ៏|ព្រហស្បតិ៏|thứ 5|thurs|thur",
    4: "សុក្រ|thứ 6|jum'at|jum’at|jumat",
    5: "សៅរ៍|សៅរ៏|សៅរ|thứ 7",
    6: "អាទិត្យ|chủ nhật|ahad",
}
# "day one", "the third day", "hari pertama", "ថ្ងៃទីពីរ"
NUMBERS = {
    1: "one|i|first|1st|premier|première|1er|1ère|erster|primer|pertama|kesatu|satu|nhất|một|đầu tiên|មួយ|ដំបូង|หนึ่ง|แรก",
    2: "two|ii|second|2nd|deux|deuxième|2e|2ème|2eme|zweiter|segundo|kedua|dua|hai|ពីរ|สอง",
    3: "three|iii|third|3rd|trois|troisième|3e|3ème|3eme|dritter|tercer|ketiga|tiga|ba|បី|สาม",
    4: "four|iv|fourth|4th|quatre|quatrième|4e|4ème|4eme|vierter|cuarto|keempat|empat|tư|bốn|បួន|สี่",
    5: "five|fifth|5th|cinq|cinquième|5e|5ème|5eme|fünfter|quinto|kelima|lima|năm|ប្រាំ|ห้า",
}


@cache
def months() -> dict[str, int]:
    """Every name of a month, in small letters and without the dot of a short form -> its number."""
    found: dict[str, int] = {}
    for locale in _LOCALES:
        for width in _WIDTHS:
            for context in _CONTEXTS:
                found.update({_bare(name): number for number, name in get_month_names(width, context, locale).items()})
    found.update({name: number for number, names in _MORE_MONTHS.items() for name in names.split("|")})
    return {name: number for name, number in found.items() if not name.isdigit()}


@cache
def weekdays(*, short: bool) -> dict[str, int]:
    """Every name of a weekday -> its number, Monday is 0. The short ones are "Mon", "lun.", "CN"."""
    found: dict[str, int] = {}
    for locale in _LOCALES:
        for context in _CONTEXTS:
            names = get_day_names("abbreviated" if short else "wide", context, locale)
            found.update({_bare(name): number for number, name in names.items()})
    if not short:
        found.update({name: number for number, listed in _MORE_WEEKDAYS.items() for name in listed.split("|")})
    if short:
        found.update({f"t{number + 2}": number for number in range(6)})  # Vietnamese: T2 is Monday
        # Thai, without the word for day before it.
        thai = get_day_names("wide", "format", "th").items()
        found.update({name.removeprefix("วัน"): number for number, name in thai})
    return found


@cache
def numbers() -> dict[str, int]:
    return {name: number for number, names in NUMBERS.items() for name in names.split("|")}


def _bare(name: str) -> str:
    return name.casefold().rstrip(".")
