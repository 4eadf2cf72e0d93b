"""Those who gave a contact are told what came of their input: by e-mail, or by staff, with a text to copy.

In their language. A press of the staff sends the e-mails; they leave by the queue of letters (contributions.telling).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference import clock
from conference.models import Edition
from conference.words import digits, labelled
from contributions.floor.links import full, voice_address
from contributions.models import Sender
from contributions.outcomes.publishing import latest_of
from contributions.outcomes.value import Said, from_json
from contributions.telling import queue

KIND = "outcome"
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class ToTell:
    sender: Sender
    text: str  # in the writer's language, to be copied into a message


def still_to_tell(edition: Edition) -> QuerySet[Sender]:
    """Who gave a contact, and on whose input a published statement stands."""
    keys = [UUID(one.uuid) for one in _published(edition).values()]
    rows = Sender.objects.filter(told_at=None, contact__isnull=False, voice__statements__uuid__in=keys)
    return rows.select_related("voice__floor__edition").prefetch_related("voice__statements").distinct().order_by("pk")


def with_texts(edition: Edition, senders: Iterable[Sender]) -> list[ToTell]:
    published, rows = _published(edition), list(senders)
    return [ToTell(sender, _text(sender, edition, published)) for sender in rows]


def told(edition: Edition, keys: Iterable[int]) -> int:
    rows = Sender.objects.filter(told_at=None, voice__floor__edition=edition, pk__in=list(keys))
    return rows.update(told_at=clock.now())


def send(edition: Edition) -> int:
    """To all who gave an e-mail address. Each counts as told; where a letter is given up, staff tell the writer."""
    number = 0
    for sender in still_to_tell(edition):
        email = sender.contact or ""
        with transaction.atomic():
            if EMAIL.fullmatch(email) and queue.put(edition, KIND, sender.pk, email=email):
                number += told(edition, [sender.pk])
    return number


def write(kind: str, key: int) -> queue.Letter | None:
    """What leaves. None where the writer has taken the input back, or was erased."""
    rows = Sender.objects.select_related("voice__floor__edition").prefetch_related("voice__statements")
    sender = rows.filter(pk=key, contact__isnull=False).first()
    if sender is None:
        return None
    edition = sender.voice.floor.edition
    with override(sender.language):
        subject = _("What came of your input")
    return queue.Letter(sender.contact or "", subject, _text(sender, edition, _published(edition)))


def tend() -> None:
    for letter in queue.send_due({KIND: write}):
        Sender.objects.filter(pk=letter.key).update(told_at=None)


def _published(edition: Edition) -> dict[str, Said]:
    latest = latest_of(edition)
    return {one.uuid: one for one in from_json(latest.data).statements} if latest else {}


def _text(sender: Sender, edition: Edition, published: dict[str, Said]) -> str:
    said = [published[key] for key in map(str, _keys_of(sender)) if key in published]
    with override(sender.language):
        lines = [_("Thank you for what you wrote for %(conference)s.") % {"conference": edition.title}, ""]
        for one in sorted(said, key=lambda one: one.number):
            title = _("Statement %(number)s") % {"number": digits(one.number)}
            lines.append(labelled(title, str(one.text)))
            if one.became:
                lines.append(labelled(_("What became of it"), one.became_in_words))
            if one.answer:
                lines.append(labelled(_("Answer of the ministry"), str(one.answer)))
        lines += ["", labelled(_("Your own page"), full(voice_address(sender.voice)))]
        return "\n".join(lines)


def _keys_of(sender: Sender) -> list[UUID]:
    return [statement.uuid for statement in sender.voice.statements.all()]
