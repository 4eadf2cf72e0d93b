"""All rows that the chase list looks at, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from agenda.models import Appearance, Day, Material, Session, Speaker
from agenda.timing.clashes import Slot
from agenda.timing.slots import Tree, slot_of
from conference.language.translated import Bilingual
from conference.models import Edition, Milestone, Organisation, OtherEvent, Reference


@dataclass(frozen=True)
class Rows:
    edition: Edition
    days: list[Day]
    sessions: list[Session]
    appearances: list[Appearance]
    materials: list[Material]
    speakers: list[Speaker]
    organisations: list[Organisation]
    about: list[Bilingual]  # tracks, rooms, purposes, groups that the conference is for, pages
    references: list[Reference]
    other_events: list[OtherEvent]
    milestones: list[Milestone]

    @cached_property
    def tree(self) -> Tree:
        return Tree.of(self.sessions)

    @cached_property
    def held(self) -> list[Session]:
        return [row for row in self.sessions if self.tree.is_held(row)]

    @cached_property
    def of_session(self) -> dict[int, list[Appearance]]:
        found: dict[int, list[Appearance]] = defaultdict(list)
        for one in self.appearances:
            found[one.session_id].append(one)
        return found

    @cached_property
    def slots(self) -> dict[int, list[Slot]]:
        """day -> the slots of its sessions."""
        found: dict[int, list[Slot]] = defaultdict(list)
        for row in self.held:
            if slot := slot_of(row, self.tree, self.of_session[row.pk]):
                found[row.day_id].append(slot)
        return found

    @property
    def bilingual(self) -> Iterator[Bilingual]:
        """Every row with texts in two languages."""
        yield self.edition
        yield from chain(self.days, self.sessions, self.appearances, self.materials)
        yield from chain(self.speakers, self.organisations)
        yield from chain(self.about, self.references, self.other_events, self.milestones)


def load(edition: Edition) -> Rows:
    """Thirteen queries, however long the programme is."""
    sessions = list(Session.objects.of_edition(edition).in_order())
    appearances = list(Appearance.objects.of_edition(edition))
    held_by = edition.organisers.select_related("organisation", "through")
    organisations = {one.organisation for one in appearances if one.organisation}
    organisations |= {org for one in held_by for org in (one.organisation, one.through) if org}
    about = [edition.tracks.all(), edition.rooms.all(), edition.purposes.all(), edition.audience_groups.all()]
    about.append(edition.pages.all())
    other_events = list(edition.other_events.prefetch_related("milestones"))
    return Rows(
        edition=edition,
        days=list(edition.days.all()),
        sessions=sessions,
        appearances=appearances,
        materials=list(Material.objects.filter(session__day__edition=edition)),
        speakers=sorted({one.speaker for one in appearances if one.speaker}, key=lambda row: row.pk),
        organisations=sorted(organisations, key=lambda row: row.pk),
        about=list(chain(*about)),
        references=list(edition.references.all()),
        other_events=other_events,
        milestones=[one for event in other_events for one in event.milestones.all()],
    )
