"""Ticked steps -> the tables, in one transaction. Nothing goes that was not ticked."""

from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, SessionState
from agenda.importing import steps
from agenda.importing.recognising import kinds
from agenda.importing.recognising.people import KnownOrganisation, loose
from agenda.models import Appearance, Day, Room, Session, Track
from conference.khmer import KHMER_LETTER
from conference.models import Organisation

# As in the edition that the site begins with: whoever imports into an empty edition gets the same columns.
TRACK_NAMES = {
    kinds.PLENARY: ("Plenary", "វគ្គពេញអង្គ"),
    kinds.BREAKOUT: ("Breakout rooms", "បន្ទប់ពិភាក្សាក្រុម"),
    kinds.HACKATHON: ("Hackathon", "ហេកកាថុន"),
}
_OURS = (Session, Appearance)


@dataclass
class Outcome:
    created: int = 0
    changed: int = 0
    removed: int = 0
    refused: list[str] = field(default_factory=list)


def apply(edition, plan, ticked, *, by) -> Outcome:
    """Carries out the steps of a plan whose keys were ticked."""
    chosen = [step for step in plan.steps if step.key in ticked]
    with transaction.atomic():
        return _Import(edition, plan, by).carry_out(chosen)


class _Import:
    def __init__(self, edition, plan, by):
        self.edition, self.plan, self.by = edition, plan, by
        self.outcome = Outcome()
        self.pks = {at: one.pk for at, one in plan.matched.items()}
        self.organisations = {row.slug: row for row in Organisation.objects.all()}
        self.tracks = list(edition.tracks.all())
        self.rooms = list(edition.rooms.all())

    def carry_out(self, chosen):
        for step in chosen:
            if step.what == steps.DAY:
                self._day(step)
            elif step.what == steps.CREATE:
                self._create(step)
            elif step.what == steps.CHANGE:
                self._change(step)
        for step in reversed([step for step in chosen if step.is_removal]):
            self._remove(step)
        return self.outcome

    def _log(self, row, action):
        # The bare fact: what changed stands in the agenda itself.
        LogEntry.objects.log_actions(self.by.pk, [row], action, _("Imported from a table"), single_object=True)

    def _day_of(self, date):
        return Day.objects.get_or_create(edition=self.edition, date=date)[0]

    def _day(self, step):
        day, is_new = Day.objects.get_or_create(edition=self.edition, date=step.date)
        _write_texts(day, step.changes)
        day.save()
        self._log(day, ADDITION if is_new else CHANGE)
        self.outcome.created += is_new
        self.outcome.changed += not is_new

    def _create(self, step):
        item = self.plan.items[step.place]
        parent = self.pks.get(item.above)
        row = self._new_session(item.proposed, Session.objects.filter(pk=parent).first(), step.place)
        self.pks[step.place] = row.pk
        self._log(row, ADDITION)
        self.outcome.created += 1

    def _new_session(self, proposed, parent, position):
        texts = {f"{name}_{code}": getattr(getattr(proposed, name), code)
                 for name in steps.TEXTS for code in ("en", "km")}  # fmt: skip
        session = Session.objects.create(
            day=self._day_of(proposed.date),
            parent=parent,
            kind=proposed.kind,
            starts_at=proposed.starts_at,
            ends_at=proposed.ends_at,
            track=self._track(proposed.track),
            room=self._room(proposed.room),
            position=position,
            state=SessionState.TO_BE_CONFIRMED if proposed.is_to_be_confirmed else SessionState.CONFIRMED,
            open_call=proposed.open_call,
            **texts,
        )
        for at, person in enumerate(proposed.people):
            self._appearance(session, person, at)
        for at, child in enumerate(proposed.children):
            if not child.starts_at:  # a Q&A is a step of its own
                self._new_session(child, session, at)
        return session

    def _appearance(self, session, person, position):
        organisation = self.organisations.get(person.organisation)
        label = "" if _is_printed_anyway(person.name, organisation) else person.name[:300]
        language = "km" if KHMER_LETTER.search(label) else "en"
        Appearance.objects.create(
            session=session,
            role=person.role,
            organisation=organisation,
            state=steps.state_of(person),
            position=position,
            **{f"label_{language}": label},
        )

    def _track(self, code):
        if not code:
            return None
        return self._named(self.tracks, Track, *TRACK_NAMES[code])

    def _room(self, name):
        if not name:
            return None
        return self._named(self.rooms, Room, *(("", name) if KHMER_LETTER.search(name) else (name, "")))

    def _named(self, rows, model, english, khmer):
        """The track or room of that name; made where the edition has none."""
        names = {loose(name) for name in (english, khmer) if name}
        found = next((row for row in rows if {loose(row.name_en), loose(row.name_km)} & names), None)
        if not found:
            found = model.objects.create(
                edition=self.edition, name_en=english[:100], name_km=khmer[:100], position=len(rows)
            )
            rows.append(found)
        return found

    def _change(self, step):
        proposed = self.plan.items[step.place].proposed
        session = Session.objects.select_related("day", "parent").get(pk=step.pk)
        fields = {change.field for change in step.changes}
        _write_texts(session, step.changes)
        if "times" in fields:
            session.starts_at, session.ends_at = proposed.starts_at, proposed.ends_at
        if "parent" in fields:
            above = self.pks.get(self.plan.items[step.place].above)
            session.parent = Session.objects.filter(pk=above).first() or session.parent
        if "day" in fields:
            session.day = self._day_of(proposed.date)
            session.parent = session.parent if session.parent and session.parent.day == session.day else None
        if "state" in fields:
            waiting = proposed.is_to_be_confirmed
            session.state = SessionState.TO_BE_CONFIRMED if waiting else SessionState.CONFIRMED
        session.open_call |= proposed.open_call
        session.room = self._room(proposed.room) if "room" in fields else session.room
        session.save()
        if "people" in fields:
            self._people(session, proposed, self.plan.matched[step.place])
        self._log(session, CHANGE)
        self.outcome.changed += 1

    def _people(self, session, proposed, there):
        for at, (person, seen) in enumerate(steps.paired_people(proposed, there)[0]):
            if seen is None:
                self._appearance(session, person, at)
            elif seen.state != steps.state_of(person):
                Appearance.objects.filter(pk=seen.pk).exclude(state=AppearanceState.DECLINED).update(
                    state=steps.state_of(person)
                )

    def _remove(self, step):
        model = Appearance if step.what == steps.REMOVE_PERSON else Session
        row = model.objects.filter(pk=step.pk).first()
        reason = _why_kept(row) if row else ""
        if reason:
            self.outcome.refused.append(f"{step.title}: {reason}")
        elif row:
            self._log(row, DELETION)
            row.delete()
            self.outcome.removed += 1


def _is_printed_anyway(name, organisation):
    """Whether the page prints just that for an organisation without a label."""
    if organisation is None:
        return False
    known = KnownOrganisation(organisation.slug, organisation.name, organisation.short_name)
    return loose(name) in map(loose, known.printed())


def _why_kept(row):
    """A session on which something else depends goes only by hand."""
    if isinstance(row, Session) and row.children.exists():
        return _("something stands under it that is to stay")
    collector = Collector(using=row._state.db, origin=row)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError):
        return _("something else refers to it: cancel it instead")
    models = {*collector.data, *(queryset.model for queryset in collector.fast_deletes if queryset.exists())}
    return "" if models <= set(_OURS) else _("something else refers to it: cancel it instead")


def _write_texts(row, changes):
    """New English beside old Khmer is to be read again, and so is new Khmer."""
    for change in changes:
        if change.field.endswith(("_en", "_km")):
            setattr(row, change.field, change.new)
            row.khmer_checked = False
