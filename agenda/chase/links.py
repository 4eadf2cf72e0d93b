"""Other events that are over, and links that lead to no page. Nothing is asked of the network."""

import datetime
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.chase.texts import all_texts, named
from conference.language.khmer import ascii_digits
from conference.words import digits

ADDRESS = re.compile(r"https?://[^\s<>\"“”«»()\u1780-\u17ff]*")
FOOTNOTE = re.compile(r"\[([0-9០-៩]+)\]")
is_well_formed = URLValidator(schemes=["http", "https"])


def expired_events(rows: Rows, today: datetime.date) -> list[Item]:
    return [
        Item(event, _("%(event)s: its deadline or its last day has passed") % {"event": event})
        for event in rows.other_events
        if event.is_closed(today)
    ]


def dead_links(rows: Rows, own_hosts: Collection[str]) -> list[Item]:
    """Addresses in texts and columns, and footnotes of the background to a reference that is not there."""
    codes, found = {row.code for row in rows.held}, []
    for row in rows.bilingual:
        columns = [field.name for field in row._meta.concrete_fields if field.name.endswith("url")]
        written = [address.rstrip(".,;:!?។៕") for text in all_texts(row) for address in ADDRESS.findall(text)]
        for address in dict.fromkeys([*(getattr(row, name) for name in columns), *written]):
            if address and not leads_to_a_page(address, own_hosts, rows.edition.year, codes):
                said = {"what": named(row), "address": address}
                found.append(Item(row, _("%(what)s: the address %(address)s leads nowhere") % said))
    background = rows.edition.background
    asked = {int(ascii_digits(mark)) for text in (background.en, background.km) for mark in FOOTNOTE.findall(text)}
    for number in sorted(asked - {reference.marker for reference in rows.references}):
        text = _("The background points to reference %(number)s, which there is not")
        found.append(Item(rows.edition, text % {"number": digits(number)}))
    return found


def leads_to_a_page(address: str, own_hosts: Collection[str], year: int, codes: Collection[str]) -> bool:
    """True for a well-formed address of another site, and for one of this site that has a page."""
    try:
        is_well_formed(address)
    except ValidationError:
        return False
    parts = urlsplit(address)
    if parts.hostname not in own_hosts:
        return True
    language = parts.path.strip("/").split("/")[0]
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        try:
            found = resolve(parts.path)
        except Resolver404:
            return False
    if found.view_name == "agenda:session" and found.kwargs["year"] == year:
        return found.kwargs["code"] in codes
    return True
