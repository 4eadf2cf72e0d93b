"""Differences between two programmes as lines that people read: one for each thing that happened to a session."""

from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.programme.differences import Differences
from agenda.programme.value import Day, Session
from conference.translated import NO_TEXT, Text
from conference.words import clock, day, shown


@dataclass(frozen=True)
class Spot:
    """When and where."""

    date: date
    starts_at: time | None = None
    ends_at: time | None = None
    room: Text = NO_TEXT

    def is_moved_to(self, other):
        """A room that was not known before is news, not a move; nor is its name in a second language."""
        known = self.room and other.room
        same_room = any(a and a == b for a, b in [(self.room.en, other.room.en), (self.room.km, other.room.km)])
        return self._when() != other._when() or (known and not same_room)

    def _when(self):
        """What has no time of its own goes with what it stands under."""
        return self.starts_at and (self.date, self.starts_at, self.ends_at)

    def words(self, since=None):
        """The day is not said again where it is that of the spot before."""
        parts = [day(self.date)] if not (since and self.starts_at and since.date == self.date) else []
        if self.starts_at and self.ends_at:
            parts.append(f"{clock(self.starts_at)} – {clock(self.ends_at)}")
        if self.room:
            parts.append(shown(self.room))
        return format_html_join(", ", "{}", ([part] for part in parts))


@dataclass(frozen=True)
class ToldChange:
    what: str
    subject: Session | Day | None = None
    was: Spot | None = None
    now: Spot | None = None
    names: tuple[Text, ...] = ()

    @property
    def code(self):
        """Of the session that still has a page."""
        is_there = isinstance(self.subject, Session) and self.what != "removed" and self.subject.has_page
        return self.subject.code if is_there else ""

    def title(self):
        if self.subject is None:
            return _("Agenda")
        if isinstance(self.subject, Day):
            return day(self.subject.date)
        return self.subject.heading_on_page

    def words(self):
        names = format_html_join(", ", "{}", ([shown(name)] for name in self.names))
        what = "details" if self._is_renamed_for_others() else self.what
        return format_html(SENTENCES[what](), was=self.was and self.was.words(), now=self._now(), names=names)

    def _is_renamed_for_others(self):
        """Only in the language that this reader does not see."""
        if self.what != "renamed":
            return False
        return str(self.names[0]) in ("", str(self.subject.title or self.subject.label))

    def _now(self):
        return self.now and self.now.words(since=self.was)


# Functions: the words are looked up in the reader's language, when the line is read.
SENTENCES = {
    "added": lambda: _("new: {now}"),
    "removed": lambda: _("taken out of the agenda; it was: {was}"),
    "cancelled": lambda: _("cancelled ({now})"),
    "held": lambda: _("takes place after all: {now}"),
    "confirmed": lambda: _("confirmed"),
    "doubted": lambda: _("to be confirmed"),
    "moved": lambda: _("moved from: {was}; to: {now}"),
    "room": lambda: _("where: {now}"),
    "renamed": lambda: _("renamed; the title was: {names}"),
    "joined": lambda: _("now with: {names}"),
    "left": lambda: _("no longer with: {names}"),
    "named": lambda: _("confirmed: {names}"),
    "details": lambda: _("details changed"),
    "placed": lambda: _("stands in another place of the agenda"),
    "day_added": lambda: _("new day"),
    "day_removed": lambda: _("this day is taken out of the agenda"),
    "day_changed": lambda: _("the introduction of the day changed"),
    "order": lambda: _("the order changed"),
}


def tell(differences: Differences) -> list[ToldChange]:
    """In the order of the new programme, what was removed at the end. Empty only where nothing is different."""
    before, after = differences.before.places(), differences.after.places()
    lines = _of_days(differences)
    added = {one.uuid: one for one in differences.added}
    changed = {change.after.uuid: change for change in differences.changed}
    for uuid, place in after.items():
        if uuid in added:
            lines.append(ToldChange("added", added[uuid], now=_spot(added[uuid], place)))
        elif uuid in changed:
            lines += _of_change(changed[uuid], before[uuid], place)
    lines += [ToldChange("removed", one, was=_spot(one, before[one.uuid])) for one in differences.removed]
    return lines or ([ToldChange("order")] if differences else [])


def moves(differences: Differences) -> dict[str, Spot | None]:
    """uuid -> where a session was until now."""
    before, after = differences.before.places(), differences.after.places()
    found = {}
    for change in differences.changed:
        uuid = change.after.uuid
        was = _spot(change.before, before[uuid])
        if was.is_moved_to(_spot(change.after, after[uuid])):
            found[uuid] = was
    return found


def _spot(session, place):
    return Spot(place[0], session.starts_at, session.ends_at, session.room)


def _of_days(differences):
    was = {one.day.date: one.day for one in differences.before.days}
    now = {one.day.date: one.day for one in differences.after.days}
    lines = [ToldChange("day_added", one) for date, one in now.items() if date not in was]
    lines += [
        ToldChange("day_changed", one) for date, one in now.items() if date in was and was[date].intro != one.intro
    ]
    return lines + [ToldChange("day_removed", one) for date, one in was.items() if date not in now]


def _of_change(change, place_before, place_after):
    before, after = change.before, change.after
    was, now = _spot(before, place_before), _spot(after, place_after)
    lines = []
    if before.state != after.state:
        lines.append(ToldChange(_of_state(before.state, after.state), after, now=now))
    if was.is_moved_to(now):
        lines.append(ToldChange("moved", after, was, now))
    elif place_before[1] != place_after[1]:
        lines.append(ToldChange("placed", after))
    elif before.room != after.room:
        lines.append(ToldChange("room" if after.room else "details", after, now=now))
    if (before.title, before.label) != (after.title, after.label):
        lines.append(ToldChange("renamed", after, names=(before.title or before.label,)))
    people = _of_people(before, after)
    if _rest_differs(before, after) or (before.appearances != after.appearances and not people):
        people.append(ToldChange("details", after))
    return lines + people


def _of_state(before, after):
    if after == SessionState.CANCELLED:
        return "cancelled"
    if before == SessionState.CANCELLED:
        return "held"
    return "confirmed" if after == SessionState.CONFIRMED else "doubted"


def _of_people(before, after):
    was, now = ({_who(one): one for one in session.appearances} for session in (before, after))
    both = [(was[who], one) for who, one in now.items() if who in was]
    sure = AppearanceState.CONFIRMED
    found = {
        "joined": [one.name for who, one in now.items() if who not in was],
        "left": [one.name for who, one in was.items() if who not in now],
        "named": [one.name for old, one in both if old.state != sure and one.state == sure],
    }
    return [ToldChange(what, after, names=tuple(names)) for what, names in found.items() if names]


def _who(appearance):
    known = (appearance.organisation, appearance.speaker)
    return known if any(known) else appearance.name


def _rest_differs(before, after):
    told = ("title", "label", "state", "starts_at", "ends_at", "room", "appearances")
    return replace(before, **{name: getattr(after, name) for name in told}) != after
