"""How texts, dates, times and numbers look in the reader's language.

A moment is told as the clock in Phnom Penh shows it, whether a template asks or a module.
"""

import re
from datetime import timedelta
from itertools import groupby

from django.utils import formats
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import template_localtime
from django.utils.translation import get_language, gettext

from conference import khmer


def _is_khmer():
    return get_language() == "km"


def shown(text):
    """A text inside a line. In the other language it carries `lang` and a note that says so."""
    value, language = text.shown()
    if language == get_language():
        return value
    return format_html('<span lang="{}">{}</span>{}', language, value, _note(language))


def paragraphs(text):
    """A long text: blank lines part paragraphs, lines that begin with "- " make a list, [1] leads to its footnote."""
    value, language = text.shown()
    html = _blocks(value)
    if language == get_language():
        return html
    return format_html('<div lang="{}">{}</div><p class="note">{}</p>', language, html, _note(language))


def _note(language):
    words = gettext("(in English only)") if language == "en" else gettext("(in Khmer only)")
    return format_html(' <span class="only-in">{}</span>', words)


def _blocks(value):
    html = []
    for block in re.split(r"\n\s*\n", value.strip()):
        for is_list, lines in groupby(block.splitlines(), key=lambda line: line.startswith("- ")):
            if is_list:
                items = format_html_join("", "<li>{}</li>", ([_footnotes(line[2:])] for line in lines))
                html.append(format_html("<ul>{}</ul>", items))
            else:
                html.append(format_html("<p>{}</p>", _footnotes(" ".join(lines))))
    return mark_safe("".join(html))  # noqa: S308 -- every part was escaped above


def _footnotes(line):
    return mark_safe(re.sub(r" ?\[(\d+)\]", _footnote, escape(line)))  # noqa: S308 -- escaped before the marks go in


def _footnote(match):
    number = match.group(1)
    return f'<sup><a href="#reference-{number}" id="mark-{number}">{digits(number)}</a></sup>'


def digits(value):
    return khmer.khmer_digits(value) if _is_khmer() else str(value)


def day(date):
    """Tuesday, March 26, 2024 / ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤"""
    date = template_localtime(date)
    return khmer.khmer_date(date, weekday=True) if _is_khmer() else formats.date_format(date, "l, F j, Y")


def date_only(date):
    date = template_localtime(date)
    return khmer.khmer_date(date) if _is_khmer() else formats.date_format(date, "F j, Y")


def date_range(first, last):
    """March 26–27, 2024 / ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤"""
    if _is_khmer():
        return khmer.khmer_date_range(first, last or first)
    last = last or first
    if first == last:
        return date_only(first)
    if first.year != last.year:
        return f"{date_only(first)} – {date_only(last)}"
    if first.month != last.month:
        return f"{formats.date_format(first, 'F j')} – {date_only(last)}"
    return f"{formats.date_format(first, 'F j')}–{formats.date_format(last, 'j, Y')}"


def dates(days):
    """March 26–27, 2024 where one follows the other, else each by itself."""
    days = sorted(days)
    if days and days[-1] - days[0] == timedelta(days=len(days) - 1):
        return date_range(days[0], days[-1])
    return "; ".join(map(date_only, days))


def moment(at):
    """March 26, 2024, 13:30 / ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤ ម៉ោង ១៣:៣០"""
    return f"{date_only(at)} ម៉ោង {clock(at)}" if _is_khmer() else f"{date_only(at)}, {clock(at)}"


def clock(time):
    """13:30 / ១៣:៣០, as the agenda prints it."""
    time = template_localtime(time)
    return digits(f"{time.hour}:{time.minute:02}")


def prose_clock(time):
    """8:30 am / ៨:៣០ ព្រឹក"""
    time = template_localtime(time)
    if _is_khmer():
        return khmer.khmer_clock(time)
    return f"{(time.hour - 1) % 12 + 1}:{time.minute:02} {'am' if time.hour < 12 else 'pm'}"


def phone(number):
    """+85512323045 as people dial it: 012 323 045. Digits stay 0-9 in both languages."""
    if not re.fullmatch(r"\+855[0-9]{8,9}", number):
        return number
    national = "0" + number[4:]
    return f"{national[:3]} {national[3:6]} {national[6:]}"
