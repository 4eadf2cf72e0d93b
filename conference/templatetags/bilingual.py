"""conference.words as template filters, the addresses of a page in its languages, and the clock of a rehearsal."""

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


WHOLE = {"បើកទូលាយ": "បើក\u2060ទូលាយ", "អូឌីស៊ី": "អូឌី\u2060ស៊ី"}


@register.filter
def unparted(text: str) -> str:
    """A heading or a name in which no line ends inside these words: browsers take each of them for two."""
    shown: str = conditional_escape(text)
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
