"""How texts, dates, times and numbers look in the reader's language.

A moment is shown in the time of Phnom Penh, in templates as well as in Python.
"""

import datetime
import re
from collections.abc import Iterable
from itertools import groupby

from django.utils import formats
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # the stubs have forgotten it
from django.utils.translation import get_language, gettext, pgettext

from conference.language import khmer
from conference.language.translated import Text


def _is_khmer() -> bool:
    return get_language() == "km"


def shown(text: Text) -> str:
    """A text inside a line. In the other language it carries `lang` and a note that says so."""
    value, language = text.shown()
    if language == get_language():
        return value
    return format_html('<span lang="{}">{}</span>{}', language, value, only_in(language))


def paragraphs(text: Text) -> SafeString:
    """A long text: blank lines part paragraphs, lines that begin with "- " make a list, [1] leads to its footnote."""
    value, language = text.shown()
    parts = []
    for block in re.split(r"\n\s*\n", value.strip()):
        for is_list, lines in groupby(block.splitlines(), key=lambda line: line.startswith("- ")):
            if is_list:
                items = format_html_join("", "<li>{}</li>", ([_with_footnotes(line[2:])] for line in lines))
                parts.append(format_html("<ul>{}</ul>", items))
            else:
                parts.append(format_html("<p>{}</p>", _with_footnotes(" ".join(lines))))
    html = format_html_join("", "{}", ([part] for part in parts))
    if language == get_language():
        return html
    return format_html('<div lang="{}">{}</div><p>{}</p>', language, html, only_in(language))


def only_in(language: str) -> SafeString:
    words = gettext("(in English only)") if language == "en" else gettext("(in Khmer only)")
    return format_html(' <span class="only-in">{}</span>', words)


def _with_footnotes(line: str) -> SafeString:
    def link(mark: re.Match[str]) -> str:
        number = mark[1]
        return f'<sup><a href="#reference-{number}" id="mark-{number}">{digits(number)}</a></sup>'

    return mark_safe(re.sub(r" ?\[(\d+)\]", link, escape(line)))  # noqa: S308 -- escaped before the marks go in


def digits(value: object) -> str:
    return khmer.khmer_digits(value) if _is_khmer() else str(value)


def day(date: datetime.date) -> str:
    """Tuesday, March 26, 2024 / ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤"""
    date = template_localtime(date)
    return khmer.khmer_date(date, weekday=True) if _is_khmer() else formats.date_format(date, "l, F j, Y")


def short_day(date: datetime.date) -> str:
    """Tue, Mar 26 / អង្គារ ២៦ មីនា"""
    if _is_khmer():
        return khmer.khmer_digits(f"{khmer.WEEKDAYS[date.weekday()]} {date.day} {khmer.MONTHS[date.month - 1]}")
    return formats.date_format(date, "D, M j")


def date_only(date: datetime.date) -> str:
    date = template_localtime(date)
    return khmer.khmer_date(date) if _is_khmer() else formats.date_format(date, "F j, Y")


def date_range(first: datetime.date, last: datetime.date | None) -> str:
    """March 26–27, 2024 / ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤"""
    last = last or first
    if _is_khmer():
        return khmer.khmer_date_range(first, last)
    if first == last:
        return date_only(first)
    if first.year != last.year:
        return f"{date_only(first)} – {date_only(last)}"
    if first.month != last.month:
        return f"{formats.date_format(first, 'F j')} – {date_only(last)}"
    return f"{formats.date_format(first, 'F j')}–{formats.date_format(last, 'j, Y')}"


def dates(days: Iterable[datetime.date]) -> str:
    """March 26–27, 2024 where the days follow one another, else each day by itself."""
    days = sorted(days)
    if days and days[-1] - days[0] == datetime.timedelta(days=len(days) - 1):
        return date_range(days[0], days[-1])
    return "; ".join(map(date_only, days))


def moment(at: datetime.datetime) -> str:
    """March 26, 2024, 13:30 / ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤ ម៉ោង ១៣:៣០"""
    return f"{date_only(at)} ម៉ោង {clock(at)}" if _is_khmer() else f"{date_only(at)}, {clock(at)}"


def comma() -> str:
    """Between a place and its city, a title and its date, or words of a list: Khmer has a space there."""
    return pgettext("between a place and its city, or a title and its date", ", ")


def labelled(label: object, text: object) -> str:
    """“Session 1: Open maps”, with the sign that the reader's script has for a colon."""
    return f"{label}{gettext(':')} {text}"


def clock(time: datetime.time | datetime.datetime) -> str:
    """13:30 / ១៣:៣០, as the agenda prints it."""
    time = template_localtime(time)
    return digits(f"{time.hour}:{time.minute:02}")


def to_the_second(at: datetime.datetime) -> str:
    """For programs: HTML takes no microseconds, and readers of feeds stumble over them."""
    here: datetime.datetime = template_localtime(at)
    return here.replace(microsecond=0).isoformat()


def spelt(code: str) -> str:
    """P J Q, R H X 7: a screen reader would read PJQ-RHX7 as a word."""
    return ", ".join(" ".join(part) for part in code.split("-"))


def letter_by_letter(code: str) -> SafeString:
    """A number inside a sentence: as it is for the eye, spelt for the ear."""
    heard = format_html('<span class="visually-hidden" lang="en">{}</span>', spelt(code))
    return format_html('{}<span aria-hidden="true">{}</span>', heard, code)


def phone(number: str) -> str:
    """+85512323045 as people in Cambodia dial it: 012 323 045. The digits are 0-9 in both languages."""
    if not re.fullmatch(r"\+855[0-9]{8,9}", number):
        return number
    national = "0" + number[4:]
    return f"{national[:3]} {national[3:6]} {national[6:]}"
