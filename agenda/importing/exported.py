"""What this site's own schedule.json says of a session, so that the file read in again changes nothing.

The file has one text where the tables have many columns. So each session of such a file, known by its guid, is held
against the same session as it would be exported now: what is the same there says nothing new.
"""

import json
from collections import defaultdict
from dataclasses import replace

from django.conf import settings
from django.utils.translation import override

from agenda.feeds import frab
from agenda.feeds.stamp import Stamp
from agenda.importing.reading.box import read_box
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Proposal, Proposed
from agenda.importing.recognising.recognise import recognise_rows
from agenda.programme.value import from_tables
from conference import clock
from conference.models import Edition

SAID = ("label", "title", "description", "people", "state", "open_call")
Exported = dict[str, list[Proposed]]  # by uuid: in each language


def with_what_stands(proposal: Proposal, edition: Edition, known: Known) -> Proposal:
    """The proposal, each of its sessions with what of it stands there already."""
    if not any(one.uuid for top in proposal.sessions for one in top.walk()):
        return proposal
    exported = _exported(edition, known)
    return replace(proposal, sessions=tuple(_settled(one, exported) for one in proposal.sessions))


def _exported(edition: Edition, known: Known) -> Exported:
    programme, stamp = from_tables(edition), Stamp("", version=0, changed_at=clock.now())
    found: Exported = defaultdict(list)
    for language, _name in settings.LANGUAGES:
        with override(language):
            rows = read_box(json.dumps(frab.schedule(programme, edition, stamp)))
            for top in recognise_rows(rows, first_day=edition.starts_on, known=known).sessions:
                for one in top.walk():
                    found[one.uuid].append(one)
    return found


def _settled(one: Proposed, exported: Exported) -> Proposed:
    """What is inside a session and has no guid is a line of its text."""
    if one.uuid not in exported:
        return replace(one, children=tuple(_settled(child, exported) for child in one.children))
    same = [{name for name in SAID if getattr(one, name) == getattr(there, name)} for there in exported[one.uuid]]
    children = tuple(_settled(child, exported) for child in one.children if child.uuid)
    return replace(one, children=children, stands=frozenset({"parent", *max(same, key=len)}))
