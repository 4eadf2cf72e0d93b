"""A session in plain words, in the language that is active: what calendars, tables and paper say of it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from agenda.choices import Kind
from agenda.programme.value import Appearance, Billing, Place, Programme, Session
from conference.words import comma, digits, labelled


def status(session: Session) -> str:
    """Never only a colour or a code: a word, or nothing where all is well."""
    return _("cancelled") if session.is_cancelled else _doubt(session)


def _doubt(one: Session | Billing | Appearance) -> str:
    return _("to be confirmed") if one.is_to_be_confirmed else ""


def heading(place: Place) -> str:
    """As it stands alone, without what it stands under: questions and answers say of which session they are."""
    parent = place.parent
    if place.session.kind == Kind.QA and parent:
        return labelled(place.session.heading, parent.label or parent.title)
    return place.session.heading


def with_status(words: str, state: str) -> str:
    return f"{words} ({state})" if state else words


def description(session: Session) -> str:
    return str(session.description).replace("\r\n", "\n").strip()


def who(session: Session) -> list[str]:
    """A line for each role, then the panel with a line for each seat."""
    lines = []
    for billing in session.billing:
        between = f" {pgettext('between two organisations', '&')} "
        names = with_status(between.join(str(one.name) for one in billing.appearances), _doubt(billing))
        lines.append(labelled(billing.role_label, names) if billing.role_label else names)
    if session.panelists:
        unnamed = session.panel_is_unnamed
        lines.append(_("Panelists are the representatives of:") if unnamed else _("Panelists:"))
    for number, one in enumerate(session.panelists, start=1):
        lines.append(f"{digits(number)}. {with_status(str(one.name), _doubt(one))}")
    return lines


def notes(session: Session) -> list[str]:
    """Whether speakers are sought, what is spoken, and how many topics have no title yet."""
    number = session.untitled_topics
    topics = ngettext("%(shown)s topic to be announced", "%(shown)s topics to be announced", number)
    lines = [
        _("Call for speakers") if session.open_call else "",
        comma().join(str(label) for label in session.spoken_language_labels + session.interpretation_labels),
        topics % {"shown": digits(number)} if number else "",
    ]
    return [line for line in lines if line]


def inside(session: Session) -> list[str]:
    """What lies within its time, a line each; a dash more for what lies within that."""
    lines = []
    for child in session.untimed_children:
        facts = [with_status(child.heading, status(child)), *who(child), *notes(child)]
        lines.append(f"– {' – '.join(facts)}")
        lines += [f"–{line}" for line in inside(child)]
    return lines


def in_full(session: Session) -> str:
    """All that is known of it but its title, times and place."""
    parts = [description(session), *who(session), *notes(session), *inside(session)]
    return "\n".join(part for part in parts if part)


def address(programme: Programme, session: Session) -> str:
    """Its own page; or its row, where it has no page."""
    if session.has_page:
        return reverse("agenda:session", args=[programme.year, session.code])
    return f"{reverse('agenda:agenda', args=[programme.year])}#{session.code}"
