"""What becomes of proposals on the two dates of an edition, and when a person wishes to be erased.

data/retention.toml says the same for each column; tests/contributions/proposals/test_erasing.py compares the two.
"""

import uuid
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from conference import clock
from conference.rooms_above import Erased
from contributions.models import (
    Proposal,
    ProposalNeeds,
    ProposalSpeaker,
    Review,
    Reviewer,
    TalkOff,
    Told,
    UnderAnother,
)
from contributions.models.proposals import ERASED_TITLE
from contributions.proposals import deciding
from registration.models import Registration
from registration.models.codes import CODE_LETTERS

EMPTY = {
    "title_en": ERASED_TITLE,
    "title_km": "",
    "summary_en": "",
    "summary_km": "",
    "link": "",
    "file": "",
    "phone": "",
    "telegram": "",
    "email": "",
    "words": "",
    "before": None,
    "told_at": None,
}


def empty(proposals: "QuerySet[Any]") -> None:
    """The rows stay and are counted. What the person wrote goes, and no link leads to them."""
    rows = list(proposals)
    _delete_files(rows)
    same = Proposal.objects.filter(pk__in=[row.pk for row in rows])
    same.update(**EMPTY, link_version=F("link_version") + 1, updated_at=clock.now())
    for row in rows:
        row.code, row.form_token = get_random_string(16, CODE_LETTERS), uuid.uuid4()
        row.created_at = _day_of(row.created_at)
    Proposal.objects.bulk_update(rows, ["code", "form_token", "created_at"])


ERASED = (
    Erased(
        "needs of proposers",
        # Only the key: it may be that no key opens the rest any more.
        lambda edition: ProposalNeeds.objects.filter(proposal__call__edition=edition).only("pk"),
        is_sensitive=True,
    ),
    Erased("reviews", lambda edition: Review.objects.filter(proposal__call__edition=edition)),
    Erased("reviewers", lambda edition: Reviewer.objects.filter(call__edition=edition)),
    Erased("speakers of proposals", lambda edition: ProposalSpeaker.objects.filter(proposal__call__edition=edition)),
    Erased(
        "contributions under merged registrations",
        lambda edition: UnderAnother.objects.filter(registration__edition=edition),
    ),
    Erased("talks that fell away", lambda edition: TalkOff.objects.filter(call__edition=edition)),
    Erased("letters about contributions", lambda edition: Told.objects.filter(edition=edition)),
    Erased("proposals", lambda edition: Proposal.objects.kept().filter(call__edition=edition), empty),
)


def of_other_editions(edition: int) -> list["QuerySet[Any]"]:
    """The admin log forgets lines about proposals and reviewers that are not these."""
    return [
        Proposal.objects.exclude(call__edition=edition),
        Reviewer.objects.exclude(call__edition=edition),
        ProposalNeeds.objects.exclude(proposal__call__edition=edition),
    ]


def proposals_of(registration: Registration) -> "QuerySet[Proposal]":
    """Those of the same person, as far as it can be known: a contact and a name are the same. Families share a
    telephone. What was the person's under a registration that was merged stays theirs.
    """
    contacts, names = Q(pk__in=[]), Q(pk__in=[])
    for column in ("phone", "telegram", "email"):
        if value := getattr(registration, column):
            contacts |= Q(**{f"{column}__iexact": value})
    for column in ("name_km", "name_latin"):
        if value := getattr(registration, column):
            names |= Q(**{f"speakers__{column}__iexact": value})
    earlier = Q(pk__in=UnderAnother.objects.filter(registration=registration.pk).values("proposal"))
    of_edition = Proposal.objects.kept().filter(call__edition=registration.edition_id)
    return of_edition.filter((contacts & names) | earlier).distinct()


def merged(kept: Registration, other: Registration) -> None:
    """The proposals of `other` stay those of the person, also where its contact or its name does not go over."""
    found = proposals_of(other).exclude(pk__in=proposals_of(kept).order_by().values("pk"))
    UnderAnother.objects.bulk_create([UnderAnother(registration=kept, proposal=one) for one in found])


def forget(registration: Registration) -> None:
    for proposal in proposals_of(registration):
        erase(proposal)


def erase(proposal: Proposal) -> None:
    """The person wants nothing of theirs kept. A session that it filled is open again, in the draft."""
    deciding.note_erased(proposal)
    deciding.give_back(proposal)
    Told.objects.filter(kind__startswith="proposal", key=proposal.pk).delete()
    _delete_files([proposal])
    proposal.delete()


def kept_of(registration: Registration) -> list[dict[str, str]]:
    """For the page on which participants see all that is kept of them."""
    found = proposals_of(registration).select_related("call")
    return [{"question": str(one.call), "answer": f"{one.title} ({one.get_state_display()})"} for one in found]


def _delete_files(rows: list[Proposal]) -> None:
    for row in rows:
        if row.file.name:
            default_storage.delete(row.file.name)


def _day_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
