"""Files that name their fields, by this site or by other programs: they are read by name, and nothing is guessed.

Such a file goes into the box as text, like all that staff send: `box_text` makes it, `read` reads what stands there.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from agenda.feeds import frab, ical
from agenda.feeds.frab_xml import schedule_xml
from agenda.feeds.open_data import open_data
from agenda.importing.exchange.calendars import read_calendar
from agenda.importing.exchange.edition_json import is_edition_json, read_edition_json, rest_of
from agenda.importing.exchange.event import Event, elsewhere, left_in_words, proposed, shortened, with_people_said
from agenda.importing.exchange.named_table import named_columns, read_named_table
from agenda.importing.exchange.own_events import OwnFile, is_own
from agenda.importing.exchange.own_table import header_of, read_own_table
from agenda.importing.exchange.programs import Found, parsed_json, parsed_xml, read_programs
from agenda.importing.exchange.standing import Standing
from agenda.importing.exchange.tables import as_csv, read_csv, sheets_of
from agenda.importing.reading.document import Spot
from agenda.importing.reading.letters import decoded
from agenda.importing.reading.rows import Unreadable
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.lists_of_names import with_single_people
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed
from agenda.programme.value import Programme
from conference.files import limits
from conference.models import Edition

PLAIN_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xml", ".ics")
_ENOUGH = 20_000  # letters, to see whether the first rows of a table have headings of a program
_SITE = re.compile(r"(https?://[^/\s\"<>]+)/(?:en|km)/\d{4}/")  # of this site, in its own files
# Khmer in UTF-8 that was read as if it were in the script of Western Europe: "áž“" for «ន».
_GARBLED = re.compile("(?:\u00e1[\u017e\u0178\u009e\u009f].){3}")
# A calendar has the venue behind the room, and the kind as its category.
_OF_A_CALENDAR = ("title", "date", "starts_at", "ends_at", "description", "state")


def box_text(name: str, content: bytes) -> str | None:
    """The text of a file that names its fields; None of any other. Raises Unreadable beyond a limit."""
    ending = PurePath(name).suffix.lower()
    if len(content) > limits.FILE:
        return None  # the reader that is asked next says so
    if ending == ".xlsx":
        return next((as_csv(table) for table in sheets_of(content) if _has_named_columns(table)), None)
    if ending in PLAIN_ENDINGS:
        text = decoded(content)[0].replace("\x00", "")
        return text if _shape(text) or ending in (".json", ".xml", ".ics") else None
    return None


def read(text: str, edition: Edition) -> Proposal | None:
    """What stands in the box; None where it does not name its fields. Raises Unreadable."""
    shape = _shape(text)
    if not shape:
        return None
    if _GARBLED.search(text):
        raise Unreadable(
            _(
                "The Khmer in this file is garbled: a program took it for another script. Open the file of the site "
                "anew as UTF-8 (in LibreOffice choose the character set Unicode), or use the Excel file."
            )
        )
    if shape == "table":
        return _read_table(text, edition)
    return _READERS[shape](text, Standing(edition))


def _shape(text: str) -> str:
    begins = text[:_ENOUGH].lstrip("\ufeff \t\r\n")
    if begins.startswith(("{", "[")) and (begins.startswith("{") or re.match(r"\[\s*[{\[\]]", begins)):
        return "json"
    if re.match(r"BEGIN:VCALENDAR", begins, re.IGNORECASE):
        return "calendar"
    if begins.startswith("<"):
        is_html = re.search(r"<(?:!doctype\s+html|html|table|body)\b", begins, re.IGNORECASE)
        is_xml = re.match(r"<(?:\?xml|schedule|!doctype\s+schedule)\b", begins, re.IGNORECASE)
        return "xml" if is_xml and not is_html else ""
    cut = text[:_ENOUGH].rpartition("\n")[0] if len(text) > _ENOUGH else text
    try:
        return "table" if _has_named_columns(read_csv(cut)) else ""
    except Unreadable:
        return ""  # the reader that is asked next says why


def _has_named_columns(table: Sequence[Sequence[str]]) -> bool:
    return bool(header_of(table) or named_columns(table))


def _read_table(text: str, edition: Edition) -> Proposal | None:
    table, standing = read_csv(text), Standing(edition)
    if header := header_of(table):
        return read_own_table(table, header, standing)
    columns = named_columns(table)
    return _foreign(read_named_table(table, columns), standing) if columns else None


def _read_json(text: str, standing: Standing) -> Proposal:
    data = parsed_json(text)
    if is_edition_json(data):
        return _read_edition_json(data, text, standing)
    found = read_programs(data)
    if found is None:
        raise Unreadable(
            _("This JSON names no session: a schedule.json has days, and each session a title and times.")
        )
    return _schedule(found, text, standing)


def _read_xml(text: str, standing: Standing) -> Proposal:
    found = read_programs(parsed_xml(text))
    if found is None:
        raise Unreadable(_("This XML names no session: a schedule.xml has days with rooms, and events in them."))
    return _schedule(found, text, standing)


def _schedule(found: Found, text: str, standing: Standing) -> Proposal:
    if not is_own(found.events, standing):
        return _foreign(found, standing)
    _sent_from(text, standing)

    def make(programme: Programme) -> list[Event]:
        made = read_programs(json.loads(json.dumps(frab.schedule(programme, standing.edition, standing.stamp))))
        return made.events if made else []

    def make_xml(programme: Programme) -> list[Event]:
        content = schedule_xml(frab.schedule(programme, standing.edition, standing.stamp), "")
        made = read_programs(parsed_xml(content.decode()))
        return made.events if made else []

    is_xml = text.lstrip("\ufeff \t\r\n").startswith("<")
    return _own(found, standing, OwnFile(found.events, standing, make_xml if is_xml else make))


def _read_edition_json(data: Any, text: str, standing: Standing) -> Proposal:
    found = read_edition_json(data)
    if not is_own(found.events, standing):
        return _foreign(found, standing)
    _sent_from(text, standing)

    def make(programme: Programme) -> list[Event]:
        return read_edition_json(_as_json(open_data(programme, standing.edition, standing.stamp))).events

    now = rest_of(_as_json(open_data(standing.programmes[0], standing.edition, standing.stamp)))
    other = [key for key, value in rest_of(data).items() if value != now[key]]
    proposal = _own(found, standing, OwnFile(found.events, standing, make, bilingual=True))
    if not other:
        return proposal
    said = _("Only the agenda is read. The file differs from the site in this too, which is not taken: %(keys)s.")
    problem = Problem(0, said % {"keys": ", ".join(other)}, stops=False)
    return replace(proposal, problems=(problem, *proposal.problems))


def _read_calendar(text: str, standing: Standing) -> Proposal:
    found = read_calendar(text)
    if not is_own(found.events, standing):
        return _foreign(found, standing)
    _sent_from(text, standing)

    def make(programme: Programme) -> list[Event]:
        return read_calendar(ical.calendar(programme, standing.edition, standing.stamp).decode()).events

    return _own(found, standing, OwnFile(found.events, standing, make, only=_OF_A_CALENDAR))


_READERS: dict[str, Callable[[str, Standing], Proposal]] = {
    "json": _read_json,
    "xml": _read_xml,
    "calendar": _read_calendar,
}


def _as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


def _sent_from(text: str, standing: Standing) -> None:
    """Addresses in a file begin with the site that it came from: what it is held against begins so too."""
    if site := _SITE.search(text):
        standing.stamp = replace(standing.stamp, site=site[1])


@dataclass
class _Account:
    """What became of each session of the file."""

    sessions: list[Proposed]
    problems: list[Problem]
    fates: list[Fate]

    def session(self, row: int, left: Iterable[str]) -> None:
        self.fates.append(Fate(Spot(0, row), Became.SESSION))
        if words := left_in_words(left):
            self.problems.append(Problem(row, words, stops=False))


def _begun(found: Found) -> _Account:
    account = _Account([], [], [])
    if said := elsewhere(found.zone):
        account.problems.append(Problem(0, said, stops=False))
    for one in found.unread:
        reason = _("“%(title)s” is left out: %(reason)s") % {"title": shortened(one.text), "reason": one.reason}
        account.problems.append(Problem(one.row, reason))
        account.fates.append(Fate(Spot(0, one.row), Became.UNREAD, reason))
    return account


def _ended(account: _Account, standing: Standing, *, is_own_file: bool) -> Proposal:
    return Proposal(
        (),
        tuple(account.sessions),
        tuple(sorted(account.problems, key=lambda problem: problem.row)),
        (),
        fates=tuple(sorted(account.fates, key=lambda fate: fate.spot)),
        could_have=standing.could_have if is_own_file else None,
    )


def _foreign(found: Found, standing: Standing) -> Proposal:
    account = _begun(found)
    for event in map(with_people_said, found.events):
        one, left = proposed(event, standing.known)
        account.sessions.append(one)
        account.session(event.row, left)
    account.sessions = with_single_people(account.sessions)
    return _ended(account, standing, is_own_file=False)


def _own(found: Found, standing: Standing, file: OwnFile) -> Proposal:
    account, seen = _begun(found), set()
    told = {guid for one in file.told for guid in one.events}

    def take(event: Event) -> Proposed | None:
        """What stands inside it, too; and what is new there stands under it."""
        children = tuple(filter(None, map(take, event.children)))
        there = standing.sessions.get(event.guid)
        if event.guid and event.guid in seen:
            reason = _("The same session stands in the file a second time: only the first counts.")
            account.problems.append(Problem(event.row, reason))
            account.fates.append(Fate(Spot(0, event.row), Became.UNREAD, reason))
            return None
        seen.add(event.guid)
        if there is None:
            one, left = proposed(replace(event, children=()), standing.known)
            account.session(event.row, left)
            return replace(one, uuid="", children=children)
        edited = file.edited(event, there)
        account.problems += edited.problems()
        account.session(event.row, ())
        return replace(edited.proposed(), children=children)

    account.sessions += filter(None, map(take, found.events))
    proposal = _ended(account, standing, is_own_file=True)
    return replace(proposal, could_have=frozenset(told & standing.sessions.keys()))
