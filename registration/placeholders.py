"""The few words in braces that staff may write into a text: {name}, {days}. A leaf, but for the kinds of messages.

One pass, by name only: what a participant typed is never read as a placeholder, and none reaches into an object.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conference.khmer import INVISIBLE
from registration.choices import MessageKind

PATTERN = re.compile(r"\{([^{}]*)\}")

IN_EVERY_MESSAGE = {
    "name": _("the person’s name"),
    "number": _("their reference number"),
    "days": _("the days they come"),
    "place": _("the venue and its city"),
    "link": _("the address of their own page"),
}
IN_SOME_MESSAGES = {
    MessageKind.OFFERED: {"until": _("until when the place is kept for them")},
    MessageKind.DECLINED: {"reason": _("the reason that you wrote")},
}
ALL_THERE_ARE = IN_EVERY_MESSAGE | {name: words for some in IN_SOME_MESSAGES.values() for name, words in some.items()}


def known_in(kind):
    return IN_EVERY_MESSAGE | IN_SOME_MESSAGES.get(kind, {})


def refuse_unknown(row, columns):
    """Raises ValidationError, column by column, with the name of what nobody could fill in."""
    known = known_in(row.kind)
    errors = {}
    for column in columns:
        unknown = [name for name in _names_in(getattr(row, column)) if name not in known]
        if unknown:
            errors[column] = _unknown(unknown, known)
    if errors:
        raise ValidationError(errors)


def fill(text, values):
    return PATTERN.sub(lambda found: values.get(_clean(found[1]), found[0]), text)


def _names_in(text):
    return [_clean(name) for name in PATTERN.findall(text)]


def _clean(name):
    """Khmer keyboards put invisible spaces around a word."""
    return INVISIBLE.sub("", name).strip()


def _unknown(names, known):
    return ValidationError(
        _("This message knows no %(unknown)s. You may write: %(known)s"),
        params={"unknown": _in_braces(names), "known": _in_braces(known)},
    )


def _in_braces(names):
    return ", ".join(f"{{{name}}}" for name in names)
