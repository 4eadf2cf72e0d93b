"""The person who proposes: sends it, comes back, changes it, withdraws it. Until the deadline, to the second."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from contributions.choices import ProposalState
from contributions.models import CallTopic, Proposal, ProposalNeeds, ProposalSpeaker
from contributions.proposals.publishing import PublishedCall
from contributions.telling import queue


class TooLate(Exception):
    """The deadline is past, or the proposal is decided or withdrawn."""


@dataclass(frozen=True)
class Content:
    """What the form asks."""

    columns: dict[str, Any]
    topics: list[int]
    speakers: list[dict[str, str]]
    needs: dict[str, Any] = field(default_factory=dict)  # what is empty stands as it was said before


def send(call: PublishedCall, content: Content, *, form_token: Any, language: str) -> Proposal:
    """Raises TooLate. The same form sent twice is one proposal."""
    if known := Proposal.objects.filter(form_token=form_token).first():
        return known  # also after the deadline: it came in time
    if not call.is_open:
        raise TooLate
    try:
        with transaction.atomic():
            columns = {"language": language, "names_hidden": call.hides_names} | content.columns
            row = Proposal(call_id=call.pk, form_token=form_token, **columns)
            row.save()
            _write(row, content)
            queue.put(row.call.edition, f"proposal.{row.state}", row.pk, email=row.email)
            return row
    except IntegrityError:
        return Proposal.objects.get(form_token=form_token)


def change(proposal: Proposal, call: PublishedCall | None, content: Content) -> None:
    with transaction.atomic():
        row = _while_open(proposal, call)
        for name, value in content.columns.items():
            setattr(row, name, value)
        row.save()
        row.speakers.all().delete()
        _write(row, content)


def attach(proposal: Proposal, call: PublishedCall | None, file: "File[bytes] | None") -> None:
    """Another file, or none."""
    with transaction.atomic():
        row = _while_open(proposal, call)
        before = row.file.name
        row.file = file or ""
        row.save()
    if before:
        default_storage.delete(before)


def may_change(proposal: Proposal, call: PublishedCall | None) -> bool:
    return bool(call and call.is_open and proposal.state == ProposalState.RECEIVED)


def _while_open(proposal: Proposal, call: PublishedCall | None) -> Proposal:
    row = Proposal.objects.there().select_for_update().filter(pk=proposal.pk).first()
    if row is None or not may_change(row, call):
        raise TooLate
    return row


def _write(row: Proposal, content: Content) -> None:
    # Staff may have deleted a topic that the public still sees.
    row.topics.set(CallTopic.objects.filter(call=row.call_id, pk__in=content.topics))
    ProposalSpeaker.objects.bulk_create(
        ProposalSpeaker(proposal=row, position=place, **speaker) for place, speaker in enumerate(content.speakers)
    )
    # What was said before is not shown again, so that an empty answer takes nothing back.
    if said := {name: value for name, value in content.needs.items() if value}:
        ProposalNeeds.objects.update_or_create(proposal=row, defaults=said)
