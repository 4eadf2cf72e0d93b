"""Differences between two programmes as lines that people read: one for each thing that happened to a session."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.programme.differences import Change, Differences, Position
from agenda.programme.value import Appearance, Day, Session
from conference.language.translated import NO_TEXT, Text
from conference.words import clock, comma, day, shown


@dataclass(frozen=True)
class Spot:
    """When and where."""

    date: datetime.date
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    room: Text = NO_TEXT
    room_key: int | None = None  # of the row, where it is kept

    @classmethod
    def of(cls, session: Session, on: datetime.date) -> "Spot":
        return cls(on, session.starts_at, session.ends_at, session.room, session.room_key)

    def is_moved_to(self, other: "Spot") -> bool:
        """A room that was not known before is news, not a move; nor is another name of the same room."""
        if self._when() != other._when():
            return True
        if not self.room or not other.room:
            return False
        if self.room_key and other.room_key:
            return self.room_key != other.room_key
        return not any(a and a == b for a, b in [(self.room.en, other.room.en), (self.room.km, other.room.km)])

    def _when(self) -> tuple[datetime.date, datetime.time, datetime.time | None] | None:
        """None where a session has no times of its own: it goes with what it stands under."""
        return (self.date, self.starts_at, self.ends_at) if self.starts_at else None

    def words(self, since: "Spot | None" = None) -> SafeString:
        """The day is left out where it is that of the spot before (`since`)."""
        parts = [day(self.date)] if not (since and self.starts_at and since.date == self.date) else []
        if self.starts_at and self.ends_at:
            parts.append(f"{clock(self.starts_at)} – {clock(self.ends_at)}")
        if self.room:
            parts.append(shown(self.room))
        return format_html_join(comma(), "{}", ([part] for part in parts))


@dataclass(frozen=True)
class ToldChange:
    what: str  # a key of SENTENCES
    subject: Session | Day | None = None
    was: Spot | None = None
    now: Spot | None = None
    names: tuple[Text, ...] = ()

    @property
    def code(self) -> str:
        """Of the session, where it still has a page."""
        if isinstance(self.subject, Session) and self.what != "removed" and self.subject.has_page:
            return self.subject.code
        return ""

    def title(self) -> str | Promise:
        if self.subject is None:
            return _("Speakers and organisations") if self.what == "people" else _("Agenda")
        if isinstance(self.subject, Day):
            return day(self.subject.date)
        return self.subject.heading_on_page

    def words(self) -> SafeString:
        what = self.what
        if what == "renamed" and isinstance(self.subject, Session):
            old_title, new_title = str(self.names[0]), str(self.subject.title or self.subject.label)
            if old_title in ("", new_title):  # renamed only in the language that this reader does not see
                what = "details"
        names = format_html_join(comma(), "{}", ([shown(name)] for name in self.names))
        was, now = self.was and self.was.words(), self.now and self.now.words(since=self.was)
        return format_html(SENTENCES[what](), was=was, now=now, names=names)


# Functions, because the words depend on the language of the reader.
SENTENCES: dict[str, Callable[[], str]] = {
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
    "materials": lambda: _("new slides or other materials: {names}"),
    "materials_gone": lambda: _("slides or other materials taken away: {names}"),
    "details": lambda: _("details changed"),
    "placed": lambda: _("stands in another place of the agenda"),
    "day_added": lambda: _("new day"),
    "day_removed": lambda: _("this day is taken out of the agenda"),
    "day_changed": lambda: _("the introduction of the day changed"),
    "people": lambda: _("what is said about them changed: {names}"),
    "order": lambda: _("the order changed"),
}


def tell(differences: Differences) -> list[ToldChange]:
    """In the order of the new programme, what was removed at the end. Empty only where nothing is different."""
    before, after = differences.before.places(), differences.after.places()
    days_before = {one.day.date: one.day for one in differences.before.days}
    days_after = {one.day.date: one.day for one in differences.after.days}
    both = days_before.keys() & days_after.keys()
    lines = [ToldChange("day_added", one) for on, one in days_after.items() if on not in both]
    for on, one in days_after.items():
        if on in both and days_before[on].intro != one.intro:
            lines.append(ToldChange("day_changed", one))
    lines += [ToldChange("day_removed", one) for on, one in days_before.items() if on not in both]

    added = {one.uuid: one for one in differences.added}
    changed = {change.after.uuid: change for change in differences.changed}
    for uuid, position in after.items():
        if uuid in added:
            lines.append(ToldChange("added", added[uuid], now=Spot.of(added[uuid], position.date)))
        elif uuid in changed:
            lines += _of_change(changed[uuid], before[uuid], position)
    for session in differences.removed:
        lines.append(ToldChange("removed", session, was=Spot.of(session, before[session.uuid].date)))
    if names := _described_anew(differences):
        lines.append(ToldChange("people", names=names))
    return lines or ([ToldChange("order")] if differences else [])


def _described_anew(differences: Differences) -> tuple[Text, ...]:
    """The people and organisations about whom something else is said. Who is new is told with the session."""
    before, after = differences.before, differences.after
    people = {one.key: one for one in before.people}
    organisations = {one.slug: one for one in before.organisations}
    found = [one.name for one in after.people if people.get(one.key, one) != one]
    return (*found, *(one.name for one in after.organisations if organisations.get(one.slug, one) != one))


def moves(differences: Differences) -> dict[str, Spot]:
    """uuid -> where a session was until now."""
    before, after = differences.before.places(), differences.after.places()
    found = {}
    for change in differences.changed:
        uuid = change.after.uuid
        was = Spot.of(change.before, before[uuid].date)
        if was.is_moved_to(Spot.of(change.after, after[uuid].date)):
            found[uuid] = was
    return found


def _of_change(change: Change, position_before: Position, position_after: Position) -> list[ToldChange]:
    before, after = change.before, change.after
    was, now = Spot.of(before, position_before.date), Spot.of(after, position_after.date)
    lines = []
    if before.state != after.state:
        if after.state == SessionState.CANCELLED:
            what = "cancelled"
        elif before.state == SessionState.CANCELLED:
            what = "held"
        else:
            what = "confirmed" if after.state == SessionState.CONFIRMED else "doubted"
        lines.append(ToldChange(what, after, now=now))
    if was.is_moved_to(now):
        lines.append(ToldChange("moved", after, was, now))
    elif position_before.under != position_after.under:
        lines.append(ToldChange("placed", after))
    elif before.room != after.room:
        lines.append(ToldChange("room" if after.room else "details", after, now=now))
    if (before.title, before.label) != (after.title, after.label):
        lines.append(ToldChange("renamed", after, names=(before.title or before.label,)))
    people, materials = _of_people(before, after), _of_materials(before, after)
    told = ("title", "label", "state", "starts_at", "ends_at", "room", "appearances", "track_position", "materials")
    is_told = {"appearances": people, "materials": materials}
    rest_differs = replace(before, **{name: getattr(after, name) for name in told}) != after
    if rest_differs or any(getattr(before, name) != getattr(after, name) and not is_told[name] for name in is_told):
        materials.append(ToldChange("details", after))
    return lines + people + materials


def _of_materials(before: Session, after: Session) -> list[ToldChange]:
    """By file and link: another title of the same file is a detail."""
    was, now = ({one.address: one.title for one in session.materials} for session in (before, after))
    found = {
        "materials": [title for address, title in now.items() if address not in was],
        "materials_gone": [title for address, title in was.items() if address not in now],
    }
    return [ToldChange(what, after, names=tuple(names)) for what, names in found.items() if names]


def _of_people(before: Session, after: Session) -> list[ToldChange]:
    def by_identity(session: Session) -> dict[tuple[str, int | None] | Text, Appearance]:
        """Each appearance by its organisation and speaker; where both are unknown, by its printed name."""
        found: dict[tuple[str, int | None] | Text, Appearance] = {}
        for one in session.appearances:
            is_known = one.organisation or one.speaker
            found[(one.organisation, one.speaker) if is_known else one.name] = one
        return found

    was, now = by_identity(before), by_identity(after)
    both = [(was[who], one) for who, one in now.items() if who in was]
    sure = AppearanceState.CONFIRMED
    found = {
        "joined": [one.name for who, one in now.items() if who not in was],
        "left": [one.name for who, one in was.items() if who not in now],
        "named": [one.name for old, one in both if old.state != sure and one.state == sure],
    }
    return [ToldChange(what, after, names=tuple(names)) for what, names in found.items() if names]
