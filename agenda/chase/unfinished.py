"""Everything that is unfinished in an edition, found from its rows: staff do not keep this list by hand."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agenda.chase.hours_and_rooms import bad_times, outside_hours, without_room
from agenda.chase.items import Section
from agenda.chase.links import dead_links, expired_events
from agenda.chase.materials import without_materials
from agenda.chase.people import empty_seats, to_be_confirmed
from agenda.chase.rows import Rows, load
from agenda.chase.texts import khmer_not_checked, one_language_only, untitled_topics, wrong_names
from agenda.publishing.mark import KEPT
from conference import clock
from conference.models import Edition


def unfinished(rows: Rows, *, today: datetime.date, own_hosts: Collection[str] = ()) -> list[Section]:
    """What must be done first stands first. Pure: it asks nothing of the database."""
    return [
        Section("confirm", _("To be confirmed"), to_be_confirmed(rows)),
        Section("times", _("Gaps and clashes"), bad_times(rows)),
        Section("hours", _("Outside the announced hours"), outside_hours(rows)),
        Section("seats", _("Seats without a person"), empty_seats(rows)),
        Section("topics", _("Topics without a title"), untitled_topics(rows)),
        Section("materials", _("Over, and without materials"), without_materials(rows, today)),
        Section("rooms", _("Without a room"), without_room(rows)),
        Section("names", _("Names to put right"), wrong_names(rows)),
        Section("links", _("Links that lead nowhere"), dead_links(rows, own_hosts)),
        Section("events", _("Other events that are over and still shown"), expired_events(rows, today)),
        Section("languages", _("In one language only"), one_language_only(rows)),
        Section("khmer", _("Khmer not yet checked by a Khmer speaker"), khmer_not_checked(rows)),
    ]


def chase(request: HttpRequest, edition: Edition) -> list[Section]:
    """As of today. The address at which staff are looking is the site's own."""
    own_host, _colon, _port = request.get_host().partition(":")
    return unfinished(load(edition), today=clock.today(), own_hosts=[own_host])


def counts(request: HttpRequest, edition: Edition, mark: str) -> dict[str, int]:
    """Section -> how much is unfinished there. Counted anew after a change of the draft, which `mark` tells of."""
    key = f"unfinished:{edition.pk}:{mark}:{clock.today()}:{request.get_host()}"
    counted: Any = cache.get_or_set(
        key, lambda: {section.code: len(section.items) for section in chase(request, edition)}, KEPT
    )
    return dict(counted)
