"""The first page of the staff: what waits, how many come, what is done most, today's programme, and every table.

At most twelve queries however much there is: what hangs on the agenda is kept beside the mark of the draft.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.safestring import SafeString

from agenda.chase.unfinished import counts
from agenda.cloth import drawing
from agenda.cloth.weaving import weave
from agenda.programme.value import Day
from agenda.publishing import versions
from agenda.publishing.mark import KEPT, mark_of_draft
from agenda.publishing.pending import Pending, pending
from conference import clock
from conference.asking import asked_at_once
from conference.models import AFTERWORK, Edition
from registration.admin.front_page import to_do
from registration.admin.front_page.alarms import Alarm, alarms
from registration.admin.front_page.doing import in_words
from registration.admin.front_page.people import People, people_of
from registration.admin.front_page.shelves import Shelf, shelves
from registration.admin.front_page.tasks import Task, further_pages, tasks_for
from registration.models import Intake
from registration.watching.counters import counters

SEES_PEOPLE = "registration.view_registration"


@dataclass(frozen=True)
class Home:
    edition: Edition | None  # at work
    krama: SafeString
    alarms: list[Alarm]
    tasks: list[Task]
    people: People | None
    tiles: list[to_do.Tile]
    today: Day | None
    further: list[Task]
    doing: list[tuple[str, str]]
    shelves: list[Shelf]


def home_of(request: HttpRequest, apps: list[dict[str, Any]]) -> Home:
    may, mark = request.user.has_perm, mark_of_draft()
    editions = pending(mark)
    edition = at_work([one.edition for one in editions], clock.today())
    intakes = list(Intake.objects.select_related("edition").order_by("edition__year"))
    found = counters()
    krama, today = _of_agenda(edition, mark) if edition else (SafeString(), None)
    return Home(
        edition=edition,
        krama=krama,
        alarms=alarms(request, intakes, found.helper_at),
        tasks=tasks_for(request, edition),
        people=people_of(edition, found.of_edition(edition)) if edition and may(SEES_PEOPLE) else None,
        tiles=_tiles(request, edition, editions, intakes, mark),
        today=today if may("agenda.view_session") else None,
        further=further_pages(request, edition),
        doing=in_words(found, edition) if may("registration.view_message") else [],
        shelves=shelves(apps),
    )


def at_work(editions: list[Edition], today: date) -> Edition | None:
    """As Edition.objects.at_work, of rows that were read already, the latest first."""
    since = today - AFTERWORK
    coming = sorted((one for one in editions if one.ends_on >= since), key=lambda one: one.starts_on)
    return next(iter(coming or editions), None)


def _tiles(
    request: HttpRequest, edition: Edition | None, editions: list[Pending], intakes: list[Intake], mark: str
) -> list[to_do.Tile]:
    tiles = to_do.tiles_of_lists(asked_at_once(to_do.questions(request)))
    found: list[to_do.Tile | None] = [to_do.erasure_soon(request, intakes)]
    if request.user.has_perm("conference.change_edition"):
        found += [to_do.not_public(one.edition) for one in editions if not one.edition.is_public]
    if request.user.has_perm("agenda.publish_programme"):
        found += [to_do.unpublished(one) for one in editions]
    if edition and request.user.has_perm("agenda.view_session"):
        found += to_do.of_programme(edition, counts(request, edition, mark))
    tiles += [one for one in found if one]
    return sorted(tiles, key=lambda one: not one.is_urgent)


def _of_agenda(edition: Edition, mark: str) -> tuple[SafeString, Day | None]:
    """(the krama, today's programme): of what the public sees, drawn anew only after a change."""
    today = clock.today()
    key = f"first_page:{edition.pk}:{mark}:{today}"
    kept: tuple[SafeString, Day | None] = cache.get_or_set(key, partial(_drawn, edition, today), KEPT)
    return kept


def _drawn(edition: Edition, today: date) -> tuple[SafeString, Day | None]:
    programme = versions.published(edition)
    return drawing.cloth_svg(weave(programme), ""), next((day for day in programme.days if day.date == today), None)
