"""Where the outcomes stand on the pages of others, and who may work with them."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.rooms_above import Link, RoomAbove
from contributions.floor.given import EDITORS, SHELF
from contributions.models import OutcomeVersion
from contributions.outcomes import telling

PAGES = ("statement", "gather", "outcomes", "draft_file", "tell")


def _menu(edition: Edition) -> list[Link]:
    if edition.previews_draft or not OutcomeVersion.objects.filter(edition=edition).exists():
        return []
    return [Link(_("What came out"), reverse("contributions:outcomes", args=[edition.year]))]


def _further(request: HttpRequest, edition: Edition | None) -> list[Link]:
    found = []
    if request.user.has_perm("contributions.view_statement"):
        found.append(Link(_("What came out"), reverse("admin:contributions_outcomes")))
    if request.user.has_perm("contributions.view_sender"):
        found.append(Link(_("Tell the writers"), reverse("admin:contributions_tell")))
    return found


OUTCOMES = RoomAbove(
    tend=telling.tend,
    guide={f"admin:contributions_{name}": "outcomes" for name in PAGES},
    has=lambda edition: OutcomeVersion.objects.filter(edition=edition),
    menu=_menu,
    further=_further,
    shelf=SHELF,
    tables="Statement",
    groups={
        EDITORS: {
            "contributions.statement": ("view", "add", "change", "delete"),
            "contributions.outcomeversion": ("view",),
            "contributions.outcomes": ("publish",),
        },
    },
)
