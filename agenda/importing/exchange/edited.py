"""A session that a file of this site names by its id: which of its columns were edited there, and what cannot be."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, Interpretation, Kind, SessionState, SpokenLanguage
from agenda.hours import is_possible
from agenda.importing import steps
from agenda.importing.exchange import texts
from agenda.importing.existing import ExistingSession
from agenda.importing.recognising.proposal import Change, Person, Problem, Proposed
from conference import words

KINDS = dict(Kind.choices)
STATES = dict(SessionState.choices)
LANGUAGES = dict(SpokenLanguage.choices)
OFFERED = dict(Interpretation.choices)
MOST = {"label": 60, "title": 300, "room": 100, "track": 100}


class Edited:
    """Filled column by column; then gives the proposed session, and what of the file was not taken."""

    def __init__(self, there: ExistingSession, row: int) -> None:
        self.there, self.row = there, row
        self.changes: list[Change] = []
        self.told: list[str] = []  # in words
        self.new: dict[str, Any] = {}

    def _change(self, field: str, name: str, old: object, new: object) -> None:
        self.changes.append(Change(field, name, str(old), str(new)))

    def not_taken(self, name: object, reason: str) -> None:
        self.told.append(_("“%(column)s” is not taken: %(reason)s") % {"column": name, "reason": reason})

    def _fits(self, field: str, name: str, text: str) -> bool:
        if len(text) > MOST.get(field, len(text)):
            self.not_taken(name, _("it is longer than %(number)s letters.") % {"number": words.digits(MOST[field])})
            return False
        return True

    def text(self, field: str, language: str, sent: str) -> None:
        """A label, title or description in one language. An emptied one is emptied."""
        name = {"label": _("label"), "title": _("title"), "description": _("description")}[field]
        value = texts.without_guard(sent)
        value = texts.lines(value) if field == "description" else texts.line(value)
        before = self.new.get(field, getattr(self.there, field))
        after = replace(before, **{language: value})
        if field == "title" and not after and self.there.kind != Kind.TOPIC:
            self.not_taken(name, _("a session has a title in at least one language."))
        elif self._fits(field, name, value):
            self.new[field] = after
            self._change(f"{field}_{language}", name, getattr(before, language), value)

    def times(self, begins: datetime.time, ends: datetime.time) -> None:
        if not is_possible(begins, ends):
            said = {"begins": words.clock(begins), "ends": words.clock(ends)}
            self.not_taken(_("time"), _("the end is not after the beginning: %(begins)s – %(ends)s.") % said)
        elif (begins, ends) != (self.there.starts_at, self.there.ends_at):
            self.new |= {"starts_at": begins, "ends_at": ends}
            span = f"{words.clock(begins)} – {words.clock(ends)}"
            self._change("times", _("time"), steps.clock(self.there), span)

    def date(self, date: datetime.date) -> None:
        if date != self.there.date:
            self.new["date"] = date
            self._change("day", _("day"), words.date_only(self.there.date), words.date_only(date))

    def kind(self, code: str) -> None:
        if code and code != self.there.kind:
            self.new["kind"] = Kind(code)
            self._change("kind", _("kind"), KINDS[Kind(self.there.kind)], KINDS[Kind(code)])

    def state(self, code: str) -> None:
        if code == SessionState.DRAFT:
            self.not_taken(_("state"), _("a session is made a draft on its own page."))
        elif code != self.there.state:
            self.new["is_to_be_confirmed"] = code == SessionState.TO_BE_CONFIRMED
            self.new["is_cancelled"] = code == SessionState.CANCELLED
            self._change("state", _("state"), SessionState(self.there.state).label, SessionState(code).label)

    def open_call(self, is_open: bool) -> None:
        if is_open != self.there.open_call:
            self.new["open_call"] = is_open
            marks = {True: "✓", False: "–"}
            self._change("open_call", _("speakers are still sought"), marks[not is_open], marks[is_open])

    def named(self, field: str, sent: str) -> None:
        """The room or the track."""
        name, old = {"room": (_("room"), self.there.room), "track": (_("track"), self.there.track)}[field]
        value = texts.line(texts.without_guard(sent))
        if value not in (old.en, old.km, str(old)) and self._fits(field, name, value):
            self.new[field] = value
            self._change(field, name, old, value)

    def languages(self, codes: Iterable[str]) -> None:
        new = tuple(code for code in SpokenLanguage.values if code in set(codes))
        if set(new) != set(self.there.languages):
            self.new["languages"] = new
            self._change(
                "spoken_languages", _("spoken languages"), steps.spoken(self.there.languages), steps.spoken(new)
            )

    def interpretation(self, codes: Iterable[str]) -> None:
        new = tuple(code for code in Interpretation.values if code in set(codes))
        old = self.there.interpretation
        if set(new) != set(old):
            self.new["interpretation"] = new
            name = _("interpretation offered")
            self._change("interpretation", name, steps.interpreted(old), steps.interpreted(new))

    def people(self, people: tuple[Person, ...], old: str, new: str) -> None:
        """Who is new is added; who is gone is offered for removal; that a person has confirmed, only staff write."""
        pairs, gone = steps.paired_people(replace(self.proposed(), people=people), self.there)
        for person, seen in pairs:
            if seen and seen.state == AppearanceState.TO_BE_CONFIRMED and not person.is_to_be_confirmed:
                reason = _("that a person has confirmed is written on the page of the session, with when and how.")
                self.not_taken(person.name, reason)
        changed = [
            person
            for person, seen in pairs
            if seen is None or steps.puts_in_doubt(person, seen) or (person.role and person.role != seen.role)
        ]
        if changed or any(absent.state != AppearanceState.DECLINED for absent in gone):
            self.new["people"] = people
            self._change("people", _("who appears"), old, new)

    def links(self, links: Iterable[tuple[str, str]]) -> None:
        for title, url in links:
            self.new["links"] = (*self.new.get("links", ()), (title, url))
            self._change("links", _("slides and other materials"), "", f"{title} {url}".strip())

    def proposed(self) -> Proposed:
        there = self.there
        as_it_stands = Proposed(
            row=self.row,
            date=there.date,
            kind=Kind(there.kind),
            title=there.title,
            label=there.label,
            description=there.description,
            starts_at=there.starts_at,
            ends_at=there.ends_at,
            is_to_be_confirmed=there.state == SessionState.TO_BE_CONFIRMED,
            is_cancelled=there.state == SessionState.CANCELLED,
            open_call=there.open_call,
            languages=there.languages,
            interpretation=there.interpretation,
            uuid=there.uuid,
            edits=tuple(self.changes),
        )
        return replace(as_it_stands, **self.new)

    def problems(self) -> list[Problem]:
        return [Problem(self.row, said, stops=False) for said in self.told]
