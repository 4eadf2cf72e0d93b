"""The rules of writing, liking and moderating, from whichever page they are reached.

One browser is limited narrowly, one address widely (contributions.limits). With a like lies a keyed hash of the
browser and of what was liked. So a like counts once for a browser, and no two likes can be seen to come from one.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from conference.serving.attempts import Limit
from contributions.limits import browser_of, count_both
from contributions.models import Floor, Handled, Like, Moderation, Piece, Sender, Voice, VoiceQuerySet, VoiceState

WRITES = Limit("voice_of_browser", a_minute=6, an_hour=60)
WRITES_FROM_HERE = Limit("voice_of_address", a_minute=300, an_hour=4000)
LIKES = Limit("like_of_browser", a_minute=40, an_hour=400)
LIKES_FROM_HERE = Limit("like_of_address", a_minute=600, an_hour=6000)


class Closed(Exception):
    """The floor was closed while the writer wrote."""


@dataclass(frozen=True)
class Written:
    text: str
    piece: Piece | None = None
    name: str = ""
    contact: str = ""


def write(request: HttpRequest, floor: Floor, written: Written, form_token: uuid.UUID) -> Voice:
    """One input of a visitor. Raises TooOften (conference.serving.attempts), and Closed; sent twice, it is one."""
    if sent_before := Voice.objects.filter(form_token=form_token, floor=floor).first():
        return sent_before
    if not (floor.is_open and floor.is_public):
        raise Closed
    count_both(request, floor.edition, of_browser=WRITES, of_address=WRITES_FROM_HERE)
    state = VoiceState.SHOWN if floor.moderation == Moderation.AFTER else VoiceState.WAITING
    return _kept(
        Voice(floor=floor, piece=written.piece, text=written.text, form_token=form_token, state=state), written
    )


def type_in(floor: Floor, written: Written, form_token: uuid.UUID) -> Voice:
    """What was said in the hall, typed by staff or the facilitator: they have heard it, so it is shown."""
    new = Voice(floor=floor, piece=written.piece, text=written.text, form_token=form_token)
    new.is_spoken, new.state = True, VoiceState.SHOWN
    return _kept(new, written)


def _kept(new: Voice, written: Written) -> Voice:
    try:
        with transaction.atomic():
            new.save()
            if written.name or written.contact:
                language = get_language() or "en"
                who = {"name": written.name or None, "contact": written.contact or None}
                Sender.objects.create(voice=new, language=language, **who)
    except IntegrityError:  # the same form, sent a second time at the same moment
        return Voice.objects.get(form_token=new.form_token)
    return new


def like(request: HttpRequest, voice: Voice) -> None:
    """Raises conference.serving.attempts.TooOften. A second like of the same browser changes nothing."""
    count_both(request, voice.floor.edition, of_browser=LIKES, of_address=LIKES_FROM_HERE)
    mark = salted_hmac("contributions.like", f"{voice.pk}:{browser_of(request)}", algorithm="sha256").hexdigest()
    with transaction.atomic():
        _row, is_new = Like.objects.get_or_create(voice=voice, mark=mark)
        if is_new:
            Voice.objects.filter(pk=voice.pk).update(likes=F("likes") + 1)


def forget_marks(floor: Floor) -> None:
    """Once a floor is closed the numbers of likes stay, and what they were counted by goes."""
    Like.objects.filter(voice__floor=floor).delete()


def withdraw(voice: Voice) -> None:
    """The writer takes it back: the words go, also from the admin log, and no statement stands on it any more. What
    others wrote stays where it can be read: the most liked of those behind it stands for them now.
    """
    with transaction.atomic():
        Sender.objects.filter(voice=voice).delete()
        voice.statements.clear()
        voice.text, voice.state, voice.merged_into = "", VoiceState.WITHDRAWN, None
        voice.save(update_fields=["text", "state", "merged_into"])
        lines = LogEntry.objects.filter(content_type__app_label="contributions", content_type__model="voice")
        lines.filter(object_id=str(voice.pk)).update(object_repr=voice.code)
        _in_sight([voice.pk])


def show(voices: Iterable[Voice]) -> int:
    return _set(voices, VoiceState.SHOWN)


def hide(voices: Iterable[Voice]) -> int:
    """Nothing that is published stands on it any more: a statement loses it."""
    rows = list(_still_there(voices))
    Voice.statements.through.objects.filter(voice__in=rows).delete()
    return _set(rows, VoiceState.HIDDEN)


def settle(voice: Voice) -> None:
    """After staff chose its state in its own form."""
    if voice.state == VoiceState.HIDDEN:
        hide([voice])
    else:
        _in_sight([voice.merged_into_id or voice.pk])


def _set(voices: Iterable[Voice], state: VoiceState) -> int:
    rows = list(_still_there(voices))
    with transaction.atomic():
        number = Voice.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
        _in_sight([row.merged_into_id or row.pk for row in rows])
    return number


def _in_sight(keys: Iterable[int]) -> None:
    """Of what stands behind these: what is shown does not vanish behind what is not, and nothing stands behind what is
    hidden or taken back. The most liked of those that are left stands for them.
    """
    for first in Voice.objects.filter(pk__in=list(keys)).exclude(state=VoiceState.SHOWN):
        behind = list(first.merged.all())
        is_off = first.state in (VoiceState.HIDDEN, VoiceState.WITHDRAWN)
        if is_off or any(row.state == VoiceState.SHOWN for row in behind):
            part_again(first)
            merge(row for row in [first, *behind] if row.state != VoiceState.HIDDEN)


def handle(voices: Iterable[Voice], handled: str) -> int:
    return _still_there(voices).update(handled=Handled(handled))


def merge(voices: Iterable[Voice]) -> Voice | None:
    """Those that ask the same stand behind the one that most people like, of those that are shown: what readers see
    does not vanish behind what they do not. All keep their words, and all count.
    """
    rows = sorted(_still_there(voices), key=lambda row: (row.state != VoiceState.SHOWN, -row.likes, row.pk))
    if len({row.floor_id for row in rows}) != 1 or len(rows) < 2:
        return None
    first, *others = rows
    with transaction.atomic():
        first.merged_into = None
        first.save(update_fields=["merged_into"])
        keys = [row.pk for row in others]
        Voice.objects.filter(merged_into__in=keys).exclude(pk=first.pk).update(merged_into=first)
        Voice.objects.filter(pk__in=keys).update(merged_into=first)
    return first


def part_again(voice: Voice) -> int:
    """Those that stood behind it stand by themselves."""
    return voice.merged.update(merged_into=None)


def _still_there(voices: Iterable[Voice]) -> VoiceQuerySet:
    return Voice.objects.filter(pk__in=[row.pk for row in voices]).exclude(state=VoiceState.WITHDRAWN)
