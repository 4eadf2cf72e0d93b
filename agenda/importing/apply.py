"""Ticked steps -> the tables, in one transaction. Nothing goes that was not ticked."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from agenda.choices import AppearanceState
from agenda.importing import steps
from agenda.importing.existing import ExistingSession
from agenda.importing.other_language import of_name
from agenda.importing.recognising.people import KnownOrganisation, loose
from agenda.importing.recognising.proposal import Change, Person, Proposed
from agenda.importing.steps import Plan, Step
from agenda.models import Appearance, Day, Material, Room, Session, Track
from agenda.publishing import offered
from agenda.timing.following import follow
from conference.language.khmer import KHMER_LETTER
from conference.models import Edition, Organisation
from conference.words import labelled

_Named = TypeVar("_Named", Track, Room)


@dataclass
class Outcome:
    created: int = 0
    changed: int = 0
    removed: int = 0
    refused: list[str] = field(default_factory=list)


def apply(edition: Edition, plan: Plan, ticked: Collection[str], *, by: User) -> Outcome:
    """Carries out the steps of a plan whose keys were ticked."""
    chosen = [step for step in plan.steps if step.key in ticked]
    with transaction.atomic():
        return _Import(edition, plan, by).carry_out(chosen)


class _Import:
    def __init__(self, edition: Edition, plan: Plan, by: User) -> None:
        self.edition, self.plan, self.by = edition, plan, by
        self.outcome = Outcome()
        self.pks = {at: one.pk for at, one in plan.matched.items()}  # place of an item -> its session
        self.organisations = {row.slug: row for row in Organisation.objects.all()}
        self.tracks = list(edition.tracks.all())
        self.rooms = list(edition.rooms.all())

    def carry_out(self, chosen: list[Step]) -> Outcome:
        for step in chosen:
            if step.what == steps.DAY and step.date:
                day, is_new = Day.objects.get_or_create(edition=self.edition, date=step.date)
                _write_texts(day, step.changes)
                day.save()
                self._log(day, ADDITION if is_new else CHANGE)
                self.outcome.created += is_new
                self.outcome.changed += not is_new
            elif step.what == steps.CREATE and step.place is not None:
                item = self.plan.items[step.place]
                row = self._new_session(item.proposed, self._session_at(item.above), step.place)
                self.pks[step.place] = row.pk
                self._log(row, ADDITION)
                self.outcome.created += 1
            elif step.what == steps.CHANGE and step.place is not None:
                self._change(step, step.place)
                self.outcome.changed += 1
        for step in reversed([step for step in chosen if step.is_removal]):
            model = Appearance if step.what == steps.REMOVE_PERSON else Session
            gone = model.objects.filter(pk=step.pk).first()
            reason = _why_kept(gone) if gone else ""
            if reason:
                self.outcome.refused.append(labelled(step.title, reason))
            elif gone:
                self._log(gone, DELETION)
                gone.delete()
                self.outcome.removed += 1
        return self.outcome

    def _log(self, row: Model, action: int) -> None:
        # The bare fact: what changed stands in the agenda itself.
        LogEntry.objects.log_actions(self.by.pk, [row], action, _("Imported from a table"), single_object=True)

    def _session_at(self, place: int | None) -> Session | None:
        """The session of an item, as far as there is one."""
        pk = None if place is None else self.pks.get(place)
        return None if pk is None else Session.objects.filter(pk=pk).first()

    def _day_of(self, date: datetime.date) -> Day:
        return Day.objects.get_or_create(edition=self.edition, date=date)[0]

    def _new_session(self, proposed: Proposed, parent: Session | None, position: int) -> Session:
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
            state=proposed.state,
            open_call=proposed.open_call,
            spoken_languages=list(proposed.languages),
            interpretation=list(proposed.interpretation),
            **texts,
        )
        self._add_links(session, proposed)
        for at, person in enumerate(proposed.people):
            self._new_appearance(session, person, at)
        for at, child in enumerate(proposed.children):
            if not child.starts_at:  # a Q&A is a step of its own
                self._new_session(child, session, at)
        return session

    def _new_appearance(self, session: Session, person: Person, position: int) -> None:
        organisation = self.organisations.get(person.organisation)
        label = person.name[:300]
        if organisation:
            known = KnownOrganisation(organisation.slug, organisation.name, organisation.short_name)
            if loose(person.name) in map(loose, known.printed()):
                label = ""  # the page prints just that for an organisation without a label
        language = "km" if KHMER_LETTER.search(label) else "en"
        Appearance.objects.create(
            session=session,
            role=person.role,
            organisation=organisation,
            state=person.state,
            position=position,
            **{f"label_{language}": label},
        )

    def _add_links(self, session: Session, proposed: Proposed) -> None:
        there = set(session.materials.values_list("url", flat=True))
        for at, (title, url) in enumerate(proposed.links, start=len(there)):
            if url not in there:
                title_in = "title_km" if KHMER_LETTER.search(title) else "title_en"
                Material.objects.create(session=session, url=url, position=at, **{title_in: (title or url)[:200]})

    def _track(self, name: str) -> Track | None:
        if not name:
            return None
        return self._named(self.tracks, Track, *(steps.TRACK_NAMES.get(name) or _in_language(name)))

    def _room(self, name: str) -> Room | None:
        return self._named(self.rooms, Room, *_in_language(name)) if name else None

    def _named(self, rows: list[_Named], model: type[_Named], english: str, khmer: str) -> _Named:
        """The track or room of that name; made where the edition has none."""
        names = {loose(name) for name in (english, khmer) if name}
        found = next((row for row in rows if {loose(row.name.en), loose(row.name.km)} & names), None)
        if not found:
            found = model._default_manager.create(
                edition=self.edition, name_en=english[:100], name_km=khmer[:100], position=len(rows)
            )
            rows.append(found)
        return found

    def _change(self, step: Step, place: int) -> None:
        item, there = self.plan.items[place], self.plan.matched[place]
        proposed = item.proposed
        session = Session.objects.select_related("day", "parent", "room", "track").get(pk=there.pk)
        fields = {change.field for change in step.changes}
        before = session.starts_at, session.ends_at
        _write_texts(session, step.changes)
        if "times" in fields:
            session.starts_at, session.ends_at = proposed.starts_at, proposed.ends_at
        if "parent" in fields:
            session.parent = self._session_at(item.above) or session.parent
        if "day" in fields:
            session.day = self._day_of(proposed.date)
            session.parent = session.parent if session.parent and session.parent.day == session.day else None
        if "state" in fields:
            session.state = proposed.state
        if "open_call" in fields:
            session.open_call = proposed.open_call
        if "kind" in fields:
            session.kind = proposed.kind
        if "spoken_languages" in fields:
            session.spoken_languages = list(proposed.languages)
        if "interpretation" in fields:
            session.interpretation = list(proposed.interpretation)
        session.room = self._room(proposed.room) if "room" in fields else session.room
        session.track = self._track(proposed.track) if "track" in fields else session.track
        if "room_name" in fields:
            _name_too(session.room, proposed.room)
        if "track_name" in fields:
            _name_too(session.track, proposed.track)
        session.save()
        if "links" in fields:
            self._add_links(session, proposed)
        if "times" in fields and before[0] and before[1]:  # what the table names itself stands as the table says
            follow(session, (before[0], before[1]), stay=[one.pk for one in self.plan.matched.values()])
        if "people" in fields:
            self._change_people(session, proposed, there)
        self._log(session, CHANGE)

    def _change_people(self, session: Session, proposed: Proposed, there: ExistingSession) -> None:
        for at, (person, seen) in enumerate(steps.paired_people(proposed, there)[0]):
            if seen is None:
                self._new_appearance(session, person, at)
                continue
            row = Appearance.objects.filter(pk=seen.pk)
            if steps.puts_in_doubt(person, seen):
                row.exclude(state=AppearanceState.DECLINED).update(state=person.state)
            if steps.names_in_other_language(person, seen):
                row.update(**{f"label_{of_name(person.name)}": person.name[:300], "khmer_checked": False})
            if proposed.edits is not None and person.role:  # a file of this site names the role of each
                row.update(role=person.role)


def _why_kept(row: Session | Appearance) -> str:
    """A session on which something else depends is removed only by hand."""
    if isinstance(row, Session) and row.children.exists():
        return _("something stands under it that is to stay")
    if isinstance(row, Session) and offered.in_the_way({Session: [row]}):
        return _("the published agenda offers it to participants: cancel it instead")
    collector = Collector(using=row._state.db or DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError):
        return _("something else refers to it: cancel it instead")
    models = {*collector.data, *(queryset.model for queryset in collector.fast_deletes if queryset.exists())}
    return "" if models <= {Session, Appearance} else _("something else refers to it: cancel it instead")


def _in_language(name: str) -> tuple[str, str]:
    """A name as it is in English and in Khmer: what a source says is in one of them."""
    return ("", name) if of_name(name) == "km" else (name, "")


def _name_too(place: Room | Track | None, name: str) -> None:
    """Its name in the language in which it has none yet."""
    field = f"name_{of_name(name)}"
    if place and not getattr(place, field):
        setattr(place, field, name[:100])
        place.khmer_checked = False
        place.save()


def _write_texts(row: Day | Session, changes: Iterable[Change]) -> None:
    """New English beside old Khmer is to be read again, and so is new Khmer."""
    for change in changes:
        if change.field.endswith(("_en", "_km")):
            setattr(row, change.field, change.new)
            row.khmer_checked = False
