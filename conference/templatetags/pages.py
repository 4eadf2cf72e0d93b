"""The pages that staff write themselves: where a page leads to them, and their text.

{% load pages %}
{% for one in own_pages|standing:"menu" %}   own_pages: see context_processors
{{ page.text|marked_up }}
"""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from conference.language.translated import Text
from conference.pages.markdown import as_html
from conference.pages.tables import Page, PageVersion
from conference.words import only_in

register = Library()


@register.filter
def standing(versions: Iterable[PageVersion], place: str) -> list[PageVersion]:
    return [one for one in versions if one.page.place == place]


@register.filter
def is_as(version: PageVersion, page: Page) -> bool:
    return version.is_as(page)


@register.filter
def written(text: str) -> SafeString:
    """One language of a text, headings a level lower: below the title of the admin and that of the page."""
    return as_html(text, below=2)


@register.filter
def marked_up(text: Text) -> SafeString:
    """In the language of the reader, or in the other one, which is said."""
    value, language = text.shown()
    html = as_html(value)
    if language == get_language() or not value:
        return html
    return format_html('<div lang="{}">{}</div><p>{}</p>', language, html, only_in(language))
