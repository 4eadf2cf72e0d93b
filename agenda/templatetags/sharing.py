"""What programs read in the head of a page: its title and description, and what they show beside a link to it."""

import html
import unicodedata

from django.template import Context, Library, Node, NodeList
from django.template.base import Parser, Token
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from agenda.feeds import shared_link
from agenda.feeds.schema_org import conference, data_block, other_events, venue, with_organisers
from agenda.feeds.share_image import HEIGHT, WIDTH
from conference.language.khmer import COENG
from conference.words import date_range
from conference.words import day as day_name

register = Library()
LONGEST = 300  # letters of a description: no chat shows more
LOCALES = {"en": "en_US", "km": "km_KH"}


@register.tag
def title_and_description(parser: Parser, _token: Token) -> Node:
    """{% title_and_description %} title {% description %} description {% end_title_and_description %}"""
    title = parser.parse(("description",))
    parser.delete_first_token()
    description = parser.parse(("end_title_and_description",))
    parser.delete_first_token()
    return _Head(title, description)


class _Head(Node):
    child_nodelists = ("title", "description")

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: Context) -> SafeString:
        title, description = _plain(self.title.render(context)), _plain(self.description.render(context))
        context["told"] = title, short(description)
        return format_html('<title>{}</title><meta name="description" content="{}">', title, description)


def _plain(rendered: str) -> str:
    return " ".join(html.unescape(strip_tags(rendered)).split())


def short(text: str) -> str:
    """Never cut within a Khmer syllable."""
    if len(text) <= LONGEST:
        return text
    end = LONGEST - 1
    while end and (unicodedata.category(text[end]).startswith("M") or text[end - 1] == COENG):
        end -= 1
    return text[:end].rstrip() + "…"


@register.simple_tag(takes_context=True)
def shown_beside_link(context: Context) -> SafeString:
    """After title_and_description. Nothing for a draft or for a participant's own page, which has no year."""
    title, description = context["told"]
    request, edition = context["request"], context["edition"]
    is_public = "year" in request.resolver_match.kwargs or request.resolver_match.app_name == "conference"
    if edition.previews_draft or not is_public:
        return SafeString()
    place, site = context.get("place"), context["site"]
    if place and not place.session.has_page:
        place = None
    image = f"{site}{shared_link.address(edition, place)}"
    of_session = [str(place.session.title), day_name(place.day.date)] if place else []
    alt = " · ".join([*of_session, str(edition.title), date_range(edition.starts_on, edition.ends_on)])
    language = get_language() or "en"
    told = title.removesuffix(f" – {edition.title}")
    properties = [
        ("og:type", "website"),
        ("og:site_name", str(edition.title)),
        ("og:title", told),
        ("og:description", description),
        ("og:url", f"{site}{request.get_full_path()}"),
        ("og:locale", LOCALES[language]),
        *(("og:locale:alternate", locale) for code, locale in LOCALES.items() if code != language),
        ("og:image", image),
        ("og:image:type", "image/png"),
        ("og:image:width", WIDTH),
        ("og:image:height", HEIGHT),
        ("og:image:alt", alt),
    ]
    names = [
        ("twitter:card", "summary_large_image"),
        ("twitter:title", told),
        ("twitter:description", description),
        ("twitter:image", image),
        ("twitter:image:alt", alt),
    ]
    return format_html_join("", '<meta property="{}" content="{}">', properties) + format_html_join(
        "", '<meta name="{}" content="{}">', names
    )


@register.simple_tag(takes_context=True)
def conference_data(context: Context) -> SafeString:
    """The conference for search engines, and who holds it."""
    site = str(context["site"])
    return data_block(with_organisers(conference(context["edition"], site), context["organisers"], site))


@register.simple_tag(takes_context=True)
def venue_data(context: Context) -> SafeString:
    return data_block(venue(context["edition"], str(context["site"])))


@register.simple_tag(takes_context=True)
def other_events_data(context: Context) -> SafeString:
    said = other_events([*context["coming"], *context["past"]], context["edition"], str(context["site"]))
    return data_block(said) if said else SafeString()
