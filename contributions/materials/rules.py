"""From what was sent to what the public reads: staff look first, then the agenda is published."""

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import Max

from agenda.models import Appearance, Material
from conference.files.images import delete_pictures
from contributions.models import MaterialSent, SentState

MOST_WAITING = 10  # of one link


class TooMany(Exception):
    """So much waits from this link already that staff should look first."""


def send(
    appearance: Appearance, *, form_token: uuid.UUID, file: "File[bytes] | None" = None, url: str = "", **said: Any
) -> None:
    """A file, a link, or both: each waits for the staff by itself. A form that comes twice counts once."""
    sent: list[dict[str, Any]] = [{"file": file}] if file else []
    sent += [{"url": url}] if url else []
    if appearance.materials_sent.filter(state=SentState.WAITING).count() + len(sent) > MOST_WAITING:
        raise TooMany
    for what in sent:
        row = MaterialSent(session=appearance.session, appearance=appearance, form_token=form_token, **what, **said)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            delete_pictures(row.files)


def withdraw(appearance: Appearance, pk: int) -> None:
    """What staff have not looked at yet. What they took stays theirs: a call takes it off the page."""
    for row in appearance.materials_sent.filter(pk=pk, state=SentState.WAITING):
        row.delete()


@transaction.atomic
def take(pk: int, *, by: User) -> Material | None:
    """Into the draft of the session: the public sees it when the agenda is published. None where a colleague was
    quicker.
    """
    sent = MaterialSent.objects.select_for_update().filter(pk=pk, state=SentState.WAITING).first()
    if sent is None:
        return None
    title, last = sent.title_for_readers, sent.session.materials.aggregate(last=Max("position"))["last"]
    material = Material(
        session=sent.session,
        title_en=title.en,
        title_km=title.km,
        languages=sent.languages,
        licence=sent.licence,
        url=sent.url,
        position=0 if last is None else last + 1,
    )
    if sent.file.name:
        with sent.file.open() as opened:
            material.file.save(sent.file.name, ContentFile(opened.read()), save=False)
    material.save()
    sent.file, sent.material, sent.state, sent.done_by = "", material, SentState.TAKEN, by
    sent.save()
    return material


@transaction.atomic
def decline(pk: int, reason: str, *, by: User) -> bool:
    """The file goes at once. False where a colleague was quicker."""
    sent = MaterialSent.objects.select_for_update().filter(pk=pk, state=SentState.WAITING).first()
    if sent is None:
        return False
    sent.file, sent.url, sent.state, sent.reason, sent.done_by = "", "", SentState.DECLINED, reason, by
    sent.save()
    return True
