"""Where floors stand on the pages of others, who may work with them, and what of them is erased."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from conference.models import Edition
from conference.rooms_above import Asked, Block, Erased, Link, RoomAbove, Waiting
from contributions.floor.open_floors import floor_of_session, has_open_floors, public_floors
from contributions.models import Like, Sender, UnderAnother, Voice, VoiceState
from registration.encryption.columns import DecryptionError
from registration.phone import parse_phone

EDITORS, DESK = "Programme editors – អ្នកកែសម្រួលកម្មវិធី", "Registration desk – តុចុះឈ្មោះ"
SHELF = gettext_lazy("What people say")


def _menu(edition: Edition) -> list[Link]:
    if edition.previews_draft or not has_open_floors(edition):
        return []
    return [Link(_("Have your say"), reverse("contributions:floors", args=[edition.year]))]


def _session(edition: Edition, code: str) -> list[Block]:
    floor = None if edition.previews_draft else floor_of_session(edition, code)
    return [Block("contributions/floor/_of_session.html", {"floor": floor})] if floor else []


def _waiting() -> QuerySet[Any]:
    return Voice.objects.filter(state=VoiceState.WAITING)


def _writers(edition: int) -> QuerySet[Any]:
    return Sender.objects.filter(voice__floor__edition=edition)


def _marks(edition: int) -> QuerySet[Any]:
    return Like.objects.filter(voice__floor__edition=edition)


def _not_shown(edition: int) -> QuerySet[Any]:
    """What the public never saw: its words may name people."""
    unseen = Voice.objects.filter(floor__edition=edition, state__in=[VoiceState.WAITING, VoiceState.HIDDEN])
    return unseen.exclude(text="")


def _of_other_editions(edition: int) -> list[QuerySet[Any]]:
    """The admin log repeats the first words of an input."""
    return [Voice.objects.exclude(floor__edition=edition)]


def _empty(rows: QuerySet[Any]) -> object:
    return rows.update(text="")


def forget_writer(registration: Any) -> None:
    """Who is erased as a participant is forgotten as a writer, too: by the contacts which they gave in both places.

    What they wrote stays, and the statements that stand on it: nothing leads from it to a person any more.
    """
    Sender.objects.filter(pk__in=_written_by(registration)).delete()


def merged_writer(kept: Any, other: Any) -> None:
    """What the person wrote under `other` can still be forgotten, also where its contact does not go over."""
    found = set(_written_by(other)) - set(_written_by(kept))
    UnderAnother.objects.bulk_create([UnderAnother(registration=kept, sender_id=pk) for pk in sorted(found)])


def _written_by(registration: Any) -> list[int]:
    """The keys of the writers who are this person."""
    contacts = {_plain(one) for one in (registration.email, registration.phone, registration.telegram) if one}
    rows = Sender.objects.filter(voice__floor__edition=registration.edition_id, contact__isnull=False)
    try:
        same = _with_one_of(contacts, rows)
    except DecryptionError:  # what no key opens any more hinders no other from being forgotten
        each = (Sender.objects.filter(pk=pk) for pk in rows.values_list("pk", flat=True))
        same = [pk for row in each for pk in _opened_with_one_of(contacts, row)]
    earlier = UnderAnother.objects.filter(registration=registration.pk, sender__isnull=False)
    return [*same, *earlier.values_list("sender", flat=True)]


def _with_one_of(contacts: set[str], rows: QuerySet[Sender]) -> list[int]:
    return [row.pk for row in rows if _plain(row.contact or "") in contacts]


def _opened_with_one_of(contacts: set[str], rows: QuerySet[Sender]) -> list[int]:
    try:
        return _with_one_of(contacts, rows)
    except DecryptionError:
        return []


def _plain(contact: str) -> str:
    """However it was typed: 012-345-678 is +85512345678, and https://t.me/sokdara is sokdara."""
    try:
        return parse_phone(contact)
    except ValidationError:
        text = "".join(contact.split()).casefold()
    for before in ("https://", "http://", "t.me/", "telegram.me/", "@"):
        text = text.removeprefix(before)
    return text.rstrip("/")


FLOORS = RoomAbove(
    has=public_floors,
    menu=_menu,
    session=_session,
    waiting=(
        Waiting(
            "voices",
            "contributions.change_voice",
            _waiting,
            ngettext_lazy("%(number)s input waits for a look", "%(number)s inputs wait for a look", "count"),
            "contributions_voice_changelist",
            f"&state__exact={VoiceState.WAITING}",
        ),
    ),
    log_words={
        "inputs": pgettext_lazy("what a person wrote", "questions and inputs"),
        "input": pgettext_lazy("what a person wrote", "input"),
    },
    shelf=SHELF,
    tables="Floor Voice Note",
    groups={
        EDITORS: {
            "contributions.floor": ("view", "add", "change", "delete"),
            "contributions.voice": ("view", "add", "change"),
            "contributions.note": ("view",),
        },
        DESK: {"contributions.sender": ("view",)},
    },
    guide={f"admin:contributions_{name}": "voices" for name in ("floor", "voice", "note")},
    forget=forget_writer,
    merged=merged_writer,
    asked=(
        Asked(
            gettext_lazy("Questions, and inputs to a draft text"),
            (
                gettext_lazy("You may write without a name. What is shown is public, and stays without you."),
                gettext_lazy(
                    "Name and contact, if you give them, are kept encrypted: so that we can tell you what came of it."
                ),
            ),
        ),
    ),
    of_other_editions=_of_other_editions,
    erased=(
        Erased("writers of inputs", _writers),
        Erased("marks of likes", _marks),
        Erased("words of inputs that were not shown", _not_shown, _empty),
    ),
)
