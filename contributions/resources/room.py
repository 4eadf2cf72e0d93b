"""What resources give to the pages and rules of the apps below."""

from django.db.models import UUIDField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.publishing import versions
from conference.asking import Given, Prepared
from conference.models import Edition
from conference.rooms_above import Block, RoomAbove
from contributions.models import Resource
from contributions.resources import loading

EDITORS = "Programme editors – អ្នកកែសម្រួលកម្មវិធី"
_ALL = Prepared(lambda: Resource.objects.filter(edition=Given("edition")))
_OF_SESSION = Prepared(
    lambda: Resource.objects.filter(edition=Given("edition"), sessions__uuid=Given("uuid", UUIDField()))
)


def _of_edition(edition: Edition) -> list[Block]:
    return _block(_ALL.ask(edition=edition.pk), edition)


def _of_session(edition: Edition, code: str) -> list[Block]:
    place = versions.published(edition).places.get(code)  # the session may have another id in the draft
    if place is None:
        return []
    return _block(_OF_SESSION.ask(edition=edition.pk, uuid=place.session.uuid), edition)


def _block(rows: list[Resource], edition: Edition) -> list[Block]:
    address = reverse("contributions:resources", args=[edition.year])
    return [Block("contributions/_resources.html", {"resources": rows, "resources_address": address})] if rows else []


RESOURCES = RoomAbove(
    has=lambda edition: Resource.objects.filter(edition=edition),
    home=_of_edition,
    session=_of_session,
    shelf=_("Contributions"),
    tables="Resource",
    groups={EDITORS: {"contributions.resource": ("view", "add", "change", "delete")}},
    guide={"admin:contributions_resource": "resources"},
    loaded=loading.load,
    copied=loading.copy,
)
