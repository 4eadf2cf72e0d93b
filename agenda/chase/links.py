"""Other events that are over, and links that lead nowhere. Nothing is asked of the network."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from agenda.chase.items import item
from agenda.chase.texts import all_texts, named
from conference.khmer import ascii_digits
from conference.words import digits

ADDRESS = re.compile(r"https?://[^\s<>\"“”«»()\u1780-\u17ff]*")
FOOTNOTE = re.compile(r"\[([0-9០-៩]+)\]")
is_well_formed = URLValidator(schemes=["http", "https"])


def expired_events(rows, today):
    return [
        item(event, _("%(event)s: its deadline or its last day has passed") % {"event": event})
        for event in rows.other_events
        if event.is_closed(today)
    ]


def dead_links(rows, own_hosts):
    codes = {row.code for row in rows.held}
    return [
        item(row, _("%(what)s: the address %(address)s leads nowhere") % {"what": named(row), "address": address})
        for row in rows.bilingual
        for address in _addresses(row)
        if not leads_somewhere(address, own_hosts, rows.edition.year, codes)
    ] + _footnotes_without_reference(rows)


def _addresses(row):
    fields = (field.name for field in row._meta.concrete_fields if field.name.endswith("url"))
    own = [getattr(row, name) for name in fields]
    written = [found.rstrip(".,;:!?។៕") for text in all_texts(row) for found in ADDRESS.findall(text)]
    return dict.fromkeys(address for address in own + written if address)


def leads_somewhere(address, own_hosts, year, codes):
    """An address that could be somebody else's page, or one of ours that there is."""
    try:
        is_well_formed(address)
    except ValidationError:
        return False
    parts = urlsplit(address)
    return parts.hostname not in own_hosts or _is_our_page(parts.path, year, codes)


def _is_our_page(path, year, codes):
    language = path.strip("/").split("/")[0]
    known = [code for code, _name in settings.LANGUAGES]
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        try:
            found = resolve(path)
        except Resolver404:
            return False
    of_this_year = found.view_name == "agenda:session" and found.kwargs["year"] == year
    return found.kwargs["code"] in codes if of_this_year else True


def _footnotes_without_reference(rows):
    edition, known = rows.edition, {reference.marker for reference in rows.references}
    texts = [edition.background_en, edition.background_km]
    asked = {int(ascii_digits(number)) for text in texts for number in FOOTNOTE.findall(text)}
    said = _("The background points to reference %(number)s, which there is not")
    return [item(edition, said % {"number": digits(number)}) for number in sorted(asked - known)]
