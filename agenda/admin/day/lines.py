"""The sessions of a day, a line for each: when, what, where, who, and with what it clashes."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.choices import AppearanceState
from agenda.models import Appearance
from agenda.timing.clashes import Why, clashes
from agenda.timing.slots import Tree, slot_of
from conference.words import clock, comma, digits, shown

MOST_NAMES = 3
SAID = {
    Why.TRACK: gettext_lazy("At the same time in one track: “%(other)s”"),
    Why.ROOM: gettext_lazy("At the same time in one room: “%(other)s”"),
    Why.PERSON: gettext_lazy("At the same time with the same person: “%(other)s”"),
}


@dataclass
class Line:
    session: object
    who: str = ""
    clashes: list = field(default_factory=list)  # sentences
    inside: list = field(default_factory=list)  # the lines of what stands under it
    form: object = None  # where the line is open
    new: object = None  # the form of a session that is being added after this one
    new_inside: object = None  # the same, under this one

    @property
    def times(self):
        row = self.session
        return f"{clock(row.starts_at)} – {clock(row.ends_at)}" if row.starts_at else ""

    @property
    def title(self):
        row = self.session
        title = shown(row.title) if row.title else row.get_kind_display()
        return format_html("{}{} {}", shown(row.label), _(":"), title) if row.label else title

    @property
    def name(self):
        """As its controls are called: 9:00 Opening."""
        row = self.session
        return f"{clock(row.starts_at)} {row}" if row.starts_at else str(row)


def read(day, *, locked=False):
    """The sessions of a day in their order, with who appears in them: two queries."""
    rows = day.sessions.in_order()
    if locked:
        rows = rows.select_for_update(of=("self",))
    appearances = Appearance.objects.select_related("speaker", "organisation")
    found = list(rows.select_related("track", "room"))
    of_session = defaultdict(list)
    for one in appearances.filter(session__day=day):
        of_session[one.session_id].append(one)
    return found, of_session


def lines_of(sessions, appearances):
    """(the lines that stand under no other, all of them by the key of their session)"""
    by_pk = {row.pk: Line(row, who=_who(appearances[row.pk])) for row in sessions}
    top = []
    for line in by_pk.values():
        above = by_pk.get(line.session.parent_id)
        (above.inside if above else top).append(line)
    for why, one, two in found_clashes(sessions, appearances):
        for line, other in ((by_pk[one], by_pk[two]), (by_pk[two], by_pk[one])):
            line.clashes.append(SAID[why] % {"other": other.name})
    return top, by_pk


def found_clashes(sessions, appearances):
    """(why, the keys of the two sessions)"""
    tree = Tree.of(sessions)
    slots = [slot for row in sessions if (slot := slot_of(row, tree, appearances[row.pk]))]
    return [(clash.why, clash.first.key, clash.second.key) for clash in clashes(slots)]


def _who(appearances):
    coming = [one for one in appearances if one.state != AppearanceState.DECLINED]
    names = [_name(one) for one in coming[:MOST_NAMES]]
    if more := len(coming) - MOST_NAMES:
        names += [_("and %(number)s more") % {"number": digits(more)}] if more > 0 else []
    return comma().join(names)


def _name(one):
    organisation = one.organisation
    name = one.label or (one.speaker.name if one.speaker else organisation.short_name or organisation.name)
    if one.state == AppearanceState.TO_BE_CONFIRMED:
        return f"{name} ({one.get_state_display()})"
    return str(name)
