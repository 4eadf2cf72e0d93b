from collections.abc import Collection, Iterable, Mapping

from django.template import Library
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from agenda.choices import JOINT_KINDS, MINOR_KINDS, PAUSES, Kind
from agenda.programme.narrowing import narrowed
from agenda.programme.timetable import Part, parts_of_day, timetable
from agenda.programme.value import Day, Session
from agenda.publishing import versions
from agenda.publishing.telling import Spot
from conference.models import Edition
from conference.words import clock, digits

register = Library()
TICK = 5  # minutes
MOST_TICKS = 36


@register.filter
def heading(session: Session) -> str | Promise:
    return session.heading_on_page


@register.filter
def parts(day: Day) -> list[Part]:
    return parts_of_day(timetable(day.sessions))


@register.filter
def weight(session: Session) -> str:
    """The class of its row: "pause", "minor", "join", or "" for a talk. What has something to unfold is not minor."""
    if session.kind in PAUSES:
        return "pause"
    if session.kind in MINOR_KINDS and not (
        session.label or session.description or session.panelists or session.children
    ):
        return "minor"
    return "join" if session.kind in JOINT_KINDS else ""


@register.filter
def between(session: Session | Spot | Day) -> str:
    """From when to when, as it is read aloud: a dash is not, or as "en dash"."""
    if not session.starts_at or not session.ends_at:
        return ""
    return _("%(from)s to %(to)s") % {"from": clock(session.starts_at), "to": clock(session.ends_at)}


@register.simple_tag
def how_long(session: Session, *, aloud: bool = True) -> SafeString | str:
    """How long it takes: short for the eye, in whole words for the ear, and drawn as ticks of five minutes.

    Not aloud in the rows of a day: there the times were just said, from when to when.
    """
    if not session.minutes:
        return ""
    hours, minutes = divmod(session.minutes, 60)
    in_words = [
        ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": digits(hours)} if hours else "",
        ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": digits(minutes)} if minutes else "",
    ]
    short = [
        _("%(number)s h") % {"number": digits(hours)} if hours else "",
        _("%(number)s min") % {"number": digits(minutes)} if minutes else "",
    ]
    return format_html(
        '<span class="len n{}"><span aria-hidden="true">{}</span>{}<i></i></span>',
        min(max(session.minutes // TICK, 1), MOST_TICKS),
        " ".join(filter(None, short)),
        format_html('<span class="vh">{}</span>', " ".join(filter(None, in_words))) if aloud else "",
    )


@register.filter
def folds(session: Session) -> bool:
    """Whether there is more to say about it than a row shows at first."""
    return bool(session.description or session.panelists or session.untimed_children or session.untitled_topics)


@register.filter
def what_is_folded(session: Session) -> str:
    """The word on which readers press to see it."""
    if session.description or session.panelists or not session.children:
        return pgettext("a session", "About")
    kind = session.children[0].kind
    return _("Themes") if kind == Kind.THEME else _("Rooms") if kind == Kind.BREAKOUT else _("Topics")


@register.simple_tag
def with_places(days: Iterable[Day], without_places: Collection[str]) -> list[Day]:
    """The sessions for which a place is left to sign up for."""
    return narrowed(days, lambda session: session.uuid not in without_places)


@register.simple_tag
def titles_of(edition: Edition) -> list[tuple[Day, list[Session]]]:
    """Each published day with the sessions that have a page."""
    days = versions.published(edition).days
    return [(day, [one for top in day.sessions for one in top.walk() if one.has_page and one.title]) for day in days]


@register.filter
def was(moves: Mapping[str, Spot], session: Session) -> Spot | None:
    """Where a session was before it moved."""
    return moves.get(session.uuid) if moves else None


@register.filter
def version_name(number: int) -> str:
    return _("Programme version %(number)s") % {"number": digits(number)}
