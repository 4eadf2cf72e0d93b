"""The programme as one immutable value. Pages, print and feeds are drawn from it and from nothing else.

A field has the default that its column in the tables has: older published versions lack what came later (stored.py).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext

from agenda import hours
from agenda.choices import (
    HOSTING_ROLES,
    PLAIN_KINDS,
    AppearanceState,
    Interpretation,
    Kind,
    Role,
    SessionState,
    SpokenLanguage,
)
from agenda.models import Appearance as AppearanceRow
from agenda.models import Session as SessionRow
from agenda.models import Speaker as SpeakerRow
from agenda.programme.materials import Material, of_sessions
from conference.language.translated import NO_TEXT, Text
from conference.models import Edition
from conference.models import Organisation as OrganisationRow
from conference.words import labelled, shown


@dataclass(frozen=True)
class Appearance:
    role: str = Role.SPEAKER
    name: Text = NO_TEXT  # as printed
    organisation: str = ""  # slug, or "" where a group is known only by its name
    speaker: int | None = None
    is_person: bool = False
    state: str = AppearanceState.TO_BE_CONFIRMED

    @property
    def role_label(self) -> str | Promise:
        return _role_label(self.role)

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.state == AppearanceState.TO_BE_CONFIRMED


@dataclass(frozen=True)
class Billing:
    """Neighbours in one role and one state, printed on one line: "MPTC & NIA, to be confirmed"."""

    role: str
    appearances: tuple[Appearance, ...]

    @property
    def role_label(self) -> str | Promise:
        return "" if self.role in HOSTING_ROLES else _role_label(self.role)

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.appearances[0].is_to_be_confirmed


@dataclass(frozen=True)
class Session:
    uuid: str
    code: str
    kind: str = Kind.OTHER
    label: Text = NO_TEXT
    title: Text = NO_TEXT
    description: Text = NO_TEXT
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    track: Text = NO_TEXT
    room: Text = NO_TEXT
    state: str = SessionState.CONFIRMED
    spoken_languages: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    open_call: bool = False
    appearances: tuple[Appearance, ...] = ()
    children: tuple["Session", ...] = ()
    track_position: int = 0  # the order of parallel columns
    materials: tuple[Material, ...] = ()
    # Of the rows. A name that is corrected is the same room, and the same track.
    track_key: int | None = field(default=None, compare=False)
    room_key: int | None = field(default=None, compare=False)

    @property
    def span(self) -> hours.Span | None:
        """None where it has no times of its own."""
        return hours.span(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.state == SessionState.TO_BE_CONFIRMED

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def is_in_doubt(self) -> bool:
        """The session itself, or a part in it, is still to be confirmed."""
        return self.is_to_be_confirmed or any(one.is_to_be_confirmed for one in self.appearances)

    @property
    def minutes(self) -> int:
        """How long it is; 0 where it has no times of its own."""
        return int((self.span[1] - self.span[0]).total_seconds()) // 60 if self.span else 0

    @property
    def has_page(self) -> bool:
        return self.kind not in PLAIN_KINDS

    @property
    def kind_label(self) -> str | Promise:
        return Kind(self.kind).label

    @property
    def heading(self) -> str:
        """Label and title on one line: "Session 3: Results of …". What has no title is called by its kind."""
        title = str(self.title or self.kind_label)
        return labelled(self.label, title) if self.label else title

    @property
    def title_on_page(self) -> str | Promise:
        """What is in the other language says so. What has no title is called by its kind."""
        return shown(self.title) if self.title else self.kind_label

    @property
    def heading_on_page(self) -> str | Promise:
        """The same with its label before it, which can be drawn as one."""
        title = self.title_on_page
        if not self.label:
            return title
        label = format_html(
            '<span class="label">{}<span class="separator">{}</span></span>', shown(self.label), gettext(":")
        )
        return format_html("{} {}", label, title)

    @property
    def room_note(self) -> Text | None:
        """Where it is, unless its label says so already."""
        return self.room if self.room and self.room != self.label else None

    @property
    def billing(self) -> list[Billing]:
        seen = [one for one in self.appearances if one.role != Role.PANELIST]
        runs = groupby(seen, key=lambda one: (one.role, one.state))
        return [Billing(role, tuple(run)) for (role, _state), run in runs]

    @property
    def panelists(self) -> list[Appearance]:
        return [one for one in self.appearances if one.role == Role.PANELIST]

    @property
    def panel_is_unnamed(self) -> bool:
        return not any(one.is_person for one in self.panelists)

    @property
    def timed_children(self) -> list["Session"]:
        return [self._as_held(child) for child in self.children if child.starts_at]

    @property
    def untimed_children(self) -> list["Session"]:
        """What has no times of its own, without the topics that have no title yet."""
        return [self._as_held(child) for child in self.children if not child.starts_at and child.title]

    def _as_held(self, child: "Session") -> "Session":
        """What stands under a cancelled session does not take place either."""
        return replace(child, state=SessionState.CANCELLED) if self.is_cancelled else child

    @property
    def untitled_topics(self) -> int:
        return sum(not child.title for child in self.children)

    @property
    def spoken_language_labels(self) -> list[str | Promise]:
        return [SpokenLanguage(code).label for code in self.spoken_languages]

    @property
    def interpretation_labels(self) -> list[str | Promise]:
        return [Interpretation(code).label for code in self.interpretation]

    def walk(self) -> Iterator["Session"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Day:
    number: int
    date: datetime.date
    intro: Text = NO_TEXT
    sessions: tuple[Session, ...] = ()
    key: int | None = field(default=None, compare=False)  # of its row: registrations point there

    @property
    def starts_at(self) -> datetime.time | None:
        return self.hours[0].time() if self.hours else None

    @property
    def ends_at(self) -> datetime.time | None:
        return self.hours[1].time() if self.hours else None

    @property
    def hours(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        """From its first session to the end of its last; None where none has times yet."""
        spans = [session.span for session in self.sessions if session.span]
        if not spans:
            return None
        all_spans = [row.span for session in self.sessions for row in session.walk() if row.span]
        midnight = datetime.datetime.combine(self.date, datetime.time.min)
        return midnight + min(begins for begins, _ends in spans), midnight + max(ends for _begins, ends in all_spans)


@dataclass(frozen=True)
class Place:
    """A session found in the programme: its day, what it stands under, and its neighbours."""

    day: Day
    session: Session
    parent: Session | None


@dataclass(frozen=True)
class Person:
    """What is said about a person who appears. The photo is not in it: one that must go is gone at once."""

    key: int  # of the row: Appearance.speaker
    name: Text = NO_TEXT
    job_title: Text = NO_TEXT
    organisation: Text = NO_TEXT
    about: Text = NO_TEXT


@dataclass(frozen=True)
class Organisation:
    slug: str
    name: Text = NO_TEXT
    short_name: Text = NO_TEXT
    part_of: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Programme:
    year: int
    days: tuple[Day, ...] = ()
    people: tuple[Person, ...] = ()  # who appear, in the order of their keys
    organisations: tuple[Organisation, ...] = ()

    @cached_property
    def places(self) -> dict[str, Place]:
        """By the code of the session, in the order of the programme."""
        found: dict[str, Place] = {}
        for day in self.days:
            for top in day.sessions:
                parents = {child.uuid: one for one in top.walk() for child in one.children}
                for session in top.walk():
                    found[session.code] = Place(day, session, parents.get(session.uuid))
        return found


def from_tables(edition: Edition) -> Programme:
    """The programme as it stands in the tables, without drafts: six queries at most, however long it is."""
    appearances: dict[int, list[Appearance]] = defaultdict(list)
    rows = AppearanceRow.objects.filter(session__day__edition=edition).exclude(state=AppearanceState.DECLINED)
    for one in rows.select_related("organisation", "speaker"):
        appearances[one.session_id].append(
            Appearance(
                role=one.role,
                name=printed_name(one),
                organisation=one.organisation.slug if one.organisation else "",
                speaker=one.speaker_id,
                is_person=one.speaker is not None,
                state=one.state,
            )
        )

    tops: dict[int, list[SessionRow]] = defaultdict(list)
    children: dict[int, list[SessionRow]] = defaultdict(list)
    sessions = SessionRow.objects.public().filter(day__edition=edition).select_related("track", "room").in_order()
    for row in sessions:
        if row.parent_id is None:
            tops[row.day_id].append(row)
        else:
            children[row.parent_id].append(row)

    materials = of_sessions(edition)

    def build(row: SessionRow) -> Session:
        built = _session(row, tuple(appearances[row.pk]), tuple(map(build, children[row.pk])))
        return replace(built, materials=materials[row.pk]) if row.pk in materials else built

    days = enumerate(edition.days.all(), start=1)
    programme = Programme(
        edition.year,
        tuple(Day(number, day.date, day.intro, tuple(map(build, tops[day.pk])), day.pk) for number, day in days),
    )
    seen = [one for place in programme.places.values() for one in place.session.appearances]
    return replace(programme, people=_people(seen), organisations=_organisations(seen))


def _people(seen: Iterable[Appearance]) -> tuple[Person, ...]:
    keys = {one.speaker for one in seen if one.speaker}
    rows = SpeakerRow.objects.select_related("organisation").filter(pk__in=keys).order_by("pk") if keys else []
    return tuple(
        Person(
            key=row.pk,
            name=row.name,
            job_title=row.job_title,
            organisation=row.organisation.name if row.organisation else Text(),
            about=row.about,
        )
        for row in rows
    )


def _organisations(seen: Iterable[Appearance]) -> tuple[Organisation, ...]:
    slugs = {one.organisation for one in seen if one.organisation}
    rows = OrganisationRow.objects.prefetch_related("part_of").filter(slug__in=slugs).order_by("slug") if slugs else []
    return tuple(
        Organisation(row.slug, row.name, row.short_name, tuple(above.name for above in row.part_of.all()))
        for row in rows
    )


def _session(row: SessionRow, appearances: tuple[Appearance, ...], children: tuple[Session, ...]) -> Session:
    return Session(
        uuid=str(row.uuid),
        code=row.code,
        kind=row.kind,
        label=row.label,
        title=row.title,
        description=row.description,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        track=row.track.name if row.track else Text(),
        room=row.room.name if row.room else Text(),
        state=row.state,
        spoken_languages=tuple(row.spoken_languages),
        interpretation=tuple(row.interpretation),
        open_call=row.open_call,
        appearances=appearances,
        children=children,
        track_position=row.track.position if row.track else 0,
        track_key=row.track_id,
        room_key=row.room_id,
    )


def printed_name(row: AppearanceRow) -> Text:
    if row.label:
        return row.label
    if row.speaker:
        return _joined(row.speaker.name, row.organisation.name if row.organisation else Text(), "{}, {}")
    # The table wants a label, a speaker or an organisation.
    return _joined(row.organisation.name, row.organisation.short_name, "{} ({})") if row.organisation else Text()


def _role_label(role: str) -> str | Promise:
    """Of a role that a later state of the site has written, and that is not known here, nothing is said."""
    return Role(role).label if role in Role.values else ""


def _joined(first: Text, second: Text, form: str) -> Text:
    """Two texts in one, in each language in which there is a first; without a second that is missing or the same."""
    second_en, second_km = second.en or second.km, second.km or second.en
    return Text(
        form.format(first.en, second_en) if first.en and second_en not in ("", first.en) else first.en,
        form.format(first.km, second_km) if first.km and second_km not in ("", first.km) else first.km,
    )
