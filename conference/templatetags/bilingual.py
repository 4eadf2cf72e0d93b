"""conference.words as template filters, the addresses of a page in its languages, and the clock of a rehearsal."""

import re
from datetime import datetime

from django.template import Context, Library
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from conference import clock, words
from conference.models import Edition

register = Library()

for in_words in (
    words.shown,
    words.paragraphs,
    words.digits,
    words.day,
    words.short_day,
    words.date_only,
    words.date_range,
    words.clock,
    words.moment,
    words.to_the_second,
    words.phone,
    words.spelt,
    words.letter_by_letter,
):
    register.filter(in_words)


@register.filter
def where(edition: Edition) -> SafeString:
    """Venue and city, as far as they are known. What is in the other language says so."""
    return format_html_join(words.comma(), "{}", ([words.shown(part)] for part in edition.venue_and_city))


register.simple_tag(words.comma)


# Browsers take each of these words for two. Lines of our own pages were seen to end in them: names, words
# from elsewhere, and pairs of which the second half alone says nothing.
PARTED = """
    បើក|ទូលាយ អូឌី|ស៊ី តេឡេ|ក្រាម ផ្លាស់|ប្តូរ ប្រកប|ដោយ ទំនាក់|ទំនង តម្លា|ភាព ចីរ|ភាព ទូលំ|ទូលាយ
    ប្រជា|ធិបតេយ្យ ប៉ះ|ពាល់ ជាក់|លាក់ ដំណោះ|ស្រាយ សិក្ខា|សាលា គ្រប់|គ្រាន់ ផ្ទាល់|ខ្លួន យុទ្ធ|សាស្ត្រ ពាក់|ព័ន្ធ របាយ|ការណ៍ រួម|ចំណែក
    អត្ថ|ប្រយោជន៍ ផ្តួច|ផ្តើម សុន្ទរ|កថា ទំនុក|ចិត្ត ឧប|សគ្គ ក្រប|ខណ្ឌ មូលដ្ឋាន|គ្រឹះ មជ្ឈ|មណ្ឌល សន្តិ|សុខ បទ|ពិសោធន៍ វាយ|តម្លៃ
    អន្តរ|ការី តួ|អង្គ កិច្ច|សន្ទនា អាណា|ព្យាបាល ទាំង|អស់ យើង|ខ្ញុំ រយៈ|ពេល បក|ប្រែ ប្រឹង|ប្រែង ដាច់|ដោយឡែក
"""
KHMER = re.compile("[\u1780-\u17ff]")
WHOLE = {word.replace("|", ""): word.replace("|", "\u2060") for word in PARTED.split()}


@register.filter
def unparted(text: str) -> str:
    """In which no line ends inside these words. Forms take the sign that holds them together out of what is sent."""
    shown: str = conditional_escape(text)
    if not KHMER.search(shown):
        return shown
    for word, joined in WHOLE.items():
        shown = shown.replace(word, joined)
    return mark_safe(shown)  # noqa: S308 -- escaped before


@register.filter
def parted_at_sign(address: str) -> str:
    """An e-mail address too long for its line goes on after the "@", not with its last letter alone."""
    return mark_safe(conditional_escape(address).replace("@", "@<wbr>"))  # noqa: S308 -- escaped before


@register.simple_tag
def site_language() -> str | None:
    return get_language()


@register.simple_tag
def rehearsed_moment() -> datetime | None:
    """What the clock of the site says, where it is not the real time."""
    return clock.now() if clock.is_rehearsal() else None


@register.simple_tag(takes_context=True)
def address_in(context: Context, language: str) -> str:
    """The address of the same page in another language."""
    path: str = context["request"].get_full_path()
    current = f"/{get_language()}/"
    return f"/{language}/{path[len(current) :]}" if path.startswith(current) else f"/{language}/"
