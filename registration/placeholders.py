"""The few words in braces that staff may write into a text: {name}, {days}. A leaf, but for the kinds of messages.

One pass, by name only: what a participant typed is never read as a placeholder, and none reaches into an object.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.language.khmer import INVISIBLE
from registration.choices import MessageKind

PATTERN = re.compile(r"\{([^{}]*)\}")

IN_EVERY_MESSAGE: dict[str, Promise] = {
    "name": _("the person’s name"),
    "number": _("their reference number"),
    "days": _("the days they come"),
    "place": _("the venue and its city"),
    "link": _("the address of their own page"),
}
IN_SOME_MESSAGES: dict[str, dict[str, Promise]] = {
    MessageKind.INVITED: {"until": _("until when the place is kept for them")},
    MessageKind.OFFERED: {"until": _("until when the place is kept for them")},
    MessageKind.DECLINED: {"reason": _("the reason that you wrote")},
}
ALL_THERE_ARE = IN_EVERY_MESSAGE | {name: words for some in IN_SOME_MESSAGES.values() for name, words in some.items()}


def known_in(kind: str | None) -> dict[str, Promise]:
    return IN_EVERY_MESSAGE | IN_SOME_MESSAGES.get(kind or "", {})


def refuse_unknown(kind: str, texts: dict[str, str]) -> None:
    """`texts` by column. Raises ValidationError, column by column, with the names that stand for nothing."""
    known = known_in(kind)
    errors = {}
    for column, text in texts.items():
        unknown = [name for found in PATTERN.findall(text) if (name := _clean(found)) not in known]
        if unknown:
            errors[column] = ValidationError(
                _("This message knows no %(unknown)s. You may write: %(known)s"),
                params={"unknown": _in_braces(unknown), "known": _in_braces(known)},
            )
    if errors:
        raise ValidationError(errors)


def fill(text: str, values: dict[str, str]) -> str:
    return PATTERN.sub(lambda found: values.get(_clean(found[1]), found[0]), text)


def _clean(name: str) -> str:
    """Khmer keyboards put invisible spaces around a word."""
    return INVISIBLE.sub("", name).strip()


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
