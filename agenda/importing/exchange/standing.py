"""The agenda as the files of this site tell it now: what is the same in a file was not edited.

A file is made of the published version, the import changes the draft. What is as it was published was not edited
either, although the draft may say otherwise by now.
"""

from dataclasses import dataclass, field
from functools import cached_property

from agenda.feeds.stamp import Stamp
from agenda.importing.existing import ExistingSession, existing_sessions, known_organisations
from agenda.importing.recognising.people import Known
from agenda.models import Session
from agenda.programme.value import Programme, from_tables
from agenda.publishing import versions
from conference import clock
from conference.models import Edition

NOWHERE = ""  # addresses in a file begin with the site that it came from: they are compared by their ends


@dataclass
class Standing:
    edition: Edition
    stamp: Stamp = field(default_factory=lambda: Stamp(NOWHERE, version=0, changed_at=clock.now()))

    @cached_property
    def programmes(self) -> list[Programme]:
        """The draft first, then the published version, where there is one."""
        draft, published = from_tables(self.edition), versions.shown(self.edition).programme
        return [draft] if published == draft else [draft, published]

    @cached_property
    def sessions(self) -> dict[str, ExistingSession]:
        return {one.uuid: one for one in existing_sessions(self.edition)}

    @cached_property
    def codes(self) -> dict[str, str]:
        """The id in the address -> the uuid; those of the published version, and those of today."""
        found = {code: place.session.uuid for one in self.programmes for code, place in one.places.items()}
        now = Session.objects.filter(day__edition=self.edition).values_list("code", "uuid")
        return found | {code: str(uuid) for code, uuid in now}

    @cached_property
    def known(self) -> Known:
        return known_organisations()

    @cached_property
    def could_have(self) -> frozenset[str]:
        """A file has no drafts. What stands in none of its programmes cannot be missing in it."""
        told = {place.session.uuid for one in self.programmes for place in one.places.values()}
        return frozenset(told & self.sessions.keys())
